package org.lockstep.gateway.venue.binance.orderentry;

import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * One message of the WebSocket API, taken apart where it lies: a reply with its status, result or error and the usage
 * of the limits, or an event. The answers of REST are brought into the same form. Valid only while its bytes are.
 * Threading: the session's loop. Allocation: none, but in {@link #errorText()}.
 */
final class ApiMessage
{
    /** Status of a message that is an event. */
    static final int EVENT = 0;

    private static final int ID = ObjectFields.NAMED;
    private static final int STATUS = ID + 1;
    private static final int RESULT = ID + 2;
    private static final int ERROR = ID + 3;
    private static final int RATE_LIMITS = ID + 4;
    private static final int EVENT_KEY = ID + 5;

    private static final int CODE = ObjectFields.NAMED;
    private static final int MSG = CODE + 1;
    private static final int DATA = CODE + 2;

    private static final int RETRY_AFTER = ObjectFields.NAMED;

    private static final int TYPE = ObjectFields.NAMED;
    private static final int INTERVAL = TYPE + 1;
    private static final int COUNT = TYPE + 2;
    private static final byte[] ORDERS = ascii("ORDERS");
    private static final byte[] REQUEST_WEIGHT = ascii("REQUEST_WEIGHT");
    private static final byte[] SECOND = ascii("SECOND");
    private static final byte[] DAY = ascii("DAY");

    private final ObjectFields top = new ObjectFields("id", "status", "result", "error", "rateLimits", "event");
    private final ObjectFields error = new ObjectFields("code", "msg", "data");
    private final ObjectFields data = new ObjectFields("retryAfter");
    private final ObjectFields limit = new ObjectFields("rateLimitType", "interval", "count");
    private final JsonCursor cursor = new JsonCursor();

    private DirectBuffer buffer;
    private int status;
    private int resultOffset;
    private int resultLength;
    private boolean isRest;
    private boolean hasError;
    private long usedWeight;
    private long ordersIn10s;
    private long ordersInDay;

    /** Takes a message apart; @return false when it is malformed. */
    boolean read(final DirectBuffer newBuffer, final int offset, final int length)
    {
        buffer = newBuffer;
        isRest = false;
        cursor.wrap(newBuffer, offset, length);
        if (!top.read(cursor) || -1 != cursor.peek())
        {
            return false;
        }
        readLimits();
        if (top.has(EVENT_KEY))
        {
            status = EVENT;
            return true;
        }
        status = (int)top.number(STATUS, -1);
        resultOffset = top.offset(RESULT);
        resultLength = top.length(RESULT);
        hasError = top.has(ERROR);
        return status > 0 && (!hasError || error.read(top.at(cursor, ERROR)));
    }

    /** Takes the answer of a REST request. An error that is no JSON, such as a proxy's page, has no code. */
    void readRest(final int httpStatus, final DirectBuffer newBuffer, final int length)
    {
        buffer = newBuffer;
        isRest = true;
        status = httpStatus;
        resultOffset = 0;
        resultLength = length;
        usedWeight = -1;
        ordersIn10s = -1;
        ordersInDay = -1;
        hasError = httpStatus < 200 || httpStatus >= 300;
        cursor.wrap(newBuffer, 0, length);
        error.clear();
        if (hasError && !error.read(cursor))
        {
            error.clear();
        }
    }

    boolean isEvent()
    {
        return EVENT == status;
    }

    /** @return the id, or -1 when there is none: then the whole session is meant. */
    long id()
    {
        return isRest ? -1 : top.number(ID, -1);
    }

    int status()
    {
        return status;
    }

    boolean isSuccess()
    {
        return status >= 200 && status < 300 && !hasError;
    }

    /** @return the venue's negative code, 0 when there is none. */
    int code()
    {
        return hasError ? (int)error.number(CODE, 0) : 0;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    /** Points a cursor at the result; @return it. */
    JsonCursor result(final JsonCursor target)
    {
        target.wrap(buffer, resultOffset, resultLength);
        return target;
    }

    /** Points a cursor at what an error carries, which may be nothing; @return it. */
    JsonCursor errorData(final JsonCursor target)
    {
        target.wrap(buffer, error.offset(DATA), hasError ? error.length(DATA) : 0);
        return target;
    }

    /** Points a cursor at the event; @return it. */
    JsonCursor event(final JsonCursor target)
    {
        return top.at(target, EVENT_KEY);
    }

    int reasonOffset()
    {
        return hasError ? error.offset(MSG) : 0;
    }

    int reasonLength()
    {
        return hasError ? error.length(MSG) : 0;
    }

    /** Allocates. */
    String errorText()
    {
        return hasError ? code() + " " + error.text(MSG) : "status " + status;
    }

    /** @return when the venue wants to be asked again, epoch ns, 0 = not said. */
    long retryAfterNs()
    {
        return hasError && error.has(DATA) && data.read(error.at(cursor, DATA)) ? data.timeNs(RETRY_AFTER) : 0;
    }

    /** @return request weight of the minute, -1 = not said. */
    long usedWeight()
    {
        return usedWeight;
    }

    /** @return unfilled orders of the ten seconds, -1 = not said. */
    long ordersIn10s()
    {
        return ordersIn10s;
    }

    /** @return unfilled orders of the day, -1 = not said. */
    long ordersInDay()
    {
        return ordersInDay;
    }

    private void readLimits()
    {
        usedWeight = -1;
        ordersIn10s = -1;
        ordersInDay = -1;
        if (!top.has(RATE_LIMITS) || !top.at(cursor, RATE_LIMITS).accept('['))
        {
            return;
        }
        while (limit.read(cursor))
        {
            final long count = limit.number(COUNT, -1);
            if (limit.is(TYPE, REQUEST_WEIGHT))
            {
                usedWeight = count;
            }
            else if (limit.is(TYPE, ORDERS))
            {
                ordersIn10s = limit.is(INTERVAL, SECOND) ? count : ordersIn10s;
                ordersInDay = limit.is(INTERVAL, DAY) ? count : ordersInDay;
            }
            if (!cursor.accept(','))
            {
                return;
            }
        }
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
