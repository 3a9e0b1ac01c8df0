package org.lockstep.benchmarks.peers;

import org.lockstep.engine.Engine;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;

/**
 * The engine on minute bars: each becomes the four trades that make it, or only the one at its close where a rule asks
 * for no more, and a quote at its close to trade at. All are encoded, built into bars of five intervals and given to a
 * bot on a paper account.
 */
final class EngineBacktest
{
    private static final String BOT = "bench";
    private static final long QUARTER_NS = MinuteBars.MINUTE_NS / 4;
    private static final long E8_OF_TICK = 1_000_000;
    private static final long QUOTED = 1_000_000_000L;

    private final MinuteBars bars;
    private final int fastBars;
    private final int slowBars;
    private final boolean isWhole;

    EngineBacktest(final MinuteBars bars, final int fastBars, final int slowBars, final boolean isWhole)
    {
        this.isWhole = isWhole;
        this.bars = bars;
        this.fastBars = fastBars;
        this.slowBars = slowBars;
    }

    /** Makes the frames while the engine runs them. */
    Fills run()
    {
        final Fills fills = new Fills();
        final Engine engine = new Engine(BarCrossover.strategies(fastBars, slowBars, fills));
        write(engine::onInput, () -> engine.outputs().clear());
        return finished(engine, fills);
    }

    /** Frames that are made once, as a journal has them. */
    FrameTape tape()
    {
        final FrameTape tape = new FrameTape();
        write(tape, () -> { });
        return tape;
    }

    Fills run(final FrameTape tape)
    {
        final Fills fills = new Fills();
        final Engine engine = new Engine(BarCrossover.strategies(fastBars, slowBars, fills));
        tape.run(engine);
        return finished(engine, fills);
    }

    private void write(final FrameHandler target, final Runnable afterBar)
    {
        final FrameWriter frames = new FrameWriter(target, bars.openTimeNs(0));
        final Instrument instrument = FrameWriter.instrument(0, "BTCUSDT");
        frames.session(0);
        frames.instrument(instrument);
        // The last price is a minute old when a bar is known to be closed.
        frames.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "balance", "1000000000", "latencyNs", "0",
            "makerFeeBps", "0", "takerFeeBps", "0", "limits.maxDataAgeNs", "none");
        frames.command(CommandAction.DEFINE_BOT, BOT, "strategy", BarCrossover.NAME, "account", "paper",
            "symbols", instrument.symbol(), "limits.maxDataAgeNs", "none");
        frames.command(CommandAction.START_BOT, BOT);
        for (int i = 0; i < bars.count(); i++)
        {
            bar(frames, i);
            afterBar.run();
        }
        // What closes the last bar.
        frames.timeNs(bars.openTimeNs(bars.count()) + QUARTER_NS);
        frames.timer();
    }

    private static Fills finished(final Engine engine, final Fills fills)
    {
        final Bot bot = engine.bots().byName(BOT);
        if (BotState.RUNNING != bot.state())
        {
            throw new IllegalStateException("the bot does not run: " + bot.reason());
        }
        fills.profit(bot.risk().holdings().position(0).realisedPnl() / E8_OF_TICK);
        return fills;
    }

    private void bar(final FrameWriter frames, final int i)
    {
        final long openTimeNs = bars.openTimeNs(i);
        final long quarter = isWhole ? bars.volume(i) / 4 : 0;
        if (isWhole)
        {
            frames.timeNs(openTimeNs);
            frames.trade(0, bars.open(i), quarter, Side.BUY);
            frames.timeNs(openTimeNs + QUARTER_NS);
            frames.trade(0, bars.high(i), quarter, Side.BUY);
            frames.timeNs(openTimeNs + 2 * QUARTER_NS);
            frames.trade(0, bars.low(i), quarter, Side.SELL);
        }
        frames.timeNs(openTimeNs + 4 * QUARTER_NS - 1);
        frames.trade(0, bars.close(i), bars.volume(i) - 3 * quarter, Side.BUY);
        frames.quote(0, bars.close(i), bars.close(i), QUOTED);
    }
}
