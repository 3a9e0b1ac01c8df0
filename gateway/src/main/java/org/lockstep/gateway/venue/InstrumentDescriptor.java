package org.lockstep.gateway.venue;

import java.math.BigDecimal;

import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.instrument.Venue;

/**
 * An instrument as a venue's metadata describes it, before it has an id and scales. Immutable.
 *
 * @param venue       where it trades.
 * @param symbol      the venue's own.
 * @param baseAsset   what is traded.
 * @param quoteAsset  what it is paid in.
 * @param tickSize    price step, positive.
 * @param lotSize     quantity step, positive.
 * @param minQuantity smallest quantity, 0 = none.
 * @param maxQuantity largest quantity, 0 = none.
 * @param minNotional smallest price times quantity, 0 = none.
 * @param quantityDecimals most decimals the venue puts into a quantity, whatever the lot.
 * @param status      whether orders are taken.
 */
public record InstrumentDescriptor(
    Venue venue,
    String symbol,
    String baseAsset,
    String quoteAsset,
    BigDecimal tickSize,
    BigDecimal lotSize,
    BigDecimal minQuantity,
    BigDecimal maxQuantity,
    BigDecimal minNotional,
    int quantityDecimals,
    InstrumentStatus status)
{
    /** Checks that the steps are there. */
    public InstrumentDescriptor
    {
        if (symbol.isEmpty() || tickSize.signum() <= 0 || lotSize.signum() <= 0)
        {
            throw new IllegalArgumentException(
                symbol + ": tick and lot must be positive, found " + tickSize + " and " + lotSize);
        }
    }
}
