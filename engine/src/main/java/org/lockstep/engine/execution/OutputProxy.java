package org.lockstep.engine.execution;

import java.nio.charset.StandardCharsets;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.AlertEncoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.BalanceChangedEncoder;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.BotStatusEncoder;
import org.lockstep.engine.event.codec.CancelRequestedEncoder;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderAcceptedEncoder;
import org.lockstep.engine.event.codec.OrderCanceledEncoder;
import org.lockstep.engine.event.codec.OrderExpiredEncoder;
import org.lockstep.engine.event.codec.OrderFilledEncoder;
import org.lockstep.engine.event.codec.OrderRejectedEncoder;
import org.lockstep.engine.event.codec.OrderReplacedEncoder;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.PositionChangedEncoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReplaceRequestedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.SignalEncoder;
import org.lockstep.engine.event.codec.StateHashEncoder;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.position.Ledger;
import org.lockstep.engine.position.PositionView;
import org.lockstep.engine.risk.RejectReason;

/**
 * Encodes every output of the engine, each naming the input that caused it.
 * Threading: the engine thread. Allocation: none; text beyond ASCII excepted. Text longer than
 * {@link #MAX_TEXT_LENGTH} bytes is cut off.
 */
public final class OutputProxy
{
    /** Longest text in an output, bytes. */
    public static final int MAX_TEXT_LENGTH = 256;

    private final Outputs outputs;
    private final byte[] text = new byte[MAX_TEXT_LENGTH];
    private final OrderRequestedEncoder orderRequested = new OrderRequestedEncoder();
    private final CancelRequestedEncoder cancelRequested = new CancelRequestedEncoder();
    private final ReplaceRequestedEncoder replaceRequested = new ReplaceRequestedEncoder();
    private final OrderAcceptedEncoder orderAccepted = new OrderAcceptedEncoder();
    private final OrderRejectedEncoder orderRejected = new OrderRejectedEncoder();
    private final OrderFilledEncoder orderFilled = new OrderFilledEncoder();
    private final OrderCanceledEncoder orderCanceled = new OrderCanceledEncoder();
    private final OrderReplacedEncoder orderReplaced = new OrderReplacedEncoder();
    private final OrderExpiredEncoder orderExpired = new OrderExpiredEncoder();
    private final BalanceChangedEncoder balanceChanged = new BalanceChangedEncoder();
    private final SignalEncoder signal = new SignalEncoder();
    private final BotStatusEncoder botStatus = new BotStatusEncoder();
    private final PositionChangedEncoder positionChanged = new PositionChangedEncoder();
    private final AlertEncoder alert = new AlertEncoder();
    private final StateHashEncoder stateHash = new StateHashEncoder();
    private long causeSequence;
    private long ingressTimeNs;
    private int offset;

    /**
     * Encodes into a buffer of outputs.
     *
     * @param outputs appended to.
     */
    public OutputProxy(final Outputs outputs)
    {
        this.outputs = outputs;
    }

    /**
     * Says which input causes what follows.
     *
     * @param sequence of the input.
     * @param timeNs   its ingress time.
     */
    public void cause(final long sequence, final long timeNs)
    {
        causeSequence = sequence;
        ingressTimeNs = timeNs;
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
            .accountId(order.accountId());
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
            .executedQuantity(order.cumulativeQuantity());
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
     */
    public void orderRejected(
        final long orderId, final int botId, final int accountId, final int instrumentId, final RejectReason reason)
    {
        final MutableDirectBuffer buffer = claim();
        orderRejected.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(orderId)
            .botId(botId)
            .accountId(accountId)
            .code(reason.code())
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
            .accountId(order.accountId());
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

    /**
     * The balance of a paper account changed.
     *
     * @param account whose.
     */
    public void balanceChanged(final Account account)
    {
        final MutableDirectBuffer buffer = claim();
        balanceChanged.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .free(account.balance())
            .locked(0)
            .accountId(account.id())
            .putAsset(text, 0, encodeText(account.asset()));
        commit(balanceChanged.encodedLength(), BalanceChangedEncoder.BLOCK_LENGTH, BalanceChangedEncoder.TEMPLATE_ID,
            Frame.NULL_INSTRUMENT_ID);
    }

    /**
     * A strategy tells what it saw.
     *
     * @param botId        whose.
     * @param instrumentId about what, or -1.
     * @param name         of the signal.
     * @param valueE8      the figure, 8 decimals.
     * @param side         what it decided, or {@link Side#NULL_VAL}.
     */
    public void signal(
        final int botId, final int instrumentId, final CharSequence name, final long valueE8, final Side side)
    {
        final MutableDirectBuffer buffer = claim();
        signal.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .value(valueE8)
            .botId(botId)
            .side(side)
            .putName(text, 0, encodeText(name));
        commit(signal.encodedLength(), SignalEncoder.BLOCK_LENGTH, SignalEncoder.TEMPLATE_ID, instrumentId);
    }

    /**
     * Status of a bot.
     *
     * @param botId           dense id.
     * @param accountId       dense id, -1 = none.
     * @param state           lifecycle.
     * @param ledger          its profit and loss.
     * @param ordersRequested so far.
     * @param openOrders      now.
     * @param botName         name.
     * @param strategyName    name of its strategy.
     * @param reason          for the state, in words.
     */
    public void botStatus(
        final int botId,
        final int accountId,
        final BotState state,
        final Ledger ledger,
        final long ordersRequested,
        final int openOrders,
        final CharSequence botName,
        final CharSequence strategyName,
        final CharSequence reason)
    {
        final MutableDirectBuffer buffer = claim();
        botStatus.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .realisedPnl(ledger.realisedPnl())
            .unrealisedPnl(ledger.unrealisedPnl())
            .fees(ledger.fees())
            .fills(ledger.fillCount())
            .ordersRequested(ordersRequested)
            .openOrders(openOrders)
            .botId(botId)
            .accountId(accountId)
            .state(state);
        botStatus.putBotName(text, 0, encodeText(botName));
        botStatus.putStrategyName(text, 0, encodeText(strategyName));
        botStatus.putReason(text, 0, encodeText(reason));
        commit(botStatus.encodedLength(), BotStatusEncoder.BLOCK_LENGTH, BotStatusEncoder.TEMPLATE_ID,
            Frame.NULL_INSTRUMENT_ID);
    }

    /**
     * Position of a bot.
     *
     * @param botId     whose.
     * @param accountId on which account.
     * @param position  as it is now.
     */
    public void positionChanged(final int botId, final int accountId, final PositionView position)
    {
        final MutableDirectBuffer buffer = claim();
        positionChanged.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .quantity(position.quantity())
            .averagePrice(position.averagePrice())
            .realisedPnl(position.realisedPnl())
            .unrealisedPnl(position.unrealisedPnl())
            .fees(position.fees())
            .botId(botId)
            .accountId(accountId);
        commit(positionChanged.encodedLength(), PositionChangedEncoder.BLOCK_LENGTH,
            PositionChangedEncoder.TEMPLATE_ID, position.instrumentId());
    }

    /**
     * Something a person should know.
     *
     * @param botId     about which bot, -1 = none.
     * @param accountId about which account, -1 = none.
     * @param code      see {@code AlertCode} and {@code RejectReason}.
     * @param severity  how bad.
     * @param message   in words.
     */
    public void alert(
        final int botId,
        final int accountId,
        final int code,
        final AlertSeverity severity,
        final CharSequence message)
    {
        final MutableDirectBuffer buffer = claim();
        alert.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .botId(botId)
            .accountId(accountId)
            .code(code)
            .severity(severity)
            .putText(text, 0, encodeText(message));
        commit(alert.encodedLength(), AlertEncoder.BLOCK_LENGTH, AlertEncoder.TEMPLATE_ID, Frame.NULL_INSTRUMENT_ID);
    }

    /**
     * Hash over the state.
     *
     * @param hash   as {@code Engine.stateHash()}.
     * @param inputs applied so far.
     */
    public void stateHash(final long hash, final long inputs)
    {
        final MutableDirectBuffer buffer = claim();
        stateHash.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .hash(hash)
            .inputs(inputs);
        commit(stateHash.encodedLength(), StateHashEncoder.BLOCK_LENGTH, StateHashEncoder.TEMPLATE_ID,
            Frame.NULL_INSTRUMENT_ID);
    }

    private MutableDirectBuffer claim()
    {
        offset = outputs.claim();
        return outputs.buffer();
    }

    private void commit(final int bodyLength, final int blockLength, final int templateId, final int instrumentId)
    {
        final int frameLength = Frame.HEADER_LENGTH + bodyLength;
        Frame.writeHeader(outputs.buffer(), offset, frameLength, blockLength, templateId,
            FrameSource.ENGINE, Frame.FLAG_OUTPUT, ingressTimeNs, 0, instrumentId);
        outputs.commit(frameLength);
    }

    private int encodeText(final CharSequence value)
    {
        final int length = Math.min(value.length(), MAX_TEXT_LENGTH);
        for (int i = 0; i < length; i++)
        {
            final char c = value.charAt(i);
            if (c >= 0x80)
            {
                return encodeUtf8(value.toString());
            }
            text[i] = (byte)c;
        }
        return length;
    }

    private int encodeUtf8(final String value)
    {
        final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MAX_TEXT_LENGTH);
        while (length < utf8.length && length > 0 && 0x80 == (utf8[length] & 0xC0))
        {
            length--;
        }
        System.arraycopy(utf8, 0, text, 0, length);
        return length;
    }
}
