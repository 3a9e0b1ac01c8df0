package org.lockstep.tools.run;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

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
import org.lockstep.tools.config.LockstepConfig;

/**
 * Publishes what the process itself decides (session start and stop, definitions, starting bots) as frames into the
 * ring. Cold: allocates. One thread at a time.
 */
public final class CommandWriter
{
    private static final String USER = "lockstep";

    private final FramePublisher publisher;
    private final EpochNanoClock clock;
    private final MutableDirectBuffer scratch = new UnsafeBuffer(new byte[4 * Frame.MAX_LENGTH]);

    /**
     * A writer.
     *
     * @param publisher takes the frames.
     * @param clock     epoch ns, tells when they come in.
     */
    public CommandWriter(final FramePublisher publisher, final EpochNanoClock clock)
    {
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * A run begins.
     *
     * @param epoch               number of the session, from 1.
     * @param seed                of the engine's random numbers.
     * @param stateHashIntervalNs between two state hashes.
     * @param journalId           tells its orders from those of other journals, 0 = they reach nobody.
     * @param build               version of the software.
     */
    public void sessionStarted(
        final long epoch, final long seed, final long stateHashIntervalNs, final long journalId, final String build)
    {
        final SessionStartedEncoder encoder = new SessionStartedEncoder().wrap(scratch, Frame.HEADER_LENGTH);
        encoder.epoch(epoch).seed(seed).stateHashIntervalNs(stateHashIntervalNs).journalId(journalId).build(build);
        publish(encoder.encodedLength(), SessionStartedEncoder.BLOCK_LENGTH, SessionStartedEncoder.TEMPLATE_ID,
            "session start");
    }

    /**
     * A run ends as planned.
     *
     * @param reason why.
     */
    public void sessionStopping(final String reason)
    {
        final SessionStoppingEncoder encoder = new SessionStoppingEncoder().wrap(scratch, Frame.HEADER_LENGTH);
        encoder.reason(reason);
        publish(encoder.encodedLength(), SessionStoppingEncoder.BLOCK_LENGTH, SessionStoppingEncoder.TEMPLATE_ID,
            "session stop");
    }

    /**
     * Defines an account as configured.
     *
     * @param account validated.
     */
    public void account(final LockstepConfig.Account account)
    {
        final Map<String, String> texts = new TreeMap<>(account.parameters());
        texts.put("owner", account.owner());
        texts.put("venue", account.venue());
        texts.put("mode", account.mode());
        command(CommandAction.DEFINE_ACCOUNT, account.name(), texts);
    }

    /**
     * Defines a bot as configured; it does not start by that.
     *
     * @param bot validated.
     */
    public void bot(final LockstepConfig.Bot bot)
    {
        final Map<String, String> texts = new TreeMap<>(bot.parameters());
        texts.put("strategy", bot.strategy());
        texts.put("account", bot.account());
        texts.put("symbols", String.join(",", bot.symbols()));
        command(CommandAction.DEFINE_BOT, bot.name(), texts);
    }

    /**
     * A command.
     *
     * @param action     what is to be done.
     * @param bot        or account, by its name.
     * @param parameters of the action.
     */
    public void command(final CommandAction action, final String bot, final Map<String, String> parameters)
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
