package org.lockstep.engine.bot;

import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.algo.Algos;
import org.lockstep.engine.bar.Bars;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.position.PositionView;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/** What a bot's strategy sees and does. Engine thread. Allocates nothing. */
final class BotContext implements StrategyContext
{
    private final Bot bot;
    private final EngineClock clock;
    private final Markets markets;
    private final Orders orders;
    private final OrderDesk desk;
    private final Algos algos;
    private final Timers timers;
    private final OutputProxy outputs;
    private final OrderIntent intent = new OrderIntent();
    private final OrderIntent stopIntent = new OrderIntent();

    BotContext(
        final Bot bot,
        final EngineClock clock,
        final Markets markets,
        final Orders orders,
        final OrderDesk desk,
        final Algos algos,
        final Timers timers,
        final OutputProxy outputs)
    {
        this.bot = bot;
        this.clock = clock;
        this.markets = markets;
        this.orders = orders;
        this.desk = desk;
        this.algos = algos;
        this.timers = timers;
        this.outputs = outputs;
    }

    @Override
    public long timeNs()
    {
        return clock.timeNs();
    }

    @Override
    public int botId()
    {
        return bot.id();
    }

    @Override
    public int instrumentCount()
    {
        return bot.instrumentIds.length;
    }

    @Override
    public Instrument instrument(final int index)
    {
        return markets.find(bot.instrumentIds[index]).instrument();
    }

    @Override
    public OrderBook book(final int instrumentId)
    {
        return markets.find(instrumentId).book();
    }

    @Override
    public TopOfBook top(final int instrumentId)
    {
        return markets.find(instrumentId).top();
    }

    @Override
    public Bars bars(final int instrumentId)
    {
        return markets.find(instrumentId).bars();
    }

    @Override
    public long referencePrice(final int instrumentId)
    {
        return markets.find(instrumentId).referencePrice();
    }

    @Override
    public PositionView position(final int instrumentId)
    {
        return bot.risk().holdings().position(instrumentId);
    }

    @Override
    public int openOrderCount()
    {
        return bot.risk().openOrderCount();
    }

    @Override
    public OrderView order(final long orderId)
    {
        final Order order = orders.find(orderId);
        return null == order || order.botId() != bot.id() ? null : order;
    }

    @Override
    public long submit(
        final int instrumentId,
        final Side side,
        final OrderType orderType,
        final TimeInForce timeInForce,
        final long price,
        final long quantity)
    {
        intent.of(bot.id(), bot.accountId(), instrumentId).order(side, orderType, timeInForce, price, quantity);
        return desk.submit(intent);
    }

    @Override
    public long submitStop(
        final int instrumentId,
        final Side side,
        final OrderType orderType,
        final TimeInForce timeInForce,
        final long price,
        final long stopPrice,
        final long quantity)
    {
        intent.of(bot.id(), bot.accountId(), instrumentId)
            .order(side, orderType, timeInForce, price, quantity).stop(stopPrice);
        return desk.submit(intent);
    }

    @Override
    public long submitPair(
        final int instrumentId,
        final Side side,
        final long price,
        final long stopPrice,
        final long stopLimitPrice,
        final long quantity)
    {
        intent.of(bot.id(), bot.accountId(), instrumentId)
            .order(side, OrderType.LIMIT_MAKER, TimeInForce.GTC, price, quantity);
        stopIntent.of(bot.id(), bot.accountId(), instrumentId)
            .order(side, 0 == stopLimitPrice ? OrderType.STOP_LOSS : OrderType.STOP_LOSS_LIMIT, TimeInForce.GTC,
                stopLimitPrice, quantity)
            .stop(stopPrice);
        return desk.submitPair(intent, stopIntent);
    }

    @Override
    public long submitAlgo(final AlgoOrder order)
    {
        return algos.submit(bot.id(), bot.accountId(), order);
    }

    @Override
    public AlgoView algo(final long algoId)
    {
        final AlgoView algo = algos.find(algoId);
        return null == algo || algo.botId() != bot.id() ? null : algo;
    }

    @Override
    public int cancel(final long orderId)
    {
        return null == orders.find(orderId) && algos.count() > 0 ? algos.cancel(orderId, bot.id()) :
            desk.cancel(orderId, bot.id());
    }

    @Override
    public int replace(final long orderId, final long price, final long quantity)
    {
        return desk.replace(orderId, bot.id(), price, quantity);
    }

    @Override
    public void cancelAll()
    {
        algos.cancelAll(bot.id(), -1, "requested");
        desk.cancelAll(bot.id(), -1);
    }

    @Override
    public long setTimer(final long delayNs)
    {
        if (delayNs < 1 || Bot.MAX_TIMERS == bot.timerCount || !bot.isRunning())
        {
            return -RejectReason.TIMER_REFUSED.code();
        }
        final long deadlineNs = clock.timeNs() + delayNs;
        if (deadlineNs < 0)
        {
            return -RejectReason.TIMER_REFUSED.code();
        }
        bot.timerCount++;
        return timers.set(deadlineNs, TimerKind.STRATEGY, bot.id());
    }

    @Override
    public boolean cancelTimer(final long timerId)
    {
        final boolean wasSet = timers.cancel(timerId, TimerKind.STRATEGY, bot.id());
        if (wasSet)
        {
            bot.timerCount--;
        }
        return wasSet;
    }

    @Override
    public void signal(final int instrumentId, final String name, final long valueE8, final Side side)
    {
        outputs.signal(bot.id(), instrumentId, name, valueE8, side);
    }
}
