package org.lockstep.tools.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandDecoder;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.journal.read.JournalReader;

/** Which strategies the bots of a journal run. Reads it from the beginning: for errors, not for every day. */
public final class JournalStrategies
{
    private static final String STRATEGY = "strategy";

    private final CommandDecoder command = new CommandDecoder();
    private final Set<String> names = new TreeSet<>();

    private JournalStrategies()
    {
    }

    /**
     * Looks for strategies that were there when the journal was written.
     *
     * @param directory of the journal.
     * @return names of those that its bots run and that are not on this class path, sorted.
     */
    public static List<String> missing(final Path directory)
    {
        final JournalStrategies strategies = new JournalStrategies();
        try (JournalReader reader = new JournalReader(directory))
        {
            reader.read(reader.firstSequence(), Integer.MAX_VALUE, strategies::onFrame);
        }
        Strategies.load().all().stream().map(StrategyFactory::name).forEach(strategies.names::remove);
        return List.copyOf(strategies.names);
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        if (CommandDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            command.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            if (CommandAction.DEFINE_BOT == command.action())
            {
                command.parameters().forEach(parameter ->
                {
                    if (STRATEGY.equals(parameter.key()))
                    {
                        names.add(parameter.value());
                    }
                });
            }
        }
    }
}
