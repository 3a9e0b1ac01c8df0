package org.lockstep.engine.position;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.state.StateWriter;

/**
 * Position in one instrument by average cost.
 * <p>
 * The cost of what is open is kept as money, not as an average price, so nothing drifts: the notional of each execution
 * is rounded once (half even, 8 decimals; exact when price and quantity scale add up to 8 or less), a reduction takes
 * {@code cost * closed / open} off, rounded half even, and the rest stays. At every moment, to the last unit,
 * <pre>  realised profit - cost of what is open = received from sales - paid for purchases </pre>
 * An execution that flips the position closes all of it first and opens the rest at its own price.
 * <p>
 * Threading: the engine thread. Allocation: none.
 */
public final class Position implements PositionView
{
    private final int instrumentId;
    private long quantity;
    private long cost;
    private long realisedPnl;
    private long unrealisedPnl;
    private long fees;
    private long fillCount;
    private long markPrice;
    private long averagePrice;
    private long openBuyQuantity;
    private long openSellQuantity;
    /** Whether {@link Holdings} has noted that it changed. */
    boolean isChangeNoted;

    /**
     * A flat position.
     *
     * @param instrumentId dense id.
     */
    public Position(final int instrumentId)
    {
        this.instrumentId = instrumentId;
    }

    /**
     * Applies one execution.
     *
     * @param instrument   gives the scales.
     * @param side         of the order.
     * @param price        mantissa.
     * @param fillQuantity mantissa, from 1.
     * @param fee          8 decimals, negative = rebate.
     * @throws ArithmeticException when an amount does not fit; risk keeps orders far from that.
     */
    public void onFill(
        final Instrument instrument, final Side side, final long price, final long fillQuantity, final long fee)
    {
        if (0 == quantity || 0 == markPrice)
        {
            // A flat position is not valued: its mark is as old as its end.
            markPrice = price;
        }
        move(instrument, side, price, fillQuantity);
        fees = Math.addExact(fees, fee);
        fillCount++;
        unrealisedPnl = unrealisedAt(instrument, markPrice);
    }

    /**
     * Applies a change that is no execution: a fee that the venue took out of what was bought, which its value has
     * entered the fees for.
     *
     * @param instrument gives the scales.
     * @param side       SELL = there is less of it.
     * @param price      at which the change is valued, mantissa.
     * @param changed    mantissa, from 1.
     */
    public void onAdjustment(final Instrument instrument, final Side side, final long price, final long changed)
    {
        move(instrument, side, price, changed);
        unrealisedPnl = unrealisedAt(instrument, markPrice);
    }

    private void move(final Instrument instrument, final Side side, final long price, final long fillQuantity)
    {
        final int direction = Side.BUY == side ? 1 : -1;
        final long amount = Money.notional(instrument, price, fillQuantity);
        if (0 == quantity || quantity > 0 == direction > 0)
        {
            quantity = Math.addExact(quantity, direction * fillQuantity);
            cost = Math.addExact(cost, direction * amount);
        }
        else
        {
            reduce(instrument, direction, price, fillQuantity, amount);
        }
        averagePrice = 0 == quantity ? 0 : Money.averagePrice(instrument, cost, quantity);
    }

    /**
     * Values what is open.
     *
     * @param instrument gives the scales.
     * @param price      the mark, mantissa.
     * @return true when the value changed.
     */
    public boolean onMark(final Instrument instrument, final long price)
    {
        markPrice = price;
        final long before = unrealisedPnl;
        unrealisedPnl = unrealisedAt(instrument, price);
        return before != unrealisedPnl;
    }

    void onOpenQuantity(final Side side, final long delta)
    {
        if (Side.BUY == side)
        {
            openBuyQuantity += delta;
        }
        else
        {
            openSellQuantity += delta;
        }
    }

    @Override
    public int instrumentId()
    {
        return instrumentId;
    }

    @Override
    public long quantity()
    {
        return quantity;
    }

    @Override
    public long averagePrice()
    {
        return averagePrice;
    }

    @Override
    public long cost()
    {
        return cost;
    }

    @Override
    public long realisedPnl()
    {
        return realisedPnl;
    }

    @Override
    public long unrealisedPnl()
    {
        return unrealisedPnl;
    }

    @Override
    public long fees()
    {
        return fees;
    }

    @Override
    public long fillCount()
    {
        return fillCount;
    }

    @Override
    public long openBuyQuantity()
    {
        return openBuyQuantity;
    }

    @Override
    public long openSellQuantity()
    {
        return openSellQuantity;
    }

    /**
     * Describes itself.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("position", instrumentId);
        out.field("quantity", quantity);
        out.field("cost", cost);
        out.field("averagePrice", averagePrice);
        out.field("realisedPnl", realisedPnl);
        out.field("unrealisedPnl", unrealisedPnl);
        out.field("fees", fees);
        out.field("fills", fillCount);
        out.field("markPrice", markPrice);
        out.field("openBuyQuantity", openBuyQuantity);
        out.field("openSellQuantity", openSellQuantity);
        out.end();
    }

    private void reduce(
        final Instrument instrument,
        final int direction,
        final long price,
        final long fillQuantity,
        final long amount)
    {
        final long open = Math.abs(quantity);
        final long closed = Math.min(open, fillQuantity);
        final long closedAmount = closed == fillQuantity ? amount : Money.notional(instrument, price, closed);
        final long closedCost =
            closed == open ? cost : Decimals.mulDivExact(cost, closed, open, Rounding.HALF_EVEN);
        realisedPnl = Math.addExact(realisedPnl, Math.subtractExact(-direction * closedAmount, closedCost));
        quantity += direction * fillQuantity;
        cost = closed == fillQuantity ? cost - closedCost : direction * (amount - closedAmount);
    }

    long markPrice()
    {
        return markPrice;
    }

    /** Notes what the open quantity is worth at a price, which {@link #unrealisedAt} said. */
    void marked(final long price, final long unrealised)
    {
        markPrice = price;
        unrealisedPnl = unrealised;
    }

    long unrealisedAt(final Instrument instrument, final long price)
    {
        return 0 == quantity ? 0 : Math.subtractExact(Money.notional(instrument, price, quantity), cost);
    }
}
