package org.lockstep.engine.algo;

import org.lockstep.engine.event.codec.AlgoKind;
import org.lockstep.engine.event.codec.AlgoState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.state.StateWriter;

/**
 * Stop, take-profit and trailing stop. Triggers look at the price at which the order would execute: the bid for a sell,
 * the ask for a buy, the last trade where there is none. Once reached, what is left is sent until it is executed, even
 * if the price turns again.
 */
final class TriggerAlgo extends Algo
{
    private static final long BPS = 10_000;

    private long triggerPrice;
    private long followedPrice;
    private boolean isTriggered;

    TriggerAlgo(
        final AlgoOrder terms,
        final AlgoHost host,
        final int slot,
        final long algoId,
        final int botId,
        final int accountId)
    {
        super(terms, host, slot, algoId, botId, accountId);
        triggerPrice = terms.triggerPrice();
    }

    @Override
    void onBegin()
    {
        onPrice(host.market(terms.instrumentId()));
    }

    @Override
    void onPrice(final Market market)
    {
        if (isTriggered)
        {
            if (!isRetrying())
            {
                sendRest();
            }
            return;
        }
        final long price = exitPrice(market, terms.side());
        if (price <= 0)
        {
            return;
        }
        if (AlgoKind.TRAILING_STOP == terms.kind())
        {
            follow(price);
        }
        final Side stopSide = AlgoKind.TAKE_PROFIT != terms.kind() ? terms.side() :
            Side.SELL == terms.side() ? Side.BUY : Side.SELL;
        if (isStopReached(stopSide, price, triggerPrice))
        {
            isTriggered = true;
            sendRest();
        }
    }

    @Override
    void onChildEnded(final OrderStatus status, final boolean isWithdrawn)
    {
        if (isWithdrawn)
        {
            sendRest();
        }
        else if (OrderStatus.CANCELED == status)
        {
            end(AlgoState.CANCELED, "its order was taken back");
        }
        else
        {
            retryLater();
        }
    }

    @Override
    void onDue()
    {
        if (isTriggered)
        {
            sendRest();
        }
    }

    @Override
    public long triggerPrice()
    {
        return triggerPrice;
    }

    @Override
    void describeKind(final StateWriter out)
    {
        out.field("followedPrice", followedPrice);
        out.field("isTriggered", isTriggered);
    }

    private void sendRest()
    {
        send(terms.side(), terms.limitPrice(), remaining());
    }

    private void follow(final long price)
    {
        final boolean isSell = Side.SELL == terms.side();
        if (0 != followedPrice && (isSell ? price <= followedPrice : price >= followedPrice))
        {
            return;
        }
        followedPrice = price;
        final long distance = 0 != terms.trail() ? terms.trail() :
            Decimals.mulDivExact(price, terms.trailBps(), BPS, Rounding.DOWN);
        triggerPrice = Money.roundToTick(
            isSell ? price - distance : price + distance, instrument().tickSize(), isSell ? Side.BUY : Side.SELL);
    }
}
