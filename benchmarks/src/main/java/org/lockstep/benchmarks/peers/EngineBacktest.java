package org.lockstep.benchmarks.peers;

import org.lockstep.engine.Engine;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.instrument.Instrument;

/**
 * The engine on minute bars: each is one frame, runs through bars of five intervals and is given to a bot on a paper
 * account, whose market orders execute at its close.
 */
final class EngineBacktest
{
    private static final String BOT = "bench";
    private static final long E8_OF_TICK = 1_000_000;

    private final MinuteBars bars;
    private final int fastBars;
    private final int slowBars;

    EngineBacktest(final MinuteBars bars, final int fastBars, final int slowBars)
    {
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
        frames.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "balance", "1000000000", "latencyNs", "0",
            "makerFeeBps", "0", "takerFeeBps", "0");
        frames.command(CommandAction.DEFINE_BOT, BOT, "strategy", BarCrossover.NAME, "account", "paper",
            "symbols", instrument.symbol());
        frames.command(CommandAction.START_BOT, BOT);
        for (int i = 0; i < bars.count(); i++)
        {
            frames.timeNs(bars.openTimeNs(i) + MinuteBars.MINUTE_NS);
            frames.bar(0, bars.openTimeNs(i), bars.open(i), bars.high(i), bars.low(i), bars.close(i), bars.volume(i));
            afterBar.run();
        }
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
}
