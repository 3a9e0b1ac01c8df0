package org.lockstep.gateway.client.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandDecoder;

/** The commands journaled so far: whose accounts and which bots they define, and under which ids they were given. */
final class CommandBook
{
    private static final int MAX_REMEMBERED = 20_000;

    private final AccountOwners accounts;
    private final BotDefinitions definitions;
    private final OrderTracker orders;
    private final Audiences audiences;
    private final ViewListener listener;
    private final CommandDecoder command = new CommandDecoder();
    private final Map<String, Long> sequences = new LinkedHashMap<>()
    {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Long> eldest)
        {
            return size() > MAX_REMEMBERED;
        }
    };

    CommandBook(
        final AccountOwners accounts,
        final BotDefinitions definitions,
        final OrderTracker orders,
        final Audiences audiences,
        final ViewListener listener)
    {
        this.accounts = accounts;
        this.definitions = definitions;
        this.orders = orders;
        this.audiences = audiences;
        this.listener = listener;
    }

    /** @return sequence of the command that a user gave under an id, -1 when there is none. */
    long sequence(final String user, final String requestId)
    {
        return sequences.getOrDefault(key(user, requestId), -1L);
    }

    void onCommand(final long sequence, final DirectBuffer buffer, final int offset)
    {
        command.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        final SortedMap<String, String> parameters = new TreeMap<>();
        for (final CommandDecoder.ParametersDecoder parameter : command.parameters())
        {
            final String key = parameter.key();
            parameters.put(key, parameter.value());
        }
        if (CommandAction.SUBMIT_ORDER == command.action())
        {
            orders.onSubmitted(sequence, Frame.instrumentId(buffer, offset), command);
        }
        final String user = command.user();
        final String requestId = command.requestId();
        final String name = command.botName();      // read once: it moves the decoder on
        if (CommandAction.DEFINE_ACCOUNT == command.action() && sequence(user, requestId) < 0)
        {
            accounts.onDefined(name, new TreeMap<>(parameters));
        }
        if (requestId.isEmpty() || sequence(user, requestId) < 0)
        {
            definitions.onCommand(sequence, command.action(), name, parameters);
        }
        if (FrameSource.CLIENT == Frame.sourceId(buffer, offset))
        {
            audiences.onCommand(sequence, user);
        }
        if (!requestId.isEmpty())
        {
            sequences.putIfAbsent(key(user, requestId), sequence);
        }
        listener.onCommand(user, requestId, sequence);
    }

    private static String key(final String user, final String requestId)
    {
        return user + '\n' + requestId;
    }
}
