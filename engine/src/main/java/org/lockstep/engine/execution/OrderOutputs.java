package org.lockstep.engine.execution;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.CancelRequestedEncoder;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderAcceptedEncoder;
import org.lockstep.engine.event.codec.OrderCanceledEncoder;
import org.lockstep.engine.event.codec.OrderExpiredEncoder;
import org.lockstep.engine.event.codec.OrderFilledEncoder;
import org.lockstep.engine.event.codec.OrderRejectedEncoder;
import org.lockstep.engine.event.codec.OrderReplacedEncoder;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReplaceRequestedEncoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.risk.RejectReason;

/** Encodes what happens to orders: requests that go out, and what the paper venue reports. Engine thread. */
abstract class OrderOutputs extends OutputFrames
{
    private final OrderRequestedEncoder orderRequested = new OrderRequestedEncoder();
    private final CancelRequestedEncoder cancelRequested = new CancelRequestedEncoder();
    private final ReplaceRequestedEncoder replaceRequested = new ReplaceRequestedEncoder();
    private final OrderAcceptedEncoder orderAccepted = new OrderAcceptedEncoder();
    private final OrderRejectedEncoder orderRejected = new OrderRejectedEncoder();
    private final OrderFilledEncoder orderFilled = new OrderFilledEncoder();
    private final OrderCanceledEncoder orderCanceled = new OrderCanceledEncoder();
    private final OrderReplacedEncoder orderReplaced = new OrderReplacedEncoder();
    private final OrderExpiredEncoder orderExpired = new OrderExpiredEncoder();

    OrderOutputs(final Outputs outputs)
    {
        super(outputs);
    }

    /**
     * An order goes out.
     *
     * @param order    in PENDING_NEW.
     * @param quantity whole quantity.
     */
    public void orderRequested(final OrderView order, final long quantity)
    {
        final MutableDirectBuffer buffer = claim();
        orderRequested.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .price(order.price())
            .quantity(quantity)
            .botId(order.botId())
            .accountId(order.accountId())
            .side(order.side())
            .orderType(order.orderType())
            .timeInForce(order.timeInForce())
            .stopPrice(order.stopPrice())
            .listId(order.listId());
        commit(orderRequested.encodedLength(), OrderRequestedEncoder.BLOCK_LENGTH, OrderRequestedEncoder.TEMPLATE_ID,
            order.instrumentId());
    }

    /**
     * A cancel goes out.
     *
     * @param order to be taken back.
     */
    public void cancelRequested(final OrderView order)
    {
        final MutableDirectBuffer buffer = claim();
        cancelRequested.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .venueOrderId(order.venueOrderId())
            .botId(order.botId())
            .accountId(order.accountId())
            .generation(order.generation());
        commit(cancelRequested.encodedLength(), CancelRequestedEncoder.BLOCK_LENGTH,
            CancelRequestedEncoder.TEMPLATE_ID, order.instrumentId());
    }

    /**
     * A replace goes out.
     *
     * @param order    to be changed.
     * @param price    wanted, mantissa.
     * @param quantity wanted whole quantity, mantissa.
     */
    public void replaceRequested(final OrderView order, final long price, final long quantity)
    {
        final MutableDirectBuffer buffer = claim();
        replaceRequested.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .venueOrderId(order.venueOrderId())
            .price(price)
            .quantity(quantity)
            .botId(order.botId())
            .accountId(order.accountId())
            .side(order.side())
            .orderType(order.orderType())
            .timeInForce(order.timeInForce())
            .executedQuantity(order.cumulativeQuantity())
            .generation(order.askedGeneration());
        commit(replaceRequested.encodedLength(), ReplaceRequestedEncoder.BLOCK_LENGTH,
            ReplaceRequestedEncoder.TEMPLATE_ID, order.instrumentId());
    }

    /**
     * The paper venue took an order.
     *
     * @param order        taken.
     * @param venueOrderId the venue's id.
     */
    public void orderAccepted(final OrderView order, final long venueOrderId)
    {
        final MutableDirectBuffer buffer = claim();
        orderAccepted.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .venueOrderId(venueOrderId)
            .botId(order.botId())
            .accountId(order.accountId());
        commit(orderAccepted.encodedLength(), OrderAcceptedEncoder.BLOCK_LENGTH, OrderAcceptedEncoder.TEMPLATE_ID,
            order.instrumentId());
    }

    /**
     * Risk or the paper venue refused.
     *
     * @param orderId      0 when it got none.
     * @param botId        whose.
     * @param accountId    on which account, -1 = none.
     * @param instrumentId dense id.
     * @param reason       why.
     * @param request      which was refused.
     */
    public void orderRejected(
        final long orderId,
        final int botId,
        final int accountId,
        final int instrumentId,
        final RejectReason reason,
        final RequestKind request)
    {
        final MutableDirectBuffer buffer = claim();
        orderRejected.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(orderId)
            .botId(botId)
            .accountId(accountId)
            .code(reason.code())
            .request(request)
            .putReason(reason.utf8(), 0, reason.utf8().length);
        commit(orderRejected.encodedLength(), OrderRejectedEncoder.BLOCK_LENGTH, OrderRejectedEncoder.TEMPLATE_ID,
            instrumentId);
    }

    /**
     * The paper venue executed.
     *
     * @param order     before the execution is applied.
     * @param tradeId   execution id.
     * @param price     mantissa.
     * @param quantity  of this execution, mantissa.
     * @param fee       8 decimals.
     * @param liquidity maker or taker.
     */
    public void orderFilled(
        final OrderView order,
        final long tradeId,
        final long price,
        final long quantity,
        final long fee,
        final Liquidity liquidity)
    {
        final MutableDirectBuffer buffer = claim();
        orderFilled.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .venueOrderId(order.venueOrderId())
            .tradeId(tradeId)
            .price(price)
            .quantity(quantity)
            .cumulativeQuantity(order.cumulativeQuantity() + quantity)
            .fee(fee)
            .botId(order.botId())
            .accountId(order.accountId())
            .side(order.side())
            .liquidity(liquidity)
            .feeAmount(fee)
            .cause(ReconcileCause.NULL_VAL)
            .putFeeAsset(text, 0, 0)
            .putClientOrderId(text, 0, 0);
        commit(orderFilled.encodedLength(), OrderFilledEncoder.BLOCK_LENGTH, OrderFilledEncoder.TEMPLATE_ID,
            order.instrumentId());
    }

    /**
     * The paper venue took an order off.
     *
     * @param order             taken off.
     * @param remainingQuantity that will not execute, mantissa.
     * @param reason            in words.
     */
    public void orderCanceled(final OrderView order, final long remainingQuantity, final CharSequence reason)
    {
        final MutableDirectBuffer buffer = claim();
        orderCanceled.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .remainingQuantity(remainingQuantity)
            .botId(order.botId())
            .accountId(order.accountId())
            .putReason(text, 0, encodeText(reason));
        commit(orderCanceled.encodedLength(), OrderCanceledEncoder.BLOCK_LENGTH, OrderCanceledEncoder.TEMPLATE_ID,
            order.instrumentId());
    }

    /**
     * The paper venue changed an order.
     *
     * @param order    changed.
     * @param price    in force, mantissa.
     * @param quantity in force, mantissa.
     */
    public void orderReplaced(final OrderView order, final long price, final long quantity)
    {
        final MutableDirectBuffer buffer = claim();
        orderReplaced.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .price(price)
            .quantity(quantity)
            .botId(order.botId())
            .accountId(order.accountId())
            .venueOrderId(order.venueOrderId())
            .generation(order.askedGeneration());
        commit(orderReplaced.encodedLength(), OrderReplacedEncoder.BLOCK_LENGTH, OrderReplacedEncoder.TEMPLATE_ID,
            order.instrumentId());
    }

    /**
     * The paper venue ended an order by its time in force.
     *
     * @param order             ended.
     * @param remainingQuantity that will not execute, mantissa.
     * @param reason            in words.
     */
    public void orderExpired(final OrderView order, final long remainingQuantity, final CharSequence reason)
    {
        final MutableDirectBuffer buffer = claim();
        orderExpired.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .remainingQuantity(remainingQuantity)
            .botId(order.botId())
            .accountId(order.accountId())
            .putReason(text, 0, encodeText(reason));
        commit(orderExpired.encodedLength(), OrderExpiredEncoder.BLOCK_LENGTH, OrderExpiredEncoder.TEMPLATE_ID,
            order.instrumentId());
    }
}
