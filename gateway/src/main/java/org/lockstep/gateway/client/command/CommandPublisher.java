package org.lockstep.gateway.client.command;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.EpochClock;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;

/** Puts commands of clients into the input ring, never waiting for room. Client event loop only. */
public final class CommandPublisher
{
    private static final int OVERHEAD = Frame.HEADER_LENGTH + CommandEncoder.BLOCK_LENGTH + 16;
    private static final long NS_PER_MS = 1_000_000;

    private final FramePublisher publisher;
    private final EpochClock clock;
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(2 * Frame.MAX_LENGTH);
    private final CommandEncoder encoder = new CommandEncoder();

    /** What became of a command. */
    public enum Outcome
    {
        /** It is in the ring; the journal says when it counts. */
        PUBLISHED,
        /** The ring has no room. */
        FULL,
        /** The engine takes nothing any more. */
        STOPPED
    }

    /**
     * Publishes to a ring.
     *
     * @param publisher takes the frames.
     * @param clock     our clock.
     */
    public CommandPublisher(final FramePublisher publisher, final EpochClock clock)
    {
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Says how much too long a command is.
     *
     * @param texts      user, request and bot.
     * @param parameters of the command.
     * @return bytes of text, or -1 when it fits; {@link #maxTextLength()} are allowed.
     */
    static int excess(final Map<String, String> parameters, final String... texts)
    {
        int length = 0;
        for (final String text : texts)
        {
            length += utf8Length(text);
        }
        for (final Map.Entry<String, String> parameter : parameters.entrySet())
        {
            length += 4 + utf8Length(parameter.getKey()) + utf8Length(parameter.getValue());
        }
        return length > maxTextLength() ? length : -1;
    }

    static int maxTextLength()
    {
        return Frame.MAX_LENGTH - OVERHEAD;
    }

    static int utf8Length(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Publishes a command.
     *
     * @param action     what to do.
     * @param user       who wants it.
     * @param requestId  under which it acts once.
     * @param name       of a bot, or empty.
     * @param parameters further ones.
     * @return what became of it.
     * @throws IllegalArgumentException if it is too long.
     */
    public Outcome tryPublish(
        final CommandAction action,
        final String user,
        final String requestId,
        final String name,
        final Map<String, String> parameters)
    {
        return tryPublish(CommandTerms.of(action, name, -1, parameters), user, requestId);
    }

    /**
     * Publishes a command.
     *
     * @param terms     what it says.
     * @param user      who wants it.
     * @param requestId under which it acts once.
     * @return what became of it.
     * @throws IllegalArgumentException if it is too long.
     */
    public Outcome tryPublish(final CommandTerms terms, final String user, final String requestId)
    {
        final Map<String, String> parameters = terms.parameters();
        if (excess(parameters, user, requestId, terms.name()) >= 0)
        {
            throw new IllegalArgumentException("the command has more than " + maxTextLength() + " bytes of text");
        }
        encoder.wrap(scratch, Frame.HEADER_LENGTH)
            .action(terms.action())
            .botId(-1)
            .accountId(terms.accountId())
            .orderId(terms.orderId())
            .price(terms.price())
            .quantity(terms.quantity())
            .side(terms.side())
            .orderType(terms.orderType())
            .timeInForce(terms.timeInForce())
            .stopPrice(0);
        final CommandEncoder.ParametersEncoder group = encoder.parametersCount(parameters.size());
        new TreeMap<>(parameters).forEach((key, value) -> group.next().key(key).value(value));
        encoder.user(user).requestId(requestId).botName(terms.name());
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(scratch, 0, length, CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID,
            FrameSource.CLIENT, 0, clock.time() * NS_PER_MS, 0, terms.instrumentId());
        final long claim;
        try
        {
            claim = publisher.tryClaim();
        }
        catch (final IllegalStateException ex)
        {
            return Outcome.STOPPED;
        }
        if (FramePublisher.FULL == claim)
        {
            return Outcome.FULL;
        }
        publisher.buffer().putBytes(publisher.offset(claim), scratch, 0, length);
        publisher.publish(claim);
        return Outcome.PUBLISHED;
    }
}
