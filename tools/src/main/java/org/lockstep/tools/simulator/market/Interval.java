package org.lockstep.tools.simulator.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The lengths of bars. Immutable. */
public enum Interval
{
    /** One second. */
    S1("1s", 1_000L),
    /** One minute. */
    M1("1m", 60_000L),
    /** Three minutes. */
    M3("3m", 180_000L),
    /** Five minutes. */
    M5("5m", 300_000L),
    /** Fifteen minutes. */
    M15("15m", 900_000L),
    /** Thirty minutes. */
    M30("30m", 1_800_000L),
    /** One hour. */
    H1("1h", 3_600_000L),
    /** Two hours. */
    H2("2h", 7_200_000L),
    /** Four hours. */
    H4("4h", 14_400_000L),
    /** Six hours. */
    H6("6h", 21_600_000L),
    /** Eight hours. */
    H8("8h", 28_800_000L),
    /** Twelve hours. */
    H12("12h", 43_200_000L),
    /** One day. */
    D1("1d", 86_400_000L),
    /** Three days. */
    D3("3d", 259_200_000L),
    /** One week from Monday. */
    W1("1w", 604_800_000L),
    /** A calendar month. */
    MONTH("1M", -1);

    private static final Interval[] VALUES = values();
    private static final long MONDAY_MS = 4 * 86_400_000L;

    private final String code;
    private final long lengthMs;

    Interval(final String code, final long lengthMs)
    {
        this.code = code;
        this.lengthMs = lengthMs;
    }

    /** @return as it stands in requests, such as {@code 1m}. */
    public String code()
    {
        return code;
    }

    /**
     * Finds an interval.
     *
     * @param code such as {@code 1m}.
     * @return null when there is none.
     */
    public static Interval byCode(final String code)
    {
        for (final Interval interval : VALUES)
        {
            if (interval.code.equals(code))
            {
                return interval;
            }
        }
        return null;
    }

    /**
     * The start of the bar that holds a time.
     *
     * @param timeMs epoch milliseconds, UTC.
     * @return epoch milliseconds, at most {@code timeMs}.
     */
    public long openTimeMs(final long timeMs)
    {
        if (MONTH == this)
        {
            return date(timeMs).withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        final long offsetMs = W1 == this ? MONDAY_MS : 0;
        return Math.floorDiv(timeMs - offsetMs, lengthMs) * lengthMs + offsetMs;
    }

    /**
     * The start of the bar after one.
     *
     * @param openTimeMs start of a bar.
     * @return start of the next one.
     */
    public long nextOpenTimeMs(final long openTimeMs)
    {
        return MONTH == this ?
            date(openTimeMs).plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() :
            openTimeMs + lengthMs;
    }

    private static LocalDate date(final long timeMs)
    {
        return Instant.ofEpochMilli(timeMs).atZone(ZoneOffset.UTC).toLocalDate();
    }
}
