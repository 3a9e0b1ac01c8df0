package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RiskSubject;
import org.lockstep.engine.timer.EngineClock;

/**
 * Applies executions that a venue reports: each once, whichever of stream and reconciliation tells it first; with its
 * fee, in whatever asset it was taken; also those of orders that are forgotten here or were never ours.
 * Threading: the engine thread. Allocation: none for executions of our orders.
 */
final class FillDesk
{
    private final EngineClock clock;
    private final Markets markets;
    private final Accounts accounts;
    private final Orders orders;
    private final ReportDesk desk;
    private final OutputProxy outputs;
    private Traders traders;

    FillDesk(
        final EngineClock clock,
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final ReportDesk desk,
        final OutputProxy outputs)
    {
        this.clock = clock;
        this.markets = markets;
        this.accounts = accounts;
        this.orders = orders;
        this.desk = desk;
        this.outputs = outputs;
    }

    void connect(final Traders newTraders)
    {
        traders = newTraders;
    }

    void onFilled(final ReportedFill fill)
    {
        final Order order = orderOf(fill);
        final Account account = accounts.find(null == order ? fill.accountId : order.accountId());
        final Market market = markets.find(null == order ? fill.instrumentId : order.instrumentId());
        if (null == account || null == market)
        {
            desk.onUnknown(fill.orderId, true);
            return;
        }
        // An order remembers its own: both sides of a trade of the account with itself carry one id.
        final TradeMarks marks = account.venueLedger().marks(market.instrument().id());
        final boolean isNew = marks.apply(fill.tradeId, fill.side);
        if (null == order ? !isNew : order.hasExecution(fill.tradeId))
        {
            return;
        }
        final long fee = feeOf(fill, account, market);
        final boolean isTold = ReconcileCause.NULL_VAL != fill.cause;
        boolean isCounted = false;
        if (null == order)
        {
            onFilledWithoutOrder(fill, account, market, fee);
            if (ClientOrderIds.NULL_ORDER_ID == fill.orderId)
            {
                marks.foreign(fill.tradeId, fill.side);
            }
        }
        else
        {
            final long before = order.cumulativeQuantity();
            isCounted = marks.takeForeign(fill.tradeId, fill.side);
            desk.onFilled(
                order.orderId(), fill.venueOrderId, fill.tradeId, fill.price, fill.quantity, fee, isCounted);
            if (isTold)
            {
                outputs.difference(order.orderId(), order.botId(), account.id(), order.instrumentId(),
                    DifferenceKind.MISSED_FILL, fill.cause, before, order.cumulativeQuantity(),
                    "execution " + fill.tradeId + " had not been told");
            }
        }
        takeOutFee(fill, account, market, null == order ? botOf(fill.orderId) : order.botId(), isCounted);
    }

    /** The order; null when it is not ours, forgotten, or of another instrument: then the id is not to be believed. */
    private Order orderOf(final ReportedFill fill)
    {
        final Order order =
            ClientOrderIds.NULL_ORDER_ID == fill.orderId ? null : orders.find(fill.orderId);
        return null == order || order.instrumentId() == fill.instrumentId ? order : null;
    }

    /** Money moved on this account, so account and (when it can be told) bot take it; there is no order to move. */
    private void onFilledWithoutOrder(
        final ReportedFill fill, final Account account, final Market market, final long fee)
    {
        final Instrument instrument = market.instrument();
        final int botId = botOf(fill.orderId);
        final RiskSubject bot = traders.risk(botId);
        account.risk().holdings().onFill(instrument, fill.side, fill.price, fill.quantity, fee, clock.timeNs());
        if (null != bot)
        {
            final Position position =
                bot.holdings().onFill(instrument, fill.side, fill.price, fill.quantity, fee, clock.timeNs());
            outputs.positionChanged(botId, account.id(), position);
            desk.onUnknown(fill.orderId, true);
        }
        outputs.difference(fill.orderId, botId, account.id(), instrument.id(),
            null == bot ? DifferenceKind.FOREIGN_FILL : DifferenceKind.MISSED_FILL, fill.cause, 0, fill.quantity,
            null == bot ? "execution of an order that is not ours" : "execution of an order no longer remembered");
    }

    private int botOf(final long orderId)
    {
        final int botId = ClientOrderIds.NULL_ORDER_ID == orderId ? -1 : ClientOrderIds.botId(orderId);
        return botId >= 0 && null != traders.risk(botId) ? botId : -1;
    }

    /** Value of the fee in the quote asset, 8 decimals. */
    private long feeOf(final ReportedFill fill, final Account account, final Market market)
    {
        final Instrument instrument = market.instrument();
        if (0 == fill.feeAsset.length())
        {
            return fill.fee;
        }
        if (is(fill.feeAsset, instrument.quoteAsset()))
        {
            return fill.feeAmount;
        }
        if (is(fill.feeAsset, instrument.baseAsset()))
        {
            return Money.notional(instrument, fill.price, baseQuantity(fill, instrument));
        }
        final Instrument bridge =
            markets.instruments().bySymbol(instrument.venue(), fill.feeAsset + instrument.quoteAsset());
        final long price = null == bridge ? Market.NO_PRICE : markets.find(bridge.id()).referencePrice();
        if (Market.NO_PRICE == price)
        {
            account.venueLedger().unvaluedFee();
            outputs.alert(botOf(fill.orderId), account.id(), AlertCode.RECONCILIATION.code(), AlertSeverity.WARNING,
                "a fee of " + Decimals.toString(fill.feeAmount, Instrument.MONEY_SCALE) + ' ' + fill.feeAsset +
                " has no price in " + instrument.quoteAsset() + " here and is left out of profit and loss");
            return 0;
        }
        return Decimals.mulDivExact(
            fill.feeAmount, price, Decimals.pow10(bridge.priceScale()), Rounding.HALF_EVEN);
    }

    /** A fee in what was bought leaves less of it: the position is what can be sold. */
    private void takeOutFee(
        final ReportedFill fill, final Account account, final Market market, final int botId, final boolean isCounted)
    {
        final Instrument instrument = market.instrument();
        if (fill.feeAmount > 0 && is(fill.feeAsset, instrument.baseAsset()))
        {
            final long quantity = baseQuantity(fill, instrument);
            if (quantity > 0)
            {
                if (!isCounted)
                {
                    account.risk().holdings().onAdjustment(
                        instrument, Side.SELL, fill.price, quantity, clock.timeNs());
                }
                final RiskSubject bot = traders.risk(botId);
                if (null != bot)
                {
                    outputs.positionChanged(botId, account.id(), bot.holdings().onAdjustment(
                        instrument, Side.SELL, fill.price, quantity, clock.timeNs()));
                }
            }
        }
    }

    private static long baseQuantity(final ReportedFill fill, final Instrument instrument)
    {
        return Decimals.rescale(
            fill.feeAmount, Instrument.MONEY_SCALE, instrument.quantityScale(), Rounding.HALF_EVEN);
    }

    private static boolean is(final CharSequence asset, final String other)
    {
        return 0 == CharSequence.compare(asset, other);
    }
}
