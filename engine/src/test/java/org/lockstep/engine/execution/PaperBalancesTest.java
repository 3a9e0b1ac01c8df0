package org.lockstep.engine.execution;

import java.util.List;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BalanceChangedDecoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.SECOND;
import static org.lockstep.engine.EngineFixture.anEngine;

/** The account begins with 100,000 USDT; a bitcoin is 100,000 lots and costs 60,000.05 USDT. */
class PaperBalancesTest
{
    private static final long BTC = 100_000;
    private static final long USDT = 100_000_000;
    private static final long HALF_A_BITCOIN = 3_000_002_500_000L;

    @Test
    void shouldLockWhatAnOpenOrderTakesUntilItIsCanceled()
    {
        final EngineFixture engine = quoted();

        final long orderId = limit(engine, Side.BUY, BTC / 2);
        final BalanceChangedDecoder open = balance(engine);
        assertEquals(HALF_A_BITCOIN, open.locked());
        assertEquals(100_000 * USDT - HALF_A_BITCOIN, open.free());

        engine.after(SECOND).act(context -> context.cancel(orderId));
        engine.after(SECOND);

        assertEquals(0, balance(engine).locked());
        assertEquals(100_000 * USDT, balance(engine).free());
    }

    @Test
    void shouldLockNothingForTheSaleOfWhatIsThere()
    {
        final EngineFixture engine = quoted();
        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, BTC / 2);
        engine.after(SECOND);
        final int told = engine.count(BalanceChangedDecoder.TEMPLATE_ID);

        limit(engine, Side.SELL, BTC / 2);

        assertEquals(0, balance(engine).locked());
        assertEquals(told, engine.count(BalanceChangedDecoder.TEMPLATE_ID), "nothing changed");
    }

    @Test
    void shouldLockTheLessTheMoreLeverageThereIs()
    {
        final EngineFixture engine = quoted("leverage", "2");

        limit(engine, Side.BUY, BTC);

        assertEquals(HALF_A_BITCOIN, balance(engine).locked());
    }

    @Test
    void shouldLockWhatAReplaceAsksFor()
    {
        final EngineFixture engine = quoted();
        final long orderId = limit(engine, Side.BUY, BTC / 4);
        engine.after(SECOND);

        engine.act(context -> context.replace(orderId, 5_900_000, BTC / 2));

        assertEquals(HALF_A_BITCOIN, balance(engine).locked());
    }

    @Test
    void shouldUnlockWhatIsExecuted()
    {
        final EngineFixture engine = quoted();

        engine.submit(BTC_USDT, Side.BUY, OrderType.MARKET, 0, BTC / 2);
        final long before = balance(engine).locked();
        engine.after(SECOND);

        assertEquals(HALF_A_BITCOIN, before);
        assertEquals(0, balance(engine).locked());
    }

    private static EngineFixture quoted(final String... accountTexts)
    {
        return anEngine().start(accountTexts).withProbe().quote(BTC_USDT, 6_000_000, BTC, 6_000_010, BTC);
    }

    private static long limit(final EngineFixture engine, final Side side, final long quantity)
    {
        return engine.submit(BTC_USDT, side, OrderType.LIMIT, Side.BUY == side ? 5_900_000 : 6_100_000, quantity);
    }

    private static BalanceChangedDecoder balance(final EngineFixture engine)
    {
        final List<? extends DirectBuffer> all = engine.all(BalanceChangedDecoder.TEMPLATE_ID);
        final DirectBuffer frame = all.get(all.size() - 1);
        return new BalanceChangedDecoder().wrap(
            frame, Frame.HEADER_LENGTH, Frame.blockLength(frame, 0), Frame.version(frame, 0));
    }
}
