package org.lockstep.benchmarks.peers;

import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.engine.Engine;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.strategy.Strategies;

/** An engine with symbols and bots, and events for them: the first symbol is the one that is looked at. */
final class BotFarm
{
    private static final int TAPE_FRAMES = 3 * 1024;
    private static final long STEP_NS = 1_000;
    private static final long PRICE = 100_000;
    private static final int SWING = 512;

    private final Engine engine;
    private final String strategy;
    private final int symbols;
    private final FrameWriter frames;
    private final FrameTape first = new FrameTape();
    private final FrameTape all = new FrameTape();
    private long timeNs = SampleMarket.START_NS;
    private int botCount;

    BotFarm(final Strategies strategies, final String strategy, final int symbols)
    {
        this.engine = new Engine(strategies);
        this.strategy = strategy;
        this.symbols = symbols;
        frames = new FrameWriter(engine::onInput, timeNs);
        frames.session(0);
        for (int id = 0; id < symbols; id++)
        {
            frames.instrument(FrameWriter.instrument(id, symbol(id)));
        }
        frames.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "balance", "1000000000", "latencyNs", "0",
            "limits.maxOrderRate", "none", "limits.maxOpenOrders", "none");
        final FrameWriter toFirst = new FrameWriter(first, timeNs);
        final FrameWriter toAll = new FrameWriter(all, timeNs);
        for (int i = 0; i < TAPE_FRAMES; i++)
        {
            event(toFirst, 0, i);
        }
        for (int i = 0; i < 6 * SWING; i++)
        {
            for (int id = 0; id < symbols; id++)
            {
                event(toAll, id, i);
            }
        }
        engine.outputs().clear();
    }

    /** Defines and starts bots on the first symbol, and others on the rest of them in turn. */
    BotFarm bots(final int onFirst, final int others)
    {
        frames.timeNs(timeNs);
        for (int i = 0; i < onFirst + others; i++)
        {
            final String name = "bot-" + botCount++;
            frames.command(CommandAction.DEFINE_BOT, name, "strategy", strategy, "account", "paper",
                "symbols", symbol(i < onFirst ? 0 : 1 + (i - onFirst) % (symbols - 1)));
            frames.command(CommandAction.START_BOT, name);
            if (BotState.RUNNING != engine.bots().byName(name).state())
            {
                throw new IllegalStateException(name + " does not run: " + engine.bots().byName(name).reason());
            }
        }
        engine.outputs().clear();
        return this;
    }

    /** Runs about so many events of the first symbol; returns ns each. */
    double run(final int events)
    {
        return run(first, events, STEP_NS);
    }

    /** Runs about so many events of all symbols in turn, a second of each between two; returns ns each. */
    double runAll(final int events)
    {
        return run(all, events, 1_000_000_000L / symbols);
    }

    double hashNs()
    {
        final int count = 20;
        long sum = 0;
        final long startNs = System.nanoTime();
        for (int i = 0; i < count; i++)
        {
            sum += engine.stateHash();
        }
        final double ns = System.nanoTime() - startNs;
        return 0 == sum ? Double.NaN : ns / count;
    }

    int botCount()
    {
        return botCount;
    }

    /** Each bot must have sent orders, or it would be no use to weigh it. */
    void checkTraded()
    {
        for (int i = 0; i < botCount; i++)
        {
            final Bot bot = engine.bots().byName("bot-" + i);
            if (0 == bot.ordersRequested() || BotState.RUNNING != bot.state())
            {
                throw new IllegalStateException(bot.name() + " has sent no order: " + bot.state() + " " + bot.reason());
            }
        }
    }

    private double run(final FrameTape tape, final int events, final long stepNs)
    {
        if (events <= 0)
        {
            return 0;
        }
        final int times = Math.max(1, events / tape.count());
        final long before = engine.inputCount();
        final long startNs = System.nanoTime();
        timeNs = tape.run(engine, times, timeNs, stepNs);
        final double ns = System.nanoTime() - startNs;
        if (engine.inputCount() - before != (long)times * tape.count() || engine.unknownInstrumentCount() > 0)
        {
            throw new IllegalStateException("the engine did not take every event");
        }
        return ns / ((double)times * tape.count());
    }

    /** Two quotes, then a trade; the price swings, so that averages cross. */
    private static void event(final FrameWriter frames, final int id, final int i)
    {
        final int phase = i / 3 % SWING;
        final long price = PRICE + Math.min(phase, SWING - phase);
        if (2 == i % 3)
        {
            frames.trade(id, price, 1 + i % 100, 0 == (i & 1) ? Side.BUY : Side.SELL);
        }
        else
        {
            frames.quote(id, price, price + 1, 1_000_000 + i);
        }
    }

    private static String symbol(final int id)
    {
        return "COIN" + id + "USDT";
    }
}
