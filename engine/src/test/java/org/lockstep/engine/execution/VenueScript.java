package org.lockstep.engine.execution;

import java.util.ArrayList;
import java.util.List;

import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AccountStatusEncoder;
import org.lockstep.engine.event.codec.BalanceChangedEncoder;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderAcceptedEncoder;
import org.lockstep.engine.event.codec.OrderCanceledEncoder;
import org.lockstep.engine.event.codec.OrderFilledEncoder;
import org.lockstep.engine.event.codec.OrderRejectedEncoder;
import org.lockstep.engine.event.codec.OrderReplacedEncoder;
import org.lockstep.engine.event.codec.OrderReportedEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.OrderUncertainDecoder;
import org.lockstep.engine.event.codec.OutcomeUnknownEncoder;
import org.lockstep.engine.event.codec.QueryRequestedDecoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconcilePhase;
import org.lockstep.engine.event.codec.ReconciliationDifferenceDecoder;
import org.lockstep.engine.event.codec.ReconciliationEncoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.TradesReconciledEncoder;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;

import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.event.Frame.HEADER_LENGTH;

/** What a live venue says, frame by frame, to an engine with one live account (0, named "paper") and a probe bot. */
final class VenueScript
{
    static final int ACCOUNT = 0;
    static final long PRICE = 6_000_000;

    final EngineFixture engine;
    private int round;

    VenueScript(final EngineFixture engine)
    {
        this.engine = engine;
    }

    /** A live, reconciled account and a running bot that sees a market. */
    static VenueScript live(final String... accountTexts)
    {
        final String[] texts = new String[accountTexts.length + 2];
        texts[0] = "mode";
        texts[1] = "live";
        System.arraycopy(accountTexts, 0, texts, 2, accountTexts.length);
        final VenueScript script = new VenueScript(EngineFixture.anEngine().start(texts).withProbe());
        script.engine.quote(BTC_USDT, PRICE - 1, PRICE + 1);
        script.status(AccountState.RECONCILING).begin(ReconcileCause.START).end(ReconcileCause.START)
            .status(AccountState.LIVE);
        script.engine.clearOutputs();
        return script;
    }

    long buy(final long quantity)
    {
        return engine.submit(BTC_USDT, Side.BUY, OrderType.LIMIT, PRICE - 100, quantity);
    }

    VenueScript status(final AccountState state)
    {
        engine.frame(buffer -> new AccountStatusEncoder().wrap(buffer, HEADER_LENGTH).accountId(ACCOUNT).state(state)
            .reason("test").encodedLength(), AccountStatusEncoder.BLOCK_LENGTH, AccountStatusEncoder.TEMPLATE_ID, null);
        return this;
    }

    VenueScript begin(final ReconcileCause cause)
    {
        return phase(++round, ReconcilePhase.BEGIN, cause);
    }

    VenueScript end(final ReconcileCause cause)
    {
        return phase(round, ReconcilePhase.END, cause);
    }

    private VenueScript phase(final int number, final ReconcilePhase phase, final ReconcileCause cause)
    {
        engine.frame(buffer -> new ReconciliationEncoder().wrap(buffer, HEADER_LENGTH).accountId(ACCOUNT)
            .round(number).phase(phase).cause(cause).reason("").encodedLength(),
            ReconciliationEncoder.BLOCK_LENGTH, ReconciliationEncoder.TEMPLATE_ID, null);
        return this;
    }

    VenueScript accepted(final long orderId)
    {
        engine.frame(buffer ->
        {
            final OrderAcceptedEncoder encoder = new OrderAcceptedEncoder().wrap(buffer, HEADER_LENGTH);
            return encoder.causeSequence(-1).orderId(orderId).venueOrderId(orderId % 1000 + 7).botId(-1)
                .accountId(ACCOUNT).encodedLength();
        }, OrderAcceptedEncoder.BLOCK_LENGTH, OrderAcceptedEncoder.TEMPLATE_ID, BTC_USDT);
        return this;
    }

    VenueScript refused(final long orderId, final RequestKind request, final int code)
    {
        engine.frame(buffer -> new OrderRejectedEncoder().wrap(buffer, HEADER_LENGTH).causeSequence(-1)
            .orderId(orderId).botId(-1).accountId(ACCOUNT).code(code).request(request).reason("test").encodedLength(),
            OrderRejectedEncoder.BLOCK_LENGTH, OrderRejectedEncoder.TEMPLATE_ID, BTC_USDT);
        return this;
    }

    VenueScript replaced(final long orderId, final long price, final long quantity, final int generation)
    {
        engine.frame(buffer -> new OrderReplacedEncoder().wrap(buffer, HEADER_LENGTH).causeSequence(-1)
            .orderId(orderId).price(price).quantity(quantity).botId(-1).accountId(ACCOUNT).venueOrderId(99)
            .generation(generation).encodedLength(),
            OrderReplacedEncoder.BLOCK_LENGTH, OrderReplacedEncoder.TEMPLATE_ID, BTC_USDT);
        return this;
    }

    VenueScript canceled(final long orderId)
    {
        engine.frame(buffer -> new OrderCanceledEncoder().wrap(buffer, HEADER_LENGTH).causeSequence(-1)
            .orderId(orderId).remainingQuantity(0).botId(-1).accountId(ACCOUNT).reason("").encodedLength(),
            OrderCanceledEncoder.BLOCK_LENGTH, OrderCanceledEncoder.TEMPLATE_ID, BTC_USDT);
        return this;
    }

    VenueScript filled(final long orderId, final long tradeId, final long quantity)
    {
        return filled(orderId, tradeId, quantity, ReconcileCause.NULL_VAL, 0, "");
    }

    VenueScript filled(
        final long orderId,
        final long tradeId,
        final long quantity,
        final ReconcileCause cause,
        final long feeAmount,
        final String feeAsset)
    {
        return filled(orderId, tradeId, quantity, cause, feeAmount, feeAsset, Side.BUY);
    }

    VenueScript foreignSell(final long tradeId, final long quantity)
    {
        return filled(0, tradeId, quantity, ReconcileCause.NULL_VAL, 0, "", Side.SELL);
    }

    private VenueScript filled(
        final long orderId,
        final long tradeId,
        final long quantity,
        final ReconcileCause cause,
        final long feeAmount,
        final String feeAsset,
        final Side side)
    {
        engine.frame(buffer -> new OrderFilledEncoder().wrap(buffer, HEADER_LENGTH).causeSequence(-1).orderId(orderId)
            .venueOrderId(0).tradeId(tradeId).price(PRICE).quantity(quantity).cumulativeQuantity(0).fee(0).botId(-1)
            .accountId(ACCOUNT).side(side).liquidity(Liquidity.MAKER).feeAmount(feeAmount).cause(cause)
            .feeAsset(feeAsset).clientOrderId(0 == orderId ? "web_1" : "").encodedLength(),
            OrderFilledEncoder.BLOCK_LENGTH, OrderFilledEncoder.TEMPLATE_ID, BTC_USDT);
        return this;
    }

    VenueScript tradesReconciled(final long tradeId)
    {
        engine.frame(buffer ->
        {
            final TradesReconciledEncoder encoder = new TradesReconciledEncoder().wrap(buffer, HEADER_LENGTH);
            return encoder.tradeId(tradeId).accountId(ACCOUNT).encodedLength();
        }, TradesReconciledEncoder.BLOCK_LENGTH, TradesReconciledEncoder.TEMPLATE_ID, BTC_USDT);
        return this;
    }

    VenueScript outcomeUnknown(final long orderId, final RequestKind request)
    {
        engine.frame(buffer -> new OutcomeUnknownEncoder().wrap(buffer, HEADER_LENGTH).orderId(orderId)
            .accountId(ACCOUNT).request(request).reason("socket closed").encodedLength(),
            OutcomeUnknownEncoder.BLOCK_LENGTH, OutcomeUnknownEncoder.TEMPLATE_ID, BTC_USDT);
        return this;
    }

    VenueScript balance(final String asset, final long free)
    {
        engine.frame(buffer -> new BalanceChangedEncoder().wrap(buffer, HEADER_LENGTH).causeSequence(-1).free(free)
            .locked(0).accountId(ACCOUNT).asset(asset).encodedLength(),
            BalanceChangedEncoder.BLOCK_LENGTH, BalanceChangedEncoder.TEMPLATE_ID, null);
        return this;
    }

    VenueScript working(final long orderId, final ReconcileCause cause, final long quantity, final long executed)
    {
        return reported(orderId, VenueOrderState.WORKING, cause, quantity, executed, 0);
    }

    VenueScript notFound(final long orderId)
    {
        return reported(orderId, VenueOrderState.NOT_FOUND, ReconcileCause.QUERY, 0, 0, 0);
    }

    VenueScript reported(
        final long orderId,
        final VenueOrderState state,
        final ReconcileCause cause,
        final long quantity,
        final long executed,
        final int generation)
    {
        return reported(orderId, state, cause, quantity, executed, generation, YesNo.YES);
    }

    VenueScript reported(
        final long orderId,
        final VenueOrderState state,
        final ReconcileCause cause,
        final long quantity,
        final long executed,
        final int generation,
        final YesNo conclusive)
    {
        engine.frame(buffer -> new OrderReportedEncoder().wrap(buffer, HEADER_LENGTH).orderId(orderId)
            .venueOrderId(0 == orderId ? 555 : orderId % 1000 + 7).price(PRICE - 100).stopPrice(0).quantity(quantity)
            .cumulativeQuantity(executed).accountId(ACCOUNT).side(Side.BUY).orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC).state(state).cause(cause).conclusive(conclusive).generation(generation)
            .clientOrderId(0 == orderId ? "web_1" : "").encodedLength(),
            OrderReportedEncoder.BLOCK_LENGTH, OrderReportedEncoder.TEMPLATE_ID, BTC_USDT);
        return this;
    }

    int queries()
    {
        return engine.count(QueryRequestedDecoder.TEMPLATE_ID);
    }

    List<DifferenceKind> differences()
    {
        final List<DifferenceKind> kinds = new ArrayList<>();
        engine.all(ReconciliationDifferenceDecoder.TEMPLATE_ID).forEach(frame -> kinds.add(
            new ReconciliationDifferenceDecoder().wrap(frame, HEADER_LENGTH, Frame.blockLength(frame, 0),
                Frame.version(frame, 0)).kind()));
        return kinds;
    }

    /** Whether orders were said to be in doubt, in the order of the telling. */
    List<YesNo> uncertainties()
    {
        final List<YesNo> told = new ArrayList<>();
        engine.all(OrderUncertainDecoder.TEMPLATE_ID).forEach(frame -> told.add(
            new OrderUncertainDecoder().wrap(frame, HEADER_LENGTH, Frame.blockLength(frame, 0),
                Frame.version(frame, 0)).uncertain()));
        return told;
    }
}
