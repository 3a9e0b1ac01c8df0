package org.lockstep.gateway.client.http;

import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochClock;
import org.lockstep.engine.pipeline.PipelineStats;
import org.lockstep.gateway.client.port.GatewayPorts;
import org.lockstep.gateway.client.port.VenueSession;
import org.lockstep.gateway.client.view.JsonWriter;

/** How the process is: for {@code system-health} and {@code /ready}. Client event loop only. */
public final class HealthReport
{
    private final GatewayPorts ports;
    private final EpochClock clock;
    private final long startMs;

    /**
     * Reports on what the ports tell.
     *
     * @param ports of the process.
     * @param clock our clock.
     */
    public HealthReport(final GatewayPorts ports, final EpochClock clock)
    {
        this.ports = ports;
        this.clock = clock;
        startMs = clock.time();
    }

    /** Writes the fields of system-health into the open object. */
    public void write(final JsonWriter json)
    {
        final PipelineStats stats = ports.stats();
        json.field("inputs", stats.inputs())
            .field("outputs", stats.outputs())
            .field("lastSequence", stats.lastSequence())
            .field("journalBytes", stats.journalBytes())
            .field("ringCapacity", stats.ringCapacity())
            .field("ringRemaining", stats.ringRemaining())
            .field("halted", stats.isHalted());
        if (stats.isHalted())
        {
            json.field("haltReason", stats.haltReason());
        }
        final Runtime runtime = Runtime.getRuntime();
        json.field("uptimeMs", clock.time() - startMs)
            .field("heapUsedBytes", runtime.totalMemory() - runtime.freeMemory())
            .field("heapMaxBytes", runtime.maxMemory());
        json.name("latencyNs").beginObject();
        for (final PipelineStats.Hop hop : PipelineStats.Hop.values())
        {
            final Histogram histogram = stats.latency(hop);
            json.name(hop.jsonName()).beginObject()
                .field("p50", histogram.getValueAtPercentile(50))
                .field("p99", histogram.getValueAtPercentile(99))
                .field("p999", histogram.getValueAtPercentile(99.9))
                .field("max", histogram.getMaxValue())
                .field("count", histogram.getTotalCount())
                .endObject();
        }
        json.endObject();
        writeSessions(json);
    }

    /** @return when the client server was put together, epoch ms. */
    long startMs()
    {
        return startMs;
    }

    /** @return what keeps the process from being ready; empty when it is. */
    List<String> obstacles(final boolean isCaughtUp, final int unreconciledAccounts)
    {
        final List<String> obstacles = new ArrayList<>();
        if (!isCaughtUp)
        {
            obstacles.add("the gateway is still reading the journal");
        }
        if (ports.stats().isHalted())
        {
            obstacles.add("the pipeline has halted: " + ports.stats().haltReason());
        }
        for (final VenueSession session : ports.venues().sessions())
        {
            if (!session.isLive())
            {
                obstacles.add(session.venue() + " " + session.name() + " is " + session.state());
            }
        }
        if (unreconciledAccounts > 0)
        {
            obstacles.add(unreconciledAccounts + " live account" + (1 == unreconciledAccounts ? " is" : "s are") +
                " not reconciled with the venue");
        }
        obstacles.addAll(ports.readiness().obstacles());
        return obstacles;
    }

    private void writeSessions(final JsonWriter json)
    {
        final long nowMs = clock.time();
        json.name("sessions").beginArray();
        for (final VenueSession session : ports.venues().sessions())
        {
            json.beginObject()
                .field("venue", session.venue())
                .field("name", session.name())
                .field("state", session.state())
                .field("live", session.isLive())
                .field("stateAgeMs", Math.max(0, nowMs - session.sinceMs()))
                .field("received", session.received())
                .field("decoded", session.decoded())
                .field("control", session.control())
                .field("rejected", session.rejected())
                .field("gaps", session.gaps())
                .field("reconnects", session.reconnects())
                .endObject();
        }
        json.endArray();
    }
}
