package org.lockstep.engine.paper;

import java.util.Arrays;

import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.execution.ReportDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.execution.PaperPort;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.Timers;

/**
 * The venue of paper accounts, inside the engine. Requests travel for the account's latency, then meet the
 * {@link MatchingBook} of their instrument; reports travel for the same latency back, and until one has arrived nobody
 * here knows of it. Messages of an account overtake one another in neither direction. Fees are a share of the notional
 * by the terms of the moment of the execution, rounded half even to 8 decimals.
 * Threading: the engine thread. Allocation: none once warm.
 */
public final class PaperVenue implements PaperPort, MatchListener
{
    private static final long FEE_DIVISOR = 1_000_000;

    private final EngineClock clock;
    private final Markets markets;
    private final Accounts accounts;
    private final Orders orders;
    private final PaperMessages messages;
    private final PaperReports reports;
    private final BarPath path = new BarPath();
    private MatchingBook[] books = new MatchingBook[16];
    private RequestKind request = RequestKind.NULL_VAL;
    private long venueTimeNs;
    private long lastVenueOrderId;
    private long lastTradeId;

    /**
     * A venue without orders.
     *
     * @param clock    engine time.
     * @param timers   carry requests and reports.
     * @param markets  all instruments.
     * @param accounts fees and latencies.
     * @param orders   table of orders, read only.
     * @param outputs  takes the reports.
     * @param desk     applies the reports.
     */
    public PaperVenue(
        final EngineClock clock,
        final Timers timers,
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final OutputProxy outputs,
        final ReportDesk desk)
    {
        this.clock = clock;
        this.markets = markets;
        this.accounts = accounts;
        this.orders = orders;
        this.messages = new PaperMessages(timers);
        this.reports = new PaperReports(orders, outputs, desk);
    }

    // ------------------------------------------------------------------------------------------------- requests

    @Override
    public void onOrderRequested(final Order order, final long deadlineNs)
    {
        messages.send(messages.create(PaperMessage.Kind.SUBMIT, order.orderId()), deadlineNs);
    }

    @Override
    public void onPairRequested(final Order limit, final Order stop, final long deadlineNs)
    {
        final PaperMessage message = messages.create(PaperMessage.Kind.SUBMIT_PAIR, limit.orderId());
        message.secondOrderId = stop.orderId();
        messages.send(message, deadlineNs);
    }

    @Override
    public void onCancelRequested(final Order order, final long deadlineNs)
    {
        // A request takes no time compared with a bar's way: what it takes back there, no later price of it executes.
        if (!path.cancel(order.instrumentId(), order.orderId()))
        {
            messages.send(messages.create(PaperMessage.Kind.CANCEL, order.orderId()), deadlineNs);
        }
    }

    @Override
    public void onReplaceRequested(final Order order, final long price, final long quantity, final long deadlineNs)
    {
        messages.send(
            messages.create(PaperMessage.Kind.REPLACE, order.orderId()).terms(price, quantity), deadlineNs);
    }

    /**
     * A request or report arrives, its latency having passed.
     *
     * @param slot owner of the timer that fell due.
     */
    public void onMessageDue(final int slot)
    {
        if (path.isUnderWay() && messages.arrived(slot).isRequest())
        {
            path.hold(slot);
        }
        else
        {
            deliver(messages.arrived(slot));
        }
    }

    private void deliver(final PaperMessage message)
    {
        switch (message.kind)
        {
            case SUBMIT, SUBMIT_PAIR, CANCEL, REPLACE -> onRequest(message);
            default -> reports.onReport(message);
        }
        messages.release(message);
    }

    private void onRequest(final PaperMessage message)
    {
        final Order order = orders.find(message.orderId);
        if (null == order || !order.isOpen())
        {
            return;
        }
        // Frames may be further apart than latencies: the answer leaves when the request was due, not when it was seen.
        venueTimeNs = message.deadlineNs;
        final MatchingBook book = book(order.instrumentId());
        switch (message.kind)
        {
            case SUBMIT ->
            {
                request = RequestKind.PLACE;
                submit(book, order);
            }
            case SUBMIT_PAIR ->
            {
                request = RequestKind.PLACE;
                submitPair(book, order, orders.find(message.secondOrderId));
            }
            case CANCEL -> book.cancel(order.orderId());
            default ->
            {
                request = RequestKind.REPLACE;
                if (!book.replace(order.orderId(), message.price, message.quantity))
                {
                    onRejected(order.orderId(), RejectReason.REPLACE_TOO_LATE);
                }
            }
        }
    }

    private void submit(final MatchingBook book, final Order order)
    {
        final int protectionBps = accounts.find(order.accountId()).terms().priceProtectionBps();
        switch (order.orderType())
        {
            case STOP_LOSS, STOP_LOSS_LIMIT, TAKE_PROFIT, TAKE_PROFIT_LIMIT ->
                book.submitStop(order.orderId(), order.side(), order.orderType(), order.timeInForce(),
                    order.stopPrice(), order.price(), order.quantity(), protectionBps);
            case MARKET ->
                book.submit(order.orderId(), order.side(), order.orderType(), order.timeInForce(),
                    book.protectionPrice(order.side(), protectionBps), order.quantity());
            default ->
                book.submit(order.orderId(), order.side(), order.orderType(), order.timeInForce(),
                    order.price(), order.quantity());
        }
    }

    private void submitPair(final MatchingBook book, final Order limit, final Order stop)
    {
        book.submitPair(limit.orderId(), stop.orderId(), limit.side(), stop.orderType(), limit.price(),
            stop.stopPrice(), stop.price(), limit.quantity(),
            accounts.find(limit.accountId()).terms().priceProtectionBps());
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
            venueTimeNs = clock.timeNs();
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
            venueTimeNs = clock.timeNs();
            book.onTrade(price, quantity, aggressor);
        }
    }

    /**
     * A bar of the past begins.
     *
     * @param market     it is of.
     * @param openTimeNs when it began.
     * @param endNs      when it ended.
     * @return true when orders stand in its way; else there is no need to lead the price along it.
     */
    public boolean onBarBegin(final Market market, final long openTimeNs, final long endNs)
    {
        final int instrumentId = market.instrument().id();
        final MatchingBook book = instrumentId < books.length ? books[instrumentId] : null;
        if (null == book)
        {
            return false;
        }
        path.begin(book, market, openTimeNs, endNs);
        return book.count() > 0;
    }

    /**
     * The first price of the bar that began; whatever lies between it and what was known was skipped.
     *
     * @param price     mantissa.
     * @param quantity  traded there, mantissa.
     * @param aggressor side of the takers.
     */
    public void onBarOpen(final long price, final long quantity, final Side aggressor)
    {
        venueTimeNs = path.nextTimeNs();
        path.jump(price, quantity, aggressor);
    }

    /**
     * The price moves on within the bar that began.
     *
     * @param price     that it comes to, mantissa.
     * @param quantity  traded on the way, mantissa.
     * @param aggressor side of the takers, which says in which direction it moves.
     */
    public void onBarMove(final long price, final long quantity, final Side aggressor)
    {
        venueTimeNs = path.nextTimeNs();
        path.move(price, quantity, aggressor);
    }

    /**
     * The bar that began is over.
     *
     * @param instrumentId dense id.
     * @param close        price of the market now, mantissa.
     * @param volume       of the bar, what can be taken at its close, less what orders had of it on its way.
     */
    public void onBarEnd(final int instrumentId, final long close, final long volume)
    {
        if (instrumentId < books.length && null != books[instrumentId])
        {
            venueTimeNs = clock.timeNs();
            path.end(close, volume);
        }
    }

    /** All bars of this moment are over: requests that arrived on their way meet the market. */
    public void onBarsEnded()
    {
        for (int i = 0; i < path.heldCount(); i++)
        {
            deliver(messages.arrived(path.held(i)));
        }
        path.releaseAll();
    }

    // -------------------------------------------------------------------------------------------------- reports

    @Override
    public void onAccepted(final long orderId)
    {
        final PaperMessage report = messages.create(PaperMessage.Kind.ACCEPTED, orderId);
        report.venueOrderId = ++lastVenueOrderId;
        send(report);
    }

    @Override
    public void onRejected(final long orderId, final RejectReason reason)
    {
        final PaperMessage report = messages.create(PaperMessage.Kind.REJECTED, orderId);
        report.rejectReason = reason;
        report.request = request;
        send(report);
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
        final PaperMessage report = messages.create(PaperMessage.Kind.FILLED, orderId).terms(price, quantity);
        report.fee = Decimals.mulDivExact(notional, rate, FEE_DIVISOR, Rounding.HALF_EVEN);
        report.tradeId = ++lastTradeId;
        report.liquidity = liquidity;
        send(report);
    }

    @Override
    public void onCanceled(final long orderId, final long remainingQuantity)
    {
        final PaperMessage report = messages.create(PaperMessage.Kind.CANCELED, orderId).terms(0, remainingQuantity);
        report.text = "requested";
        send(report);
    }

    @Override
    public void onReplaced(final long orderId, final long price, final long quantity)
    {
        send(messages.create(PaperMessage.Kind.REPLACED, orderId).terms(price, quantity));
    }

    @Override
    public void onExpired(final long orderId, final long remainingQuantity, final String reason)
    {
        final PaperMessage report = messages.create(PaperMessage.Kind.EXPIRED, orderId).terms(0, remainingQuantity);
        report.text = reason;
        send(report);
    }

    /**
     * Describes messages on their way and resting orders.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("paper");
        out.field("lastVenueOrderId", lastVenueOrderId);
        out.field("lastTradeId", lastTradeId);
        messages.describe(out);
        for (int i = 0; i < path.heldCount(); i++)
        {
            out.begin("heldRequest", i);
            out.field("slot", path.held(i));
            out.end();
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

    private void send(final PaperMessage report)
    {
        final Account account = accounts.find(orders.find(report.orderId).accountId());
        messages.send(report, account.nextPaperReportNs(venueTimeNs));
    }

    private MatchingBook book(final int instrumentId)
    {
        if (instrumentId >= books.length)
        {
            books = Arrays.copyOf(books, Math.max(instrumentId + 1, books.length * 2));
        }
        if (null == books[instrumentId])
        {
            books[instrumentId] = new MatchingBook(new MarketDepth(markets.find(instrumentId)), this);
        }
        return books[instrumentId];
    }
}
