package org.lockstep.engine.execution;

import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.position.PositionView;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;

/**
 * Keeps an account from trading with itself. An order would, when an open order of the same account on the other side
 * rests at a price the new one reaches: the price down to which the book must be taken to fill its quantity (its limit
 * when the book is not known so far). All bots of the account count, and manual orders.
 * <p>
 * The account's {@code selfTrade} says what then: {@code refuse} the new order (an order with a cancel in flight may
 * still execute and counts), or {@code cancel-resting}: ask the resting ones back first; on one connection the venue
 * sees the cancels first. Orders that close a position for risk's sake always do the latter.
 * A stop that waits at the venue meets nobody yet and is not looked at.
 * Threading: the engine thread. Allocation: none. Cost: a walk over the instrument's open orders, when one on the other
 * side is within the new one's limit.
 */
final class SelfTradeGuard
{
    private final Orders orders;
    private final OrderDesk desk;

    SelfTradeGuard(final Orders orders, final OrderDesk desk)
    {
        this.orders = orders;
        this.desk = desk;
    }

    RejectReason check(final OrderIntent intent, final Account account, final Market market)
    {
        if (intent.isStop())
        {
            return RejectReason.NONE;
        }
        try
        {
            final PositionView position = account.risk().holdings().position(intent.instrumentId());
            final boolean isBuy = Side.BUY == intent.side();
            if (0 == (isBuy ? position.openSellQuantity() : position.openBuyQuantity()))
            {
                return RejectReason.NONE;
            }
            final long limit =
                OrderType.MARKET != intent.orderType() ? intent.price() : isBuy ? Long.MAX_VALUE : 0;
            if (!orders.isAnyReached(intent.instrumentId(), isBuy, limit))
            {
                return RejectReason.NONE;
            }
            final boolean isCanceling = intent.isClosing() || account.terms().isSelfTradeCanceling();
            return checkResting(intent, reach(intent, market), isBuy, isCanceling);
        }
        catch (final RuntimeException ex)
        {
            return RejectReason.RISK_FAILURE;
        }
    }

    private RejectReason checkResting(
        final OrderIntent intent, final long reach, final boolean isBuy, final boolean isCanceling)
    {
        for (Order order = orders.firstOpen(intent.instrumentId()); null != order;
            order = orders.nextOpenOfInstrument(order))
        {
            if (order.accountId() == intent.accountId() && order.side() != intent.side() &&
                OrderType.MARKET != order.orderType() && 0 == order.stopPrice() &&
                (isBuy ? order.price() <= reach : order.price() >= reach))
            {
                if (!isCanceling)
                {
                    return RejectReason.SELF_TRADE;
                }
                if (OrderStatus.PENDING_CANCEL != order.status())
                {
                    desk.cancel(order);
                }
            }
        }
        return RejectReason.NONE;
    }

    /** The worst price at which the order may execute at once. */
    private static long reach(final OrderIntent intent, final Market market)
    {
        final boolean isBuy = Side.BUY == intent.side();
        final long limit = OrderType.MARKET != intent.orderType() ? intent.price() : isBuy ? Long.MAX_VALUE : 0;
        if (OrderType.LIMIT_MAKER == intent.orderType())
        {
            return limit;
        }
        final long swept = market.book().isReady() ? sweptPrice(market.book(), isBuy, intent.quantity()) :
            topPrice(market, isBuy, intent.quantity());
        if (OrderBook.NO_PRICE == swept)
        {
            return limit;
        }
        return isBuy ? Math.min(limit, swept) : Math.max(limit, swept);
    }

    private static long sweptPrice(final OrderBook book, final boolean isBuy, final long quantity)
    {
        final int count = isBuy ? book.askCount() : book.bidCount();
        long left = quantity;
        for (int i = 0; i < count; i++)
        {
            left -= isBuy ? book.askQuantity(i) : book.bidQuantity(i);
            if (left <= 0)
            {
                return isBuy ? book.askPrice(i) : book.bidPrice(i);
            }
        }
        return OrderBook.NO_PRICE;
    }

    private static long topPrice(final Market market, final boolean isBuy, final long quantity)
    {
        final long topQuantity = isBuy ? market.top().askQuantity() : market.top().bidQuantity();
        if (topQuantity < quantity)
        {
            return OrderBook.NO_PRICE;
        }
        return isBuy ? market.top().askPrice() : market.top().bidPrice();
    }
}
