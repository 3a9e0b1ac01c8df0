package org.lockstep.engine.paper;

import java.util.Arrays;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.execution.PaperPort;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/**
 * The venue of paper accounts, inside the engine: requests travel for the account's latency (as timers, so they are
 * part of the state and survive a restart), then meet the {@link MatchingBook} of their instrument. What it decides
 * goes out as an output frame first and is then applied, exactly as a report from a real venue is.
 * Fees are a share of the notional, rounded half even to 8 decimals.
 * Threading: the engine thread. Allocation: none once warm.
 */
public final class PaperVenue implements PaperPort, MatchListener
{
    private static final int SUBMIT = 0;
    private static final int CANCEL = 1;
    private static final int REPLACE = 2;
    private static final long FEE_DIVISOR = 1_000_000;
    private static final long BPS = 10_000;

    private final Timers timers;
    private final Markets markets;
    private final Accounts accounts;
    private final Orders orders;
    private final OutputProxy outputs;
    private final OrderDesk desk;
    private MatchingBook[] books = new MatchingBook[16];
    private Depth[] depths = new Depth[16];
    private int[] requestKinds = new int[64];
    private long[] requestOrderIds = new long[64];
    private long[] requestPrices = new long[64];
    private long[] requestQuantities = new long[64];
    private int[] freeRequests = new int[64];
    private int requestCount;
    private int freeRequestCount;
    private long lastVenueOrderId;
    private long lastTradeId;

    /**
     * A venue without orders.
     *
     * @param timers   carry requests.
     * @param markets  all instruments.
     * @param accounts fees and latencies.
     * @param orders   table of orders, read only.
     * @param outputs  takes the reports.
     * @param desk     applies the reports.
     */
    public PaperVenue(
        final Timers timers,
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final OutputProxy outputs,
        final OrderDesk desk)
    {
        this.timers = timers;
        this.markets = markets;
        this.accounts = accounts;
        this.orders = orders;
        this.outputs = outputs;
        this.desk = desk;
    }

    // ------------------------------------------------------------------------------------------------- requests

    @Override
    public void onOrderRequested(final Order order, final long deadlineNs)
    {
        send(SUBMIT, order.orderId(), 0, 0, deadlineNs);
    }

    @Override
    public void onCancelRequested(final Order order, final long deadlineNs)
    {
        send(CANCEL, order.orderId(), 0, 0, deadlineNs);
    }

    @Override
    public void onReplaceRequested(final Order order, final long price, final long quantity, final long deadlineNs)
    {
        send(REPLACE, order.orderId(), price, quantity, deadlineNs);
    }

    /**
     * A request arrives, its latency having passed.
     *
     * @param slot owner of the timer that fell due.
     */
    public void onRequestDue(final int slot)
    {
        final int kind = requestKinds[slot];
        final long orderId = requestOrderIds[slot];
        final long price = requestPrices[slot];
        final long quantity = requestQuantities[slot];
        freeRequests[freeRequestCount++] = slot;
        final Order order = orders.find(orderId);
        if (null == order || !order.isOpen())
        {
            return;
        }
        final MatchingBook book = book(order.instrumentId());
        switch (kind)
        {
            case SUBMIT -> book.submit(orderId, order.side(), order.orderType(), order.timeInForce(),
                limitOf(order), order.quantity());
            case CANCEL -> book.cancel(orderId);
            default -> book.replace(orderId, price, quantity);
        }
    }

    // ---------------------------------------------------------------------------------------------- market data

    /**
     * A quote or the book of an instrument changed.
     *
     * @param instrumentId dense id.
     */
    public void onDepth(final int instrumentId)
    {
        final MatchingBook book = instrumentId < books.length ? books[instrumentId] : null;
        if (null != book)
        {
            book.onDepth();
        }
    }

    /**
     * A public trade.
     *
     * @param instrumentId dense id.
     * @param price        mantissa.
     * @param quantity     mantissa.
     * @param aggressor    side of the taker.
     */
    public void onTrade(final int instrumentId, final long price, final long quantity, final Side aggressor)
    {
        final MatchingBook book = instrumentId < books.length ? books[instrumentId] : null;
        if (null != book && book.count() > 0)
        {
            book.onTrade(price, quantity, aggressor);
        }
    }

    // -------------------------------------------------------------------------------------------------- reports

    @Override
    public void onAccepted(final long orderId)
    {
        final long venueOrderId = ++lastVenueOrderId;
        outputs.orderAccepted(orders.find(orderId), venueOrderId);
        desk.onReport(orderId, OrderEvent.ACCEPTED, venueOrderId);
    }

    @Override
    public void onRejected(final long orderId, final RejectReason reason)
    {
        final Order order = orders.find(orderId);
        outputs.orderRejected(
            orderId, order.botId(), order.accountId(), order.instrumentId(), reason, refusedRequest(order));
        desk.onReport(orderId, OrderEvent.REJECTED, 0);
    }

    @Override
    public void onFilled(final long orderId, final long price, final long quantity, final Liquidity liquidity)
    {
        final Order order = orders.find(orderId);
        final Account account = accounts.find(order.accountId());
        final Market market = markets.find(order.instrumentId());
        final long rate =
            Liquidity.MAKER == liquidity ? account.terms().makerFeeE6() : account.terms().takerFeeE6();
        final long notional = Money.notional(market.instrument(), price, quantity);
        final long fee = Decimals.mulDivExact(notional, rate, FEE_DIVISOR, Rounding.HALF_EVEN);
        final long tradeId = ++lastTradeId;
        outputs.orderFilled(order, tradeId, price, quantity, fee, liquidity);
        desk.onFilled(orderId, order.venueOrderId(), tradeId, price, quantity, fee);
    }

    @Override
    public void onCanceled(final long orderId, final long remainingQuantity)
    {
        outputs.orderCanceled(orders.find(orderId), remainingQuantity, "requested");
        desk.onReport(orderId, OrderEvent.CANCELED, 0);
    }

    @Override
    public void onReplaced(final long orderId, final long price, final long quantity)
    {
        outputs.orderReplaced(orders.find(orderId), price, quantity);
        desk.onReplaced(orderId, price, quantity, orders.find(orderId).askedGeneration());
    }

    @Override
    public void onExpired(final long orderId, final long remainingQuantity, final String reason)
    {
        outputs.orderExpired(orders.find(orderId), remainingQuantity, reason);
        desk.onReport(orderId, OrderEvent.EXPIRED, 0);
    }

    /**
     * Describes requests on their way and resting orders.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("paper");
        out.field("lastVenueOrderId", lastVenueOrderId);
        out.field("lastTradeId", lastTradeId);
        for (int i = 0; i < requestCount; i++)
        {
            out.begin("request", i);
            out.field("kind", requestKinds[i]);
            out.field("order", requestOrderIds[i]);
            out.field("price", requestPrices[i]);
            out.field("quantity", requestQuantities[i]);
            out.end();
        }
        for (int i = 0; i < freeRequestCount; i++)
        {
            out.field("free", freeRequests[i]);
        }
        for (int i = 0; i < books.length; i++)
        {
            if (null != books[i])
            {
                out.begin("matching", i);
                books[i].describe(out);
                out.end();
            }
        }
        out.end();
    }

    private static RequestKind refusedRequest(final Order order)
    {
        if (!order.isAcknowledged())
        {
            return RequestKind.PLACE;
        }
        return OrderStatus.PENDING_REPLACE == order.status() ? RequestKind.REPLACE : RequestKind.CANCEL;
    }

    private void send(
        final int kind, final long orderId, final long price, final long quantity, final long deadlineNs)
    {
        final int slot = freeRequestCount > 0 ? freeRequests[--freeRequestCount] : newRequestSlot();
        requestKinds[slot] = kind;
        requestOrderIds[slot] = orderId;
        requestPrices[slot] = price;
        requestQuantities[slot] = quantity;
        timers.set(deadlineNs, TimerKind.PAPER_REQUEST, slot);
    }

    private int newRequestSlot()
    {
        if (requestCount == requestKinds.length)
        {
            final int capacity = requestCount * 2;
            requestKinds = Arrays.copyOf(requestKinds, capacity);
            requestOrderIds = Arrays.copyOf(requestOrderIds, capacity);
            requestPrices = Arrays.copyOf(requestPrices, capacity);
            requestQuantities = Arrays.copyOf(requestQuantities, capacity);
            freeRequests = Arrays.copyOf(freeRequests, capacity);
        }
        return requestCount++;
    }

    private MatchingBook book(final int instrumentId)
    {
        if (instrumentId >= books.length)
        {
            books = Arrays.copyOf(books, Math.max(instrumentId + 1, books.length * 2));
            depths = Arrays.copyOf(depths, books.length);
        }
        if (null == books[instrumentId])
        {
            depths[instrumentId] = new MarketDepth(markets.find(instrumentId));
            books[instrumentId] = new MatchingBook(depths[instrumentId], this);
        }
        return books[instrumentId];
    }

    /** The limit; of a market order the best price moved by the account's protection. */
    private long limitOf(final Order order)
    {
        if (OrderType.MARKET != order.orderType())
        {
            return order.price();
        }
        final boolean isBuy = Side.BUY == order.side();
        final Depth depth = depths[order.instrumentId()];
        final long best = depth.count(!isBuy) > 0 ? depth.price(!isBuy, 0) : Market.NO_PRICE;
        final int protectionBps = accounts.find(order.accountId()).terms().priceProtectionBps();
        final long margin = Decimals.mulDivExact(best, protectionBps, BPS, Rounding.DOWN);
        return isBuy ? Math.addExact(best, margin) : best - margin;
    }
}
