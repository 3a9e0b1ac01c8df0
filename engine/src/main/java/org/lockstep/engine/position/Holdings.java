package org.lockstep.engine.position;

import java.util.Arrays;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.state.StateWriter;

/**
 * All positions of one bot or one account, by dense instrument id, with their ledger.
 * Threading: the engine thread. Allocation: a position's first use only.
 */
public final class Holdings
{
    private final Ledger ledger = new Ledger();
    private Position[] positions = new Position[8];
    private int[] changed = new int[8];
    private int changedCount;

    /**
     * The position in an instrument, created flat at first use.
     *
     * @param instrumentId dense id.
     * @return the position.
     */
    public Position position(final int instrumentId)
    {
        if (instrumentId >= positions.length)
        {
            positions = Arrays.copyOf(positions, Math.max(instrumentId + 1, positions.length * 2));
            changed = Arrays.copyOf(changed, positions.length);
        }
        Position position = positions[instrumentId];
        if (null == position)
        {
            position = new Position(instrumentId);
            positions[instrumentId] = position;
        }
        return position;
    }

    /**
     * The position in an instrument if there ever was one.
     *
     * @param instrumentId dense id.
     * @return the position, or null.
     */
    public Position find(final int instrumentId)
    {
        return instrumentId < positions.length ? positions[instrumentId] : null;
    }

    /** @return one more than the largest instrument id that may have a position. */
    public int limit()
    {
        return positions.length;
    }

    /** @return the sum of all. */
    public Ledger ledger()
    {
        return ledger;
    }

    /**
     * Applies an execution to position and ledger.
     *
     * @param instrument traded.
     * @param side       of the order.
     * @param price      mantissa.
     * @param quantity   mantissa.
     * @param fee        8 decimals.
     * @param timeNs     engine time.
     * @return the position.
     */
    public Position onFill(
        final Instrument instrument,
        final Side side,
        final long price,
        final long quantity,
        final long fee,
        final long timeNs)
    {
        final Position position = position(instrument.id());
        final long realised = position.realisedPnl();
        final long unrealised = position.unrealisedPnl();
        noteChange(position);
        position.onFill(instrument, side, price, quantity, fee);
        ledger.onChange(position.realisedPnl() - realised, position.unrealisedPnl() - unrealised, fee, 1, timeNs);
        return position;
    }

    /**
     * Applies a change that is no execution to position and ledger.
     *
     * @param instrument changed.
     * @param side       SELL = there is less of it.
     * @param price      at which the change is valued, mantissa.
     * @param quantity   mantissa, from 1.
     * @param timeNs     engine time.
     * @return the position.
     */
    public Position onAdjustment(
        final Instrument instrument, final Side side, final long price, final long quantity, final long timeNs)
    {
        final Position position = position(instrument.id());
        final long realised = position.realisedPnl();
        final long unrealised = position.unrealisedPnl();
        noteChange(position);
        position.onAdjustment(instrument, side, price, quantity);
        ledger.onChange(position.realisedPnl() - realised, position.unrealisedPnl() - unrealised, 0, 0, timeNs);
        return position;
    }

    /**
     * Notes a change of what open orders may still execute.
     *
     * @param instrumentId dense id.
     * @param side         of the order.
     * @param delta        of the remaining quantity, mantissa.
     */
    public void onOpenQuantity(final int instrumentId, final Side side, final long delta)
    {
        final Position position = position(instrumentId);
        noteChange(position);
        position.onOpenQuantity(side, delta);
    }

    /**
     * Takes off one of the instruments in which the position or what is open changed since it was taken off last.
     *
     * @return its dense id, or -1 when there is none (any more).
     */
    public int pollChanged()
    {
        if (0 == changedCount)
        {
            return -1;
        }
        final int instrumentId = changed[--changedCount];
        positions[instrumentId].isChangeNoted = false;
        return instrumentId;
    }

    /**
     * Values the position in an instrument.
     *
     * @param instrument whose price moved.
     * @param price      mark, mantissa.
     * @param timeNs     engine time.
     * @return true when the ledger changed.
     * @throws ArithmeticException when an amount does not fit; then nothing has changed.
     */
    public boolean onMark(final Instrument instrument, final long price, final long timeNs)
    {
        final Position position = find(instrument.id());
        if (null == position || 0 == position.quantity() || position.markPrice() == price)
        {
            return false;
        }
        final long unrealised = position.unrealisedAt(instrument, price);
        final long delta = Math.subtractExact(unrealised, position.unrealisedPnl());
        if (0 != delta)
        {
            ledger.onChange(0, delta, 0, 0, timeNs);
        }
        position.marked(price, unrealised);
        return 0 != delta;
    }

    /**
     * Describes itself by instrument id.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("holdings");
        ledger.describe(out);
        for (final Position position : positions)
        {
            if (null != position)
            {
                position.describe(out);
            }
        }
        out.end();
    }

    private void noteChange(final Position position)
    {
        if (!position.isChangeNoted)
        {
            position.isChangeNoted = true;
            changed[changedCount++] = position.instrumentId();
        }
    }
}
