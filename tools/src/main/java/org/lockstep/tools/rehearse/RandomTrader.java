package org.lockstep.tools.rehearse;

import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;

/**
 * Does what a bot can do, at random but the same for the same seed and events: places orders of every kind near the
 * market, changes them, takes them back. Threading: the engine thread.
 */
final class RandomTrader implements Strategy
{
    private static final int CHOICES = 20;
    private static final int NEAR_TICKS = 40;

    private final long intervalNs;
    private final long notional;
    private final long[] orders;
    private long random;
    private long nextNs;
    private int count;

    RandomTrader(final long seed, final long intervalNs, final int maxOpen, final long notional)
    {
        this.random = seed * 0x9E3779B97F4A7C15L | 1;
        this.intervalNs = intervalNs;
        this.notional = notional;
        this.orders = new long[maxOpen];
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        nextNs = 0;
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        if (top.isKnown() && context.timeNs() >= nextNs)
        {
            nextNs = context.timeNs() + intervalNs;
            decide(context, instrumentId, top);
        }
    }

    @Override
    public void onOrderUpdate(final OrderView order, final StrategyContext context)
    {
        if (null == context.order(order.orderId()) || order.status().isTerminal())
        {
            forget(order.orderId());
        }
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("random", random);
        out.field("nextNs", nextNs);
        for (int i = 0; i < count; i++)
        {
            out.field("order", orders[i]);
        }
    }

    private void decide(final StrategyContext context, final int instrumentId, final TopOfBook top)
    {
        final int choice = next(CHOICES);
        if (count > 0 && (choice < 5 || count == orders.length))
        {
            context.cancel(orders[next(count)]);
        }
        else if (count > 0 && choice < 9)
        {
            replace(context);
        }
        else
        {
            place(context, instrument(context, instrumentId), top, choice);
        }
    }

    private void place(
        final StrategyContext context, final Instrument instrument, final TopOfBook top, final int choice)
    {
        final Side side = 0 == next(2) ? Side.BUY : Side.SELL;
        final long touch = Side.BUY == side ? top.bidPrice() : top.askPrice();
        final long away = (next(NEAR_TICKS) - 4) * instrument.tickSize();
        final long price = roundToTick(Side.BUY == side ? touch - away : touch + away, instrument);
        final long quantity = quantity(instrument, price);
        final long orderId = switch (choice)
        {
            case 9 -> context.submit(instrument.id(), side, OrderType.MARKET, TimeInForce.IOC, 0, quantity);
            case 10 -> context.submit(instrument.id(), side, OrderType.LIMIT, TimeInForce.IOC,
                Side.BUY == side ? top.askPrice() : top.bidPrice(), quantity);
            case 11 -> context.submit(instrument.id(), side, OrderType.LIMIT, TimeInForce.FOK,
                Side.BUY == side ? top.askPrice() : top.bidPrice(), quantity);
            case 12, 13 ->
                context.submit(instrument.id(), side, OrderType.LIMIT_MAKER, TimeInForce.GTC, price, quantity);
            default -> context.submit(instrument.id(), side, OrderType.LIMIT, TimeInForce.GTC, price, quantity);
        };
        if (orderId > 0 && count < orders.length && null != context.order(orderId))
        {
            orders[count++] = orderId;
        }
    }

    private void replace(final StrategyContext context)
    {
        final OrderView order = context.order(orders[next(count)]);
        if (null != order)
        {
            final Instrument instrument = instrument(context, order.instrumentId());
            final long price = order.price() + (next(11) - 5) * instrument.tickSize();
            context.replace(order.orderId(), price, order.quantity());
        }
    }

    private long quantity(final Instrument instrument, final long price)
    {
        long unit = notional;
        for (int i = 0; i < instrument.priceScale() + instrument.quantityScale(); i++)
        {
            unit *= 10;
        }
        final long quantity = unit / price * (1 + next(3));
        return Math.max(instrument.lotSize(), quantity - quantity % instrument.lotSize());
    }

    private static long roundToTick(final long price, final Instrument instrument)
    {
        return price - price % instrument.tickSize();
    }

    private static Instrument instrument(final StrategyContext context, final int id)
    {
        for (int i = 0; i < context.instrumentCount(); i++)
        {
            if (context.instrument(i).id() == id)
            {
                return context.instrument(i);
            }
        }
        throw new IllegalArgumentException("instrument " + id + " is not mine");
    }

    private void forget(final long orderId)
    {
        for (int i = 0; i < count; i++)
        {
            if (orders[i] == orderId)
            {
                orders[i] = orders[--count];
                return;
            }
        }
    }

    /** A number below a bound, by xorshift. */
    private int next(final int bound)
    {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int)((random >>> 33) % bound);
    }
}
