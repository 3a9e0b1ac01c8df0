package org.example.bot;

import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.OrderSize;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;

/** See {@link DipFactory}. Acts through the context alone and keeps no clock, randomness or thread of its own. */
public final class DipStrategy implements Strategy
{
    private static final double BPS = 1e-4;

    private final double dip;
    private final double notional;
    private Instrument instrument;
    private long highestPrice;
    private long orderId;

    DipStrategy(final double dipBps, final double notional)
    {
        dip = dipBps * BPS;
        this.notional = notional;
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        instrument = context.instrument(0);
        highestPrice = 0;
        orderId = 0;
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        if (!top.isKnown() || 0 != orderId)
        {
            return;
        }
        final long price = top.midPrice();
        final long held = context.position(instrumentId).quantity();
        highestPrice = Math.max(highestPrice, price);
        if (0 == held && price <= highestPrice * (1 - dip))
        {
            final double units = notional / (price / (double)Decimals.pow10(instrument.priceScale()));
            order(Side.BUY, price, Math.round(units * Decimals.pow10(instrument.quantityScale())), context);
        }
        else if (held > 0 && price >= highestPrice)
        {
            order(Side.SELL, price, held, context);
        }
    }

    @Override
    public void onOrderUpdate(final OrderView order, final StrategyContext context)
    {
        if (order.orderId() == orderId && order.status().isTerminal())
        {
            orderId = 0;
        }
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("highestPrice", highestPrice);
        out.field("orderId", orderId);
    }

    private void order(final Side side, final long price, final long wanted, final StrategyContext context)
    {
        final long quantity = OrderSize.orderable(instrument, price, wanted);
        if (quantity > 0)
        {
            // A refusal is negative: nothing was sent, and the next quote tries again.
            orderId = Math.max(0, context.submitMarket(instrument.id(), side, quantity));
        }
    }
}
