package org.lockstep.tools.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.journal.JournalDamagedException;
import org.lockstep.journal.inspect.FrameFormat;
import org.lockstep.journal.inspect.FrameText;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dump}: a journal's frames, readable. */
@Command(
    name = "dump",
    description = "Prints a journal's frames, one a line (YAML: one a document). Works beside a running process.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "A fill can stand in the journal more than once: reconciliation tells again what the venue",
        "lists, with cumulativeQuantity=0 and a cause such as TIMER. Count each tradeId of an account and",
        "instrument once.", "", "Examples:", "  lockstep dump demo-data --type OrderFilled",
        "  lockstep dump demo-data --from 2026-01-31T09:30:00Z --format json | head"})
public final class DumpCommand implements Callable<Integer>
{
    private static final int OUTPUT_BUFFER = 1 << 16;
    private static final int CHUNK = 4096;

    @Parameters(index = "0", paramLabel = "DIR", description = "journal directory")
    private Path directory;

    @Option(names = "--from", paramLabel = "X", description = "first sequence or ISO-8601 time")
    private String from;

    @Option(names = "--to", paramLabel = "X", description = "last sequence or ISO-8601 time")
    private String to;

    @Option(names = "--type", paramLabel = "T", description = "only frames of this type, such as Quote or OrderFilled")
    private String type;

    @Option(names = "--format", paramLabel = "F", defaultValue = "text",
        description = "text (the default), json or yaml")
    private FrameFormat format;

    @Option(names = "--json", description = "the same as --format json")
    private boolean json;

    private final FrameText frameText = new FrameText();
    private PrintStream out;
    private JournalRange range;

    @Override
    public Integer call()
    {
        final List<String> types = frameText.typeNames();
        if (null != type)
        {
            type = types.stream().filter(name -> name.equalsIgnoreCase(type)).findFirst().orElseThrow(() ->
                new CommandFailure(ExitCode.USAGE,
                    "--type: found '" + type + "', allowed: " + String.join(", ", types)));
        }
        format = json ? FrameFormat.JSON : format;
        range = JournalRange.of(directory, from, to);
        out = new PrintStream(new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER),
            false, StandardCharsets.UTF_8);
        try (JournalReader reader = new JournalReader(directory))
        {
            // From the start even when --from is later: instruments are defined once and give prices their decimals.
            long next = reader.firstSequence();
            final long last = Math.min(range.to(), reader.lastSequence());
            while (next <= last && !out.checkError())
            {
                next = reader.read(next, (int)Math.min(CHUNK, last - next + 1), this::onFrame);
            }
        }
        catch (final JournalDamagedException ex)
        {
            throw new CommandFailure(ExitCode.DIVERGED, ex.getMessage());
        }
        finally
        {
            out.flush();
        }
        return ExitCode.OK;
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final long sequence = Frame.sequence(buffer, offset);
        if (sequence < range.from() ||
            null != type && !type.equals(frameText.typeName(Frame.templateId(buffer, offset))))
        {
            frameText.observe(buffer, offset);
        }
        else if (sequence <= range.to())
        {
            out.println(frameText.print(format, buffer, offset));
        }
    }
}
