package org.lockstep.engine.algo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.agrona.collections.Long2LongHashMap;
import org.lockstep.engine.event.Deterministic;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.AlgoState;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.order.ClientOrderIds;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/**
 * All emulated orders that have not ended. They are looked at in the order they were taken, on every new price of their
 * instrument, on every change of their children, and when their timers fall due; each change goes out as AlgoStatus.
 * Risk is asked twice: whether the bot may trade when one is taken, and everything for each child.
 * Threading: the engine thread. Allocation: when one is taken or ends; none on market data.
 */
@Deterministic(because = "the index of children is looked up and never iterated")
public final class Algos implements AlgoHost
{
    /** Emulated orders at once in the process. */
    public static final int MAX_COUNT = 4_096;

    private static final int NONE = -1;
    private static final Algo[] EMPTY = {};

    private final EngineClock clock;
    private final Markets markets;
    private final Orders orders;
    private final OrderDesk desk;
    private final Timers timers;
    private final OutputProxy outputs;
    private final AlgoOwners owners;
    private final OrderIntent intent = new OrderIntent();
    private final List<Algo> active = new ArrayList<>();
    private final Long2LongHashMap slotByChild = new Long2LongHashMap(NONE);
    private Algo[] bySlot = new Algo[16];
    private Algo[][] byInstrument = new Algo[16][];
    private boolean isRequested;

    /**
     * None yet.
     *
     * @param clock   engine time.
     * @param markets all instruments.
     * @param orders  to look children up.
     * @param desk    takes children.
     * @param timers  to set.
     * @param outputs takes what is told.
     * @param owners  the bots.
     */
    public Algos(
        final EngineClock clock,
        final Markets markets,
        final Orders orders,
        final OrderDesk desk,
        final Timers timers,
        final OutputProxy outputs,
        final AlgoOwners owners)
    {
        this.clock = clock;
        this.markets = markets;
        this.orders = orders;
        this.desk = desk;
        this.timers = timers;
        this.outputs = outputs;
        this.owners = owners;
    }

    // ------------------------------------------------------------------------------------------------- requests

    /**
     * Takes an emulated order.
     *
     * @param botId     whose.
     * @param accountId on which account.
     * @param order     what it shall do; copied.
     * @return its id, positive; or the negative code of a {@link RejectReason}, which has then also gone out.
     */
    public long submit(final int botId, final int accountId, final AlgoOrder order)
    {
        intent.of(botId, accountId, order.instrumentId());
        RejectReason reason = desk.admission(intent);
        if (RejectReason.NONE == reason)
        {
            reason = AlgoShape.check(order, markets.find(order.instrumentId()).instrument());
        }
        if (RejectReason.NONE == reason && MAX_COUNT == active.size())
        {
            reason = RejectReason.ALGO_TABLE_FULL;
        }
        final long algoId = RejectReason.NONE == reason ? owners.nextOrderId(botId) : ClientOrderIds.NULL_ORDER_ID;
        if (RejectReason.NONE == reason && ClientOrderIds.NULL_ORDER_ID == algoId)
        {
            reason = RejectReason.ORDER_IDS_EXHAUSTED;
        }
        if (RejectReason.NONE != reason)
        {
            outputs.orderRejected(algoId, botId, accountId, order.instrumentId(), reason, RequestKind.PLACE);
            return -reason.code();
        }
        final Algo algo = make(order.copy(), algoId, botId, accountId);
        active.add(algo);
        bySlot[algo.slot] = algo;
        add(algo);
        outputs.algoStatus(algo);
        final boolean wasRequested = isRequested;
        isRequested = true;
        algo.onBegin();
        isRequested = wasRequested;
        return algoId;
    }

    /**
     * Ends an emulated order: its child is taken back and no other goes out.
     *
     * @param algoId its id.
     * @param botId  who asks; must own it. -1 = a person, who may always.
     * @return 0, or the negative code of a {@link RejectReason}.
     */
    public int cancel(final long algoId, final int botId)
    {
        final Algo algo = findActive(algoId);
        if (null == algo)
        {
            return -RejectReason.UNKNOWN_ORDER.code();
        }
        if (botId >= 0 && algo.botId() != botId)
        {
            return -RejectReason.NOT_OWNER.code();
        }
        if (AlgoState.CANCELING == algo.state())
        {
            return -RejectReason.ORDER_BUSY.code();
        }
        cancel(algo, "requested");
        return 0;
    }

    /**
     * Ends all of a bot and an account.
     *
     * @param botId     dense id, -1 = of all bots.
     * @param accountId dense id, -1 = of all accounts.
     * @param reason    in words.
     */
    public void cancelAll(final int botId, final int accountId, final String reason)
    {
        for (final Algo algo : active.toArray(EMPTY))
        {
            if ((botId < 0 || algo.botId() == botId) && (accountId < 0 || algo.accountId() == accountId))
            {
                cancel(algo, reason);
            }
        }
    }

    /**
     * Ends all of a bot in an instrument.
     *
     * @param botId        dense id.
     * @param instrumentId dense id.
     * @param reason       in words.
     */
    public void cancel(final int botId, final int instrumentId, final String reason)
    {
        for (final Algo algo : active.toArray(EMPTY))
        {
            if (algo.botId() == botId && algo.instrumentId() == instrumentId)
            {
                cancel(algo, reason);
            }
        }
    }

    /**
     * Finds one that has not ended.
     *
     * @param algoId its id.
     * @return it, or null.
     */
    public AlgoView find(final long algoId)
    {
        return findActive(algoId);
    }

    /** @return how many have not ended. */
    public int count()
    {
        return active.size();
    }

    /**
     * One of those that have not ended, in the order they were taken.
     *
     * @param index [0, {@link #count()}).
     * @return it.
     */
    public AlgoView get(final int index)
    {
        return active.get(index);
    }

    // --------------------------------------------------------------------------------------------------- events

    /**
     * Something new is known of a market.
     *
     * @param market that moved.
     */
    public void onMarket(final Market market)
    {
        final int id = market.instrument().id();
        if (isWatching(id))
        {
            for (final Algo algo : byInstrument[id])
            {
                algo.onMarket(market);
            }
        }
    }

    /**
     * Does any look at a market?
     *
     * @param instrumentId dense id.
     * @return false when {@link #onMarket} would do nothing.
     */
    public boolean isWatching(final int instrumentId)
    {
        return instrumentId < byInstrument.length && null != byInstrument[instrumentId];
    }

    /**
     * An order changed; it may be a child.
     *
     * @param order changed.
     */
    public void onOrderChanged(final Order order)
    {
        if (!active.isEmpty())
        {
            final int slot = (int)slotByChild.get(order.orderId());
            if (NONE != slot)
            {
                bySlot[slot].onOrderChanged(order);
            }
        }
    }

    /**
     * A timer is due.
     *
     * @param slot its owner.
     */
    public void onTimer(final int slot)
    {
        if (null != bySlot[slot])
        {
            bySlot[slot].onTimer();
        }
    }

    /**
     * The feed of an instrument is lost.
     *
     * @param instrumentId dense id.
     */
    public void onFeedLost(final int instrumentId)
    {
        for (final Algo algo : active.toArray(EMPTY))
        {
            if (algo.instrumentId() == instrumentId && owners.isCancelingOnFeedLoss(algo.botId()))
            {
                algo.onFeedLost();
            }
        }
    }

    /**
     * Describes all that have not ended.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("algos");
        for (int i = 0; i < active.size(); i++)
        {
            active.get(i).describe(out);
        }
        out.end();
    }

    // ----------------------------------------------------------------------------------------------------- host

    @Override
    public long timeNs()
    {
        return clock.timeNs();
    }

    @Override
    public Market market(final int instrumentId)
    {
        return markets.find(instrumentId);
    }

    @Override
    public long submit(
        final Algo algo,
        final Side side,
        final OrderType orderType,
        final TimeInForce timeInForce,
        final long price,
        final long quantity)
    {
        intent.of(algo.botId(), algo.accountId(), algo.instrumentId())
            .order(side, orderType, timeInForce, price, quantity);
        final long result = desk.submit(intent);
        if (result > 0)
        {
            slotByChild.put(result, algo.slot);
        }
        return result;
    }

    @Override
    public void cancelAgain(final long childId)
    {
        final Order order = orders.find(childId);
        if (null != order)
        {
            desk.cancelAgain(order);
        }
    }

    @Override
    public void cancel(final long childId)
    {
        final Order order = orders.find(childId);
        if (null != order)
        {
            desk.cancel(order);
        }
    }

    @Override
    public long openQuantity(final long childId)
    {
        final Order order = orders.find(childId);
        return null == order ? 0 : order.openQuantity();
    }

    @Override
    public void wakeAt(final Algo algo, final long deadlineNs)
    {
        timers.set(deadlineNs, TimerKind.ALGO, algo.slot);
    }

    @Override
    public void changed(final Algo algo)
    {
        outputs.algoStatus(algo);
        if (!isRequested)
        {
            owners.onAlgoChanged(algo);
        }
    }

    @Override
    public void ended(final Algo algo)
    {
        active.remove(algo);
        bySlot[algo.slot] = null;
        remove(algo);
        timers.cancelAll(TimerKind.ALGO, algo.slot);
        for (int i = 0; i < algo.childIds().size(); i++)
        {
            slotByChild.remove(algo.childIds().getLong(i));
        }
        if (AlgoState.FAILED == algo.state())
        {
            outputs.alert(algo.botId(), algo.accountId(), AlertCode.ALGO_FAILED.code(), AlertSeverity.CRITICAL,
                algo.kind() + " " + algo.algoId() + " failed: " + algo.reason());
        }
        changed(algo);
    }

    // -------------------------------------------------------------------------------------------------- private

    private void cancel(final Algo algo, final String reason)
    {
        final boolean wasRequested = isRequested;
        isRequested = true;
        algo.cancel(reason);
        isRequested = wasRequested;
    }

    private Algo findActive(final long algoId)
    {
        for (int i = 0; i < active.size(); i++)
        {
            if (active.get(i).algoId() == algoId)
            {
                return active.get(i);
            }
        }
        return null;
    }

    private Algo make(final AlgoOrder terms, final long algoId, final int botId, final int accountId)
    {
        int slot = 0;
        while (slot < bySlot.length && null != bySlot[slot])
        {
            slot++;
        }
        if (slot == bySlot.length)
        {
            bySlot = Arrays.copyOf(bySlot, slot * 2);
        }
        return switch (terms.kind())
        {
            case OCO, BRACKET -> new PairAlgo(terms, this, slot, algoId, botId, accountId);
            case ICEBERG -> new IcebergAlgo(terms, this, slot, algoId, botId, accountId);
            case TWAP -> new TwapAlgo(terms, this, slot, algoId, botId, accountId);
            default -> new TriggerAlgo(terms, this, slot, algoId, botId, accountId);
        };
    }

    /** Arrays are replaced, never changed: one of them may be walked meanwhile. */
    private void add(final Algo algo)
    {
        final int id = algo.instrumentId();
        if (id >= byInstrument.length)
        {
            byInstrument = Arrays.copyOf(byInstrument, Math.max(id + 1, byInstrument.length * 2));
        }
        final Algo[] old = null == byInstrument[id] ? EMPTY : byInstrument[id];
        byInstrument[id] = Arrays.copyOf(old, old.length + 1);
        byInstrument[id][old.length] = algo;
    }

    private void remove(final Algo algo)
    {
        final Algo[] old = byInstrument[algo.instrumentId()];
        final Algo[] fewer = new Algo[old.length - 1];
        int count = 0;
        for (final Algo other : old)
        {
            if (other != algo)
            {
                fewer[count++] = other;
            }
        }
        byInstrument[algo.instrumentId()] = 0 == count ? null : fewer;
    }
}
