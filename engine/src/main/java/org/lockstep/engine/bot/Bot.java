package org.lockstep.engine.bot;

import java.util.Arrays;

import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.risk.RiskLimits;
import org.lockstep.engine.risk.RiskSubject;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategy;

/**
 * One bot. Read by queries; changed only by this package. Threading: the engine thread.
 */
public final class Bot
{
    /** Id of the bot that manual orders go through; it has no strategy. */
    public static final int MANUAL_ID = 0;

    static final int MAX_TIMERS = 256;

    private final int id;
    private final String name;
    private final RiskSubject risk = new RiskSubject(RiskLimits.BOT_DEFAULT);
    BotDefinition definition;
    BotDefinition nextDefinition;
    Strategy strategy;
    BotContext context;
    BotState state = BotState.DEFINED;
    String reason = "";
    int accountId = -1;
    int[] instrumentIds = {};
    boolean isStartWanted;
    boolean isStatusTimerSet;
    long statusTimeNs;
    long ordersRequested;
    int timerCount;
    private final StrategyState strategyState = new StrategyState();
    private int[] accountByInstrument = {};
    private long[] openedNs = {};
    private boolean[] isShort = {};
    private long orderCounter;

    Bot(final int id, final String name)
    {
        this.id = id;
        this.name = name;
    }

    /** @return dense id; 0 is manual orders. */
    public int id()
    {
        return id;
    }

    /** @return unique name. */
    public String name()
    {
        return name;
    }

    /** @return where it is in its lifecycle. */
    public BotState state()
    {
        return state;
    }

    /** @return why it is in that state, in words; may be empty. */
    public String reason()
    {
        return reason;
    }

    /** @return dense id of its account, -1 before it was first started. */
    public int accountId()
    {
        return accountId;
    }

    /** @return limits, holdings, open orders. */
    public RiskSubject risk()
    {
        return risk;
    }

    /** @return name of its strategy, empty when it has none. */
    public String strategyName()
    {
        return null == definition ? "" : definition.strategy();
    }

    /** @return orders that went out so far. */
    public long ordersRequested()
    {
        return ordersRequested;
    }

    boolean isRunning()
    {
        return BotState.RUNNING == state;
    }

    boolean trades(final int instrumentId)
    {
        for (final int own : instrumentIds)
        {
            if (own == instrumentId)
            {
                return true;
            }
        }
        return false;
    }

    /** Notes on which account an execution was; manual orders go through several. */
    void onFill(final int instrumentId, final int filledAccountId)
    {
        if (instrumentId >= accountByInstrument.length)
        {
            final int length = accountByInstrument.length;
            accountByInstrument =
                Arrays.copyOf(accountByInstrument, Math.max(8, Math.max(instrumentId + 1, length * 2)));
            Arrays.fill(accountByInstrument, length, accountByInstrument.length, -1);
        }
        accountByInstrument[instrumentId] = filledAccountId;
    }

    /** Notes a position; true when it was opened or turned just now. */
    boolean onPosition(final int instrumentId, final long quantity, final long timeNs)
    {
        if (instrumentId >= openedNs.length)
        {
            final int length = Math.max(8, Math.max(instrumentId + 1, openedNs.length * 2));
            openedNs = Arrays.copyOf(openedNs, length);
            isShort = Arrays.copyOf(isShort, length);
        }
        if (0 == quantity)
        {
            openedNs[instrumentId] = 0;
            return false;
        }
        if (0 != openedNs[instrumentId] && isShort[instrumentId] == quantity < 0)
        {
            return false;
        }
        openedNs[instrumentId] = timeNs;
        isShort[instrumentId] = quantity < 0;
        return true;
    }

    /** Engine time at which its position was opened, 0 = there is none. */
    long openedNs(final int instrumentId)
    {
        return instrumentId < openedNs.length ? openedNs[instrumentId] : 0;
    }

    /** Account on which it traded an instrument last, -1 = never. */
    int accountOf(final int instrumentId)
    {
        return instrumentId < accountByInstrument.length ? accountByInstrument[instrumentId] : -1;
    }

    long nextOrderId(final long epoch)
    {
        return ClientOrderIds.encode(epoch, id, ++orderCounter);
    }

    void onEpoch()
    {
        orderCounter = 0;
    }

    void describe(final StateWriter out)
    {
        out.begin("bot", id);
        out.name(name);
        out.field("state", state.name());
        out.field("reason", reason);
        out.field("account", accountId);
        out.field("isStartWanted", isStartWanted);
        out.field("isStatusTimerSet", isStatusTimerSet);
        out.field("statusTimeNs", statusTimeNs);
        out.field("ordersRequested", ordersRequested);
        out.field("timers", timerCount);
        out.field("orderCounter", orderCounter);
        for (int i = 0; i < accountByInstrument.length; i++)
        {
            if (accountByInstrument[i] >= 0)
            {
                out.begin("traded", i);
                out.field("account", accountByInstrument[i]);
                out.field("openedNs", openedNs(i));
                out.end();
            }
        }
        if (null != definition)
        {
            out.begin("definition");
            definition.describe(out);
            out.end();
        }
        if (null != nextDefinition)
        {
            out.begin("nextDefinition");
            nextDefinition.describe(out);
            out.end();
        }
        risk.describe(out);
        if (null != strategy)
        {
            out.begin("strategy");
            describeStrategy(out);
            out.end();
        }
        out.end();
    }

    /** A strategy that cannot describe itself must not stop the engine; that it could not is what is known of it. */
    private void describeStrategy(final StateWriter out)
    {
        try
        {
            strategy.describe(strategyState.over(out));
        }
        catch (final VirtualMachineError ex)
        {
            throw ex;
        }
        catch (final Throwable ex)
        {
            out.field("describeThrew", ex.getClass().getSimpleName());
        }
        strategyState.close();
    }
}
