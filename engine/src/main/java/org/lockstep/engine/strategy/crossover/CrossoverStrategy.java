package org.lockstep.engine.strategy.crossover;

import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.indicator.Sma;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.OrderSize;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;

/**
 * Moving-average crossover on samples of the mid price, or on the closes of bars.
 * <pre>
 *   every interval:  fast = SMA(price, F), slow = SMA(price, S), F &lt; S
 *   fast crosses above slow:  target = +quantity
 *   fast crosses below slow:  target = -quantity (or 0 when only long)
 *   order = market order for target - position, in whole lots
 * </pre>
 * Sampling is by the time of quotes, not by a timer: without quotes there is nothing to decide on. The first sample
 * after an interval has passed counts, so samples are never closer than the interval. On bars each close is a sample,
 * and what is missing is ordered then; those are there live and in a backtest alike. Both averages need S samples
 * before the first decision. Only one order is in flight at a time; a new target waits for it, and what was refused is
 * tried again with the next sample. What is missing by less than the instrument takes counts as reached: fees that are
 * taken out of what was bought leave a position that is no whole number of lots. The rule is the oldest there is; see
 * Brock, Lakonishok and LeBaron, "Simple Technical Trading Rules and the Stochastic Properties of Stock Returns",
 * Journal of Finance 47 (1992).
 */
final class CrossoverStrategy implements Strategy
{
    private static final double E8 = 1e8;

    private final CrossoverConfig config;
    private final Sma fast;
    private final Sma slow;
    private Instrument instrument;
    private long nextSampleNs;
    private int trend;
    private long target;
    private boolean isTargetSet;
    private long orderId;
    private long retryTimeNs;

    CrossoverStrategy(final CrossoverConfig config)
    {
        this.config = config;
        this.fast = new Sma(config.fast());
        this.slow = new Sma(config.slow());
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        instrument = context.instrument(0);
        fast.reset();
        slow.reset();
        nextSampleNs = 0;
        trend = 0;
        isTargetSet = false;
        retryTimeNs = 0;
        orderId = 0;
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        if (null != config.bars() || instrumentId != instrument.id() || !top.isKnown())
        {
            return;
        }
        if (context.timeNs() >= nextSampleNs)
        {
            nextSampleNs = context.timeNs() + config.intervalNs();
            onSample(top.midPrice(), context);
        }
        if (isTargetSet && 0 == orderId && context.timeNs() >= retryTimeNs)
        {
            moveToTarget(top.midPrice(), context);
        }
    }

    @Override
    public void onBar(final int instrumentId, final Bar bar, final StrategyContext context)
    {
        if (bar.interval() == config.bars() && instrumentId == instrument.id())
        {
            onSample(bar.close(), context);
            if (isTargetSet && 0 == orderId)
            {
                moveToTarget(bar.close(), context);
            }
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
        fast.describe(out);
        slow.describe(out);
        out.field("nextSampleNs", nextSampleNs);
        out.field("trend", trend);
        out.field("target", target);
        out.field("isTargetSet", isTargetSet);
        out.field("orderId", orderId);
        out.field("retryTimeNs", retryTimeNs);
    }

    private void onSample(final long price, final StrategyContext context)
    {
        fast.update(price);
        slow.update(price);
        if (!slow.isReady())
        {
            return;
        }
        final double difference = fast.value() - slow.value();
        final int newTrend = difference > 0 ? 1 : difference < 0 ? -1 : trend;
        if (newTrend != trend)
        {
            trend = newTrend;
            final long quantity = config.size().quantityAt(instrument, price);
            target = trend > 0 ? quantity : config.isShort() ? -quantity : 0;
            isTargetSet = true;
            context.signal(instrument.id(), trend > 0 ? "cross-up" : "cross-down",
                Math.round(difference * E8 / Decimals.pow10(instrument.priceScale())),
                trend > 0 ? Side.BUY : Side.SELL);
        }
    }

    private void moveToTarget(final long price, final StrategyContext context)
    {
        final long missing = target - context.position(instrument.id()).quantity();
        final long quantity = OrderSize.orderable(instrument, price, Math.abs(missing));
        if (0 == quantity)
        {
            isTargetSet = false;
            return;
        }
        final long result =
            context.submitMarket(instrument.id(), missing > 0 ? Side.BUY : Side.SELL, quantity);
        if (result > 0)
        {
            orderId = result;
        }
        else
        {
            // Refused: the reason has gone out; the target stands, and the next sample tries again.
            retryTimeNs = nextSampleNs;
        }
    }
}
