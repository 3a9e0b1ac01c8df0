package org.lockstep.engine.strategy;

import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.bar.Bars;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.AlgoView;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.position.PositionView;

/**
 * All a strategy can see and do. Valid during the callback it is handed to. Nothing here blocks; nothing allocates,
 * {@code signal} with text beyond ASCII excepted.
 */
public interface StrategyContext
{
    /** @return engine time, epoch ns; stands still during a callback and never goes back. */
    long timeNs();

    /** @return dense id of this bot. */
    int botId();

    /** @return how many instruments this bot trades, from 1. */
    int instrumentCount();

    /**
     * An instrument of this bot.
     *
     * @param index [0, instrumentCount), in the order of its {@code symbols}.
     * @return as last defined.
     */
    Instrument instrument(int index);

    /**
     * Book of an instrument.
     *
     * @param instrumentId dense id of any defined instrument.
     * @return the engine's, read only; look at {@link OrderBook#isReady()}.
     */
    OrderBook book(int instrumentId);

    /**
     * Best bid and ask of an instrument.
     *
     * @param instrumentId dense id of any defined instrument.
     * @return the engine's, read only; look at {@link TopOfBook#isKnown()}.
     */
    TopOfBook top(int instrumentId);

    /**
     * Bars of an instrument.
     *
     * @param instrumentId dense id of any defined instrument.
     * @return the engine's, read only.
     */
    Bars bars(int instrumentId);

    /**
     * Middle of the market, else the last trade.
     *
     * @param instrumentId dense id of any defined instrument.
     * @return mantissa rounded down, 0 = none.
     */
    long referencePrice(int instrumentId);

    /**
     * This bot's position.
     *
     * @param instrumentId dense id.
     * @return the position, flat when it never traded.
     */
    PositionView position(int instrumentId);

    /** @return this bot's orders that have not ended. */
    int openOrderCount();

    /**
     * Finds an order of this bot, open or recently ended.
     *
     * @param orderId as submitted.
     * @return the order, valid during the callback, or null.
     */
    OrderView order(long orderId);

    /**
     * Sends an order, if risk lets it pass.
     *
     * @param instrumentId one of the bot's.
     * @param side         buy or sell.
     * @param orderType    type.
     * @param timeInForce  how long.
     * @param price        mantissa, a multiple of the tick; 0 for a market order.
     * @param quantity     mantissa, a multiple of the lot.
     * @return order id, positive; or the negative code of a reject reason.
     */
    long submit(
        int instrumentId, Side side, OrderType orderType, TimeInForce timeInForce, long price, long quantity);

    /**
     * Sends an order that its venue keeps until a trigger, if risk lets it pass: STOP_LOSS or TAKE_PROFIT become
     * market orders, the _LIMIT types limit orders. A stop of a buy triggers at or above its price, of a sell at or
     * below; a take-profit the other way round.
     *
     * @param instrumentId one of the bot's.
     * @param side         buy or sell.
     * @param orderType    one of the four stop types.
     * @param timeInForce  GTC for those without limit.
     * @param price        mantissa, a multiple of the tick; 0 for those without limit.
     * @param stopPrice    trigger, mantissa, a positive multiple of the tick.
     * @param quantity     mantissa, a multiple of the lot.
     * @return order id, positive; or the negative code of a reject reason.
     */
    long submitStop(
        int instrumentId,
        Side side,
        OrderType orderType,
        TimeInForce timeInForce,
        long price,
        long stopPrice,
        long quantity);

    /**
     * Sends a native one-cancels-the-other pair: a limit order that only makes, and a stop order. Open quantity counts
     * both until one has ended.
     *
     * @param instrumentId   one of the bot's.
     * @param side           buy or sell, of both.
     * @param price          of the limit order, mantissa.
     * @param stopPrice      trigger of the stop order, mantissa.
     * @param stopLimitPrice limit of the stop order, mantissa; 0 = it becomes a market order.
     * @param quantity       of each, mantissa.
     * @return order id of the limit order, positive, that of the stop order is the next; or the negative code of a
     *     reject reason.
     */
    long submitPair(int instrumentId, Side side, long price, long stopPrice, long stopLimitPrice, long quantity);

    /**
     * Sends a limit order that stays until it is cancelled.
     *
     * @param instrumentId one of the bot's.
     * @param side         buy or sell.
     * @param price        mantissa, a multiple of the tick.
     * @param quantity     mantissa, a multiple of the lot.
     * @return order id, positive; or the negative code of a reject reason.
     */
    default long submitLimit(final int instrumentId, final Side side, final long price, final long quantity)
    {
        return submit(instrumentId, side, OrderType.LIMIT, TimeInForce.GTC, price, quantity);
    }

    /**
     * Sends a limit order that is refused by the venue if it would take liquidity.
     *
     * @param instrumentId one of the bot's.
     * @param side         buy or sell.
     * @param price        mantissa, a multiple of the tick.
     * @param quantity     mantissa, a multiple of the lot.
     * @return order id, positive; or the negative code of a reject reason.
     */
    default long submitMaker(final int instrumentId, final Side side, final long price, final long quantity)
    {
        return submit(instrumentId, side, OrderType.LIMIT_MAKER, TimeInForce.GTC, price, quantity);
    }

    /**
     * Sends a market order.
     *
     * @param instrumentId one of the bot's.
     * @param side         buy or sell.
     * @param quantity     mantissa, a multiple of the lot.
     * @return order id, positive; or the negative code of a reject reason.
     */
    default long submitMarket(final int instrumentId, final Side side, final long quantity)
    {
        return submit(instrumentId, side, OrderType.MARKET, TimeInForce.IOC, 0, quantity);
    }

    /**
     * Hands in an order of a kind that the engine emulates: stop, trailing stop, bracket, TWAP and others. It ends with
     * the bot: stopping, pausing, failing and kill switches take it back.
     *
     * @param order what it shall do; copied, so it may be reused.
     * @return its id, positive; or the negative code of a reject reason.
     */
    long submitAlgo(AlgoOrder order);

    /**
     * Finds an emulated order of this bot that has not ended.
     *
     * @param algoId as {@link #submitAlgo} returned it.
     * @return it, valid during the callback, or null.
     */
    AlgoView algo(long algoId);

    /**
     * Asks for an order to be taken back; the answer comes to {@code onOrderUpdate}.
     *
     * @param orderId an order of this bot, or an emulated one: then its child is taken back and no other follows.
     * @return 0, or the negative code of a reject reason.
     */
    int cancel(long orderId);

    /**
     * Asks for a working order to be changed; the answer comes to {@code onOrderUpdate}.
     *
     * @param orderId  an order of this bot.
     * @param price    wanted, mantissa.
     * @param quantity wanted whole quantity (what was executed included), mantissa.
     * @return 0, or the negative code of a reject reason.
     */
    int replace(long orderId, long price, long quantity);

    /** Asks for every open order of this bot, emulated ones included, to be taken back. */
    void cancelAll();

    /**
     * Sets a timer that fires once.
     *
     * @param delayNs from now, from 1.
     * @return timer id, positive; or the negative code of a reject reason.
     */
    long setTimer(long delayNs);

    /**
     * Takes a timer back.
     *
     * @param timerId as set.
     * @return false when it had fired or was not this bot's.
     */
    boolean cancelTimer(long timerId);

    /**
     * Publishes what was seen and decided.
     *
     * @param instrumentId about what, or -1.
     * @param name         of the signal, ASCII and constant.
     * @param valueE8      a figure of the strategy's own, 8 decimals.
     * @param side         what it decided, or {@link Side#NULL_VAL}.
     */
    void signal(int instrumentId, String name, long valueE8, Side side);
}
