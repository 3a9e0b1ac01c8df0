package org.lockstep.engine.book;

import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.state.StateWriter;

/**
 * Best bid and ask of one instrument as the venue quotes them, usually ahead of the book. Kept apart from it: a venue
 * may send one without the other. Threading: the engine thread only. Allocates nothing.
 */
public final class TopOfBook
{
    private long bidPrice;
    private long bidQuantity;
    private long askPrice;
    private long askQuantity;
    private long updateId;
    private long timeNs;

    /**
     * Takes over a quote. One that is older than what is known, by the venue's update id, is ignored.
     *
     * @param quote       wrapped at the message.
     * @param quoteTimeNs engine time of the quote, epoch ns.
     * @return true when taken over.
     */
    public boolean onQuote(final QuoteDecoder quote, final long quoteTimeNs)
    {
        return set(
            quote.bidPrice(), quote.bidQuantity(), quote.askPrice(), quote.askQuantity(),
            quote.updateId(), quoteTimeNs);
    }

    /**
     * Takes over a best bid and ask.
     *
     * @param newBidPrice    mantissa at the price scale.
     * @param newBidQuantity mantissa at the quantity scale, 0 = there is no bid.
     * @param newAskPrice    mantissa at the price scale.
     * @param newAskQuantity mantissa at the quantity scale, 0 = there is no ask.
     * @param newUpdateId    venue's id, 0 = none.
     * @param newTimeNs      engine time, epoch ns.
     * @return true when taken over; false when older than what is known.
     */
    public boolean set(
        final long newBidPrice,
        final long newBidQuantity,
        final long newAskPrice,
        final long newAskQuantity,
        final long newUpdateId,
        final long newTimeNs)
    {
        if (0 != newUpdateId && newUpdateId < updateId)
        {
            return false;
        }
        bidPrice = newBidPrice;
        bidQuantity = newBidQuantity;
        askPrice = newAskPrice;
        askQuantity = newAskQuantity;
        updateId = newUpdateId;
        timeNs = newTimeNs;
        return true;
    }

    /** Forgets the quote, as after a loss of the connection. */
    public void clear()
    {
        bidPrice = 0;
        bidQuantity = 0;
        askPrice = 0;
        askQuantity = 0;
        updateId = 0;
        timeNs = 0;
    }

    /** Takes the next quote whatever its update id. */
    public void forgetUpdateId()
    {
        updateId = 0;
    }

    /** @return true when there are both a bid and an ask. */
    public boolean isKnown()
    {
        return bidQuantity > 0 && askQuantity > 0;
    }

    /** @return best bid, mantissa at the price scale; meaningful when {@link #bidQuantity()} is not 0. */
    public long bidPrice()
    {
        return bidPrice;
    }

    /** @return quantity at the best bid, mantissa at the quantity scale, 0 = none. */
    public long bidQuantity()
    {
        return bidQuantity;
    }

    /** @return best ask, mantissa at the price scale; meaningful when {@link #askQuantity()} is not 0. */
    public long askPrice()
    {
        return askPrice;
    }

    /** @return quantity at the best ask, mantissa at the quantity scale, 0 = none. */
    public long askQuantity()
    {
        return askQuantity;
    }

    /** @return half of bid plus ask, mantissa at the price scale, rounded down; meaningful when {@link #isKnown()}. */
    public long midPrice()
    {
        return (bidPrice & askPrice) + ((bidPrice ^ askPrice) >> 1);
    }

    /** @return venue's update id of the quote, 0 = none. */
    public long updateId()
    {
        return updateId;
    }

    /** @return engine time of the quote, epoch ns, 0 = there was none. */
    public long timeNs()
    {
        return timeNs;
    }

    /**
     * Describes the quote.
     *
     * @param writer takes the description.
     */
    public void describe(final StateWriter writer)
    {
        writer.field("bidPrice", bidPrice);
        writer.field("bidQuantity", bidQuantity);
        writer.field("askPrice", askPrice);
        writer.field("askQuantity", askQuantity);
        writer.field("updateId", updateId);
        writer.field("timeNs", timeNs);
    }
}
