package org.lockstep.gateway.venue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AccountStatusEncoder;
import org.lockstep.engine.event.codec.BalanceChangedEncoder;
import org.lockstep.engine.event.codec.OrderAcceptedEncoder;
import org.lockstep.engine.event.codec.OrderCanceledEncoder;
import org.lockstep.engine.event.codec.OrderExpiredEncoder;
import org.lockstep.engine.event.codec.OrderFilledEncoder;
import org.lockstep.engine.event.codec.OrderRejectedEncoder;
import org.lockstep.engine.event.codec.OrderReplacedEncoder;
import org.lockstep.engine.event.codec.OrderReportedEncoder;
import org.lockstep.engine.event.codec.OutcomeUnknownEncoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconcilePhase;
import org.lockstep.engine.event.codec.ReconciliationEncoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.TradesReconciledEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;

/**
 * Encodes what a venue says of an account into claimed frames and publishes them. Everything is validated before it
 * comes here, so that nothing throws between claim and publish.
 * Threading: one event loop. Allocation: none, except in methods that take a String.
 */
public final class OrderEventPublisher
{
    private static final int MAX_TEXT_BYTES = 300;
    private static final int MAX_LINE = 15;
    private static final byte[] NO_TEXT = {};

    private final FramePublisher publisher;
    private final OrderSessionCounters counters;
    private final int accountId;
    private final int sourceId;
    private final MutableDirectBuffer buffer;
    private final OrderAcceptedEncoder accepted = new OrderAcceptedEncoder();
    private final OrderRejectedEncoder rejected = new OrderRejectedEncoder();
    private final OrderFilledEncoder filled = new OrderFilledEncoder();
    private final OrderCanceledEncoder canceled = new OrderCanceledEncoder();
    private final OrderReplacedEncoder replaced = new OrderReplacedEncoder();
    private final OrderExpiredEncoder expired = new OrderExpiredEncoder();
    private final OrderReportedEncoder reported = new OrderReportedEncoder();
    private final OutcomeUnknownEncoder unknown = new OutcomeUnknownEncoder();
    private final BalanceChangedEncoder balance = new BalanceChangedEncoder();
    private final ReconciliationEncoder reconciliation = new ReconciliationEncoder();
    private final TradesReconciledEncoder trades = new TradesReconciledEncoder();
    private final AccountStatusEncoder status = new AccountStatusEncoder();

    private final UnsafeBuffer ownReason = new UnsafeBuffer(0, 0);
    private long ingressTimeNs;

    /**
     * Constructs a publisher.
     *
     * @param publisher where frames go.
     * @param counters  of the session.
     * @param venue     of the account.
     * @param accountId dense id.
     * @param line      of the venue; lines beyond 15 share the last source id.
     */
    public OrderEventPublisher(
        final FramePublisher publisher,
        final OrderSessionCounters counters,
        final Venue venue,
        final int accountId,
        final int line)
    {
        this.publisher = publisher;
        this.counters = counters;
        this.accountId = accountId;
        this.sourceId = FrameSource.venueLine(venue.id(), Math.min(line, MAX_LINE));
        this.buffer = publisher.buffer();
    }

    /**
     * Sets when the bytes of the following frames were read.
     *
     * @param timeNs epoch ns.
     */
    public void ingressTimeNs(final long timeNs)
    {
        ingressTimeNs = timeNs;
    }

    /** Publishes OrderAccepted. */
    public void accepted(final int instrumentId, final long orderId, final long venueOrderId, final long venueTimeNs)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        accepted.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(Frame.NULL_SEQUENCE)
            .orderId(orderId)
            .venueOrderId(venueOrderId)
            .botId(ClientOrderIds.botId(orderId))
            .accountId(accountId);
        publish(claim, offset, accepted.encodedLength(), OrderAcceptedEncoder.BLOCK_LENGTH,
            OrderAcceptedEncoder.TEMPLATE_ID, venueTimeNs, instrumentId);
    }

    /** Publishes OrderRejected; the reason lies in a buffer. */
    public void rejected(
        final int instrumentId,
        final long orderId,
        final RequestKind request,
        final int code,
        final long venueTimeNs,
        final DirectBuffer reason,
        final int reasonOffset,
        final int reasonLength)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        rejected.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(Frame.NULL_SEQUENCE)
            .orderId(orderId)
            .botId(ClientOrderIds.botId(orderId))
            .accountId(accountId)
            .code(code)
            .request(request)
            .putReason(reason, reasonOffset, Math.min(MAX_TEXT_BYTES, reasonLength));
        publish(claim, offset, rejected.encodedLength(), OrderRejectedEncoder.BLOCK_LENGTH,
            OrderRejectedEncoder.TEMPLATE_ID, venueTimeNs, instrumentId);
    }

    /** Publishes OrderRejected of our own; the reason is UTF-8. */
    public void rejected(
        final int instrumentId, final long orderId, final RequestKind request, final int code, final byte[] reason)
    {
        ownReason.wrap(reason);
        rejected(instrumentId, orderId, request, code, 0, ownReason, 0, reason.length);
    }

    /** Publishes OrderFilled of one execution. */
    public void filled(final int instrumentId, final Execution execution)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        filled.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(Frame.NULL_SEQUENCE)
            .orderId(execution.orderId)
            .venueOrderId(execution.venueOrderId)
            .tradeId(execution.tradeId)
            .price(execution.price)
            .quantity(execution.quantity)
            .cumulativeQuantity(execution.cumulativeQuantity)
            .fee(0 == execution.feeAssetLength ? execution.feeAmount : 0)
            .botId(0 == execution.orderId ? -1 : ClientOrderIds.botId(execution.orderId))
            .accountId(accountId)
            .side(execution.side)
            .liquidity(execution.liquidity)
            .feeAmount(execution.feeAmount)
            .cause(execution.cause)
            .putFeeAsset(execution.feeAsset, 0, execution.feeAssetLength)
            .putClientOrderId(execution.clientOrderId, 0, execution.clientOrderIdLength);
        publish(claim, offset, filled.encodedLength(), OrderFilledEncoder.BLOCK_LENGTH,
            OrderFilledEncoder.TEMPLATE_ID, execution.venueTimeNs, instrumentId);
    }

    /** Publishes OrderCanceled. */
    public void canceled(
        final int instrumentId,
        final long orderId,
        final long remainingQuantity,
        final long venueTimeNs,
        final DirectBuffer reason,
        final int reasonOffset,
        final int reasonLength)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        canceled.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(Frame.NULL_SEQUENCE)
            .orderId(orderId)
            .remainingQuantity(remainingQuantity)
            .botId(ClientOrderIds.botId(orderId))
            .accountId(accountId)
            .putReason(reason, reasonOffset, Math.min(MAX_TEXT_BYTES, reasonLength));
        publish(claim, offset, canceled.encodedLength(), OrderCanceledEncoder.BLOCK_LENGTH,
            OrderCanceledEncoder.TEMPLATE_ID, venueTimeNs, instrumentId);
    }

    /** Publishes OrderReplaced; the quantity is the whole one in force. */
    public void replaced(
        final int instrumentId,
        final long orderId,
        final long venueOrderId,
        final int generation,
        final long price,
        final long quantity,
        final long venueTimeNs)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        replaced.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(Frame.NULL_SEQUENCE)
            .orderId(orderId)
            .price(price)
            .quantity(quantity)
            .botId(ClientOrderIds.botId(orderId))
            .accountId(accountId)
            .venueOrderId(venueOrderId)
            .generation(generation);
        publish(claim, offset, replaced.encodedLength(), OrderReplacedEncoder.BLOCK_LENGTH,
            OrderReplacedEncoder.TEMPLATE_ID, venueTimeNs, instrumentId);
    }

    /** Publishes OrderExpired. */
    public void expired(
        final int instrumentId,
        final long orderId,
        final long remainingQuantity,
        final long venueTimeNs,
        final DirectBuffer reason,
        final int reasonOffset,
        final int reasonLength)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        expired.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(Frame.NULL_SEQUENCE)
            .orderId(orderId)
            .remainingQuantity(remainingQuantity)
            .botId(ClientOrderIds.botId(orderId))
            .accountId(accountId)
            .putReason(reason, reasonOffset, Math.min(MAX_TEXT_BYTES, reasonLength));
        publish(claim, offset, expired.encodedLength(), OrderExpiredEncoder.BLOCK_LENGTH,
            OrderExpiredEncoder.TEMPLATE_ID, venueTimeNs, instrumentId);
    }

    /** Publishes OrderReported. */
    public void reported(final int instrumentId, final ReportedOrder order)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        reported.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .orderId(order.orderId)
            .venueOrderId(order.venueOrderId)
            .price(order.price)
            .stopPrice(order.stopPrice)
            .quantity(order.quantity)
            .cumulativeQuantity(order.cumulativeQuantity)
            .accountId(accountId)
            .side(order.side)
            .orderType(order.orderType)
            .timeInForce(order.timeInForce)
            .state(order.state)
            .cause(order.cause)
            .conclusive(order.isConclusive ? YesNo.YES : YesNo.NO)
            .generation(order.generation)
            .putClientOrderId(order.clientOrderId, 0, order.clientOrderIdLength);
        publish(claim, offset, reported.encodedLength(), OrderReportedEncoder.BLOCK_LENGTH,
            OrderReportedEncoder.TEMPLATE_ID, order.venueTimeNs, instrumentId);
    }

    /** Publishes OutcomeUnknown. */
    public void outcomeUnknown(
        final int instrumentId, final long orderId, final RequestKind request, final String reason)
    {
        final byte[] text = text(reason);
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        unknown.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .orderId(orderId)
            .accountId(accountId)
            .request(request)
            .putReason(text, 0, text.length);
        publish(claim, offset, unknown.encodedLength(), OutcomeUnknownEncoder.BLOCK_LENGTH,
            OutcomeUnknownEncoder.TEMPLATE_ID, 0, instrumentId);
    }

    /** Publishes BalanceChanged; amounts have 8 decimals. */
    public void balance(
        final DirectBuffer asset,
        final int assetOffset,
        final int assetLength,
        final long free,
        final long locked,
        final long venueTimeNs)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        balance.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(Frame.NULL_SEQUENCE)
            .free(free)
            .locked(locked)
            .accountId(accountId)
            .putAsset(asset, assetOffset, Math.min(MAX_TEXT_BYTES, assetLength));
        publish(claim, offset, balance.encodedLength(), BalanceChangedEncoder.BLOCK_LENGTH,
            BalanceChangedEncoder.TEMPLATE_ID, venueTimeNs, Frame.NULL_INSTRUMENT_ID);
    }

    /** Publishes Reconciliation. */
    public void reconciliation(
        final int round, final ReconcilePhase phase, final ReconcileCause cause, final String reason)
    {
        final byte[] text = text(reason);
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        reconciliation.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .accountId(accountId)
            .round(round)
            .phase(phase)
            .cause(cause)
            .putReason(text, 0, text.length);
        publish(claim, offset, reconciliation.encodedLength(), ReconciliationEncoder.BLOCK_LENGTH,
            ReconciliationEncoder.TEMPLATE_ID, 0, Frame.NULL_INSTRUMENT_ID);
    }

    /** Publishes TradesReconciled. */
    public void tradesReconciled(final int instrumentId, final long tradeId)
    {
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        trades.wrap(buffer, offset + Frame.HEADER_LENGTH).tradeId(tradeId).accountId(accountId);
        publish(claim, offset, trades.encodedLength(), TradesReconciledEncoder.BLOCK_LENGTH,
            TradesReconciledEncoder.TEMPLATE_ID, 0, instrumentId);
    }

    /** Publishes AccountStatus. */
    public void status(final AccountState state, final String reason)
    {
        final byte[] text = text(reason);
        final long claim = publisher.claim();
        final int offset = publisher.offset(claim);
        status.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .accountId(accountId)
            .state(state)
            .putReason(text, 0, text.length);
        publish(claim, offset, status.encodedLength(), AccountStatusEncoder.BLOCK_LENGTH,
            AccountStatusEncoder.TEMPLATE_ID, 0, Frame.NULL_INSTRUMENT_ID);
    }

    private void publish(
        final long claim,
        final int offset,
        final int bodyLength,
        final int blockLength,
        final int templateId,
        final long venueTimeNs,
        final int instrumentId)
    {
        Frame.writeHeader(buffer, offset, Frame.HEADER_LENGTH + bodyLength, blockLength, templateId, sourceId, 0,
            ingressTimeNs, venueTimeNs, instrumentId);
        publisher.publish(claim);
        counters.increment(Counter.FRAMES_PUBLISHED);
    }

    private static byte[] text(final String text)
    {
        if (text.isEmpty())
        {
            return NO_TEXT;
        }
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_TEXT_BYTES ? bytes : Arrays.copyOf(bytes, MAX_TEXT_BYTES);
    }
}
