package org.lockstep.engine.risk;

import java.nio.charset.StandardCharsets;

/**
 * Why an order, cancel or replace was refused. Codes are grouped by area, part of the journal and never change:
 * 1xx the order itself, 2xx limits of the bot, from 250 of the account, 3xx market, 4xx identity and state, 5xx kill
 * switches, 6xx the machine, 7xx the paper venue. A strategy receives the negative code as its return value.
 */
public enum RejectReason
{
    /** Nothing is wrong. */
    NONE(0, ""),

    /** No such instrument. */
    UNKNOWN_INSTRUMENT(100, "instrument is not defined"),
    /** The instrument takes no orders now. */
    INSTRUMENT_NOT_TRADING(101, "instrument is not trading"),
    /** Limit price missing, negative, or given for a market order. */
    INVALID_PRICE(102, "price must be positive for a limit order and 0 for a market order"),
    /** Quantity not positive. */
    INVALID_QUANTITY(103, "quantity must be positive"),
    /** Price is no multiple of the tick. */
    PRICE_OFF_TICK(104, "price is not a multiple of the tick size"),
    /** Quantity is no multiple of the lot. */
    QUANTITY_OFF_LOT(105, "quantity is not a multiple of the lot size"),
    /** Less than the venue takes. */
    QUANTITY_BELOW_MINIMUM(106, "quantity is below the instrument's minimum"),
    /** More than the venue takes. */
    QUANTITY_ABOVE_MAXIMUM(107, "quantity is above the instrument's maximum"),
    /** Worth less than the venue takes. */
    NOTIONAL_BELOW_MINIMUM(108, "notional is below the instrument's minimum"),
    /** Combination of type and time in force that does not exist. */
    INVALID_ORDER_TYPE(109, "order type or time in force is not possible"),
    /** Worth more than arithmetic holds. */
    NOTIONAL_OUT_OF_RANGE(110, "notional or resulting position is out of the range of money"),
    /** A stop type without trigger price, one off the tick, or a trigger on another type. */
    INVALID_STOP_PRICE(111, "stop price must be a positive multiple of the tick for a stop type, and 0 for others"),
    /** Prices, slices, duration or distance of an emulated order. */
    INVALID_ALGO(120, "parameters of the emulated order do not fit together"),

    /** Quantity of one order. */
    MAX_ORDER_QUANTITY(200, "order quantity exceeds the bot's limit"),
    /** Notional of one order. */
    MAX_ORDER_NOTIONAL(201, "order notional exceeds the bot's limit"),
    /** Quantity of the position if all open orders on this side executed. */
    MAX_POSITION(202, "position including open orders would exceed the bot's limit"),
    /** Notional of that position. */
    MAX_EXPOSURE(203, "exposure including open orders would exceed the bot's limit"),
    /** Open orders. */
    MAX_OPEN_ORDERS(204, "open orders exceed the bot's limit"),
    /** Too far from the market. */
    PRICE_COLLAR(205, "price is too far from the market"),
    /** Orders per second. */
    ORDER_RATE(206, "order rate exceeds the bot's limit"),
    /** Lost too much today. */
    DAILY_LOSS(207, "daily loss reached the bot's limit"),
    /** Lost too much from the peak. */
    DRAWDOWN(208, "drawdown from peak reached the bot's limit"),
    /** Many times what it usually orders: a slip of the finger, or of a decimal point. */
    MAX_TYPICAL_MULTIPLE(209, "order quantity is too many times the bot's usual one"),

    /** As {@link #MAX_ORDER_QUANTITY}, of the account. */
    ACCOUNT_MAX_ORDER_QUANTITY(250, "order quantity exceeds the account's limit"),
    /** As {@link #MAX_ORDER_NOTIONAL}, of the account. */
    ACCOUNT_MAX_ORDER_NOTIONAL(251, "order notional exceeds the account's limit"),
    /** As {@link #MAX_POSITION}, of the account. */
    ACCOUNT_MAX_POSITION(252, "position including open orders would exceed the account's limit"),
    /** As {@link #MAX_EXPOSURE}, of the account. */
    ACCOUNT_MAX_EXPOSURE(253, "exposure including open orders would exceed the account's limit"),
    /** As {@link #MAX_OPEN_ORDERS}, of the account. */
    ACCOUNT_MAX_OPEN_ORDERS(254, "open orders exceed the account's limit"),
    /** As {@link #PRICE_COLLAR}, of the account. */
    ACCOUNT_PRICE_COLLAR(255, "price is too far from the market for the account"),
    /** As {@link #ORDER_RATE}, of the account. */
    ACCOUNT_ORDER_RATE(256, "order rate exceeds the account's limit"),
    /** As {@link #DAILY_LOSS}, of the account. */
    ACCOUNT_DAILY_LOSS(257, "daily loss reached the account's limit"),
    /** As {@link #DRAWDOWN}, of the account. */
    ACCOUNT_DRAWDOWN(258, "drawdown from peak reached the account's limit"),
    /** The money of a paper account does not carry it. */
    ACCOUNT_FUNDS(259, "positions and open orders with this one exceed what the account's funds carry"),
    /** A paper account sells what it does not have. */
    ACCOUNT_NO_SHORT(260, "account has less to sell and may not sell short"),
    /** As {@link #MAX_TYPICAL_MULTIPLE}, of the account. */
    ACCOUNT_MAX_TYPICAL_MULTIPLE(261, "order quantity is too many times the account's usual one"),
    /** It would execute against an open order of the same account. */
    SELF_TRADE(262, "order would trade with an open order of its own account"),

    /** Nothing heard of the instrument for too long, or its feed said so. */
    STALE_MARKET_DATA(300, "market data is stale"),
    /** Nothing to compare a price with. */
    NO_MARKET_PRICE(301, "there is no market price yet"),

    /** The client order id was used before. */
    DUPLICATE_ORDER_ID(400, "client order id was used before"),
    /** The bot is defined but not running. */
    BOT_NOT_RUNNING(401, "bot is not running"),
    /** No such bot. */
    UNKNOWN_BOT(402, "bot is not defined"),
    /** No such account. */
    UNKNOWN_ACCOUNT(403, "account is not defined"),
    /** No such order, or it ended long ago. */
    UNKNOWN_ORDER(404, "order is not known"),
    /** The order has ended. */
    ORDER_ENDED(405, "order has ended"),
    /** A cancel or replace is in flight already, or the order is not acknowledged yet. */
    ORDER_BUSY(406, "a request for the order is in flight"),
    /** The order belongs to another bot. */
    NOT_OWNER(407, "order belongs to another bot"),
    /** The bot did not name the instrument among its symbols. */
    NOT_SUBSCRIBED(408, "instrument is not among the bot's symbols"),
    /** More orders in one session than ids. */
    ORDER_IDS_EXHAUSTED(409, "no order ids are left in this session"),
    /** No SessionStarted yet. */
    NO_SESSION(410, "session has not started"),
    /** The session is stopping. */
    SESSION_STOPPING(411, "session is stopping"),
    /** The account is of another venue than the instrument. */
    WRONG_VENUE(412, "account and instrument belong to different venues"),
    /** Amounts of different assets cannot be added, nor held against one limit. */
    WRONG_ASSET(413, "instrument is quoted in another asset than the account's"),
    /** The private session of the account is not live, or not reconciled yet. */
    ACCOUNT_NOT_LIVE(414, "account's session with the venue is not live"),
    /** The order was replaced as often as its id allows. */
    REPLACE_LIMIT(415, "order was replaced too often; cancel it and send a new one"),
    /** Kill switch or protection are closing the bot's position; its own orders would get in the way. */
    POSITION_CLOSING(430, "position is being closed"),
    /** A closing order must bring a position nearer to zero. */
    NOT_REDUCING(431, "closing order does not reduce the position"),

    /** The switch of the whole process is on. */
    KILL_SWITCH(500, "kill switch is on"),
    /** The switch of the account is on. */
    ACCOUNT_KILL_SWITCH(501, "kill switch of the account is on"),
    /** The bot was killed. */
    BOT_KILLED(502, "bot is killed"),

    /** A check itself failed; nothing passes. */
    RISK_FAILURE(600, "a risk check failed; failing closed"),
    /** Too many open orders in the process. */
    ORDER_TABLE_FULL(601, "order table is full"),
    /** Too many timers, or a timer in the past. */
    TIMER_REFUSED(602, "too many timers or no positive delay"),
    /** Too many emulated orders in the process. */
    ALGO_TABLE_FULL(620, "there are too many emulated orders"),
    /** More requests than the session towards the venue takes; this one never left. */
    ORDER_PORT_FULL(603, "order port is full"),
    /** The venue's limits, or ours below them, leave no room; this one never left. */
    VENUE_BUDGET(604, "the venue's request or order limit leaves no room"),
    /** The session towards the venue could not send it; this one never left. */
    NOT_SENT(605, "could not be sent to the venue"),

    /** A limit-maker order would have taken liquidity. */
    POST_ONLY_WOULD_TAKE(700, "post-only order would take liquidity"),
    /** The new quantity is not more than what was executed. */
    REPLACE_TOO_LATE(701, "replaced quantity was executed already"),
    /** The last trade is at or beyond the stop price already. */
    STOP_WOULD_TRIGGER(702, "stop price would trigger at once"),
    /** A leg of a one-cancels-the-other pair can only be cancelled. */
    REPLACE_NOT_POSSIBLE(703, "an order of a list cannot be replaced");

    private final int code;
    private final String text;
    private final byte[] utf8;

    RejectReason(final int code, final String text)
    {
        this.code = code;
        this.text = text;
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    }

    /** @return stable code, not negative. */
    public int code()
    {
        return code;
    }

    /** @return one phrase for people. */
    public String text()
    {
        return text;
    }

    /** @return the phrase in UTF-8; shared, not to be changed. */
    public byte[] utf8()
    {
        return utf8;
    }

    /** @return true when trying the same again later would be refused again. */
    public boolean isLasting()
    {
        return switch (this)
        {
            case UNKNOWN_INSTRUMENT, INVALID_PRICE, INVALID_QUANTITY, PRICE_OFF_TICK, QUANTITY_OFF_LOT,
                QUANTITY_BELOW_MINIMUM, QUANTITY_ABOVE_MAXIMUM, NOTIONAL_BELOW_MINIMUM, INVALID_ORDER_TYPE,
                NOTIONAL_OUT_OF_RANGE, INVALID_ALGO, MAX_ORDER_QUANTITY, MAX_ORDER_NOTIONAL, MAX_TYPICAL_MULTIPLE,
                ACCOUNT_MAX_ORDER_QUANTITY, ACCOUNT_MAX_ORDER_NOTIONAL, ACCOUNT_MAX_TYPICAL_MULTIPLE,
                ACCOUNT_NO_SHORT, UNKNOWN_BOT, UNKNOWN_ACCOUNT, NOT_SUBSCRIBED, WRONG_VENUE, WRONG_ASSET,
                ORDER_IDS_EXHAUSTED, RISK_FAILURE -> true;
            default -> false;
        };
    }

    /**
     * Finds a reason; not for hot paths.
     *
     * @param code stable code; its negative, as strategies receive it, will do.
     * @return the reason, or null when there is none.
     */
    public static RejectReason byCode(final long code)
    {
        for (final RejectReason reason : values())
        {
            if (reason.code == Math.abs(code))
            {
                return reason;
            }
        }
        return null;
    }
}
