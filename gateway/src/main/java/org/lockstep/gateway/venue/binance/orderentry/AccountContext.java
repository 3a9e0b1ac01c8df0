package org.lockstep.gateway.venue.binance.orderentry;

import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.engine.order.ClientOrderIdText;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderSessionCounters;

/**
 * What the parts of one account's session share. Threading: the session's loop, but for the counters.
 *
 * @param config      of the session.
 * @param clock       epoch time.
 * @param publisher   of frames.
 * @param counters    of the session.
 * @param ids         our client order ids as texts.
 * @param inFlight    requests without an answer.
 * @param instruments of the venue.
 * @param memory      of orders.
 * @param budget      of requests.
 * @param offset      of the venue's clock.
 * @param sender      of requests.
 * @param templates   of requests that belong to no instrument.
 */
record AccountContext(
    BinanceOrderConfig config,
    EpochNanoClock clock,
    OrderEventPublisher publisher,
    OrderSessionCounters counters,
    ClientOrderIdText ids,
    InFlight inFlight,
    KnownInstruments instruments,
    OrderMemory memory,
    OrderBudget budget,
    VenueOffset offset,
    RequestSender sender,
    RequestTemplates templates)
{
}
