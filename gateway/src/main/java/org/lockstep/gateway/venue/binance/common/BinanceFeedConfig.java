package org.lockstep.gateway.venue.binance.common;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.lockstep.engine.event.codec.BarInterval;

/**
 * Configuration of a Binance feed; {@link #of} gives the defaults, {@link #with} changes times and limits.
 *
 * @param endpoints    where the venue is.
 * @param symbols      instruments from the start, upper case, distinct; may be empty.
 * @param streams      what is subscribed per instrument, from one.
 * @param barIntervals which bars, if bars are subscribed.
 * @param limits       sizes and budgets.
 * @param times        time-outs and intervals.
 * @param linesPerInstrument connections that carry each instrument at once, 1 or 2; of two, the first arrival wins.
 */
public record BinanceFeedConfig(
    BinanceEndpoints endpoints,
    List<String> symbols,
    Set<StreamKind> streams,
    Set<BarInterval> barIntervals,
    Limits limits,
    Times times,
    int linesPerInstrument)
{
    /** Streams one connection may carry, by Binance's rule. */
    public static final int MAX_STREAMS_PER_CONNECTION = 1024;

    /** Copies and checks. */
    public BinanceFeedConfig
    {
        symbols = List.copyOf(symbols);
        if (streams.isEmpty())
        {
            throw new IllegalArgumentException("streams must name at least one of quote, trade, book, bar, ticker");
        }
        for (final String symbol : symbols)
        {
            if (symbol.isBlank() || symbol.length() > 40 || symbol.matches(".*[\\s@/\"\\\\a-z].*"))
            {
                throw new IllegalArgumentException(
                    "symbol must be the venue's own in upper case, such as BTCUSDT, found '" + symbol + "'");
            }
        }
        if (symbols.size() != Set.copyOf(symbols).size())
        {
            throw new IllegalArgumentException("symbols must be distinct, found " + symbols);
        }
        streams = Set.copyOf(streams);
        barIntervals = Set.copyOf(barIntervals);
        if (streams.contains(StreamKind.BAR) && barIntervals.isEmpty())
        {
            throw new IllegalArgumentException("bars need at least one interval of M1, M5, M15, H1, D1");
        }
        check("linesPerInstrument", linesPerInstrument, 1, 2);
    }

    /**
     * All streams of some instruments, with one-minute bars and the default limits and times.
     *
     * @param endpoints where the venue is.
     * @param symbols   instruments, upper case.
     * @return the configuration.
     */
    public static BinanceFeedConfig of(final BinanceEndpoints endpoints, final List<String> symbols)
    {
        return new BinanceFeedConfig(endpoints, symbols, EnumSet.allOf(StreamKind.class), EnumSet.of(BarInterval.M1),
            Limits.defaults(), Times.defaults(), 1);
    }

    /**
     * Changes which streams are subscribed.
     *
     * @param newStreams from one.
     * @return the changed copy.
     */
    public BinanceFeedConfig with(final Set<StreamKind> newStreams)
    {
        return new BinanceFeedConfig(endpoints, symbols, newStreams, barIntervals, limits, times, linesPerInstrument);
    }

    /**
     * Changes limits and times.
     *
     * @param newLimits sizes and budgets.
     * @param newTimes  time-outs and intervals.
     * @return the changed copy.
     */
    public BinanceFeedConfig with(final Limits newLimits, final Times newTimes)
    {
        return new BinanceFeedConfig(
            endpoints, symbols, streams, barIntervals, newLimits, newTimes, linesPerInstrument);
    }

    /**
     * Changes how many connections carry each instrument at once.
     *
     * @param newLines 1 or 2.
     * @return the changed copy.
     */
    public BinanceFeedConfig withLines(final int newLines)
    {
        return new BinanceFeedConfig(endpoints, symbols, streams, barIntervals, limits, times, newLines);
    }

    /** @return streams each instrument takes. */
    public int streamsPerInstrument()
    {
        return streams.size() + (streams.contains(StreamKind.BAR) ? barIntervals.size() - 1 : 0);
    }

    /**
     * Sizes and budgets.
     *
     * @param streamsPerConnection  [10, 1024].
     * @param streamsPerRequest     names in one SUBSCRIBE, [1, 200].
     * @param snapshotLevels        depth of a book snapshot per side: 5 to 5000.
     * @param pollLevels            depth of a polled snapshot per side: 5 to 5000.
     * @param weightPerMinute       own ceiling on REST weight, from 100; the venue allows 6000 per address.
     * @param connectsPer5Minutes   own ceiling on connection attempts, [1, 300].
     * @param concurrentSnapshots   books that sync at the same time, [1, 64]; each holds a buffer.
     * @param syncBufferLevels      book levels such a buffer holds, from 1000.
     */
    public record Limits(
        int streamsPerConnection,
        int streamsPerRequest,
        int snapshotLevels,
        int pollLevels,
        int weightPerMinute,
        int connectsPer5Minutes,
        int concurrentSnapshots,
        int syncBufferLevels)
    {
        /** Checks every range. */
        public Limits
        {
            check("streamsPerConnection", streamsPerConnection, 1, MAX_STREAMS_PER_CONNECTION);
            check("streamsPerRequest", streamsPerRequest, 1, 200);
            check("snapshotLevels", snapshotLevels, 5, 5000);
            check("pollLevels", pollLevels, 5, 5000);
            check("weightPerMinute", weightPerMinute, 100, 1_000_000);
            check("connectsPer5Minutes", connectsPer5Minutes, 1, 300);
            check("concurrentSnapshots", concurrentSnapshots, 1, 64);
            check("syncBufferLevels", syncBufferLevels, 1000, 4_000_000);
        }

        /** @return half of what the venue allows, where it states a limit. */
        public static Limits defaults()
        {
            return new Limits(1000, 100, 1000, 100, 3000, 150, 4, 65_536);
        }
    }

    /**
     * Time-outs and intervals, in milliseconds.
     *
     * @param dutyCycleMs           between two rounds of housekeeping.
     * @param connectTimeoutMs      to a TCP connection.
     * @param idleTimeoutMs         without a byte before a connection is given up; the venue pings every 20 s.
     * @param ackTimeoutMs          for a subscription to be confirmed.
     * @param backoffMinMs          first delay of a reconnect.
     * @param backoffMaxMs          longest delay of a reconnect.
     * @param staleAfterMs          without an event before an instrument, or a connection, counts as stale.
     * @param pollAfterMs           without a connection before polling begins.
     * @param pollIntervalMs        between two polls of an instrument.
     * @param plannedReconnectMs    age at which a connection is replaced; the venue cuts at 24 h.
     * @param overlapMs             how long old and new connection run side by side.
     * @param snapshotIntervalMs    between two snapshot requests.
     * @param snapshotRetryMs       before a snapshot that was too old is asked for again.
     * @param requestTimeoutMs      for a REST response.
     * @param timeSyncIntervalMs    between two measurements of the venue's clock.
     * @param instrumentReloadMs    between two loads of the instruments.
     */
    public record Times(
        long dutyCycleMs,
        int connectTimeoutMs,
        long idleTimeoutMs,
        long ackTimeoutMs,
        long backoffMinMs,
        long backoffMaxMs,
        long staleAfterMs,
        long pollAfterMs,
        long pollIntervalMs,
        long plannedReconnectMs,
        long overlapMs,
        long snapshotIntervalMs,
        long snapshotRetryMs,
        int requestTimeoutMs,
        long timeSyncIntervalMs,
        long instrumentReloadMs)
    {
        private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

        /** Checks every range. */
        public Times
        {
            check("dutyCycleMs", dutyCycleMs, 1, 1000);
            check("connectTimeoutMs", connectTimeoutMs, 1, 60_000);
            check("idleTimeoutMs", idleTimeoutMs, 100, 600_000);
            check("ackTimeoutMs", ackTimeoutMs, 10, 600_000);
            check("backoffMinMs", backoffMinMs, 1, 60_000);
            check("backoffMaxMs", backoffMaxMs, backoffMinMs, 600_000);
            check("staleAfterMs", staleAfterMs, 10, DAY_MS);
            check("pollAfterMs", pollAfterMs, 0, DAY_MS);
            check("pollIntervalMs", pollIntervalMs, 10, DAY_MS);
            check("plannedReconnectMs", plannedReconnectMs, 100, DAY_MS);
            check("overlapMs", overlapMs, 1, 600_000);
            check("snapshotIntervalMs", snapshotIntervalMs, 1, 60_000);
            check("snapshotRetryMs", snapshotRetryMs, 1, 60_000);
            check("requestTimeoutMs", requestTimeoutMs, 10, 600_000);
            check("timeSyncIntervalMs", timeSyncIntervalMs, 10, DAY_MS);
            check("instrumentReloadMs", instrumentReloadMs, 1000, 7 * DAY_MS);
        }

        /** @return what suits the live venue. */
        public static Times defaults()
        {
            return new Times(
                20, 10_000, 60_000, 15_000, 1000, 60_000, 30_000, 2000, 2000, TimeUnit.HOURS.toMillis(23), 5000, 100,
                1000, 10_000, 60_000, DAY_MS);
        }
    }

    private static void check(final String name, final long value, final long min, final long max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(name + " must be in [" + min + ", " + max + "], found " + value);
        }
    }
}
