package org.lockstep.engine.execution;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.risk.RejectReason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Both legs of a pair pass risk, or none goes out. */
class OrderPairTest
{
    @Test
    void shouldCountTheFirstLegWhenTheSecondIsCheckedForOpenOrders()
    {
        final VenueScript venue = VenueScript.live("limits.maxOpenOrders", "1");

        final long result = pair(venue);

        assertEquals(-RejectReason.ACCOUNT_MAX_OPEN_ORDERS.code(), result);
        assertEquals(0, venue.engine.count(OrderRequestedDecoder.TEMPLATE_ID));
        assertEquals(0, venue.engine.engine().accounts().find(VenueScript.ACCOUNT).risk().openOrderCount());
    }

    @Test
    void shouldGoOutWhenThereIsRoomForBoth()
    {
        final VenueScript venue = VenueScript.live("limits.maxOpenOrders", "2");

        final long result = pair(venue);

        assertTrue(result > 0);
        assertEquals(2, venue.engine.engine().accounts().find(VenueScript.ACCOUNT).risk().openOrderCount());
    }

    private static long pair(final VenueScript venue)
    {
        return venue.engine.act(context -> context.submitPair(
            0, Side.SELL, VenueScript.PRICE + 100, VenueScript.PRICE - 100, 0, 10));
    }
}
