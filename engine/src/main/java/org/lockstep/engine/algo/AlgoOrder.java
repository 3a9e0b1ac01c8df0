package org.lockstep.engine.algo;

import org.lockstep.engine.event.codec.AlgoKind;
import org.lockstep.engine.event.codec.Side;

/**
 * What an emulated order shall do. Made by one of the named methods and completed by the others; may be reused, it is
 * copied when it is submitted. Prices and quantities are mantissas of the instrument.
 */
public final class AlgoOrder
{
    private AlgoKind kind = AlgoKind.NULL_VAL;
    private int instrumentId;
    private Side side = Side.NULL_VAL;
    private long quantity;
    private long triggerPrice;
    private long limitPrice;
    private long takeProfitPrice;
    private long trail;
    private int trailBps;
    private long displayQuantity;
    private int slices;
    private long durationNs;

    private AlgoOrder begin(
        final AlgoKind newKind, final int newInstrumentId, final Side newSide, final long newQuantity)
    {
        kind = newKind;
        instrumentId = newInstrumentId;
        side = newSide;
        quantity = newQuantity;
        triggerPrice = 0;
        limitPrice = 0;
        takeProfitPrice = 0;
        trail = 0;
        trailBps = 0;
        displayQuantity = 0;
        slices = 0;
        durationNs = 0;
        return this;
    }

    AlgoOrder copy()
    {
        final AlgoOrder copy = new AlgoOrder().begin(kind, instrumentId, side, quantity);
        copy.triggerPrice = triggerPrice;
        copy.limitPrice = limitPrice;
        copy.takeProfitPrice = takeProfitPrice;
        copy.trail = trail;
        copy.trailBps = trailBps;
        copy.displayQuantity = displayQuantity;
        copy.slices = slices;
        copy.durationNs = durationNs;
        return copy;
    }

    /**
     * Sends an order when the price has gone against it: a sell when the bid falls to the trigger, a buy when the ask
     * rises to it. A market order, or a limit order after {@link #limit}.
     *
     * @param newInstrumentId dense id.
     * @param newSide         of the order that is sent.
     * @param newQuantity     whole quantity.
     * @param newTriggerPrice above 0.
     * @return this.
     */
    public AlgoOrder stop(
        final int newInstrumentId, final Side newSide, final long newQuantity, final long newTriggerPrice)
    {
        begin(AlgoKind.STOP, newInstrumentId, newSide, newQuantity);
        triggerPrice = newTriggerPrice;
        return this;
    }

    /**
     * Sends an order when the price has come its way: a sell when the bid rises to the trigger, a buy when the ask
     * falls to it. A market order, or a limit order after {@link #limit}.
     *
     * @param newInstrumentId dense id.
     * @param newSide         of the order that is sent.
     * @param newQuantity     whole quantity.
     * @param newTriggerPrice above 0.
     * @return this.
     */
    public AlgoOrder takeProfit(
        final int newInstrumentId, final Side newSide, final long newQuantity, final long newTriggerPrice)
    {
        begin(AlgoKind.TAKE_PROFIT, newInstrumentId, newSide, newQuantity);
        triggerPrice = newTriggerPrice;
        return this;
    }

    /**
     * A stop whose trigger follows the best price since at a distance, see {@link #trail} and {@link #trailBps}.
     *
     * @param newInstrumentId dense id.
     * @param newSide         of the order that is sent.
     * @param newQuantity     whole quantity.
     * @return this.
     */
    public AlgoOrder trailingStop(final int newInstrumentId, final Side newSide, final long newQuantity)
    {
        return begin(AlgoKind.TRAILING_STOP, newInstrumentId, newSide, newQuantity);
    }

    /**
     * A limit order and a stop of which one alone executes: when the stop's price is reached, the limit order is taken
     * back, and what it left goes out as a market order once the venue has said that it ended.
     *
     * @param newInstrumentId dense id.
     * @param newSide         of both.
     * @param newQuantity     whole quantity.
     * @param newLimitPrice   where the limit order rests: above the stop of a sell, below that of a buy.
     * @param newTriggerPrice of the stop.
     * @return this.
     */
    public AlgoOrder oco(
        final int newInstrumentId,
        final Side newSide,
        final long newQuantity,
        final long newLimitPrice,
        final long newTriggerPrice)
    {
        begin(AlgoKind.OCO, newInstrumentId, newSide, newQuantity);
        takeProfitPrice = newLimitPrice;
        triggerPrice = newTriggerPrice;
        return this;
    }

    /**
     * An entry, and for what it executed a one-cancels-the-other pair on the other side. The entry is a market order,
     * or a limit order after {@link #limit}; the pair goes out when it has ended. When one of the exits is reached
     * before that, what is left of the entry is taken back first.
     *
     * @param newInstrumentId    dense id.
     * @param newSide            of the entry.
     * @param newQuantity        of the entry.
     * @param newTakeProfitPrice of the limit order that takes the profit.
     * @param newTriggerPrice    of the stop.
     * @return this.
     */
    public AlgoOrder bracket(
        final int newInstrumentId,
        final Side newSide,
        final long newQuantity,
        final long newTakeProfitPrice,
        final long newTriggerPrice)
    {
        begin(AlgoKind.BRACKET, newInstrumentId, newSide, newQuantity);
        takeProfitPrice = newTakeProfitPrice;
        triggerPrice = newTriggerPrice;
        return this;
    }

    /**
     * A limit order of which only a part is in the book at a time.
     *
     * @param newInstrumentId    dense id.
     * @param newSide            buy or sell.
     * @param newQuantity        whole quantity.
     * @param newLimitPrice      of each part.
     * @param newDisplayQuantity of each part, below the whole.
     * @return this.
     */
    public AlgoOrder iceberg(
        final int newInstrumentId,
        final Side newSide,
        final long newQuantity,
        final long newLimitPrice,
        final long newDisplayQuantity)
    {
        begin(AlgoKind.ICEBERG, newInstrumentId, newSide, newQuantity);
        limitPrice = newLimitPrice;
        displayQuantity = newDisplayQuantity;
        return this;
    }

    /**
     * Equal slices at equal times, the first at once: market orders, or after {@link #limit} limit orders that are
     * taken back when the next slice is due. What a slice did not execute is spread over the rest; a slice that comes
     * later than the next (a restart) is left out and spread likewise; at the end what is left is given up.
     *
     * @param newInstrumentId dense id.
     * @param newSide         buy or sell.
     * @param newQuantity     whole quantity.
     * @param newSlices       [1, 10,000].
     * @param newDurationNs   from now to the end, from 1 ms a slice to 7 days.
     * @return this.
     */
    public AlgoOrder twap(
        final int newInstrumentId,
        final Side newSide,
        final long newQuantity,
        final int newSlices,
        final long newDurationNs)
    {
        begin(AlgoKind.TWAP, newInstrumentId, newSide, newQuantity);
        slices = newSlices;
        durationNs = newDurationNs;
        return this;
    }

    /**
     * Gives the order that is sent (of a bracket: the entry) a limit; without it is a market order.
     *
     * @param newLimitPrice mantissa.
     * @return this.
     */
    public AlgoOrder limit(final long newLimitPrice)
    {
        limitPrice = newLimitPrice;
        return this;
    }

    /**
     * Distance of a trailing stop.
     *
     * @param newTrail price difference, mantissa.
     * @return this.
     */
    public AlgoOrder trail(final long newTrail)
    {
        trail = newTrail;
        return this;
    }

    /**
     * Distance of a trailing stop as a share of the price it follows.
     *
     * @param newTrailBps 1/10,000, [1, 9,999].
     * @return this.
     */
    public AlgoOrder trailBps(final int newTrailBps)
    {
        trailBps = newTrailBps;
        return this;
    }

    /** @return which kind. */
    public AlgoKind kind()
    {
        return kind;
    }

    /** @return dense id. */
    public int instrumentId()
    {
        return instrumentId;
    }

    /** @return buy or sell; of a bracket: of the entry. */
    public Side side()
    {
        return side;
    }

    /** @return whole quantity. */
    public long quantity()
    {
        return quantity;
    }

    /** @return of a stop, 0 = none. */
    public long triggerPrice()
    {
        return triggerPrice;
    }

    /** @return of the order that is sent, 0 = market. */
    public long limitPrice()
    {
        return limitPrice;
    }

    /** @return of the limit order of a pair, 0 = none. */
    public long takeProfitPrice()
    {
        return takeProfitPrice;
    }

    /** @return distance of a trailing stop, 0 = by {@link #trailBps()}. */
    public long trail()
    {
        return trail;
    }

    /** @return distance of a trailing stop, 1/10,000. */
    public int trailBps()
    {
        return trailBps;
    }

    /** @return part of an iceberg that shows. */
    public long displayQuantity()
    {
        return displayQuantity;
    }

    /** @return of a TWAP. */
    public int slices()
    {
        return slices;
    }

    /** @return of a TWAP. */
    public long durationNs()
    {
        return durationNs;
    }
}
