package org.lockstep.gateway.venue.binance.orderentry;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.Execution;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/** Reads orders and executions as queries and reconciliations get them. Threading: the session's loop. */
final class OrderRows
{
    private static final int SYMBOL = ObjectFields.NAMED;
    private static final int ORDER_ID = SYMBOL + 1;
    private static final int CLIENT_ORDER_ID = SYMBOL + 2;
    private static final int PRICE = SYMBOL + 3;
    private static final int STOP_PRICE = SYMBOL + 4;
    private static final int ORIG_QTY = SYMBOL + 5;
    private static final int EXECUTED_QTY = SYMBOL + 6;
    private static final int STATUS = SYMBOL + 7;
    private static final int TIME_IN_FORCE = SYMBOL + 8;
    private static final int TYPE = SYMBOL + 9;
    private static final int SIDE = SYMBOL + 10;
    private static final int UPDATE_TIME = SYMBOL + 11;

    private static final int TRADE_ID = ObjectFields.NAMED;
    private static final int TRADE_ORDER_ID = TRADE_ID + 1;
    private static final int TRADE_PRICE = TRADE_ID + 2;
    private static final int TRADE_QTY = TRADE_ID + 3;
    private static final int COMMISSION = TRADE_ID + 4;
    private static final int COMMISSION_ASSET = TRADE_ID + 5;
    private static final int TRADE_TIME = TRADE_ID + 6;
    private static final int IS_BUYER = TRADE_ID + 7;
    private static final int IS_MAKER = TRADE_ID + 8;

    private final AccountContext context;
    private final ObjectFields order = new ObjectFields("symbol", "orderId", "clientOrderId", "price", "stopPrice",
        "origQty", "executedQty", "status", "timeInForce", "type", "side", "updateTime");
    private final ObjectFields trade = new ObjectFields("id", "orderId", "price", "qty", "commission",
        "commissionAsset", "time", "isBuyer", "isMaker");

    OrderRows(final AccountContext context)
    {
        this.context = context;
    }

    /** Reads one order and learns whose it is; @return false when there is none, or it is malformed. */
    boolean readOrder(
        final JsonCursor cursor, final Instrument instrument, final ReconcileCause cause, final ReportedOrder into)
    {
        into.clear();
        if (!order.read(cursor))
        {
            return false;
        }
        final int idOffset = order.offset(CLIENT_ORDER_ID);
        final int idLength = order.length(CLIENT_ORDER_ID);
        into.orderId = context.ids().decode(order.buffer(), idOffset, idLength);
        into.venueOrderId = order.number(ORDER_ID, 0);
        into.price = order.decimalOrZero(PRICE, instrument.priceScale());
        into.stopPrice = order.decimalOrZero(STOP_PRICE, instrument.priceScale());
        into.quantity = order.decimalOrZero(ORIG_QTY, instrument.quantityScale());
        into.cumulativeQuantity = order.decimalOrZero(EXECUTED_QTY, instrument.quantityScale());
        into.venueTimeNs = order.timeNs(UPDATE_TIME);
        into.side = OrderWords.side(order, SIDE);
        into.orderType = OrderWords.type(order, TYPE);
        into.timeInForce = OrderWords.timeInForce(order, TIME_IN_FORCE);
        into.state = OrderWords.state(order, STATUS);
        into.cause = cause;
        if (0 != into.orderId)
        {
            into.generation = context.ids().generation(order.buffer(), idOffset, idLength);
            context.memory().onOrder(instrument.id(), into.venueOrderId, into.orderId);
            context.memory().onStopPrice(into.orderId, into.stopPrice);
        }
        else
        {
            into.clientOrderId(order.buffer(), idOffset, idLength);
            context.memory().onForeign(instrument.id(), into.venueOrderId, order.text(CLIENT_ORDER_ID));
        }
        return into.venueOrderId > 0 && VenueOrderState.NULL_VAL != into.state;
    }

    /** Reads one execution; whose it is has to be found out; @return false when there is none, or it is malformed. */
    boolean readTrade(final JsonCursor cursor, final Instrument instrument, final Execution into)
    {
        if (!trade.read(cursor))
        {
            return false;
        }
        into.orderId = 0;
        into.venueOrderId = trade.number(TRADE_ORDER_ID, 0);
        into.tradeId = trade.number(TRADE_ID, -1);
        into.price = trade.decimalOrZero(TRADE_PRICE, instrument.priceScale());
        into.quantity = trade.decimalOrZero(TRADE_QTY, instrument.quantityScale());
        into.cumulativeQuantity = 0;
        into.feeAmount = trade.decimalOrZero(COMMISSION, Instrument.MONEY_SCALE);
        into.venueTimeNs = trade.timeNs(TRADE_TIME);
        into.side = trade.isTrue(IS_BUYER) ? Side.BUY : Side.SELL;
        into.liquidity = trade.isTrue(IS_MAKER) ? Liquidity.MAKER : Liquidity.TAKER;
        final boolean isQuote = AccountEvents.isAscii(instrument.quoteAsset(), trade, COMMISSION_ASSET);
        into.feeAsset(trade.buffer(), trade.offset(COMMISSION_ASSET), isQuote ? 0 : trade.length(COMMISSION_ASSET));
        into.clientOrderId(trade.buffer(), 0, 0);
        return into.tradeId >= 0 && into.venueOrderId > 0 && into.price > 0 && into.quantity > 0;
    }
}
