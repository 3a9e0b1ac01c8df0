package org.lockstep.engine.bot;

import java.util.ArrayList;
import java.util.List;

import org.lockstep.engine.algo.AlgoOwners;
import org.lockstep.engine.algo.Algos;
import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.execution.Traders;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.risk.RiskSubject;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.EngineClock;

/**
 * The registry of bots by dense id, and who hears of what: a frame reaches only bots that run and named its
 * instrument, in the order of their ids; an idle bot costs nothing.
 * Threading: the engine thread. Allocation: none on market data once warm.
 */
public final class Bots implements Traders, AlgoOwners
{
    /** Most bots of a process, the manual one included. */
    public static final int MAX_COUNT = 4_096;

    private final EngineClock clock;
    private final Accounts accounts;
    private final List<Bot> bots = new ArrayList<>();
    private final BotLists subscribers = new BotLists();
    private final BotLists holders = new BotLists();
    private final BotLists holdingAccounts = new BotLists();
    private BotLifecycle lifecycle;
    private StrategyCalls calls;
    private PositionCloser closer;
    private Algos algos;
    private Protection protection;
    private long epoch;
    private boolean isStopping;

    /**
     * Only the manual bot.
     *
     * @param clock    engine time.
     * @param accounts all accounts.
     */
    public Bots(final EngineClock clock, final Accounts accounts)
    {
        this.clock = clock;
        this.accounts = accounts;
        final Bot manual = new Bot(Bot.MANUAL_ID, "manual");
        manual.state = BotState.RUNNING;
        bots.add(manual);
    }

    void connect(
        final BotLifecycle newLifecycle,
        final StrategyCalls newCalls,
        final PositionCloser newCloser,
        final Algos newAlgos,
        final Protection newProtection)
    {
        protection = newProtection;
        algos = newAlgos;
        lifecycle = newLifecycle;
        closer = newCloser;
        calls = newCalls;
    }

    // ------------------------------------------------------------------------------------------------- registry

    /**
     * Finds a bot.
     *
     * @param botId any int.
     * @return the bot, or null.
     */
    public Bot find(final int botId)
    {
        return botId >= 0 && botId < bots.size() ? bots.get(botId) : null;
    }

    /**
     * Finds a bot.
     *
     * @param name as defined.
     * @return the bot, or null.
     */
    public Bot byName(final String name)
    {
        for (int i = 0; i < bots.size(); i++)
        {
            if (bots.get(i).name().equals(name))
            {
                return bots.get(i);
            }
        }
        return null;
    }

    /** @return how many there are, the manual one included. */
    public int count()
    {
        return bots.size();
    }

    Bot add(final String name)
    {
        final Bot bot = new Bot(bots.size(), name);
        bots.add(bot);
        return bot;
    }

    /** @return session epoch, 0 before the first SessionStarted. */
    public long epoch()
    {
        return epoch;
    }

    void epoch(final long newEpoch)
    {
        isStopping = false;
        if (newEpoch != epoch)
        {
            epoch = newEpoch;
            for (int i = 0; i < bots.size(); i++)
            {
                bots.get(i).onEpoch();
            }
        }
    }

    void stopping()
    {
        isStopping = true;
    }

    void subscribe(final Bot bot)
    {
        for (final int instrumentId : bot.instrumentIds)
        {
            subscribers.add(instrumentId, bot.id());
        }
    }

    void unsubscribe(final Bot bot)
    {
        for (final int instrumentId : bot.instrumentIds)
        {
            subscribers.remove(instrumentId, bot.id());
        }
    }

    // ---------------------------------------------------------------------------------------------- market data

    /**
     * Best bid and ask changed.
     *
     * @param market that changed.
     */
    public void onQuote(final Market market)
    {
        for (final int botId : subscribers.get(market.instrument().id()))
        {
            final Bot bot = bots.get(botId);
            if (bot.isRunning())
            {
                calls.onQuote(bot, market);
            }
        }
    }

    /**
     * A public trade.
     *
     * @param market    it happened on.
     * @param price     mantissa.
     * @param quantity  mantissa.
     * @param aggressor side of the taker.
     */
    public void onTrade(final Market market, final long price, final long quantity, final Side aggressor)
    {
        for (final int botId : subscribers.get(market.instrument().id()))
        {
            final Bot bot = bots.get(botId);
            if (bot.isRunning())
            {
                calls.onTrade(bot, market, price, quantity, aggressor);
            }
        }
    }

    /**
     * The book changed as a whole.
     *
     * @param market that changed.
     */
    public void onBook(final Market market)
    {
        for (final int botId : subscribers.get(market.instrument().id()))
        {
            final Bot bot = bots.get(botId);
            if (bot.isRunning())
            {
                calls.onBook(bot, market);
            }
        }
    }

    /**
     * The feed of an instrument changed its state. When it is lost, resting orders are taken back first.
     *
     * @param market that it is the feed of.
     * @param state  of the feed.
     */
    public void onFeedStatus(final Market market, final FeedState state)
    {
        final int instrumentId = market.instrument().id();
        if (Market.isLost(state))
        {
            lifecycle.onFeedLost(instrumentId);
        }
        for (final int botId : subscribers.get(instrumentId))
        {
            final Bot bot = bots.get(botId);
            if (bot.isRunning())
            {
                calls.onFeedStatus(bot, instrumentId, state);
            }
        }
    }

    /**
     * A bar closed.
     *
     * @param instrumentId dense id.
     * @param bar          closed.
     */
    public void onBar(final int instrumentId, final Bar bar)
    {
        for (final int botId : subscribers.get(instrumentId))
        {
            final Bot bot = bots.get(botId);
            if (bot.isRunning())
            {
                calls.onBar(bot, instrumentId, bar);
            }
        }
    }

    /**
     * Values every position in an instrument; who has lost too much is stopped for it. Then emulated orders look at
     * the price.
     *
     * @param market whose price moved.
     */
    public void onMark(final Market market)
    {
        value(market);
        algos.onMarket(market);
    }

    /**
     * Do emulated orders look at the prices within a bar of the past?
     *
     * @param market it is of.
     * @return false when {@link #onBarPrice} would do nothing.
     */
    public boolean isWatchingBars(final Market market)
    {
        return algos.isWatching(market.instrument().id());
    }

    /**
     * A bar of the past has come to one of its prices before the last: emulated orders look at it, positions are valued
     * at the close alone.
     *
     * @param market that it is of.
     */
    public void onBarPrice(final Market market)
    {
        algos.onMarket(market);
    }

    private void value(final Market market)
    {
        final int instrumentId = market.instrument().id();
        final int[] ids = holders.get(instrumentId);
        final long price = market.referencePrice();
        if (0 == ids.length || price <= 0)
        {
            return;
        }
        for (final int botId : ids)
        {
            final Bot bot = bots.get(botId);
            if (mark(bot.risk(), market, price))
            {
                lifecycle.killSwitches().checkLosses(bot);
            }
            protection.onMark(bot, market);
        }
        for (final int accountId : holdingAccounts.get(instrumentId))
        {
            final Account account = accounts.find(accountId);
            if (mark(account.risk(), market, price))
            {
                lifecycle.killSwitches().checkLosses(account);
            }
        }
    }

    /**
     * A strategy's timer is due.
     *
     * @param botId   whose.
     * @param timerId which.
     */
    public void onTimer(final int botId, final long timerId)
    {
        final Bot bot = bots.get(botId);
        bot.timerCount--;
        if (bot.isRunning())
        {
            calls.onTimer(bot, timerId);
        }
    }

    // -------------------------------------------------------------------------------------------------- traders

    @Override
    public RiskSubject risk(final int botId)
    {
        final Bot bot = find(botId);
        return null == bot ? null : bot.risk();
    }

    @Override
    public RejectReason refusal(final int botId, final int instrumentId, final boolean isClosing)
    {
        final Bot bot = bots.get(botId);
        if (0 == epoch)
        {
            return RejectReason.NO_SESSION;
        }
        if (isStopping)
        {
            return RejectReason.SESSION_STOPPING;
        }
        if (isClosing)
        {
            return RejectReason.NONE;
        }
        if (closer.isClosing(botId, instrumentId))
        {
            return RejectReason.POSITION_CLOSING;
        }
        if (BotState.KILLED == bot.state)
        {
            return RejectReason.BOT_KILLED;
        }
        if (!bot.isRunning())
        {
            return RejectReason.BOT_NOT_RUNNING;
        }
        return Bot.MANUAL_ID == botId || bot.trades(instrumentId) ? RejectReason.NONE : RejectReason.NOT_SUBSCRIBED;
    }

    @Override
    public long nextOrderId(final int botId)
    {
        return 0 == epoch ? ClientOrderIds.NULL_ORDER_ID : bots.get(botId).nextOrderId(epoch);
    }

    @Override
    public void onOrderRequested(final int botId)
    {
        bots.get(botId).ordersRequested++;
    }

    @Override
    public void onOrderChanged(final Order order, final boolean isFilled)
    {
        final Bot bot = bots.get(order.botId());
        if (isFilled)
        {
            bot.onFill(order.instrumentId(), order.accountId());
            protection.onFill(bot, order.instrumentId());
            holders.add(order.instrumentId(), bot.id());
            holdingAccounts.add(order.instrumentId(), order.accountId());
            lifecycle.killSwitches().checkLosses(bot);
            lifecycle.killSwitches().checkLosses(accounts.find(order.accountId()));
        }
        algos.onOrderChanged(order);
        closer.onOrderChanged(order);
        if (null != bot.strategy && BotState.FAILED != bot.state && BotState.KILLED != bot.state)
        {
            calls.onOrderUpdate(bot, order);
        }
        if (isFilled)
        {
            lifecycle.onFill(bot);
        }
        lifecycle.onOrderChanged(bot);
    }

    @Override
    public boolean isCancelingOnFeedLoss(final int botId)
    {
        final Bot bot = bots.get(botId);
        return null != bot.definition && bot.definition.isCancelingOnFeedLoss();
    }

    @Override
    public void onAlgoChanged(final AlgoView algo)
    {
        final Bot bot = bots.get(algo.botId());
        if (bot.isRunning() && null != bot.strategy)
        {
            calls.onAlgoUpdate(bot, algo);
        }
    }

    @Override
    public void onRiskTrip(final int botId, final RejectReason reason)
    {
        lifecycle.killSwitches().trip(bots.get(botId), reason);
    }

    private boolean mark(final RiskSubject subject, final Market market, final long price)
    {
        try
        {
            final boolean isChanged = subject.holdings().onMark(market.instrument(), price, clock.timeNs());
            subject.valued(market.instrument().id());
            return isChanged;
        }
        catch (final ArithmeticException ex)
        {
            subject.valuationFailed(market.instrument().id());
            return true;
        }
    }

    /**
     * Describes every bot by id.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("bots");
        out.field("epoch", epoch);
        out.field("isStopping", isStopping);
        for (int i = 0; i < bots.size(); i++)
        {
            bots.get(i).describe(out);
        }
        closer.describe(out);
        algos.describe(out);
        out.end();
    }
}
