package org.lockstep.engine.position;

/** A position as strategies and queries see it. Amounts are quote currency with 8 decimals. Engine thread only. */
public interface PositionView
{
    /** @return dense id of the instrument. */
    int instrumentId();

    /** @return signed quantity, mantissa at the quantity scale. */
    long quantity();

    /** @return average price of what is open, mantissa at the price scale, rounded half even; 0 when flat. */
    long averagePrice();

    /** @return cost of what is open, with the sign of the quantity. */
    long cost();

    /** @return profit of what was closed, fees not included. */
    long realisedPnl();

    /** @return profit of what is open at the last mark, fees not included. */
    long unrealisedPnl();

    /** @return fees paid, rebates negative. */
    long fees();

    /** @return executions so far. */
    long fillCount();

    /** @return quantity of open buy orders that may still execute. */
    long openBuyQuantity();

    /** @return quantity of open sell orders that may still execute. */
    long openSellQuantity();
}
