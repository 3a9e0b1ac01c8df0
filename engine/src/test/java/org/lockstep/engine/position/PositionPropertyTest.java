package org.lockstep.engine.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PositionPropertyTest
{
    private static final int MONEY = Instrument.MONEY_SCALE;

    record Fill(Side side, long price, long quantity, long fee)
    {
    }

    @Property(tries = 500)
    void shouldEqualReferenceWithSameRounding(
        @ForAll("scales") final int[] scales, @ForAll("fills") final List<Fill> fills)
    {
        final Instrument instrument = instrument(scales);
        final Position position = new Position(0);
        final Reference reference = new Reference(instrument);

        for (final Fill fill : fills)
        {
            position.onFill(instrument, fill.side(), fill.price(), fill.quantity(), fill.fee());
            reference.onFill(fill);

            assertEquals(reference.quantity, BigDecimal.valueOf(position.quantity(), instrument.quantityScale()));
            assertEquals(0, reference.cost.compareTo(BigDecimal.valueOf(position.cost(), MONEY)));
            assertEquals(0, reference.realised.compareTo(BigDecimal.valueOf(position.realisedPnl(), MONEY)));
            assertEquals(reference.averagePrice(),
                BigDecimal.valueOf(position.averagePrice(), instrument.priceScale()));
        }
        assertEquals(fills.stream().mapToLong(Fill::fee).sum(), position.fees());
        assertEquals(fills.size(), position.fillCount());
    }

    @Property(tries = 500)
    void shouldConserveMoneyToTheLastUnit(
        @ForAll("scales") final int[] scales, @ForAll("fills") final List<Fill> fills)
    {
        final Instrument instrument = instrument(scales);
        final Position position = new Position(0);
        BigDecimal cash = BigDecimal.ZERO;

        for (final Fill fill : fills)
        {
            position.onFill(instrument, fill.side(), fill.price(), fill.quantity(), 0);
            final BigDecimal amount = notional(instrument, fill.price(), fill.quantity());
            cash = Side.BUY == fill.side() ? cash.subtract(amount) : cash.add(amount);
        }

        assertEquals(0, cash.compareTo(BigDecimal.valueOf(position.realisedPnl() - position.cost(), MONEY)));
    }

    @Property(tries = 300)
    void shouldStayWithinOneUnitPerFillOfExactArithmetic(@ForAll("fills") final List<Fill> fills)
    {
        final Instrument instrument = instrument(new int[]{6, 8});
        final Position position = new Position(0);
        BigDecimal cash = BigDecimal.ZERO;
        BigDecimal open = BigDecimal.ZERO;

        for (final Fill fill : fills)
        {
            position.onFill(instrument, fill.side(), fill.price(), fill.quantity(), 0);
            final BigDecimal quantity = BigDecimal.valueOf(fill.quantity(), 8);
            final BigDecimal amount = BigDecimal.valueOf(fill.price(), 6).multiply(quantity);
            cash = Side.BUY == fill.side() ? cash.subtract(amount) : cash.add(amount);
            open = Side.BUY == fill.side() ? open.add(quantity) : open.subtract(quantity);
        }
        final long mark = 123_456_789;
        position.onMark(instrument, mark);

        final BigDecimal exact = cash.add(open.multiply(BigDecimal.valueOf(mark, 6)));
        final BigDecimal ours = BigDecimal.valueOf(position.realisedPnl() + position.unrealisedPnl(), MONEY);
        final BigDecimal tolerance = BigDecimal.valueOf(fills.size() + 1L, MONEY);
        assertTrue(exact.subtract(ours).abs().compareTo(tolerance) <= 0, exact + " " + ours);
    }

    @Provide
    Arbitrary<int[]> scales()
    {
        return Combinators.combine(Arbitraries.integers().between(0, 8), Arbitraries.integers().between(0, 8))
            .as((price, quantity) -> new int[]{price, quantity});
    }

    @Provide
    Arbitrary<List<Fill>> fills()
    {
        return Combinators.combine(
            Arbitraries.of(Side.BUY, Side.SELL),
            Arbitraries.longs().between(1, 1_000_000),
            Arbitraries.longs().between(1, 1_000),
            Arbitraries.longs().between(-1_000, 1_000)).as(Fill::new).list().ofMinSize(1).ofMaxSize(40);
    }

    private static Instrument instrument(final int[] scales)
    {
        return new Instrument(0, Venue.BINANCE, "X", "A", "B", scales[0], scales[1], 1, 1, 0, Long.MAX_VALUE, 0,
            InstrumentStatus.TRADING);
    }

    private static BigDecimal notional(final Instrument instrument, final long price, final long quantity)
    {
        return BigDecimal.valueOf(price, instrument.priceScale())
            .multiply(BigDecimal.valueOf(quantity, instrument.quantityScale())).setScale(MONEY, RoundingMode.HALF_EVEN);
    }

    /** Average cost in plain decimals. */
    private static final class Reference
    {
        private final Instrument instrument;
        private BigDecimal quantity;
        private BigDecimal cost = BigDecimal.ZERO;
        private BigDecimal realised = BigDecimal.ZERO;

        Reference(final Instrument instrument)
        {
            this.instrument = instrument;
            this.quantity = BigDecimal.valueOf(0, instrument.quantityScale());
        }

        void onFill(final Fill fill)
        {
            final BigDecimal signed = BigDecimal.valueOf(
                Side.BUY == fill.side() ? fill.quantity() : -fill.quantity(), instrument.quantityScale());
            final BigDecimal amount = notional(instrument, fill.price(), fill.quantity());
            if (quantity.signum() == 0 || quantity.signum() == signed.signum())
            {
                cost = signed.signum() > 0 ? cost.add(amount) : cost.subtract(amount);
            }
            else
            {
                final BigDecimal closed = quantity.abs().min(signed.abs());
                final BigDecimal closedAmount = notional(instrument, fill.price(), closed.unscaledValue().longValue());
                final BigDecimal closedCost =
                    cost.multiply(closed).divide(quantity.abs(), MONEY, RoundingMode.HALF_EVEN);
                final BigDecimal proceeds = quantity.signum() > 0 ? closedAmount : closedAmount.negate();
                realised = realised.add(proceeds).subtract(closedCost);
                cost = cost.subtract(closedCost);
                final BigDecimal opened = amount.subtract(closedAmount);
                cost = signed.signum() > 0 ? cost.add(opened) : cost.subtract(opened);
            }
            quantity = quantity.add(signed);
        }

        BigDecimal averagePrice()
        {
            return quantity.signum() == 0 ? BigDecimal.valueOf(0, instrument.priceScale()) :
                cost.divide(quantity, instrument.priceScale(), RoundingMode.HALF_EVEN);
        }
    }
}
