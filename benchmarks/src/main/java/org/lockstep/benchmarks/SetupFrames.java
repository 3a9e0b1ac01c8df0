package org.lockstep.benchmarks;

import java.util.ArrayList;
import java.util.List;

import org.agrona.ExpandableArrayBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.InstrumentFrame;
import org.lockstep.engine.instrument.Venue;

/** The frames that come before market data: session, instrument, a paper account and one running {@link TrivialBot}. */
public final class SetupFrames
{
    /** Name of the bot. */
    static final String BOT = "bench";

    private static final long STATE_HASH_INTERVAL_NS = 1_000_000_000L;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(Frame.MAX_LENGTH);
    private final FrameHandler target;
    private long timeNs = SampleMarket.START_NS;

    private SetupFrames(final FrameHandler target)
    {
        this.target = target;
    }

    /**
     * Hands over all of them.
     *
     * @param target takes each.
     */
    public static void forEach(final FrameHandler target)
    {
        final SetupFrames frames = new SetupFrames(target);
        frames.session();
        target.onFrame(frames.buffer, 0, InstrumentFrame.encode(SampleMarket.INSTRUMENT, frames.buffer, 0,
            FrameSource.venueLine(Venue.BINANCE.id(), 0), SampleMarket.START_NS, 0));
        frames.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper");
        frames.command(CommandAction.DEFINE_BOT, BOT,
            "strategy", TrivialBot.NAME, "account", "paper", "symbols", SampleMarket.INSTRUMENT.symbol());
        frames.command(CommandAction.START_BOT, BOT);
    }

    /**
     * Hands over the frames of a session with a paper account that nothing limits, and bots on it that run.
     *
     * @param instruments to define, at least one.
     * @param bots        name and strategy of each, and its parameters in pairs, {@code symbols} among them.
     * @param target      takes each.
     */
    public static void trading(
        final List<Instrument> instruments, final List<List<String>> bots, final FrameHandler target)
    {
        final SetupFrames frames = new SetupFrames(target);
        frames.session();
        for (final Instrument instrument : instruments)
        {
            target.onFrame(frames.buffer, 0, InstrumentFrame.encode(instrument, frames.buffer, 0,
                FrameSource.venueLine(Venue.BINANCE.id(), 0), SampleMarket.START_NS, 0));
        }
        frames.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "balance", "1000000000",
            "limits.maxOrderRate", "none", "limits.maxOpenOrders", "none");
        for (final List<String> bot : bots)
        {
            final List<String> texts = new ArrayList<>(List.of("strategy", bot.get(1), "account", "paper"));
            texts.addAll(bot.subList(2, bot.size()));
            frames.command(CommandAction.DEFINE_BOT, bot.get(0), texts.toArray(new String[0]));
            frames.command(CommandAction.START_BOT, bot.get(0));
        }
    }

    /**
     * Hands over the frames of a session with a live account, the first one, and a running bot in BTCUSDT on it; the
     * instrument is the feed's to define.
     *
     * @param strategy of the bot.
     * @param timeNs   of the frames, epoch ns.
     * @param target   takes each.
     */
    public static void live(final String strategy, final long timeNs, final FrameHandler target)
    {
        final SetupFrames frames = new SetupFrames(target);
        frames.timeNs = timeNs;
        frames.session();
        frames.command(CommandAction.DEFINE_ACCOUNT, "", "name", "live", "mode", "live",
            "limits.maxOrderRate", "none", "limits.maxOpenOrders", "none");
        frames.command(CommandAction.DEFINE_BOT, BOT, "strategy", strategy, "account", "live", "symbols", "BTCUSDT",
            "limits.maxOrderRate", "none", "limits.maxOpenOrders", "none");
        frames.command(CommandAction.START_BOT, BOT);
    }

    private void session()
    {
        final SessionStartedEncoder encoder = new SessionStartedEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH)
            .epoch(1)
            .seed(1)
            .stateHashIntervalNs(STATE_HASH_INTERVAL_NS)
            .journalId(0)
            .build("bench");
        send(encoder.encodedLength(), SessionStartedEncoder.BLOCK_LENGTH, SessionStartedEncoder.TEMPLATE_ID);
    }

    private void command(final CommandAction action, final String botName, final String... texts)
    {
        final CommandEncoder encoder = new CommandEncoder();
        encoder.wrap(buffer, Frame.HEADER_LENGTH).action(action).botId(-1).accountId(-1).orderId(0).price(0).quantity(0)
            .side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL).stopPrice(0);
        final CommandEncoder.ParametersEncoder parameters = encoder.parametersCount(texts.length / 2);
        for (int i = 0; i < texts.length; i += 2)
        {
            parameters.next().key(texts[i]).value(texts[i + 1]);
        }
        encoder.user("bench").requestId("").botName(botName);
        send(encoder.encodedLength(), CommandEncoder.BLOCK_LENGTH, CommandEncoder.TEMPLATE_ID);
    }

    private void send(final int bodyLength, final int blockLength, final int templateId)
    {
        final int length = Frame.HEADER_LENGTH + bodyLength;
        Frame.writeHeader(buffer, 0, length, blockLength, templateId, FrameSource.PROCESS, 0, timeNs, 0,
            Frame.NULL_INSTRUMENT_ID);
        target.onFrame(buffer, 0, length);
    }
}
