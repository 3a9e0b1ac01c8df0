package org.lockstep.engine.position;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.BTC_USDT;

class PositionTest
{
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long ONE_USDT = 100_000_000L;

    private final Position position = new Position(0);
    private final Instrument instrument = BTC_USDT;

    @Test
    void shouldAverageWhenAdding()
    {
        position.onFill(instrument, Side.BUY, 6_000_000, 100_000, 0);
        position.onFill(instrument, Side.BUY, 6_100_000, 100_000, 0);

        assertEquals(200_000, position.quantity());
        assertEquals(6_050_000, position.averagePrice());
        assertEquals(121_000 * ONE_USDT, position.cost());
    }

    @Test
    void shouldRealiseProfitWhenReducingLong()
    {
        position.onFill(instrument, Side.BUY, 6_000_000, 200_000, 0);
        position.onFill(instrument, Side.SELL, 6_100_000, 50_000, 0);

        assertEquals(500 * ONE_USDT, position.realisedPnl());
        assertEquals(6_000_000, position.averagePrice());
        assertEquals(1_500 * ONE_USDT, unrealisedAt(6_100_000));
    }

    @Test
    void shouldRealiseProfitWhenCoveringShort()
    {
        position.onFill(instrument, Side.SELL, 6_000_000, 100_000, 0);
        position.onFill(instrument, Side.BUY, 5_900_000, 100_000, 0);

        assertEquals(1_000 * ONE_USDT, position.realisedPnl());
        assertEquals(0, position.quantity());
        assertEquals(0, position.cost());
        assertEquals(0, position.averagePrice());
        assertEquals(0, unrealisedAt(9_999_999));
    }

    @Test
    void shouldNotValueANewPositionAtThePriceAtWhichTheLastOneEnded()
    {
        position.onFill(instrument, Side.BUY, 6_000_000, 100_000, 0);
        position.onMark(instrument, 6_000_000);
        position.onFill(instrument, Side.SELL, 6_000_000, 100_000, 0);
        position.onFill(instrument, Side.BUY, 7_000_000, 100_000, 0);

        assertEquals(0, position.unrealisedPnl());
    }

    @Test
    void shouldOpenRestAtOwnPriceWhenFlipping()
    {
        position.onFill(instrument, Side.BUY, 6_000_000, 100_000, 0);
        position.onFill(instrument, Side.SELL, 6_200_000, 300_000, 0);

        assertEquals(-200_000, position.quantity());
        assertEquals(6_200_000, position.averagePrice());
        assertEquals(2_000 * ONE_USDT, position.realisedPnl());
        assertEquals(-2_000 * ONE_USDT, unrealisedAt(6_300_000));
    }

    @Test
    void shouldTrackPeakAndDay()
    {
        final Holdings holdings = new Holdings();
        holdings.onFill(instrument, Side.BUY, 6_000_000, 100_000, ONE_USDT, 1);
        holdings.onMark(instrument, 6_100_000, 2);
        holdings.onMark(instrument, 6_050_000, 3);

        assertEquals(499 * ONE_USDT, holdings.ledger().equity());
        assertEquals(500 * ONE_USDT, holdings.ledger().drawdown());
        assertEquals(0, holdings.ledger().dailyLoss());

        holdings.onMark(instrument, 6_020_000, DAY_NS + 1);

        assertEquals(300 * ONE_USDT, holdings.ledger().dailyLoss());
        assertEquals(800 * ONE_USDT, holdings.ledger().drawdown());
    }

    private long unrealisedAt(final long price)
    {
        position.onMark(instrument, price);
        return position.unrealisedPnl();
    }
}
