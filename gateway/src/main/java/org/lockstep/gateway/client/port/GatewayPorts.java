package org.lockstep.gateway.client.port;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.pipeline.FrameFeed;
import org.lockstep.engine.pipeline.FrameLog;
import org.lockstep.engine.pipeline.PipelineStats;

/**
 * Everything the client server talks to.
 *
 * @param feed      broadcast of journaled frames; the server's own reader.
 * @param log       opens a reader of the journal; called on the client event loop.
 * @param publisher takes commands into the input ring.
 * @param stats     figures of the pipeline.
 * @param venues    states of venue sessions.
 * @param connector connects a venue on request.
 * @param instruments beyond the configured ones.
 * @param readiness of what the server does not see itself.
 */
public record GatewayPorts(
    FrameFeed feed,
    Supplier<FrameLog> log,
    FramePublisher publisher,
    PipelineStats stats,
    VenueSessions venues,
    VenueConnector connector,
    InstrumentSource instruments,
    Readiness readiness)
{
    /** Checks that nothing is missing. */
    public GatewayPorts
    {
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(stats, "stats");
        Objects.requireNonNull(venues, "venues");
        Objects.requireNonNull(connector, "connector");
        Objects.requireNonNull(instruments, "instruments");
        Objects.requireNonNull(readiness, "readiness");
    }

    /**
     * Ports of a process without venue sessions.
     *
     * @param feed      broadcast of journaled frames.
     * @param log       opens a reader of the journal.
     * @param publisher takes commands.
     * @param stats     figures of the pipeline.
     * @return the ports.
     */
    public static GatewayPorts withoutVenues(
        final FrameFeed feed,
        final Supplier<FrameLog> log,
        final FramePublisher publisher,
        final PipelineStats stats)
    {
        return new GatewayPorts(feed, log, publisher, stats, List::of, venue -> null, InstrumentSource.NONE, List::of);
    }
}
