package org.lockstep.engine.algo;

import org.lockstep.engine.event.codec.AlgoKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.risk.RejectReason;

/** Checks what an emulated order is given, against its instrument and itself. Stateless. */
final class AlgoShape
{
    private static final int MAX_SLICES = 10_000;
    private static final int MAX_PARTS = 10_000;
    private static final int MAX_TRAIL_BPS = 9_999;
    private static final long MIN_INTERVAL_NS = 1_000_000L;
    private static final long MAX_DURATION_NS = 7 * 86_400_000_000_000L;

    private AlgoShape()
    {
    }

    static RejectReason check(final AlgoOrder order, final Instrument instrument)
    {
        if (Side.BUY != order.side() && Side.SELL != order.side() || AlgoKind.NULL_VAL == order.kind())
        {
            return RejectReason.INVALID_ORDER_TYPE;
        }
        if (order.quantity() <= 0)
        {
            return RejectReason.INVALID_QUANTITY;
        }
        if (0 != order.quantity() % instrument.lotSize() || 0 != order.displayQuantity() % instrument.lotSize())
        {
            return RejectReason.QUANTITY_OFF_LOT;
        }
        if (order.quantity() < instrument.minQuantity())
        {
            return RejectReason.QUANTITY_BELOW_MINIMUM;
        }
        if (order.triggerPrice() < 0 || order.limitPrice() < 0 || order.takeProfitPrice() < 0)
        {
            return RejectReason.INVALID_PRICE;
        }
        final long tick = instrument.tickSize();
        if (0 != order.triggerPrice() % tick || 0 != order.limitPrice() % tick || 0 != order.takeProfitPrice() % tick)
        {
            return RejectReason.PRICE_OFF_TICK;
        }
        return fits(order) ? RejectReason.NONE : RejectReason.INVALID_ALGO;
    }

    private static boolean fits(final AlgoOrder order)
    {
        return switch (order.kind())
        {
            case STOP, TAKE_PROFIT -> order.triggerPrice() > 0;
            case TRAILING_STOP -> order.trail() > 0 && 0 == order.trailBps() ||
                0 == order.trail() && order.trailBps() > 0 && order.trailBps() <= MAX_TRAIL_BPS;
            case OCO -> isPair(order, order.side()) && 0 == order.limitPrice();
            case BRACKET -> isPair(order, Side.BUY == order.side() ? Side.SELL : Side.BUY) &&
                (0 == order.limitPrice() || isBetween(order.limitPrice(), order));
            case ICEBERG -> order.limitPrice() > 0 && order.displayQuantity() > 0 &&
                order.displayQuantity() < order.quantity() &&
                order.quantity() / order.displayQuantity() < MAX_PARTS;
            case TWAP -> order.slices() > 0 && order.slices() <= MAX_SLICES &&
                order.durationNs() <= MAX_DURATION_NS && order.durationNs() / order.slices() >= MIN_INTERVAL_NS;
            default -> false;
        };
    }

    /** The profit of a sell is above its stop, that of a buy below. */
    private static boolean isPair(final AlgoOrder order, final Side exitSide)
    {
        return order.takeProfitPrice() > 0 && order.triggerPrice() > 0 && (Side.SELL == exitSide ?
            order.takeProfitPrice() > order.triggerPrice() : order.takeProfitPrice() < order.triggerPrice());
    }

    private static boolean isBetween(final long price, final AlgoOrder order)
    {
        return price > Math.min(order.takeProfitPrice(), order.triggerPrice()) &&
            price < Math.max(order.takeProfitPrice(), order.triggerPrice());
    }
}
