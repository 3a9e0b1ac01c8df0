package org.lockstep.engine.bot;

import org.lockstep.engine.algo.Algos;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RiskGate;
import org.lockstep.engine.strategy.FaultListener;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.StrategyParameterException;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/**
 * Moves bots through their states and tells about it.
 * <pre>
 *   DEFINED --start--> RUNNING --pause--> PAUSED --resume--> RUNNING
 *   RUNNING, PAUSED --stop--> STOPPING --(last open order ended)--> STOPPED
 *   any --kill, risk trip--> KILLED        any --exception--> FAILED
 *   STOPPED, FAILED, KILLED --start--> RUNNING, with a new instance of the strategy
 * </pre>
 * <ul>
 * <li>A bot whose instruments are not all defined yet starts when they are.</li>
 * <li>Pausing takes the bot off market data and cancels its orders; resuming calls {@code onStart} again on the same
 * instance. Timers do not survive either.</li>
 * <li>Stop, pause, kill and failure all cancel what is open; only evidence from the venue ends an order.</li>
 * <li>Starting a killed bot takes its kill back; limits that tripped still hold, so raise them first.</li>
 * </ul>
 * Threading: the engine thread. Allocates; nothing here is hot but the status after fills, which does not.
 */
final class BotLifecycle implements StrategyCalls.FailureHandler
{
    private static final long STATUS_INTERVAL_NS = 1_000_000_000L;

    private final EngineClock clock;
    private final Markets markets;
    private final Accounts accounts;
    private final Orders orders;
    private final OrderDesk desk;
    private final RiskGate riskGate;
    private final Timers timers;
    private final OutputProxy outputs;
    private final Strategies strategies;
    private final Bots bots;
    private final StrategyCalls calls = new StrategyCalls(this);
    private final KillSwitches killSwitches;
    private final PositionCloser closer;
    private final Algos algos;
    private final Protection protection;
    private final SymbolResolver symbols;
    private FaultListener faultListener = FaultListener.NONE;

    BotLifecycle(
        final EngineClock clock,
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final OrderDesk desk,
        final RiskGate riskGate,
        final Timers timers,
        final OutputProxy outputs,
        final Strategies strategies,
        final Bots bots)
    {
        this.clock = clock;
        this.markets = markets;
        this.accounts = accounts;
        this.orders = orders;
        this.desk = desk;
        this.riskGate = riskGate;
        this.timers = timers;
        this.outputs = outputs;
        this.strategies = strategies;
        this.bots = bots;
        this.algos = new Algos(clock, markets, orders, desk, timers, outputs, bots);
        this.closer = new PositionCloser(clock, markets, orders, desk, timers, outputs, bots, algos);
        this.protection = new Protection(clock, markets, accounts, riskGate, timers, outputs, closer);
        this.killSwitches = new KillSwitches(desk, riskGate, outputs, bots, this, closer, algos);
        this.symbols = new SymbolResolver(markets, accounts);
        bots.connect(this, calls, closer, algos, protection);
    }

    // ------------------------------------------------------------------------------------------------- commands

    /** Defines a bot or takes a changed definition; null when done, else why not. */
    String define(final String name, final BotDefinition definition)
    {
        final Account account = accounts.byName(definition.account());
        if (null == account)
        {
            return "account: found '" + definition.account() + "', allowed the name of a defined account";
        }
        strategies.create(definition.strategy(), definition.parameters());
        Bot bot = bots.byName(name);
        if (null == bot)
        {
            if (Bots.MAX_COUNT == bots.count())
            {
                return "there are " + Bots.MAX_COUNT + " bots already";
            }
            bot = bots.add(name);
        }
        else if (Bot.MANUAL_ID == bot.id())
        {
            return "the name manual is taken by manual orders";
        }
        else if (bot.definition.isSameAs(definition) && null == bot.nextDefinition)
        {
            return null;
        }
        else if (isActive(bot))
        {
            bot.nextDefinition = definition;
            stop(bot, "redefined");
            return null;
        }
        adopt(bot, definition);
        status(bot);
        return null;
    }

    String start(final Bot bot)
    {
        if (BotState.RUNNING == bot.state)
        {
            return null;
        }
        if (BotState.PAUSED == bot.state)
        {
            return resume(bot);
        }
        if (BotState.STOPPING == bot.state)
        {
            return "is stopping; start it when it has stopped";
        }
        if (riskGate.isKillSwitchOn())
        {
            return "kill switch is on";
        }
        final SymbolResolver.Outcome outcome = symbols.resolve(bot);
        bot.isStartWanted = outcome.isWaiting();
        if (!outcome.isFound())
        {
            bot.reason = outcome.problem();
            status(bot);
            return outcome.isWaiting() ? null : outcome.problem();
        }
        bot.risk().killed(false);
        try
        {
            bot.strategy = strategies.create(bot.definition.strategy(), bot.definition.parameters());
        }
        catch (final StrategyParameterException ex)
        {
            onFailure(bot, "its factory", ex);
            return null;
        }
        run(bot, "");
        return null;
    }

    String pause(final Bot bot)
    {
        if (BotState.RUNNING != bot.state)
        {
            return "is " + bot.state + ", not RUNNING";
        }
        calls.onStop(bot);
        if (BotState.RUNNING == bot.state)
        {
            leave(bot, BotState.PAUSED, "paused");
        }
        return null;
    }

    String resume(final Bot bot)
    {
        if (BotState.PAUSED != bot.state)
        {
            return "is " + bot.state + ", not PAUSED";
        }
        if (riskGate.isKillSwitchOn())
        {
            return "kill switch is on";
        }
        run(bot, "");
        return null;
    }

    String stop(final Bot bot, final String reason)
    {
        bot.isStartWanted = false;
        if (!isActive(bot))
        {
            return null;
        }
        if (BotState.RUNNING == bot.state)
        {
            calls.onStop(bot);
        }
        if (BotState.RUNNING == bot.state || BotState.PAUSED == bot.state)
        {
            leave(bot, BotState.STOPPING, reason);
            onOrderChanged(bot);
        }
        return null;
    }

    /** Starts those whose instruments have become known. */
    void onInstrumentDefined()
    {
        for (int i = 1; i < bots.count(); i++)
        {
            final Bot bot = bots.find(i);
            if (bot.isStartWanted && !symbols.resolve(bot).isWaiting())
            {
                final String refusal = start(bot);
                if (null != refusal)
                {
                    outputs.alert(bot.id(), bot.accountId(), AlertCode.COMMAND_REFUSED.code(), AlertSeverity.WARNING,
                        "start of " + bot.name() + " refused: " + refusal);
                }
            }
        }
    }

    // -------------------------------------------------------------------------------------------------- session

    void onSessionStarted(final long epoch)
    {
        bots.epoch(epoch);
        for (int i = 1; i < bots.count(); i++)
        {
            status(bots.find(i));
        }
        for (int i = 0; i < bots.count(); i++)
        {
            final Bot bot = bots.find(i);
            for (int id = 0; id < bot.risk().holdings().limit(); id++)
            {
                final Position position = bot.risk().holdings().find(id);
                if (null != position && position.fillCount() > 0)
                {
                    outputs.positionChanged(bot.id(), bot.accountId(), position);
                }
            }
        }
        for (int i = 0; i < accounts.count(); i++)
        {
            if (accounts.find(i).terms().isPaper())
            {
                outputs.balanceChanged(accounts.find(i));
            }
        }
    }

    void onSessionStopping()
    {
        for (int i = 1; i < bots.count(); i++)
        {
            stop(bots.find(i), "session stopping");
        }
        bots.stopping();
        algos.cancelAll(-1, -1, "session stopping");
        desk.cancelAll(-1, -1);
    }

    // ----------------------------------------------------------------------------------------------- market data

    /** Takes back what rests of bots in an instrument that is not watched any more. */
    void onFeedLost(final int instrumentId)
    {
        algos.onFeedLost(instrumentId);
        for (Order order = orders.firstOpen(); null != order; order = orders.nextOpen(order))
        {
            if (order.instrumentId() == instrumentId && TimeInForce.GTC == order.timeInForce() &&
                0 == order.stopPrice() && bots.isCancelingOnFeedLoss(order.botId()))
            {
                desk.cancel(order);
            }
        }
    }

    // ----------------------------------------------------------------------------------------------------- risk

    KillSwitches killSwitches()
    {
        return killSwitches;
    }

    Algos algos()
    {
        return algos;
    }

    /** Age of positions is to be looked at. */
    void onProtectionDue(final int botId)
    {
        protection.onTimer(bots.find(botId));
    }

    PositionCloser closer()
    {
        return closer;
    }

    void faultListener(final FaultListener newFaultListener)
    {
        faultListener = newFaultListener;
    }

    @Override
    public void onFailure(final Bot bot, final String callback, final Throwable failure)
    {
        // Not its message: an object's default text or a JVM's own wording differs from run to run, and would be state.
        final String text = callback + " threw " + failure.getClass().getSimpleName();
        outputs.alert(bot.id(), bot.accountId(), AlertCode.BOT_FAILED.code(), AlertSeverity.CRITICAL,
            "bot " + bot.name() + " failed: " + text);
        leave(bot, BotState.FAILED, text);
        tellListener(bot, callback, failure);
    }

    /** It may ask the fault for its message, which is the strategy's own code once more. */
    private void tellListener(final Bot bot, final String callback, final Throwable failure)
    {
        try
        {
            faultListener.onFault(bot.name(), callback, failure);
        }
        catch (final VirtualMachineError ex)
        {
            throw ex;
        }
        catch (final Throwable ex)
        {
            // The alert and the bot's reason say what is needed; what was for people alone is lost.
        }
    }

    // --------------------------------------------------------------------------------------------------- orders

    /** Goes on when the last open order of a stopping bot has ended. */
    void onOrderChanged(final Bot bot)
    {
        if (BotState.STOPPING == bot.state && 0 == bot.risk().openOrderCount())
        {
            bot.state = BotState.STOPPED;
            final BotDefinition next = bot.nextDefinition;
            if (null != next)
            {
                adopt(bot, next);
                start(bot);
            }
            else
            {
                status(bot);
            }
        }
    }

    /** Tells of the new figures, at most once a second. */
    void onFill(final Bot bot)
    {
        final long dueNs = bot.statusTimeNs + STATUS_INTERVAL_NS;
        if (clock.timeNs() >= dueNs)
        {
            status(bot);
        }
        else if (!bot.isStatusTimerSet)
        {
            bot.isStatusTimerSet = true;
            timers.set(dueNs, TimerKind.BOT_STATUS, bot.id());
        }
    }

    void onStatusDue(final int botId)
    {
        final Bot bot = bots.find(botId);
        bot.isStatusTimerSet = false;
        status(bot);
    }

    // -------------------------------------------------------------------------------------------------- private

    static boolean isActive(final Bot bot)
    {
        return BotState.RUNNING == bot.state || BotState.PAUSED == bot.state || BotState.STOPPING == bot.state;
    }

    private void adopt(final Bot bot, final BotDefinition definition)
    {
        bot.definition = definition;
        bot.nextDefinition = null;
        bot.strategy = null;
        bot.accountId = accounts.byName(definition.account()).id();
        bot.risk().limits(definition.limits());
        protection.onDefined(bot);
        bot.state = BotState.DEFINED;
        bot.reason = "";
    }

    private void run(final Bot bot, final String reason)
    {
        if (null == bot.context)
        {
            bot.context = new BotContext(bot, clock, markets, orders, desk, algos, timers, outputs);
        }
        bot.state = BotState.RUNNING;
        bot.reason = reason;
        if (calls.onStart(bot) && BotState.RUNNING == bot.state)
        {
            bots.subscribe(bot);
            status(bot);
        }
    }

    /** Takes a bot out of trading: no market data, no timers, its orders cancelled. */
    void leave(final Bot bot, final BotState state, final String reason)
    {
        bots.unsubscribe(bot);
        timers.cancelAll(TimerKind.STRATEGY, bot.id());
        bot.timerCount = 0;
        bot.state = state;
        bot.reason = reason;
        algos.cancelAll(bot.id(), -1, reason);
        if (bot.risk().openOrderCount() > 0)
        {
            desk.cancelAll(bot.id(), -1);
        }
        status(bot);
    }

    void status(final Bot bot)
    {
        bot.statusTimeNs = clock.timeNs();
        outputs.botStatus(bot.id(), bot.accountId(), bot.state, bot.risk().holdings().ledger(), bot.ordersRequested,
            bot.risk().openOrderCount(), bot.name(), bot.strategyName(), bot.reason);
    }
}
