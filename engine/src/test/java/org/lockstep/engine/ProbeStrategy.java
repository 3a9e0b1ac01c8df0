package org.lockstep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.AlgoState;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;

/** Does in its next trade callback what a test says, and remembers what it was told. */
public final class ProbeStrategy implements Strategy
{
    EngineFixture.Action next;
    long result;
    EngineFixture.Action onFilled;
    public RuntimeException throwOnQuote;
    public Throwable faultOnQuote;
    public Consumer<StateWriter> describes;
    public EngineFixture.Action onBar;
    public RuntimeException throwOnDescribe;
    public RuntimeException throwOnStop;
    public int startCount;
    public int quoteCount;
    public int tradeCount;
    public int bookCount;
    public int stopCount;
    public final List<Bar> bars = new ArrayList<>();
    public final List<Long> timerIds = new ArrayList<>();
    public final List<AlgoState> algoStates = new ArrayList<>();
    public final List<String> feedStates = new ArrayList<>();
    public final List<OrderStatus> statuses = new ArrayList<>();

    @Override
    public void onStart(final StrategyContext context)
    {
        startCount++;
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        quoteCount++;
        if (null != throwOnQuote)
        {
            throw throwOnQuote;
        }
        if (null != faultOnQuote)
        {
            throwUnchecked(faultOnQuote);
        }
    }

    @Override
    public void onTrade(
        final int instrumentId,
        final long price,
        final long quantity,
        final Side aggressor,
        final StrategyContext context)
    {
        tradeCount++;
        if (null != next)
        {
            final EngineFixture.Action action = next;
            next = null;
            result = action.act(context);
        }
    }

    @Override
    public void onBook(final int instrumentId, final OrderBook book, final StrategyContext context)
    {
        bookCount++;
    }

    @Override
    public void onBar(final int instrumentId, final Bar bar, final StrategyContext context)
    {
        bars.add(bar);
        if (null != onBar)
        {
            onBar.act(context);
        }
    }

    @Override
    public void onFeedStatus(final int instrumentId, final FeedState state, final StrategyContext context)
    {
        feedStates.add(instrumentId + " " + state);
    }

    @Override
    public void onOrderUpdate(final OrderView order, final StrategyContext context)
    {
        statuses.add(order.status());
        if (null != onFilled && OrderStatus.FILLED == order.status())
        {
            final EngineFixture.Action action = onFilled;
            onFilled = null;
            action.act(context);
        }
    }

    @Override
    public void onAlgoUpdate(final AlgoView algo, final StrategyContext context)
    {
        algoStates.add(algo.state());
    }

    @Override
    public void onTimer(final long timerId, final StrategyContext context)
    {
        timerIds.add(timerId);
    }

    @Override
    public void onStop(final StrategyContext context)
    {
        stopCount++;
        if (null != throwOnStop)
        {
            throw throwOnStop;
        }
    }

    @Override
    public void describe(final StateWriter out)
    {
        if (null != throwOnDescribe)
        {
            throw throwOnDescribe;
        }
        out.field("quotes", quoteCount);
        out.field("trades", tradeCount);
        if (null != describes)
        {
            describes.accept(out);
        }
    }

    /** As languages without checked exceptions do. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUnchecked(final Throwable fault) throws T
    {
        throw (T)fault;
    }
}
