package org.lockstep.tools.backtest;

import java.util.function.Consumer;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.position.Position;

/**
 * Makes round trips of the executions of a bot in one instrument: from flat until flat again. An execution that turns a
 * position round ends one trip and begins the next, its fee divided by quantity. Profit by the engine's own
 * {@link Position}. One thread.
 */
final class RoundTrips
{
    private final Instrument instrument;
    private final Position position;
    private final Consumer<RoundTrip> onTrip;
    private long openedNs;
    private long realisedBefore;
    private long feesBefore;
    private long entryQuantity;
    private double entryAmount;
    private double exitAmount;

    /**
     * Flat.
     *
     * @param instrument of all executions.
     * @param onTrip     gets each trip that ended.
     */
    RoundTrips(final Instrument instrument, final Consumer<RoundTrip> onTrip)
    {
        this.instrument = instrument;
        this.onTrip = onTrip;
        position = new Position(instrument.id());
    }

    /**
     * An execution.
     *
     * @param timeNs   epoch ns.
     * @param side     of the order.
     * @param price    mantissa.
     * @param quantity mantissa, from 1.
     * @param fee      8 decimals, negative = rebate.
     */
    void onFill(final long timeNs, final Side side, final long price, final long quantity, final long fee)
    {
        final long held = position.quantity();
        final boolean isOpening = 0 == held || held > 0 == (Side.BUY == side);
        final long closed = isOpening ? 0 : Math.min(Math.abs(held), quantity);
        final long closingFee = 0 == closed ? 0 : Decimals.mulDivExact(fee, closed, quantity, Rounding.HALF_EVEN);
        if (closed > 0)
        {
            position.onFill(instrument, side, price, closed, closingFee);
            exitAmount += (double)price * closed;
            if (0 == position.quantity())
            {
                end(timeNs, held > 0);
            }
        }
        if (quantity > closed)
        {
            if (0 == position.quantity())
            {
                openedNs = timeNs;
            }
            position.onFill(instrument, side, price, quantity - closed, fee - closingFee);
            entryQuantity += quantity - closed;
            entryAmount += (double)price * (quantity - closed);
        }
    }

    Instrument instrument()
    {
        return instrument;
    }

    private void end(final long timeNs, final boolean isLong)
    {
        final double scale = Decimals.pow10(instrument.priceScale());
        final long result = position.realisedPnl() - realisedBefore - (position.fees() - feesBefore);
        onTrip.accept(new RoundTrip(instrument, isLong, openedNs, timeNs, entryQuantity,
            entryAmount / entryQuantity / scale, exitAmount / entryQuantity / scale, position.fees() - feesBefore,
            result));
        realisedBefore = position.realisedPnl();
        feesBefore = position.fees();
        entryQuantity = 0;
        entryAmount = 0;
        exitAmount = 0;
    }
}
