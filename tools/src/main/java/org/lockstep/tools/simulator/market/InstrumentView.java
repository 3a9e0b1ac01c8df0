package org.lockstep.tools.simulator.market;

/**
 * One instrument as the outside may see it, whatever feeds it. Read by the simulator's event loop only.
 */
public interface InstrumentView
{
    /** Receives the levels of a book, best first. */
    @FunctionalInterface
    interface LevelConsumer
    {
        /**
         * One level.
         *
         * @param priceE8    eight decimals.
         * @param quantityE8 eight decimals, above 0.
         */
        void onLevel(long priceE8, long quantityE8);
    }

    /** @return what is traded. */
    MarketSymbol symbol();

    /** @return id of the newest change of the book. */
    long lastUpdateId();

    /**
     * Walks one side of the book, best first.
     *
     * @param buy      which side.
     * @param limit    levels at most.
     * @param consumer called for each level.
     */
    void forEachLevel(boolean buy, int limit, LevelConsumer consumer);

    /**
     * Quantity at a price.
     *
     * @param buy     which side.
     * @param priceE8 eight decimals.
     * @return eight decimals, 0 when nothing rests there.
     */
    long visibleE8(boolean buy, long priceE8);

    /** @return the latest trades. */
    TradeTape trades();

    /** @return bars of any interval. */
    Candles candles();
}
