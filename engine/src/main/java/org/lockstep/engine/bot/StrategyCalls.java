package org.lockstep.engine.bot;

import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.order.Order;

/**
 * Calls strategies so that none can hurt another: whatever one throws, declared or not, fails its bot and nothing
 * else. A VirtualMachineError (memory or stack ran out) depends on more than the events and halts the engine.
 */
final class StrategyCalls
{
    /** Told when a strategy threw. */
    interface FailureHandler
    {
        void onFailure(Bot bot, String callback, Throwable failure);
    }

    private final FailureHandler failureHandler;

    StrategyCalls(final FailureHandler failureHandler)
    {
        this.failureHandler = failureHandler;
    }

    boolean onStart(final Bot bot)
    {
        try
        {
            bot.strategy.onStart(bot.context);
            return true;
        }
        catch (final Throwable ex)
        {
            failed(bot, "onStart", ex);
            return false;
        }
    }

    void onQuote(final Bot bot, final Market market)
    {
        try
        {
            bot.strategy.onQuote(market.instrument().id(), market.top(), bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onQuote", ex);
        }
    }

    void onTrade(final Bot bot, final Market market, final long price, final long quantity, final Side aggressor)
    {
        try
        {
            bot.strategy.onTrade(market.instrument().id(), price, quantity, aggressor, bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onTrade", ex);
        }
    }

    void onBook(final Bot bot, final Market market)
    {
        try
        {
            bot.strategy.onBook(market.instrument().id(), market.book(), bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onBook", ex);
        }
    }

    void onBar(final Bot bot, final int instrumentId, final Bar bar)
    {
        try
        {
            bot.strategy.onBar(instrumentId, bar, bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onBar", ex);
        }
    }

    void onFeedStatus(final Bot bot, final int instrumentId, final FeedState state)
    {
        try
        {
            bot.strategy.onFeedStatus(instrumentId, state, bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onFeedStatus", ex);
        }
    }

    void onOrderUpdate(final Bot bot, final Order order)
    {
        try
        {
            bot.strategy.onOrderUpdate(order, bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onOrderUpdate", ex);
        }
    }

    void onAlgoUpdate(final Bot bot, final AlgoView algo)
    {
        try
        {
            bot.strategy.onAlgoUpdate(algo, bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onAlgoUpdate", ex);
        }
    }

    void onTimer(final Bot bot, final long timerId)
    {
        try
        {
            bot.strategy.onTimer(timerId, bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onTimer", ex);
        }
    }

    void onStop(final Bot bot)
    {
        try
        {
            bot.strategy.onStop(bot.context);
        }
        catch (final Throwable ex)
        {
            failed(bot, "onStop", ex);
        }
    }

    private void failed(final Bot bot, final String callback, final Throwable failure)
    {
        if (failure instanceof final VirtualMachineError error)
        {
            throw error;
        }
        failureHandler.onFailure(bot, callback, failure);
    }
}
