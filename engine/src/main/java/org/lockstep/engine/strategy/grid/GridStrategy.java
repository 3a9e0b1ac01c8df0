package org.lockstep.engine.strategy.grid;

import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;

/**
 * Grid trading. With N levels there are 2N + 1 lines at
 * <pre>
 *   price(i) = centre + (i - N) * step,   i = 0 .. 2N
 * </pre>
 * One line, the gap, has no order: the one that traded last, at first the centre. Every line below the gap wants a buy,
 * every line above it a sell. When the order on line i executes in full, i becomes the gap, so the line that was the
 * gap gets the opposite order one step away: a buy at i is closed by a sell at i + 1 and earns one step less fees. A
 * price that oscillates earns; a trend fills one side and leaves a position of up to N orders, which is the risk. That
 * bound holds over recentring too: what is held already takes its share of the lines on its side.
 * <p>
 * The wanted state is a function of the gap alone, and {@link #work} brings the lines there bit by bit, whatever
 * happened in between: refusals, expiries, several fills at once. Orders are limit-maker. When the price leaves the
 * grid by a step and {@code recentre} is on, all orders are taken back and a new grid is laid around it.
 */
final class GridStrategy implements Strategy
{
    private static final long BPS_E8 = 1_000_000_000_000L;

    private final GridConfig config;
    private final int lineCount;
    private final long[] orderIds;
    private Instrument instrument;
    private long centre;
    private long step;
    private long quantity;
    private int gap;
    private long nextLookNs;
    private boolean isBookLost;

    GridStrategy(final GridConfig config)
    {
        this.config = config;
        this.lineCount = 2 * config.levels() + 1;
        this.orderIds = new long[lineCount];
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        instrument = context.instrument(0);
        centre = 0;
        nextLookNs = 0;
        isBookLost = false;
        for (int i = 0; i < lineCount; i++)
        {
            orderIds[i] = 0;
        }
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        if (instrumentId != instrument.id() || isBookLost || !top.isKnown() || context.timeNs() < nextLookNs)
        {
            return;
        }
        nextLookNs = context.timeNs() + config.refreshIntervalNs();
        final long mid = top.midPrice();
        if (0 != centre && config.isRecentring() && Math.abs(mid - centre) > (config.levels() + 1) * step)
        {
            centre = 0;
            context.cancelAll();
        }
        if (0 == centre && 0 == context.openOrderCount())
        {
            lay(mid, context);
        }
        if (0 != centre)
        {
            work(context);
        }
    }

    /** The orders are being taken back; lays them out anew with the first quote after the book is whole again. */
    @Override
    public void onFeedStatus(final int instrumentId, final FeedState state, final StrategyContext context)
    {
        if (instrumentId == instrument.id())
        {
            isBookLost = FeedState.GAP == state || FeedState.RESYNC == state && isBookLost;
            nextLookNs = 0;
        }
    }

    @Override
    public void onBook(final int instrumentId, final OrderBook book, final StrategyContext context)
    {
        isBookLost &= instrumentId != instrument.id();
    }

    @Override
    public void onOrderUpdate(final OrderView order, final StrategyContext context)
    {
        if (!order.status().isTerminal())
        {
            return;
        }
        for (int i = 0; i < lineCount; i++)
        {
            if (orderIds[i] == order.orderId())
            {
                orderIds[i] = 0;
                if (OrderStatus.FILLED == order.status())
                {
                    gap = i;
                }
                return;
            }
        }
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("centre", centre);
        out.field("step", step);
        out.field("quantity", quantity);
        out.field("gap", gap);
        out.field("nextLookNs", nextLookNs);
        out.field("isBookLost", isBookLost);
        for (final long orderId : orderIds)
        {
            out.field("orderId", orderId);
        }
    }

    private void lay(final long mid, final StrategyContext context)
    {
        final long tick = instrument.tickSize();
        final long exactStep = Decimals.mulDivExact(mid, config.stepE8(), BPS_E8, Rounding.HALF_EVEN);
        step = Math.max(tick, exactStep - exactStep % tick);
        quantity = config.size().quantityAt(instrument, mid);
        if (0 == quantity || mid <= (config.levels() + 1) * step)
        {
            return;
        }
        centre = mid - mid % tick;
        gap = config.levels();
        context.signal(instrument.id(), "grid", Decimals.rescale(centre, instrument.priceScale(), 8, Rounding.DOWN),
            Side.NULL_VAL);
    }

    private void work(final StrategyContext context)
    {
        final long held = context.position(instrument.id()).quantity();
        final long buys = Math.max(0, (config.levels() * quantity - held) / quantity);
        final long sells = Math.max(0, (config.levels() * quantity + held) / quantity);
        for (int i = 0; i < lineCount; i++)
        {
            final boolean isBuy = i < gap && gap - i <= buys;
            final boolean isSell = i > gap && i - gap <= sells;
            final Side wanted = isBuy ? Side.BUY : isSell ? Side.SELL : Side.NULL_VAL;
            if (0 != orderIds[i])
            {
                final OrderView order = context.order(orderIds[i]);
                if (order.side() != wanted && order.status().isWorking())
                {
                    context.cancel(orderIds[i]);
                }
            }
            else if (Side.NULL_VAL != wanted)
            {
                // A refusal has gone out with its reason; the next look tries again.
                final long price = centre + (i - config.levels()) * step;
                orderIds[i] = Math.max(0, context.submitMaker(instrument.id(), wanted, price, quantity));
            }
        }
    }
}
