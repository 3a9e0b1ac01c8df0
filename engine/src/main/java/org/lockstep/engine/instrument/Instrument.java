package org.lockstep.engine.instrument;

import org.lockstep.engine.event.codec.InstrumentStatus;

/**
 * An instrument as its venue describes it. Immutable, any thread.
 *
 * @param id            dense id, from 0.
 * @param venue         where it trades.
 * @param symbol        the venue's own upper-case symbol, such as {@code BTCUSDT}.
 * @param baseAsset     what is traded.
 * @param quoteAsset    what it is paid in.
 * @param priceScale    decimals of a price, [0, 12].
 * @param quantityScale decimals of a quantity, [0, 12].
 * @param tickSize      price step, mantissa at {@code priceScale}, from 1.
 * @param lotSize       quantity step, mantissa at {@code quantityScale}, from 1.
 * @param minQuantity   mantissa at {@code quantityScale}, 0 = none.
 * @param maxQuantity   mantissa at {@code quantityScale}, {@code Long.MAX_VALUE} = none.
 * @param minNotional   quote currency with 8 decimals, 0 = none.
 * @param status        whether orders are taken.
 */
public record Instrument(
    int id,
    Venue venue,
    String symbol,
    String baseAsset,
    String quoteAsset,
    int priceScale,
    int quantityScale,
    long tickSize,
    long lotSize,
    long minQuantity,
    long maxQuantity,
    long minNotional,
    InstrumentStatus status)
{
    /** Largest number of decimals a price or quantity may have. */
    public static final int MAX_SCALE = 12;

    /** Decimals of every amount of money (notional, fee, PnL) in quote currency. */
    public static final int MONEY_SCALE = 8;

    /** Checks every range. */
    public Instrument
    {
        if (id < 0 || null == venue || null == symbol || symbol.isEmpty() || null == status)
        {
            throw new IllegalArgumentException("instrument needs id >= 0, venue, symbol and status: " + symbol);
        }
        if (priceScale < 0 || priceScale > MAX_SCALE || quantityScale < 0 || quantityScale > MAX_SCALE)
        {
            throw new IllegalArgumentException(
                symbol + ": scales must be in [0, 12], found " + priceScale + " and " + quantityScale);
        }
        if (tickSize < 1 || lotSize < 1 || minQuantity < 0 || maxQuantity < minQuantity || minNotional < 0)
        {
            throw new IllegalArgumentException(
                symbol + ": tick " + tickSize + ", lot " + lotSize + ", quantity [" + minQuantity + ", " + maxQuantity +
                "], minimum notional " + minNotional + " do not fit");
        }
    }

    /** @return {@code venue:SYMBOL}, unique in the process. */
    public String qualifiedSymbol()
    {
        return venue.code() + ":" + symbol;
    }
}
