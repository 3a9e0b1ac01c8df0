package org.lockstep.tools.simulator.market;

/**
 * The latest trades of one symbol, by consecutive id; the oldest are overwritten.
 * Written by the simulator's event loop.
 */
public final class TradeTape
{
    private final int mask;
    private final long[] pricesE8;
    private final long[] quantitiesE8;
    private final long[] timesUs;
    private final boolean[] buyerIsMaker;
    private final long[] aggregateIds;
    private long firstId;
    private long nextId;
    private long aggregateId;
    private boolean newTaker = true;

    /**
     * An empty tape.
     *
     * @param capacity trades kept, a power of two.
     * @param nextId   id of the first trade to come.
     */
    public TradeTape(final int capacity, final long nextId)
    {
        this.mask = capacity - 1;
        this.pricesE8 = new long[capacity];
        this.quantitiesE8 = new long[capacity];
        this.timesUs = new long[capacity];
        this.buyerIsMaker = new boolean[capacity];
        this.aggregateIds = new long[capacity];
        this.aggregateId = nextId / 2;
        this.firstId = nextId;
        this.nextId = nextId;
    }

    /** Says that the trades to come are those of another taker. */
    void startTaker()
    {
        newTaker = true;
    }

    /** Adds a trade with the next id. */
    void add(final long priceE8, final long quantityE8, final long timeUs, final boolean makerBuys)
    {
        final int index = (int)nextId & mask;
        pricesE8[index] = priceE8;
        quantitiesE8[index] = quantityE8;
        timesUs[index] = timeUs;
        buyerIsMaker[index] = makerBuys;
        final boolean continues = !newTaker && nextId > firstId && priceE8(nextId - 1) == priceE8 &&
            timeUs(nextId - 1) == timeUs && buyerIsMaker(nextId - 1) == makerBuys;
        aggregateId += continues ? 0 : 1;
        aggregateIds[index] = aggregateId;
        newTaker = false;
        nextId++;
        firstId = Math.max(firstId, nextId - mask - 1);
    }

    /**
     * Adds a trade with an id of its own; a jump in ids empties the tape.
     *
     * @param id          of the trade.
     * @param priceE8     eight decimals.
     * @param quantityE8  eight decimals.
     * @param timeUs      epoch microseconds.
     * @param makerBuys   whether the buyer's order was resting.
     */
    public void add(
        final long id, final long priceE8, final long quantityE8, final long timeUs, final boolean makerBuys)
    {
        if (id != nextId)
        {
            firstId = id;
            nextId = id;
        }
        add(priceE8, quantityE8, timeUs, makerBuys);
    }

    /** @return id of the oldest trade kept; equal to {@link #nextId()} when there is none. */
    public long firstId()
    {
        return firstId;
    }

    /** @return id of the next trade. */
    public long nextId()
    {
        return nextId;
    }

    /**
     * Price of a trade.
     *
     * @param id one that is kept.
     * @return eight decimals.
     */
    public long priceE8(final long id)
    {
        return pricesE8[(int)id & mask];
    }

    /**
     * Quantity of a trade.
     *
     * @param id one that is kept.
     * @return eight decimals.
     */
    public long quantityE8(final long id)
    {
        return quantitiesE8[(int)id & mask];
    }

    /**
     * Time of a trade.
     *
     * @param id one that is kept.
     * @return epoch microseconds.
     */
    public long timeUs(final long id)
    {
        return timesUs[(int)id & mask];
    }

    /**
     * Who made the price.
     *
     * @param id one that is kept.
     * @return true when the buyer's order was resting, so that the taker sold.
     */
    public boolean buyerIsMaker(final long id)
    {
        return buyerIsMaker[(int)id & mask];
    }

    /**
     * The aggregate that a trade belongs to: one for each taker and price.
     *
     * @param id one that is kept.
     * @return consecutive ids.
     */
    public long aggregateId(final long id)
    {
        return aggregateIds[(int)id & mask];
    }
}
