package org.lockstep.engine.risk;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.position.PositionView;

/**
 * Every check an order passes before it becomes one, in a fixed order: kill switches, market data, the order's own
 * shape, limits of the bot, limits of the account. The first that fails names the refusal. Cancels are never checked.
 * <p>
 * Positions are judged at their worst: as if every open order on the same side executed in full. Anything thrown in
 * here is a refusal too, see {@link RejectReason#RISK_FAILURE}; the caller kills the bot over it. An order that closes
 * a position for risk's sake passes switches and limits, but must do what it says, see {@link OrderIntent#closing()}.
 * Threading: the engine thread. Allocation: none.
 */
public final class RiskGate
{
    /** Largest notional of an order or position that arithmetic is trusted with: 10^18 units of 8 decimals. */
    public static final long MAX_MONEY = 1_000_000_000_000_000_000L;

    private static final int E8 = 8;
    private static final long BPS = 10_000;

    private static final RejectReason[] BOT_REASONS =
    {
        RejectReason.NONE, RejectReason.MAX_ORDER_QUANTITY, RejectReason.MAX_ORDER_NOTIONAL, RejectReason.MAX_POSITION,
        RejectReason.MAX_EXPOSURE, RejectReason.MAX_OPEN_ORDERS, RejectReason.PRICE_COLLAR, RejectReason.ORDER_RATE,
        RejectReason.DAILY_LOSS, RejectReason.DRAWDOWN, RejectReason.NOTIONAL_OUT_OF_RANGE, RejectReason.RISK_FAILURE,
        RejectReason.MAX_TYPICAL_MULTIPLE
    };

    private static final RejectReason[] ACCOUNT_REASONS =
    {
        RejectReason.NONE, RejectReason.ACCOUNT_MAX_ORDER_QUANTITY, RejectReason.ACCOUNT_MAX_ORDER_NOTIONAL,
        RejectReason.ACCOUNT_MAX_POSITION, RejectReason.ACCOUNT_MAX_EXPOSURE, RejectReason.ACCOUNT_MAX_OPEN_ORDERS,
        RejectReason.ACCOUNT_PRICE_COLLAR, RejectReason.ACCOUNT_ORDER_RATE, RejectReason.ACCOUNT_DAILY_LOSS,
        RejectReason.ACCOUNT_DRAWDOWN, RejectReason.NOTIONAL_OUT_OF_RANGE, RejectReason.RISK_FAILURE,
        RejectReason.ACCOUNT_MAX_TYPICAL_MULTIPLE
    };

    private boolean killSwitch;

    /**
     * Turns the kill switch of the whole process.
     *
     * @param on true refuses every order.
     */
    public void killSwitch(final boolean on)
    {
        killSwitch = on;
    }

    /** @return true while the kill switch of the whole process is on. */
    public boolean isKillSwitchOn()
    {
        return killSwitch;
    }

    /**
     * Checks an order, and counts it in the rate of bot and account when it passes.
     *
     * @param intent           what is wanted; for a replace, the quantity that would remain open.
     * @param market           of its instrument.
     * @param bot              who wants it.
     * @param account          on which account.
     * @param replacedQuantity open quantity that a replace gives up, else 0.
     * @param isReplace        true when an order is replaced rather than added.
     * @param nowNs            engine time.
     * @return {@link RejectReason#NONE} when it may go out.
     */
    public RejectReason check(
        final OrderIntent intent,
        final Market market,
        final RiskSubject bot,
        final RiskSubject account,
        final long replacedQuantity,
        final boolean isReplace,
        final long nowNs)
    {
        try
        {
            if (intent.isClosing())
            {
                return checkClosing(intent, market, bot);
            }
            final RejectReason reason = checkAll(intent, market, bot, account, replacedQuantity, isReplace, nowNs);
            if (RejectReason.NONE == reason)
            {
                bot.rate().onOrder(nowNs);
                account.rate().onOrder(nowNs);
                if (!isReplace)
                {
                    bot.typicalSize().onOrder(intent.instrumentId(), intent.quantity());
                    account.typicalSize().onOrder(intent.instrumentId(), intent.quantity());
                }
            }
            return reason;
        }
        catch (final RuntimeException ex)
        {
            return RejectReason.RISK_FAILURE;
        }
    }

    /**
     * Has somebody lost too much?
     *
     * @param subject   whose equity to look at.
     * @param isAccount account or bot.
     * @return {@link RejectReason#NONE}, or the limit that was reached.
     */
    public static RejectReason checkLosses(final RiskSubject subject, final boolean isAccount)
    {
        if (!subject.isValued())
        {
            return RejectReason.RISK_FAILURE;
        }
        final RiskLimits limits = subject.limits();
        if (RiskLimits.NONE != limits.maxDailyLoss() &&
            subject.holdings().ledger().dailyLoss() >= limits.maxDailyLoss())
        {
            return isAccount ? RejectReason.ACCOUNT_DAILY_LOSS : RejectReason.DAILY_LOSS;
        }
        if (RiskLimits.NONE != limits.maxDrawdown() && subject.holdings().ledger().drawdown() >= limits.maxDrawdown())
        {
            return isAccount ? RejectReason.ACCOUNT_DRAWDOWN : RejectReason.DRAWDOWN;
        }
        return RejectReason.NONE;
    }

    /**
     * Is a kill switch in the way?
     *
     * @param bot     who wants to trade.
     * @param account on which account.
     * @return {@link RejectReason#NONE}, or the widest switch that is on.
     */
    public RejectReason checkSwitches(final RiskSubject bot, final RiskSubject account)
    {
        return killSwitch ? RejectReason.KILL_SWITCH : account.isKilled() ? RejectReason.ACCOUNT_KILL_SWITCH :
            bot.isKilled() ? RejectReason.BOT_KILLED : RejectReason.NONE;
    }

    /** Limits and switches are what such an order carries out; only its shape and its aim are checked. */
    private static RejectReason checkClosing(final OrderIntent intent, final Market market, final RiskSubject bot)
    {
        final long referencePrice = market.referencePrice();
        if (referencePrice <= 0)
        {
            return RejectReason.NO_MARKET_PRICE;
        }
        final RejectReason shape = OrderShape.check(intent, market.instrument(), referencePrice);
        if (RejectReason.NONE != shape)
        {
            return shape;
        }
        final long held = bot.holdings().position(intent.instrumentId()).quantity();
        final boolean isReducing = Side.BUY == intent.side() ?
            held < 0 && intent.quantity() <= -held : held > 0 && intent.quantity() <= held;
        return isReducing ? RejectReason.NONE : RejectReason.NOT_REDUCING;
    }

    private RejectReason checkAll(
        final OrderIntent intent,
        final Market market,
        final RiskSubject bot,
        final RiskSubject account,
        final long replacedQuantity,
        final boolean isReplace,
        final long nowNs)
    {
        final RejectReason switches = checkSwitches(bot, account);
        if (RejectReason.NONE != switches)
        {
            return switches;
        }
        if (market.isStale(nowNs, Math.min(bot.limits().maxDataAgeNs(), account.limits().maxDataAgeNs())))
        {
            return RejectReason.STALE_MARKET_DATA;
        }
        final long referencePrice = market.referencePrice();
        if (referencePrice <= 0)
        {
            return RejectReason.NO_MARKET_PRICE;
        }
        final Instrument instrument = market.instrument();
        final RejectReason shape = OrderShape.check(intent, instrument, referencePrice);
        if (RejectReason.NONE != shape)
        {
            return shape;
        }
        bot.holdings().ledger().onTime(nowNs);
        account.holdings().ledger().onTime(nowNs);
        final long price = worstPrice(intent, market, account.priceProtectionBps());
        final int botCode =
            checkLimits(intent, instrument, price, referencePrice, bot, replacedQuantity, isReplace, nowNs);
        if (0 != botCode)
        {
            return BOT_REASONS[botCode];
        }
        return ACCOUNT_REASONS[
            checkLimits(intent, instrument, price, referencePrice, account, replacedQuantity, isReplace, nowNs)];
    }

    /** @return index into the tables of reasons above. */
    private static int checkLimits(
        final OrderIntent intent,
        final Instrument instrument,
        final long price,
        final long referencePrice,
        final RiskSubject subject,
        final long replacedQuantity,
        final boolean isReplace,
        final long nowNs)
    {
        final RiskLimits limits = subject.limits();
        final long quantity = intent.quantity();
        final boolean isMarket = intent.isMarket();
        if (exceeds(quantity, instrument, limits.maxOrderQuantityE8()))
        {
            return 1;
        }
        final long notional = Money.notionalSaturated(instrument, price, quantity);
        if (notional > limits.maxOrderNotional())
        {
            return 2;
        }
        final PositionView position = subject.holdings().position(instrument.id());
        final long signedWorst = worstPosition(intent, position, replacedQuantity);
        final long worst = Math.abs(signedWorst);
        // Only what brings a position nearer to zero, and not through it, may pass while it is over its limit.
        final boolean isReducing = Side.BUY == intent.side() ?
            position.quantity() < 0 && signedWorst <= 0 : position.quantity() > 0 && signedWorst >= 0;
        if (!isReducing && exceeds(worst, instrument, limits.maxPositionE8()))
        {
            return 3;
        }
        final long exposure = Money.notionalSaturated(instrument, Math.max(price, referencePrice), worst);
        if (!isReducing && exposure > limits.maxExposure())
        {
            return 4;
        }
        if (!isReducing &&
            subject.typicalSize().isExceeded(instrument.id(), quantity, limits.maxTypicalMultiple()))
        {
            return 12;
        }
        if (!isReplace && subject.openOrderCount() >= limits.maxOpenOrders())
        {
            return 5;
        }
        if (!isMarket && RiskLimits.NO_COUNT != limits.priceCollarBps() &&
            isOutside(
                price, intent.isStop() ? intent.stopPrice() : referencePrice, limits.priceCollarBps()))
        {
            return 6;
        }
        if (subject.rate().isExceededAt(nowNs))
        {
            return 7;
        }
        final RejectReason losses = checkLosses(subject, false);
        if (RejectReason.NONE != losses)
        {
            return RejectReason.DAILY_LOSS == losses ? 8 : RejectReason.DRAWDOWN == losses ? 9 : 11;
        }
        return notional > MAX_MONEY || exposure > MAX_MONEY ? 10 : 0;
    }

    /** What an order is valued at: its limit, or the worst price at which a market order may execute. */
    private static long worstPrice(final OrderIntent intent, final Market market, final int priceProtectionBps)
    {
        if (!intent.isMarket())
        {
            return intent.price();
        }
        final long referencePrice = intent.isStop() ? intent.stopPrice() : market.referencePrice();
        if (Side.BUY != intent.side())
        {
            return referencePrice;
        }
        final long best = intent.isStop() ? referencePrice : Math.max(market.bestAsk(), referencePrice);
        return Math.addExact(best, Decimals.mulDivExact(best, priceProtectionBps, BPS, Rounding.DOWN));
    }

    /** The position, signed, if this order and all open ones on its side executed, and none of the others. */
    private static long worstPosition(
        final OrderIntent intent, final PositionView position, final long replacedQuantity)
    {
        final long added = Math.subtractExact(intent.quantity(), replacedQuantity);
        return Side.BUY == intent.side() ?
            Math.addExact(Math.addExact(position.quantity(), position.openBuyQuantity()), added) :
            Math.subtractExact(Math.subtractExact(position.quantity(), position.openSellQuantity()), added);
    }

    private static boolean exceeds(final long quantity, final Instrument instrument, final long limitE8)
    {
        if (RiskLimits.NONE == limitE8)
        {
            return false;
        }
        final long limit = Decimals.rescale(limitE8, E8, instrument.quantityScale(), Rounding.DOWN);
        return !Decimals.isError(limit) && quantity > limit;
    }

    private static boolean isOutside(final long price, final long referencePrice, final int collarBps)
    {
        final long distance = Math.abs(price - referencePrice);
        final long allowed = Decimals.mulDiv(referencePrice, collarBps, BPS, Rounding.DOWN);
        return !Decimals.isError(allowed) && distance > allowed;
    }
}
