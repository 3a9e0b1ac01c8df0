package org.lockstep.engine.algo;

import org.agrona.collections.LongArrayList;
import org.lockstep.engine.event.codec.AlgoKind;
import org.lockstep.engine.event.codec.AlgoState;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderStatus;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.state.StateWriter;

/**
 * What all emulated orders share. At most one child is open at a time, and the next goes out only after the venue has
 * said that the one before ended, for no more than is left: so the children never add up to more than the whole. An
 * execution that comes after its child had ended is counted, and an open child that is then too large is taken back.
 * Threading: the engine thread. Allocation: when it begins.
 */
abstract class Algo implements AlgoView
{
    /** Attempts in a row that came to nothing, after which it fails. */
    static final int MAX_ATTEMPTS = 60;

    static final long RETRY_NS = 1_000_000_000L;

    final AlgoOrder terms;
    final AlgoHost host;
    final int slot;
    private final long algoId;
    private final int botId;
    private final int accountId;
    private final LongArrayList childIds = new LongArrayList();
    private final LongArrayList childFills = new LongArrayList();
    private AlgoState state = AlgoState.WAITING;
    private String reason = "";
    private long childId;
    private long filledQuantity;
    private int attempts;
    private boolean isSuspended;
    private boolean isWithdrawing;
    private boolean isRetrying;

    Algo(
        final AlgoOrder terms,
        final AlgoHost host,
        final int slot,
        final long algoId,
        final int botId,
        final int accountId)
    {
        this.terms = terms;
        this.host = host;
        this.slot = slot;
        this.algoId = algoId;
        this.botId = botId;
        this.accountId = accountId;
    }

    // ---------------------------------------------------------------------------------------------------- kinds

    /** The order was taken. */
    abstract void onBegin();

    /** Something new is known of the market, and neither a cancel nor a lost feed is in the way. */
    abstract void onPrice(Market market);

    /** The open child ended, nothing is in the way, and something is left; was it taken back by this order itself? */
    abstract void onChildEnded(OrderStatus status, boolean isWithdrawn);

    /** The timer that was set by {@link #retryLater()} or by the kind itself is due. */
    abstract void onDue();

    abstract void describeKind(StateWriter out);

    /** What may still be sent. */
    long remaining()
    {
        return terms.quantity() - filledQuantity;
    }

    /** A child executed; children are counted from 0. */
    void onFill(final long quantity, final int childIndex)
    {
        filled(quantity);
    }

    /** Is there nothing left to do? */
    boolean isWhole()
    {
        return remaining() <= 0;
    }

    /** Said when all is executed. */
    void onComplete()
    {
        end(AlgoState.DONE, "");
    }

    // --------------------------------------------------------------------------------------------------- events

    final void onMarket(final Market market)
    {
        if (isWithdrawing)
        {
            // The venue may have refused the cancel; one in flight is left alone.
            host.cancelAgain(childId);
        }
        if (isEnded() || AlgoState.CANCELING == state || isSuspended && 0 != childId)
        {
            return;
        }
        isSuspended = false;
        onPrice(market);
    }

    final void onTimer()
    {
        if (isEnded() || AlgoState.CANCELING == state)
        {
            return;
        }
        isRetrying = false;
        onDue();
    }

    /** One of its children changed. */
    final void onOrderChanged(final Order order)
    {
        final int index = childIds.lastIndexOf(order.orderId());
        final long fill = order.cumulativeQuantity() - childFills.getLong(index);
        if (fill > 0)
        {
            childFills.setLong(index, order.cumulativeQuantity());
            onFill(fill, index);
        }
        final boolean isCurrent = order.orderId() == childId;
        if (isCurrent && !order.isOpen())
        {
            childId = 0;
            onCurrentEnded(order.status(), fill > 0);
        }
        else if (fill > 0 && !isEnded())
        {
            attempts = 0;
            takeBackExcess();
            host.changed(this);
        }
    }

    /** The market is not watched any more: what rests is taken back and sent anew when it is. */
    final void onFeedLost()
    {
        if (!isEnded() && AlgoState.CANCELING != state && 0 != childId)
        {
            isSuspended = true;
            withdraw();
        }
    }

    /** Ends it: at once, or when its child has ended. */
    final void cancel(final String why)
    {
        if (isEnded())
        {
            return;
        }
        reason = why;
        if (0 == childId)
        {
            end(AlgoState.CANCELED, why);
            return;
        }
        withdraw();
        if (AlgoState.CANCELING != state)
        {
            state = AlgoState.CANCELING;
            host.changed(this);
        }
    }

    // ------------------------------------------------------------------------------------------------- for kinds

    /** Sends a child for what is given, at most for what is left; on a refusal tries again later or fails. */
    final void send(final Side side, final long limitPrice, final long quantity)
    {
        if (0 != childId || isEnded() || AlgoState.CANCELING == state || quantity <= 0)
        {
            return;
        }
        final boolean isMarket = 0 == limitPrice;
        final long result = host.submit(this, side, isMarket ? OrderType.MARKET : OrderType.LIMIT,
            isMarket ? TimeInForce.IOC : TimeInForce.GTC, limitPrice, Math.min(quantity, remaining()));
        if (isEnded())
        {
            return;
        }
        if (result > 0)
        {
            childId = result;
            childIds.addLong(result);
            childFills.addLong(0);
            state = AlgoState.WORKING;
            reason = "";
            host.changed(this);
        }
        else
        {
            onRefused(RejectReason.byCode(result));
        }
    }

    /** Takes the open child back; {@link #onChildEnded} follows. */
    final void cancelChild()
    {
        if (0 != childId)
        {
            withdraw();
        }
    }

    final void filled(final long quantity)
    {
        filledQuantity += quantity;
    }

    final int childCount()
    {
        return childIds.size();
    }

    final boolean hasChild()
    {
        return 0 != childId;
    }

    final boolean isRetrying()
    {
        return isRetrying;
    }

    final void waiting()
    {
        if (AlgoState.WAITING != state)
        {
            state = AlgoState.WAITING;
            host.changed(this);
        }
    }

    final void retryLater()
    {
        if (++attempts >= MAX_ATTEMPTS)
        {
            fail("gave up after " + MAX_ATTEMPTS + " attempts" + (reason.isEmpty() ? "" : ": " + reason));
            return;
        }
        isRetrying = true;
        host.wakeAt(this, host.timeNs() + RETRY_NS);
        waiting();
    }

    final void fail(final String why)
    {
        end(AlgoState.FAILED, why);
    }

    final void end(final AlgoState finalState, final String why)
    {
        state = finalState;
        reason = why;
        host.ended(this);
    }

    final Instrument instrument()
    {
        return host.market(terms.instrumentId()).instrument();
    }

    /** Too little for an order of its own. */
    final boolean isTooSmall(final long quantity, final long price)
    {
        final Instrument instrument = instrument();
        return quantity < Math.max(1, instrument.minQuantity()) ||
            Money.notionalSaturated(instrument, price, quantity) < instrument.minNotional();
    }

    /** The price at which an order of a side would execute now, or the last trade. */
    static long exitPrice(final Market market, final Side side)
    {
        final long best = Side.SELL == side ? market.bestBid() : market.bestAsk();
        return Market.NO_PRICE == best ? market.lastTradePrice() : best;
    }

    /** Has the price fallen to a sell's trigger, or risen to a buy's? */
    static boolean isStopReached(final Side side, final long price, final long triggerPrice)
    {
        return price > 0 && (Side.SELL == side ? price <= triggerPrice : price >= triggerPrice);
    }

    // -------------------------------------------------------------------------------------------------- private

    private void onCurrentEnded(final OrderStatus status, final boolean isFilled)
    {
        if (isEnded())
        {
            return;
        }
        final boolean wasWithdrawn = isWithdrawing;
        isWithdrawing = false;
        if (isFilled)
        {
            attempts = 0;
        }
        if (AlgoState.CANCELING == state)
        {
            end(isWhole() ? AlgoState.DONE : AlgoState.CANCELED, isWhole() ? "" : reason);
        }
        else if (remaining() <= 0)
        {
            onComplete();
        }
        else if (isSuspended)
        {
            waiting();
        }
        else
        {
            onChildEnded(status, wasWithdrawn);
        }
    }

    private void takeBackExcess()
    {
        if (0 != childId && host.openQuantity(childId) > remaining())
        {
            withdraw();
        }
    }

    private void withdraw()
    {
        isWithdrawing = true;
        host.cancel(childId);
    }

    private void onRefused(final RejectReason refusal)
    {
        reason = refusal.text();
        if (refusal.isLasting())
        {
            fail(reason);
        }
        else
        {
            retryLater();
        }
    }

    // ----------------------------------------------------------------------------------------------------- view

    @Override
    public final long algoId()
    {
        return algoId;
    }

    @Override
    public final int botId()
    {
        return botId;
    }

    @Override
    public final int accountId()
    {
        return accountId;
    }

    @Override
    public final int instrumentId()
    {
        return terms.instrumentId();
    }

    @Override
    public final AlgoKind kind()
    {
        return terms.kind();
    }

    @Override
    public final AlgoState state()
    {
        return state;
    }

    @Override
    public final Side side()
    {
        return terms.side();
    }

    @Override
    public final long quantity()
    {
        return terms.quantity();
    }

    @Override
    public final long filledQuantity()
    {
        return filledQuantity;
    }

    @Override
    public long triggerPrice()
    {
        return terms.triggerPrice();
    }

    @Override
    public final long limitPrice()
    {
        return terms.limitPrice();
    }

    @Override
    public final long childOrderId()
    {
        return childId;
    }

    @Override
    public final String reason()
    {
        return reason;
    }

    final LongArrayList childIds()
    {
        return childIds;
    }

    final void describe(final StateWriter out)
    {
        out.begin("algo", algoId);
        out.field("slot", slot);
        out.field("bot", botId);
        out.field("account", accountId);
        out.field("instrument", terms.instrumentId());
        out.field("kind", terms.kind().name());
        out.field("side", terms.side().name());
        out.field("quantity", terms.quantity());
        out.field("limitPrice", terms.limitPrice());
        out.field("triggerPrice", triggerPrice());
        out.field("takeProfitPrice", terms.takeProfitPrice());
        out.field("trail", terms.trail());
        out.field("trailBps", terms.trailBps());
        out.field("displayQuantity", terms.displayQuantity());
        out.field("slices", terms.slices());
        out.field("durationNs", terms.durationNs());
        out.field("state", state.name());
        out.field("reason", reason);
        out.field("filledQuantity", filledQuantity);
        out.field("child", childId);
        out.field("attempts", attempts);
        out.field("isSuspended", isSuspended);
        out.field("isWithdrawing", isWithdrawing);
        out.field("isRetrying", isRetrying);
        for (int i = 0; i < childIds.size(); i++)
        {
            out.field("childId", childIds.getLong(i));
            out.field("childFilled", childFills.getLong(i));
        }
        describeKind(out);
        out.end();
    }
}
