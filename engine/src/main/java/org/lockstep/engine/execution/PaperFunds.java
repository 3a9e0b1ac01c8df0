package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;

/**
 * What the money of a paper account can carry, as the venue of a real one would check it. Its equity (balance and
 * unrealised profit) times its leverage must cover all its positions and open orders at once, the new order and its
 * fee included:
 * <ul>
 * <li>an instrument counts with what its position becomes at worst: all open buys executed and no sell, or all sells
 * and no buy, whichever is more; long and short alike;</li>
 * <li>what is there counts at the market's price, the new order at its limit, a sale at the market's if that is
 * above its limit; a market order at the market's or, if it is above that, at its stop price;</li>
 * <li>the fee is the taker's.</li>
 * </ul>
 * What makes no worst case worse passes, so that positions can be closed when there is nothing left, and so does a
 * replace that asks for no more money than before. With leverage 1 and without short sales that is a spot account.
 * <p>
 * Locked is what open orders hold of the balance: what they add to the worst case of all positions, at the market's
 * prices of the moment, divided by the leverage.
 * Threading: the engine thread. Allocation: none.
 */
final class PaperFunds
{
    private static final long FEE_DIVISOR = 1_000_000;
    private static final long LEVERAGE_DIVISOR = 100;

    private final Markets markets;

    PaperFunds(final Markets markets)
    {
        this.markets = markets;
    }

    /**
     * Checks an order that has passed all else.
     *
     * @param intent           what is wanted; for a replace, the quantity that would remain open.
     * @param account          whose money.
     * @param replacedQuantity open quantity that a replace gives up, else 0.
     * @param replacedPrice    its price.
     * @return {@link RejectReason#NONE} when it can be carried.
     */
    RejectReason check(
        final OrderIntent intent, final Account account, final long replacedQuantity, final long replacedPrice)
    {
        try
        {
            return checkAll(intent, account, replacedQuantity, replacedPrice);
        }
        catch (final ArithmeticException ex)
        {
            return RejectReason.RISK_FAILURE;
        }
    }

    private RejectReason checkAll(
        final OrderIntent intent, final Account account, final long replacedQuantity, final long replacedPrice)
    {
        final AccountTerms terms = account.terms();
        final Market market = markets.find(intent.instrumentId());
        final Instrument instrument = market.instrument();
        final Position position = account.risk().holdings().position(intent.instrumentId());
        final boolean isBuy = Side.BUY == intent.side();
        final long buys = position.openBuyQuantity() - (isBuy ? replacedQuantity : 0);
        final long sells = position.openSellQuantity() - (isBuy ? 0 : replacedQuantity);
        final long quantity = intent.quantity();
        if (!isBuy && !terms.isShortAllowed() && position.quantity() - sells < quantity)
        {
            return RejectReason.ACCOUNT_NO_SHORT;
        }
        final long price = 0 == intent.price() ?
            Math.max(market.referencePrice(), intent.stopPrice()) : worth(intent.price(), isBuy, market);
        final long before = PaperExposure.worst(position.quantity(), buys, sells);
        final long after = PaperExposure.worst(
            position.quantity(), isBuy ? buys + quantity : buys, isBuy ? sells : sells + quantity);
        final long notional = Money.notionalSaturated(instrument, price, quantity);
        final long replaced =
            Money.notionalSaturated(instrument, worth(replacedPrice, isBuy, market), replacedQuantity);
        if (after == before || notional <= replaced)
        {
            return RejectReason.NONE;
        }
        account.exposure().update(markets, account.risk().holdings());
        long needed = Money.notionalSaturated(instrument, market.referencePrice(), before);
        needed = plus(needed, Money.notionalSaturated(instrument, price, after - before));
        needed = plus(needed, saturated(Decimals.mulDiv(notional, Math.max(0, terms.takerFeeE6()), FEE_DIVISOR,
            Rounding.UP)));
        needed = plus(needed, account.exposure().worstExcept(intent.instrumentId()));
        return needed > power(account) ? RejectReason.ACCOUNT_FUNDS : RejectReason.NONE;
    }

    /** @return what open orders hold of the balance, 8 decimals, at most all of it. */
    long locked(final Account account)
    {
        final PaperExposure exposure = account.exposure();
        exposure.update(markets, account.risk().holdings());
        final long locked =
            saturated(Decimals.mulDiv(exposure.added(), LEVERAGE_DIVISOR, account.terms().leverageE2(), Rounding.UP));
        return Math.min(locked, Math.max(0, account.balance()));
    }

    /** A sale below the market executes at the market, and that is what it leaves to be carried. */
    private static long worth(final long price, final boolean isBuy, final Market market)
    {
        return isBuy ? price : Math.max(price, market.referencePrice());
    }

    private static long power(final Account account)
    {
        final long equity =
            Math.addExact(account.terms().startingBalance(), account.risk().holdings().ledger().equity());
        return equity <= 0 ? 0 :
            saturated(Decimals.mulDiv(equity, account.terms().leverageE2(), LEVERAGE_DIVISOR, Rounding.DOWN));
    }

    private static long plus(final long a, final long b)
    {
        return a > Decimals.MAX_MANTISSA - b ? Decimals.MAX_MANTISSA : a + b;
    }

    private static long saturated(final long amount)
    {
        return Decimals.isError(amount) ? Decimals.MAX_MANTISSA : amount;
    }
}
