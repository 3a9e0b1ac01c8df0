package org.lockstep.tools.run;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.SessionStoppingEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

/**
 * Publishes what the process itself decides (session start and stop, definitions, starting bots) as frames into the
 * ring. Cold: allocates. One thread at a time.
 */
final class CommandWriter
{
    private static final String USER = "lockstep";

    private final FramePublisher publisher;
    private final EpochNanoClock clock;
    private final MutableDirectBuffer scratch = new UnsafeBuffer(new byte[4 * Frame.MAX_LENGTH]);

    CommandWriter(final FramePublisher publisher, final EpochNanoClock clock)
    {
        this.publisher = publisher;
        this.clock = clock;
    }

    void sessionStarted(
        final long epoch, final long seed, final long stateHashIntervalNs, final long journalId, final String build)
    {
        final SessionStartedEncoder encoder = new SessionStartedEncoder().wrap(scratch, Frame.HEADER_LENGTH);
        encoder.epoch(epoch).seed(seed).stateHashIntervalNs(stateHashIntervalNs).journalId(journalId).build(build);
        publish(encoder.encodedLength(), SessionStartedEncoder.BLOCK_LENGTH, SessionStartedEncoder.TEMPLATE_ID,
            "session start");
    }

    void sessionStopping(final String reason)
    {
        final SessionStoppingEncoder encoder = new SessionStoppingEncoder().wrap(scratch, Frame.HEADER_LENGTH);
        encoder.reason(reason);
        publish(encoder.encodedLength(), SessionStoppingEncoder.BLOCK_LENGTH, SessionStoppingEncoder.TEMPLATE_ID,
            "session stop");
    }

    void command(final CommandAction action, final String bot, final Map<String, String> parameters)
    {
        final CommandEncoder encoder = new CommandEncoder().wrap(scratch, Frame.HEADER_LENGTH);
        encoder.action(action).botId(-1).accountId(-1).orderId(0).price(0).quantity(0)
            .side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL).stopPrice(0);
        checkRoom(bot, parameters);
        final CommandEncoder.ParametersEncoder group = encoder.parametersCount(parameters.size());
        for (final Map.Entry<String, String> parameter : parameters.entrySet())
        {
            group.next().key(parameter.getKey()).value(parameter.getValue());
        }
        encoder.user(USER).requestId("").botName(bot);
        publish(encoder.encodedLength(), CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID,
            action + " of '" + bot + "'");
    }

    private static void checkRoom(final String bot, final Map<String, String> parameters)
    {
        int length = CommandEncoder.BLOCK_LENGTH + 64 + bot.length();
        for (final Map.Entry<String, String> parameter : parameters.entrySet())
        {
            length += 8 + parameter.getKey().getBytes(StandardCharsets.UTF_8).length +
                parameter.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (length > Frame.MAX_LENGTH - Frame.HEADER_LENGTH)
        {
            throw new IllegalArgumentException("the definition of '" + bot + "' takes some " + length +
                " bytes, allowed are " + (Frame.MAX_LENGTH - Frame.HEADER_LENGTH) + ": shorten its parameters");
        }
    }

    private void publish(final int encodedLength, final int blockLength, final int templateId, final String what)
    {
        final int frameLength = Frame.HEADER_LENGTH + encodedLength;
        if (frameLength > Frame.MAX_LENGTH)
        {
            throw new IllegalArgumentException(
                what + " takes " + frameLength + " bytes, allowed are " + Frame.MAX_LENGTH);
        }
        Frame.writeHeader(scratch, 0, frameLength, blockLength, templateId, FrameSource.PROCESS, 0, clock.nanoTime(), 0,
            Frame.NULL_INSTRUMENT_ID);
        final long claim = publisher.claim();
        publisher.buffer().putBytes(publisher.offset(claim), scratch, 0, frameLength);
        publisher.publish(claim);
    }
}
