package org.lockstep.gateway.venue.binance.ws;

import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.RejectKind;

/** Takes quotes and trades out of the message in hand. Threading: the feed's loop. Allocation: none. */
final class TickDecoder
{
    private final StreamMessage message;
    private final StreamEvents events;

    TickDecoder(final StreamMessage message, final StreamEvents events)
    {
        this.message = message;
        this.events = events;
    }

    /** A change of the best bid or ask. */
    void onQuote()
    {
        if (!message.resolve())
        {
            return;
        }
        final Instrument instrument = message.feed.instrument();
        final long updateId = message.id('u');
        final long bidPrice = message.decimal(message.fields, 'b', instrument.priceScale());
        final long bidQuantity = message.quantity(message.fields, 'B', instrument.quantityScale());
        final long askPrice = message.decimal(message.fields, 'a', instrument.priceScale());
        final long askQuantity = message.quantity(message.fields, 'A', instrument.quantityScale());
        if (message.isGood())
        {
            events.onQuote(message.feed, updateId, bidPrice, bidQuantity, askPrice, askQuantity);
        }
    }

    /** A trade. */
    void onTrade()
    {
        if (!message.resolve())
        {
            return;
        }
        final Instrument instrument = message.feed.instrument();
        final long tradeId = message.id('t');
        final long price = message.decimal(message.fields, 'p', instrument.priceScale());
        final long quantity = message.quantity(message.fields, 'q', instrument.quantityScale());
        final long venueTimeNs = message.time(message.fields, 'T');
        final int isBuyerMaker = message.flag(message.fields, 'm');
        if (message.isGood() && (0 == price || 0 == quantity))
        {
            message.reject(RejectKind.DOES_NOT_FIT);
        }
        if (message.isGood())
        {
            events.onTrade(message.feed, tradeId, price, quantity, 1 == isBuyerMaker, venueTimeNs);
        }
    }
}
