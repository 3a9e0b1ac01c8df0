package org.lockstep.engine.strategy;

import org.lockstep.engine.bar.Bar;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.state.StateWriter;

/**
 * A trading strategy: a deterministic reaction to events, called by the engine thread, one callback at a time.
 * <p>
 * What holds in every callback:
 * <ul>
 * <li>Same events, same decisions: no clock but {@link StrategyContext#timeNs()}, no random source of its own, no
 * threads, files or sockets, no decision from the iteration order of a hash map.</li>
 * <li>No blocking and nothing slow: all bots wait meanwhile. On market data callbacks allocate nothing once warm.</li>
 * <li>Act through the {@link StrategyContext} given and through nothing else; keep neither it, nor books, bars, orders,
 * beyond the callback. Keep ids and numbers.</li>
 * <li>Look at what {@code submit}, {@code cancel} and {@code replace} return: a negative code is a refusal, see
 * {@link org.lockstep.engine.risk.RejectReason}.</li>
 * <li>An exception, an {@link AssertionError} or a {@link LinkageError} fails this bot: its orders are cancelled, an
 * alert goes out, other bots go on. All three follow from the events and the code, so a replay meets them again. A
 * {@link VirtualMachineError} (memory or stack ran out) does not: it halts the engine before anything else is
 * decided.</li>
 * </ul>
 * A strategy is called only while its bot is running, except {@link #onOrderUpdate}, which also comes afterwards for
 * orders that were still open, and {@link #onStop}.
 */
public interface Strategy
{
    /**
     * The bot starts or resumes. Instruments are defined; there may be no market data and there may be a position from
     * before. Allowed: everything, orders included (which risk refuses while market data is missing or stale). Called
     * again after a stop and after a pause.
     *
     * @param context to act through.
     */
    void onStart(StrategyContext context);

    /**
     * Best bid and ask changed. Not allowed: allocating, blocking.
     *
     * @param instrumentId dense id, one of the bot's.
     * @param top          best bid and ask, the engine's; one side may be empty, see {@link TopOfBook#isKnown()}.
     * @param context      to act through.
     */
    default void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
    }

    /**
     * A public trade. Not allowed: allocating, blocking.
     *
     * @param instrumentId dense id, one of the bot's.
     * @param price        mantissa at the instrument's price scale.
     * @param quantity     mantissa at the instrument's quantity scale.
     * @param aggressor    side of the taker.
     * @param context      to act through.
     */
    default void onTrade(
        final int instrumentId,
        final long price,
        final long quantity,
        final Side aggressor,
        final StrategyContext context)
    {
    }

    /**
     * The book changed; called at the end of a delta or snapshot, never in the middle, and only while the book is
     * ready. Not allowed: allocating, blocking.
     *
     * @param instrumentId dense id, one of the bot's.
     * @param book         the engine's, read only.
     * @param context      to act through.
     */
    default void onBook(final int instrumentId, final OrderBook book, final StrategyContext context)
    {
    }

    /**
     * A bar closed; it will not change any more, and nothing later than its close is in it. Of a bar of the past this
     * is the only callback: there are no quotes or trades to tell of, and the market is at its close.
     *
     * @param instrumentId dense id, one of the bot's.
     * @param bar          closed bar of any interval, see {@link Bar#interval()}.
     * @param context      to act through.
     */
    default void onBar(final int instrumentId, final Bar bar, final StrategyContext context)
    {
    }

    /**
     * The feed of an instrument changed its state. When it is lost (GAP, STALE, RECONNECTING, STOPPED) the engine has
     * already asked for this bot's resting orders in the instrument to be taken back, unless the bot is defined with
     * {@code onFeedLoss: keep}; what they were for is this strategy's to lay out again when the market is back.
     *
     * @param instrumentId dense id, one of the bot's.
     * @param state        of the feed from now on.
     * @param context      to act through; orders are refused while market data is stale.
     */
    default void onFeedStatus(final int instrumentId, final FeedState state, final StrategyContext context)
    {
    }

    /**
     * An order of this bot changed: acknowledged, executed in part or full, replaced, ended. Risk refusals do not come
     * here; {@code submit} has returned them. Also called while the bot stops or after it ended: then submitting is
     * refused. Cancels are never called back from inside {@code cancel}, so there is no recursion.
     *
     * @param order   as it is now, with its status; the engine's, valid during the call.
     * @param context to act through.
     */
    default void onOrderUpdate(final OrderView order, final StrategyContext context)
    {
    }

    /**
     * An emulated order of this bot changed its state or executed. Its children are orders of this bot and come to
     * {@link #onOrderUpdate} as well. What {@code submitAlgo} and {@code cancel} do at once is not called back.
     *
     * @param algo    as it is now; the engine's, valid during the call.
     * @param context to act through.
     */
    default void onAlgoUpdate(final AlgoView algo, final StrategyContext context)
    {
    }

    /**
     * A timer of this bot is due. It fires once, at the first event whose time reached the deadline, so
     * {@link StrategyContext#timeNs()} may be later than was asked for, by a lot after a restart.
     *
     * @param timerId as {@link StrategyContext#setTimer} returned it.
     * @param context to act through.
     */
    default void onTimer(final long timerId, final StrategyContext context)
    {
    }

    /**
     * The bot stops or pauses. Its open orders are cancelled and its timers dropped by the engine right after this.
     * Not allowed: new orders (they are refused).
     *
     * @param context to act through.
     */
    default void onStop(final StrategyContext context)
    {
    }

    /**
     * Describes all state that later decisions depend on, in a fixed order. What is missing here is missing from the
     * state hash, and a replay that differs would be noticed only by its orders.
     *
     * @param out receives the state.
     */
    void describe(StateWriter out);
}
