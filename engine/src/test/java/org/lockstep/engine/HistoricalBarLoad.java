package org.lockstep.engine;

import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;

import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

/**
 * An engine with a bot that sends orders of all kinds on minutes of the past, always the same. With emulated orders
 * it tells its state each half hour, which takes longer the more orders there are, and bars have so little volume that
 * orders execute in many parts.
 */
final class HistoricalBarLoad
{
    private static final long MINUTE = 60 * SECOND;
    private static final int SPREAD = 600;

    private final EngineFixture engine;
    private final boolean isEmulating;
    private long random = 1;
    private long price = 6_000_000;
    private long high;
    private long low;
    private long volume;

    HistoricalBarLoad(final boolean isEmulating, final String latencyNs)
    {
        this.isEmulating = isEmulating;
        engine = anEngine(BarTrader.factory(isEmulating)).start("balance", "100000000", "latencyNs", latencyNs);
        engine.sessionStarted(2, isEmulating ? 30 * MINUTE : 0);
        engine.command(CommandAction.DEFINE_BOT, "trader", "strategy", "bar-trader", "account", "paper",
            "symbols", "BTCUSDT");
        engine.command(CommandAction.START_BOT, "trader");
        engine.pass(40 * SECOND);
    }

    EngineFixture engine()
    {
        return engine;
    }

    long fillCount()
    {
        return engine.engine().bots().byName("trader").risk().holdings().ledger().fillCount();
    }

    BotState state()
    {
        return engine.engine().bots().byName("trader").state();
    }

    long high()
    {
        return high;
    }

    long low()
    {
        return low;
    }

    long volume()
    {
        return volume;
    }

    void next()
    {
        final long open = price;
        price = Math.max(5_000_000, Math.min(7_000_000, open + draw() - SPREAD / 2));
        high = Math.max(open, price) + draw();
        low = Math.min(open, price) - draw();
        volume = draw() + (isEmulating ? draw() % 3 * 10_000 + 4_000 : 40_000);
        final long openTimeNs = engine.timeNs();
        engine.pass(MINUTE).bar(BTC_USDT, BarInterval.M1, openTimeNs, open, high, low, price, volume);
    }

    private long draw()
    {
        random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return (random >>> 33) % SPREAD;
    }
}
