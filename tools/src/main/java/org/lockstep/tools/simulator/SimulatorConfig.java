package org.lockstep.tools.simulator;

import java.nio.file.Path;
import java.util.List;

/**
 * What a simulator does. Start from {@link #defaults()} and change what matters.
 *
 * @param port                port of REST and streams, 0 for a free one.
 * @param controlPort         port of the control interface, 0 for a free one.
 * @param symbolCount         symbols of a synthetic market, [1, 480]; not used when {@code symbols} names them.
 * @param symbols             symbols of a synthetic market by name, empty to take the first {@code symbolCount}.
 * @param eventsPerSecond     trades and best-price changes per second over all symbols, [1, 10_000_000].
 * @param seed                of the synthetic market: equal seeds give equal sequences of events.
 * @param epochMs             time at which the synthetic market starts, 0 for now.
 * @param source              recorded JSON lines to serve instead of a synthetic market (.gz is unpacked), or null.
 * @param speed               of the recorded source against its own time, {@link #MAX_SPEED} for as fast as possible;
 *                            a synthetic market's clock, and with it the exchange's, runs as many times as fast.
 * @param pingIntervalMs      between PING frames, from 1.
 * @param pongTimeoutMs       a connection whose PING stays unanswered for so long is closed, from 1.
 * @param lifetimeMs          after which a connection is closed, announced by {@code serverShutdown}, from 1.
 * @param shutdownNoticeMs    between that announcement and the close, from 0.
 * @param weightPerMinute     REST request weight allowed, from 1.
 * @param maxPendingBytes     unsent bytes at which a connection to a synthetic market is closed as too slow, from 64k.
 * @param trading             the private side.
 */
public record SimulatorConfig(
    int port,
    int controlPort,
    int symbolCount,
    List<String> symbols,
    int eventsPerSecond,
    long seed,
    long epochMs,
    Path source,
    double speed,
    long pingIntervalMs,
    long pongTimeoutMs,
    long lifetimeMs,
    long shutdownNoticeMs,
    int weightPerMinute,
    int maxPendingBytes,
    TradingConfig trading)
{
    /** As fast as the readers take it. */
    public static final double MAX_SPEED = Double.POSITIVE_INFINITY;

    /** Largest synthetic market. */
    public static final int MAX_SYMBOLS = 480;

    /** Checks every range. */
    public SimulatorConfig
    {
        inRange("port", port, 0, 65_535);
        inRange("controlPort", controlPort, 0, 65_535);
        inRange("symbolCount", symbolCount, 1, MAX_SYMBOLS);
        inRange("eventsPerSecond", eventsPerSecond, 1, 10_000_000);
        inRange("epochMs", epochMs, 0, Long.MAX_VALUE / 1_000_000);
        inRange("pingIntervalMs", pingIntervalMs, 1, Integer.MAX_VALUE);
        inRange("pongTimeoutMs", pongTimeoutMs, 1, Integer.MAX_VALUE);
        inRange("lifetimeMs", lifetimeMs, 1, Long.MAX_VALUE / 1_000_000);
        inRange("shutdownNoticeMs", shutdownNoticeMs, 0, Integer.MAX_VALUE);
        inRange("weightPerMinute", weightPerMinute, 1, Integer.MAX_VALUE);
        inRange("maxPendingBytes", maxPendingBytes, 65_536, Integer.MAX_VALUE);
        if (!(speed > 0))
        {
            throw new IllegalArgumentException("speed must be positive or max, found " + speed);
        }
        symbols = List.copyOf(symbols);
    }

    /** @return eight symbols, 2,000 events a second, seed 1, free ports, the venue's own timings. */
    public static SimulatorConfig defaults()
    {
        return new SimulatorConfig(0, 0, 8, List.of(), 2_000, 1, 0, null, 1,
            20_000, 60_000, 86_400_000, 10_000, 6_000, 32 << 20, TradingConfig.defaults());
    }

    /**
     * Reads a speed as users write it.
     *
     * @param text {@code max} or a positive number.
     * @return the speed, {@link #MAX_SPEED} for {@code max}.
     */
    public static double parseSpeed(final String text)
    {
        if ("max".equalsIgnoreCase(text))
        {
            return MAX_SPEED;
        }
        try
        {
            final double speed = Double.parseDouble(text);
            if (speed > 0 && speed < MAX_SPEED)
            {
                return speed;
            }
        }
        catch (final NumberFormatException ex)
        {
            throw new IllegalArgumentException("speed must be max or a positive number, found '" + text + "'", ex);
        }
        throw new IllegalArgumentException("speed must be max or a positive number, found '" + text + "'");
    }

    /**
     * Sets the ports.
     *
     * @param newPort        of REST and streams, 0 for a free one.
     * @param newControlPort of the control interface, 0 for a free one.
     * @return a copy.
     */
    public SimulatorConfig withPorts(final int newPort, final int newControlPort)
    {
        return new SimulatorConfig(newPort, newControlPort, symbolCount, symbols, eventsPerSecond, seed, epochMs,
            source, speed, pingIntervalMs, pongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            weightPerMinute, maxPendingBytes, trading);
    }

    /**
     * Sets how many symbols there are.
     *
     * @param count [1, 480].
     * @return a copy.
     */
    public SimulatorConfig withSymbolCount(final int count)
    {
        return new SimulatorConfig(port, controlPort, count, List.of(), eventsPerSecond, seed, epochMs,
            source, speed, pingIntervalMs, pongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            weightPerMinute, maxPendingBytes, trading);
    }

    /**
     * Names the symbols.
     *
     * @param names upper case, such as {@code BTCUSDT}.
     * @return a copy.
     */
    public SimulatorConfig withSymbols(final String... names)
    {
        return new SimulatorConfig(port, controlPort, symbolCount, List.of(names), eventsPerSecond, seed, epochMs,
            source, speed, pingIntervalMs, pongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            weightPerMinute, maxPendingBytes, trading);
    }

    /**
     * Sets the event rate.
     *
     * @param rate trades and best-price changes per second over all symbols.
     * @return a copy.
     */
    public SimulatorConfig withEventsPerSecond(final int rate)
    {
        return new SimulatorConfig(port, controlPort, symbolCount, symbols, rate, seed, epochMs,
            source, speed, pingIntervalMs, pongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            weightPerMinute, maxPendingBytes, trading);
    }

    /**
     * Sets the seed and the time at which the market starts.
     *
     * @param newSeed    any.
     * @param newEpochMs epoch milliseconds, 0 for now.
     * @return a copy.
     */
    public SimulatorConfig withSeed(final long newSeed, final long newEpochMs)
    {
        return new SimulatorConfig(port, controlPort, symbolCount, symbols, eventsPerSecond, newSeed, newEpochMs,
            source, speed, pingIntervalMs, pongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            weightPerMinute, maxPendingBytes, trading);
    }

    /**
     * Serves a recording instead of a synthetic market.
     *
     * @param newSource JSON lines, plain or .gz.
     * @param newSpeed  against the recording's own time, {@link #MAX_SPEED} for as fast as possible.
     * @return a copy.
     */
    public SimulatorConfig withSource(final Path newSource, final double newSpeed)
    {
        return new SimulatorConfig(port, controlPort, symbolCount, symbols, eventsPerSecond, seed, epochMs,
            newSource, newSpeed, pingIntervalMs, pongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            weightPerMinute, maxPendingBytes, trading);
    }

    /**
     * Sets the heartbeat.
     *
     * @param newPingIntervalMs between PING frames.
     * @param newPongTimeoutMs  for which a PING may stay unanswered.
     * @return a copy.
     */
    public SimulatorConfig withHeartbeat(final long newPingIntervalMs, final long newPongTimeoutMs)
    {
        return new SimulatorConfig(port, controlPort, symbolCount, symbols, eventsPerSecond, seed, epochMs,
            source, speed, newPingIntervalMs, newPongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            weightPerMinute, maxPendingBytes, trading);
    }

    /**
     * Sets how long connections live.
     *
     * @param newLifetimeMs       after which a connection is closed.
     * @param newShutdownNoticeMs how long before that it is announced.
     * @return a copy.
     */
    public SimulatorConfig withLifetime(final long newLifetimeMs, final long newShutdownNoticeMs)
    {
        return new SimulatorConfig(port, controlPort, symbolCount, symbols, eventsPerSecond, seed, epochMs,
            source, speed, pingIntervalMs, pongTimeoutMs, newLifetimeMs, newShutdownNoticeMs,
            weightPerMinute, maxPendingBytes, trading);
    }

    /**
     * Sets the limits.
     *
     * @param newWeightPerMinute REST request weight allowed per minute.
     * @param newMaxPendingBytes unsent bytes at which a connection is closed as too slow.
     * @return a copy.
     */
    public SimulatorConfig withLimits(final int newWeightPerMinute, final int newMaxPendingBytes)
    {
        return new SimulatorConfig(port, controlPort, symbolCount, symbols, eventsPerSecond, seed, epochMs,
            source, speed, pingIntervalMs, pongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            newWeightPerMinute, newMaxPendingBytes, trading);
    }

    /**
     * Sets up the private side.
     *
     * @param newTrading accounts, fees, limits.
     * @return a copy.
     */
    public SimulatorConfig withTrading(final TradingConfig newTrading)
    {
        return new SimulatorConfig(port, controlPort, symbolCount, symbols, eventsPerSecond, seed, epochMs,
            source, speed, pingIntervalMs, pongTimeoutMs, lifetimeMs, shutdownNoticeMs,
            weightPerMinute, maxPendingBytes, newTrading);
    }

    /**
     * Changes how fast time passes.
     *
     * @param newSpeed above 0; {@link #MAX_SPEED} for recordings alone.
     * @return a copy.
     */
    public SimulatorConfig withSpeed(final double newSpeed)
    {
        return withSource(source, newSpeed);
    }

    private static void inRange(final String name, final long value, final long lowest, final long highest)
    {
        if (value < lowest || value > highest)
        {
            throw new IllegalArgumentException(
                name + " must be in [" + lowest + ", " + highest + "], found " + value);
        }
    }
}
