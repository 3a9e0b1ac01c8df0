package org.lockstep.engine.execution;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.AlertEncoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.AlgoStatusEncoder;
import org.lockstep.engine.event.codec.BalanceChangedEncoder;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.BotStatusEncoder;
import org.lockstep.engine.event.codec.PositionChangedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.SignalEncoder;
import org.lockstep.engine.event.codec.StateHashEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.position.Ledger;
import org.lockstep.engine.position.PositionView;

/**
 * Encodes every output of the engine, each naming the input that caused it.
 * Threading: the engine thread. Allocation: none; text beyond ASCII excepted. Text longer than
 * {@link #MAX_TEXT_LENGTH} bytes is cut off.
 */
public final class OutputProxy extends VenueOutputs
{
    private final BalanceChangedEncoder balanceChanged = new BalanceChangedEncoder();
    private final SignalEncoder signal = new SignalEncoder();
    private final BotStatusEncoder botStatus = new BotStatusEncoder();
    private final PositionChangedEncoder positionChanged = new PositionChangedEncoder();
    private final AlgoStatusEncoder algoStatus = new AlgoStatusEncoder();
    private final AlertEncoder alert = new AlertEncoder();
    private final StateHashEncoder stateHash = new StateHashEncoder();

    /**
     * Encodes into a buffer of outputs.
     *
     * @param outputs appended to.
     */
    public OutputProxy(final Outputs outputs)
    {
        super(outputs);
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
            .free(account.balance() - account.locked())
            .locked(account.locked())
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
            .accountId(accountId)
            .cost(position.cost())
            .fills(position.fillCount());
        commit(positionChanged.encodedLength(), PositionChangedEncoder.BLOCK_LENGTH,
            PositionChangedEncoder.TEMPLATE_ID, position.instrumentId());
    }

    /**
     * An emulated order.
     *
     * @param algo as it is now.
     */
    public void algoStatus(final AlgoView algo)
    {
        final MutableDirectBuffer buffer = claim();
        algoStatus.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .algoId(algo.algoId())
            .quantity(algo.quantity())
            .filledQuantity(algo.filledQuantity())
            .triggerPrice(algo.triggerPrice())
            .limitPrice(algo.limitPrice())
            .childOrderId(algo.childOrderId())
            .botId(algo.botId())
            .accountId(algo.accountId())
            .kind(algo.kind())
            .state(algo.state())
            .side(algo.side())
            .putReason(text, 0, encodeText(algo.reason()));
        commit(algoStatus.encodedLength(), AlgoStatusEncoder.BLOCK_LENGTH, AlgoStatusEncoder.TEMPLATE_ID,
            algo.instrumentId());
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
        alert(botId, accountId, code, severity, YesNo.NULL_VAL, message);
    }

    /**
     * A kill switch was turned: of a bot, else of an account, else of everything.
     *
     * @param botId     whose switch, -1 = not of a bot.
     * @param accountId about which account, -1 = none.
     * @param code      see {@code AlertCode} and {@code RejectReason}.
     * @param isOn      as it is now.
     * @param message   in words.
     */
    public void killSwitch(
        final int botId, final int accountId, final int code, final boolean isOn, final CharSequence message)
    {
        alert(botId, accountId, code, isOn ? AlertSeverity.CRITICAL : AlertSeverity.WARNING,
            isOn ? YesNo.YES : YesNo.NO, message);
    }

    private void alert(
        final int botId,
        final int accountId,
        final int code,
        final AlertSeverity severity,
        final YesNo killed,
        final CharSequence message)
    {
        final MutableDirectBuffer buffer = claim();
        alert.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .botId(botId)
            .accountId(accountId)
            .code(code)
            .severity(severity)
            .killed(killed)
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
}
