package org.lockstep.tools.backtest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Times as files and people write them: seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart
 * by their size, or ISO 8601; what names no zone is UTC. Stateless: any thread.
 */
final class BarTimes
{
    /** What is allowed, for errors. */
    static final String ALLOWED =
        "seconds, ms, µs or ns since 1970, or ISO 8601 such as 2024-01-31, 2024-01-31 09:30 or 2024-01-31T09:30:00Z";

    /** No time. */
    static final long NONE = Long.MIN_VALUE;

    private static final int MAX_DIGITS = 19;
    private static final long LEAST_MILLIS = 100_000_000_000L;
    private static final long LEAST_MICROS = 100_000_000_000_000L;
    private static final long LEAST_NANOS = 100_000_000_000_000_000L;

    private BarTimes()
    {
    }

    /** Epoch ns, or {@link #NONE} when it is no time that fits. */
    static long parseNs(final String text)
    {
        try
        {
            if (isNumber(text))
            {
                // What pandas writes of whole numbers beside missing ones.
                return epochNs(Long.parseLong(text.endsWith(".0") ? text.substring(0, text.length() - 2) : text));
            }
            final Instant instant = instant(text.trim().replace(' ', 'T').replace("TUTC", "Z"));
            return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        }
        catch (final DateTimeException | ArithmeticException | NumberFormatException ex)
        {
            return NONE;
        }
    }

    /** Whether a text is a number rather than a name or a date. */
    static boolean isNumber(final String text)
    {
        final int end = text.endsWith(".0") ? text.length() - 2 : text.length();
        for (int i = 0; i < end; i++)
        {
            if (text.charAt(i) < '0' || text.charAt(i) > '9')
            {
                return false;
            }
        }
        return end > 0 && end <= MAX_DIGITS;
    }

    /** Epoch ns as people read it. */
    static String text(final long timeNs)
    {
        return Instant.ofEpochSecond(
            Math.floorDiv(timeNs, 1_000_000_000L), Math.floorMod(timeNs, 1_000_000_000L)).toString();
    }

    private static long epochNs(final long number)
    {
        if (number >= LEAST_NANOS)
        {
            return number;
        }
        if (number >= LEAST_MICROS)
        {
            return TimeUnit.MICROSECONDS.toNanos(number);
        }
        final TimeUnit unit = number >= LEAST_MILLIS ? TimeUnit.MILLISECONDS : TimeUnit.SECONDS;
        final long timeNs = unit.toNanos(number);
        return Long.MAX_VALUE == timeNs ? NONE : timeNs;
    }

    private static Instant instant(final String text)
    {
        if (text.indexOf('T') < 0)
        {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        final String time = text.substring(text.indexOf('T'));
        return time.endsWith("Z") || time.indexOf('+') > 0 || time.indexOf('-') > 0 ?
            OffsetDateTime.parse(text.replaceFirst("([+-]\\d{2})(\\d{2})?$", "$1:$2").replaceFirst(":$", ":00"))
                .toInstant() :
            LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
