package org.lockstep.engine.risk;

import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;

/** Checks an order against its instrument alone: status, type, tick, lot, minimums. Stateless, allocates nothing. */
final class OrderShape
{
    private OrderShape()
    {
    }

    /**
     * @param referencePrice what a market order is valued at, mantissa.
     */
    static RejectReason check(final OrderIntent intent, final Instrument instrument, final long referencePrice)
    {
        if (InstrumentStatus.TRADING != instrument.status())
        {
            return RejectReason.INSTRUMENT_NOT_TRADING;
        }
        final RejectReason typeReason = checkType(intent);
        if (RejectReason.NONE != typeReason)
        {
            return typeReason;
        }
        final boolean isMarket = intent.isMarket();
        if (intent.isStop() ? intent.stopPrice() <= 0 || 0 != intent.stopPrice() % instrument.tickSize() :
            0 != intent.stopPrice())
        {
            return RejectReason.INVALID_STOP_PRICE;
        }
        if (isMarket ? 0 != intent.price() : intent.price() <= 0)
        {
            return RejectReason.INVALID_PRICE;
        }
        if (0 != intent.price() % instrument.tickSize())
        {
            return RejectReason.PRICE_OFF_TICK;
        }
        return checkQuantity(intent.quantity(), instrument,
            isMarket ? intent.isStop() ? intent.stopPrice() : referencePrice : intent.price());
    }

    private static RejectReason checkType(final OrderIntent intent)
    {
        final OrderType type = intent.orderType();
        final TimeInForce timeInForce = intent.timeInForce();
        final boolean isSide = Side.BUY == intent.side() || Side.SELL == intent.side();
        final boolean isPossible = switch (type)
        {
            case LIMIT -> TimeInForce.GTC == timeInForce || TimeInForce.IOC == timeInForce ||
                TimeInForce.FOK == timeInForce;
            case MARKET -> TimeInForce.IOC == timeInForce || TimeInForce.FOK == timeInForce;
            case LIMIT_MAKER, STOP_LOSS, TAKE_PROFIT -> TimeInForce.GTC == timeInForce;
            case STOP_LOSS_LIMIT, TAKE_PROFIT_LIMIT -> TimeInForce.GTC == timeInForce ||
                TimeInForce.IOC == timeInForce || TimeInForce.FOK == timeInForce;
            default -> false;
        };
        return isSide && isPossible ? RejectReason.NONE : RejectReason.INVALID_ORDER_TYPE;
    }

    private static RejectReason checkQuantity(final long quantity, final Instrument instrument, final long price)
    {
        if (quantity <= 0)
        {
            return RejectReason.INVALID_QUANTITY;
        }
        if (0 != quantity % instrument.lotSize())
        {
            return RejectReason.QUANTITY_OFF_LOT;
        }
        if (quantity < instrument.minQuantity())
        {
            return RejectReason.QUANTITY_BELOW_MINIMUM;
        }
        if (quantity > instrument.maxQuantity())
        {
            return RejectReason.QUANTITY_ABOVE_MAXIMUM;
        }
        return Money.notionalSaturated(instrument, price, quantity) < instrument.minNotional() ?
            RejectReason.NOTIONAL_BELOW_MINIMUM : RejectReason.NONE;
    }
}
