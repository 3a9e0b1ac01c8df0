package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.position.Holdings;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;

/** The rules of {@link PaperFunds}, by a walk over all instruments whenever they are asked. */
final class WalkedFunds
{
    private final Markets markets;

    WalkedFunds(final Markets markets)
    {
        this.markets = markets;
    }

    RejectReason check(final OrderIntent intent, final Account account)
    {
        final Market market = markets.find(intent.instrumentId());
        final Position position = account.risk().holdings().position(intent.instrumentId());
        final boolean isBuy = Side.BUY == intent.side();
        final long before = worst(position, 0, 0);
        final long after = worst(position, isBuy ? intent.quantity() : 0, isBuy ? 0 : intent.quantity());
        final long price = isBuy ? intent.price() : Math.max(intent.price(), market.referencePrice());
        final long notional = Money.notionalSaturated(market.instrument(), price, intent.quantity());
        if (after == before || notional <= 0)
        {
            return RejectReason.NONE;
        }
        long needed = Money.notionalSaturated(market.instrument(), market.referencePrice(), before);
        needed = plus(needed, Money.notionalSaturated(market.instrument(), price, after - before));
        needed = plus(needed, saturated(
            Decimals.mulDiv(notional, account.terms().takerFeeE6(), 1_000_000, Rounding.UP)));
        needed = plus(needed, sum(account, intent.instrumentId(), false));
        final long equity = account.terms().startingBalance() + account.risk().holdings().ledger().equity();
        final long power = equity <= 0 ? 0 :
            saturated(Decimals.mulDiv(equity, account.terms().leverageE2(), 100, Rounding.DOWN));
        return needed > power ? RejectReason.ACCOUNT_FUNDS : RejectReason.NONE;
    }

    long locked(final Account account)
    {
        final long locked = saturated(
            Decimals.mulDiv(sum(account, -1, true), 100, account.terms().leverageE2(), Rounding.UP));
        return Math.min(locked, Math.max(0, account.balance()));
    }

    private long sum(final Account account, final int exceptInstrumentId, final boolean isAddedOnly)
    {
        final Holdings holdings = account.risk().holdings();
        long sum = 0;
        for (int id = 0; id < holdings.limit(); id++)
        {
            final Position position = holdings.find(id);
            final Market market = markets.find(id);
            if (null != position && null != market && id != exceptInstrumentId)
            {
                final long price =
                    market.referencePrice() > 0 ? market.referencePrice() : position.averagePrice();
                final long quantity = worst(position, 0, 0) - (isAddedOnly ? Math.abs(position.quantity()) : 0);
                sum = plus(sum, Money.notionalSaturated(market.instrument(), price, quantity));
            }
        }
        return sum;
    }

    private static long worst(final Position position, final long buys, final long sells)
    {
        return Math.max(
            Math.abs(position.quantity() + position.openBuyQuantity() + buys),
            Math.abs(position.quantity() - position.openSellQuantity() - sells));
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
