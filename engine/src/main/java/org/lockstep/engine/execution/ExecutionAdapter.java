package org.lockstep.engine.execution;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AccountStatusDecoder;
import org.lockstep.engine.event.codec.BalanceChangedDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.ReconciliationDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.TradesReconciledDecoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.OrderEvent;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.Timers;

/**
 * Decodes what venues report about orders and accounts, and hands it to the desks. Engine thread. Allocates nothing for
 * what an order of ours goes through in the ordinary way.
 */
public final class ExecutionAdapter
{
    private final ReportDesk desk;
    private final FillDesk fills;
    private final Doubts doubts;
    private final AccountDesk accountDesk;
    private final Reconciler reconciler;
    private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private final OrderFilledDecoder filled = new OrderFilledDecoder();
    private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
    private final OrderExpiredDecoder expired = new OrderExpiredDecoder();
    private final OrderReportedDecoder reported = new OrderReportedDecoder();
    private final OutcomeUnknownDecoder outcomeUnknown = new OutcomeUnknownDecoder();
    private final ReconciliationDecoder reconciliation = new ReconciliationDecoder();
    private final TradesReconciledDecoder tradesReconciled = new TradesReconciledDecoder();
    private final AccountStatusDecoder accountStatus = new AccountStatusDecoder();
    private final BalanceChangedDecoder balanceChanged = new BalanceChangedDecoder();
    private final ReportedFill fill = new ReportedFill();
    private final ReportedOrder report = new ReportedOrder();
    private final StringBuilder text = new StringBuilder(64);
    private final byte[] bytes = new byte[64];

    /**
     * An adapter.
     *
     * @param clock    engine time.
     * @param markets  all instruments.
     * @param accounts all accounts.
     * @param orders   all orders.
     * @param requests sends requests.
     * @param desk     that applies the reports.
     * @param outputs  takes what goes out.
     * @param timers   for overdue answers.
     */
    public ExecutionAdapter(
        final EngineClock clock,
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final OrderDesk requests,
        final ReportDesk desk,
        final OutputProxy outputs,
        final Timers timers)
    {
        this.desk = desk;
        fills = new FillDesk(clock, markets, accounts, orders, desk, outputs);
        doubts = new Doubts(clock, accounts, orders, requests, desk, outputs);
        accountDesk = new AccountDesk(clock, accounts, doubts, outputs, timers);
        reconciler = new Reconciler(accounts, orders, requests, desk, doubts, outputs);
    }

    /**
     * Completes the wiring, once.
     *
     * @param traders the bots.
     */
    public void connect(final Traders traders)
    {
        fills.connect(traders);
    }

    /** A run of the process begins. */
    public void onSessionStarted()
    {
        accountDesk.onSessionStarted();
    }

    /**
     * It is time to look for overdue answers.
     *
     * @param accountId dense id.
     */
    public void onWatchDue(final int accountId)
    {
        accountDesk.onWatchDue(accountId);
    }

    /**
     * Applies one report about an order.
     *
     * @param buffer     holds the frame.
     * @param offset     of the frame.
     * @param templateId of the frame.
     */
    public void onReport(final DirectBuffer buffer, final int offset, final int templateId)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        switch (templateId)
        {
            case OrderAcceptedDecoder.TEMPLATE_ID ->
            {
                accepted.wrap(buffer, body, blockLength, version);
                desk.onReport(accepted.orderId(), OrderEvent.ACCEPTED, accepted.venueOrderId());
                reconciler.onEvidence(accepted.orderId());
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                rejected.wrap(buffer, body, blockLength, version);
                desk.onRejected(rejected.orderId(), refusal(rejected.request()), rejected.code());
                doubts.onRefused(rejected.orderId(), rejected.request(), rejected.code());
            }
            case OrderFilledDecoder.TEMPLATE_ID -> onFilled(buffer, offset, body, blockLength, version);
            case OrderCanceledDecoder.TEMPLATE_ID ->
            {
                canceled.wrap(buffer, body, blockLength, version);
                reconciler.onEndReported(canceled.orderId(), OrderEvent.CANCELED);
            }
            case OrderReplacedDecoder.TEMPLATE_ID ->
            {
                replaced.wrap(buffer, body, blockLength, version);
                desk.onReplaced(replaced.orderId(), replaced.price(), replaced.quantity(),
                    Math.max(0, replaced.generation()));
                desk.onVenueOrderId(replaced.orderId(), Math.max(0, replaced.venueOrderId()));
                reconciler.onReplaceConfirmed(replaced.orderId(), replaced.quantity());
            }
            default ->
            {
                expired.wrap(buffer, body, blockLength, version);
                reconciler.onEndReported(expired.orderId(), OrderEvent.EXPIRED);
            }
        }
    }

    /**
     * Applies one report about an account, or about what the venue's books hold.
     *
     * @param buffer     holds the frame.
     * @param offset     of the frame.
     * @param templateId of the frame.
     */
    public void onAccount(final DirectBuffer buffer, final int offset, final int templateId)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        switch (templateId)
        {
            case OrderReportedDecoder.TEMPLATE_ID -> onOrderReported(buffer, offset, body, blockLength, version);
            case OutcomeUnknownDecoder.TEMPLATE_ID ->
            {
                outcomeUnknown.wrap(buffer, body, blockLength, version);
                doubts.onOutcomeUnknown(
                    outcomeUnknown.orderId(), outcomeUnknown.request(), outcomeUnknown.reason());
            }
            case ReconciliationDecoder.TEMPLATE_ID ->
            {
                reconciliation.wrap(buffer, body, blockLength, version);
                accountDesk.onReconciliation(reconciliation.accountId(), reconciliation.round(),
                    reconciliation.phase(), reconciliation.cause());
            }
            case TradesReconciledDecoder.TEMPLATE_ID ->
            {
                tradesReconciled.wrap(buffer, body, blockLength, version);
                accountDesk.onTradesReconciled(
                    tradesReconciled.accountId(), Frame.instrumentId(buffer, offset), tradesReconciled.tradeId());
            }
            case AccountStatusDecoder.TEMPLATE_ID ->
            {
                accountStatus.wrap(buffer, body, blockLength, version);
                accountDesk.onAccountStatus(
                    accountStatus.accountId(), accountStatus.state(), accountStatus.reason());
            }
            default ->
            {
                balanceChanged.wrap(buffer, body, blockLength, version);
                read(balanceChanged.getAsset(bytes, 0, bytes.length), text);
                accountDesk.onBalanceChanged(
                    balanceChanged.accountId(), text, balanceChanged.free(), balanceChanged.locked());
            }
        }
    }

    private void onFilled(
        final DirectBuffer buffer, final int offset, final int body, final int blockLength, final int version)
    {
        filled.wrap(buffer, body, blockLength, version);
        fill.orderId = filled.orderId();
        fill.venueOrderId = filled.venueOrderId();
        fill.tradeId = filled.tradeId();
        fill.price = filled.price();
        fill.quantity = filled.quantity();
        fill.fee = filled.fee();
        fill.accountId = filled.accountId();
        fill.instrumentId = Frame.instrumentId(buffer, offset);
        fill.side = filled.side();
        fill.cause = filled.cause();
        fill.feeAmount = filled.feeAmount();
        read(filled.getFeeAsset(bytes, 0, bytes.length), fill.feeAsset);
        fills.onFilled(fill);
        reconciler.onExecution(fill.orderId, fill.instrumentId);
    }

    private void onOrderReported(
        final DirectBuffer buffer, final int offset, final int body, final int blockLength, final int version)
    {
        reported.wrap(buffer, body, blockLength, version);
        report.orderId = reported.orderId();
        report.venueOrderId = reported.venueOrderId();
        report.price = reported.price();
        report.quantity = reported.quantity();
        report.cumulativeQuantity = reported.cumulativeQuantity();
        report.accountId = reported.accountId();
        report.instrumentId = Frame.instrumentId(buffer, offset);
        report.generation = reported.generation();
        report.state = reported.state();
        report.cause = reported.cause();
        report.isConclusive = YesNo.YES == reported.conclusive();
        read(reported.getClientOrderId(bytes, 0, bytes.length), report.clientOrderId);
        reconciler.onOrderReported(report);
    }

    /** Asset codes and client order ids are ASCII; anything else shows as it may. */
    private void read(final int length, final StringBuilder out)
    {
        out.setLength(0);
        for (int i = 0; i < length; i++)
        {
            out.append((char)(bytes[i] & 0xFF));
        }
    }

    /** Journals of version 1 do not say which request was refused: the order's state decides. */
    private static OrderEvent refusal(final RequestKind request)
    {
        return switch (request)
        {
            case CANCEL -> OrderEvent.CANCEL_REJECTED;
            case REPLACE -> OrderEvent.REPLACE_REJECTED;
            default -> OrderEvent.REJECTED;
        };
    }
}
