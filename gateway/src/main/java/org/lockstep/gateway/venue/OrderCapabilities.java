package org.lockstep.gateway.venue;

import java.util.Set;

import org.lockstep.engine.event.codec.OrderType;

/**
 * What a venue's order entry offers, so that nothing above it asks for what is not there. Immutable.
 *
 * @param orderTypes      native types; all others are emulated by the engine.
 * @param replaceKind     how an order is changed.
 * @param oneCancelsOther whether a pair of orders of which one cancels the other is native.
 * @param deadManSwitch   whether the venue cancels all orders by itself when it hears nothing from us for a while.
 * @param foreignOrders   whether orders placed by others on the same account are seen.
 */
public record OrderCapabilities(
    Set<OrderType> orderTypes,
    ReplaceKind replaceKind,
    boolean oneCancelsOther,
    boolean deadManSwitch,
    boolean foreignOrders)
{
    /** How an order is changed. */
    public enum ReplaceKind
    {
        /** Not at all: cancel and place. */
        NONE,
        /** The order keeps its identity. */
        IN_PLACE,
        /** Another order with an id of its own takes its place; the two steps are not atomic. */
        CANCEL_AND_PLACE
    }

    /** Copies. */
    public OrderCapabilities
    {
        orderTypes = Set.copyOf(orderTypes);
    }
}
