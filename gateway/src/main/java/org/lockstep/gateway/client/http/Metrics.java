package org.lockstep.gateway.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.HdrHistogram.Histogram;
import org.lockstep.engine.pipeline.PipelineStats;
import org.lockstep.gateway.client.notify.AlertSender;
import org.lockstep.gateway.client.port.GatewayPorts;
import org.lockstep.gateway.client.port.VenueSession;
import org.lockstep.gateway.client.stream.Connections;
import org.lockstep.gateway.client.stream.HubStats;
import org.lockstep.gateway.client.stream.SessionContext;
import org.lockstep.gateway.client.stream.StreamHub;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.Reader;

/** Figures for Prometheus, read from where they are kept when somebody asks. Client event loop only. */
final class Metrics
{
    private static final double NS_PER_SECOND = 1e9;
    private static final double MS_PER_SECOND = 1e3;
    private static final double[] QUANTILES = {0.5, 0.99, 0.999, 1.0};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final BotMetrics bots;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    Metrics(
        final GatewayPorts ports,
        final SessionContext sessions,
        final HealthReport health,
        final RequestDeadlines deadlines)
    {
        final StreamHub hub = sessions.hub();
        final Connections connections = sessions.connections();
        bots = new BotMetrics(registry, hub.view());
        process(sessions, health);
        clocks(hub);
        alerts(sessions.alerts());
        gauge("lockstep_ready", "1 when the process is ready",
            () -> health.obstacles(hub.isCaughtUp(), hub.view().unreconciledAccounts()).isEmpty() ? 1 : 0);
        gauge("lockstep_accounts_unreconciled", "Live accounts that do not yet agree with the venue",
            () -> hub.view().unreconciledAccounts());
        counter("lockstep_gateway_requests_timed_out", "Requests that did not arrive in time", deadlines::timedOut);
        pipeline(ports.stats());
        latency(ports.stats());
        gateway(hub, connections);
        venue("received", "Messages from the venue", ports, VenueSession::received);
        venue("decoded", "Messages that became frames", ports, VenueSession::decoded);
        venue("control", "Messages for the session itself", ports, VenueSession::control);
        venue("rejected", "Messages that were refused", ports, VenueSession::rejected);
        venue("gaps", "Holes in the venue's numbering", ports, VenueSession::gaps);
        venue("reconnects", "Connections lost and made again", ports, VenueSession::reconnects);
        GaugeWithCallback.builder()
            .name("lockstep_venue_session_live")
            .help("1 when the session delivers")
            .labelNames("venue", "session")
            .callback(callback -> ports.venues().sessions().forEach(
                session -> callback.call(session.isLive() ? 1 : 0, session.venue(), session.name())))
            .register(registry);
    }

    /** @param reader whose bots and accounts are shown, null for nobody's. */
    byte[] scrape(final Reader reader)
    {
        bots.readBy(reader);
        final ByteArrayOutputStream output = new ByteArrayOutputStream(8 * 1024);
        try
        {
            writer.write(output, registry.scrape());
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("memory cannot fail to be written", ex);
        }
        return output.toByteArray();
    }

    String contentType()
    {
        return writer.getContentType();
    }

    private void pipeline(final PipelineStats stats)
    {
        counter("lockstep_inputs", "Input frames run", stats::inputs);
        counter("lockstep_outputs", "Output frames journaled", stats::outputs);
        counter("lockstep_journal_bytes", "Bytes handed to the journal", stats::journalBytes);
        gauge("lockstep_journal_last_sequence", "Sequence of the last frame journaled", stats::lastSequence);
        gauge("lockstep_ring_capacity", "Slots of the input ring", stats::ringCapacity);
        gauge("lockstep_ring_remaining", "Free slots of the input ring", stats::ringRemaining);
        gauge("lockstep_halted", "1 once the pipeline stopped over a fault", () -> stats.isHalted() ? 1 : 0);
        final Runtime runtime = Runtime.getRuntime();
        gauge("lockstep_heap_used_bytes", "Heap in use", () -> runtime.totalMemory() - runtime.freeMemory());
    }

    private void latency(final PipelineStats stats)
    {
        GaugeWithCallback.builder()
            .name("lockstep_latency_seconds")
            .help("Latency since the process started, by hop and quantile")
            .labelNames("hop", "quantile")
            .callback(callback ->
            {
                for (final PipelineStats.Hop hop : PipelineStats.Hop.values())
                {
                    final Histogram histogram = stats.latency(hop);
                    for (final double quantile : QUANTILES)
                    {
                        callback.call(histogram.getValueAtPercentile(100 * quantile) / NS_PER_SECOND,
                            hop.jsonName(), Double.toString(quantile));
                    }
                }
            })
            .register(registry);
    }

    private void gateway(final StreamHub hub, final Connections connections)
    {
        final HubStats stats = hub.stats();
        gauge("lockstep_gateway_connections", "Clients connected", connections::count);
        counter("lockstep_gateway_connections_refused", "Connections beyond the limits", connections::refused);
        counter("lockstep_gateway_sessions_opened", "Clients that signed in", stats::sessionsOpened);
        counter("lockstep_gateway_public_trades_skipped", "Public trades not sent to full clients",
            stats::publicTradesSkipped);
        gauge("lockstep_gateway_queued_bytes", "Bytes that wait for clients", hub::queuedBytes);
        gauge("lockstep_gateway_recovering", "Subscriptions being sent what they missed", hub::recovering);
        gauge("lockstep_gateway_bridged_instruments", "Instruments subscribed because clients want them",
            () -> hub.bridge().count());
        gauge("lockstep_gateway_users", "Users signed in", connections::userCount);
        gauge("lockstep_gateway_view_sequence", "Sequence the gateway has come to", () -> hub.view().sequence());
        counter("lockstep_gateway_messages_received", "Messages from clients", stats::messagesReceived);
        counter("lockstep_gateway_messages_sent", "Messages to clients", stats::messagesSent);
        counter("lockstep_gateway_messages_encoded", "Messages encoded for sharing", stats::messagesEncoded);
        counter("lockstep_gateway_errors_sent", "Errors told to clients", stats::errorsSent);
        counter("lockstep_gateway_rate_limited", "Messages over the rate limit", stats::rateLimited);
        counter("lockstep_gateway_values_deferred", "Values put off for full clients", stats::valuesDeferred);
        counter("lockstep_gateway_slow_closed", "Clients closed for reading slowly", stats::slowClosed);
        counter("lockstep_gateway_events_recovered", "Events sent to returning clients", stats::eventsRecovered);
        counter("lockstep_gateway_events_from_journal", "Of these, events that memory no longer held",
            stats::eventsFromJournal);
        counter("lockstep_gateway_broadcast_gaps", "Times the broadcast lapped the gateway", hub::gaps);
        GaugeWithCallback.builder()
            .name("lockstep_gateway_subscriptions")
            .help("Clients subscribed, by channel")
            .labelNames("channel")
            .callback(callback ->
            {
                for (final DataChannel channel : DataChannel.values())
                {
                    callback.call(hub.subscriptionCount(channel), channel.code());
                }
            })
            .register(registry);
    }

    private void process(final SessionContext sessions, final HealthReport health)
    {
        GaugeWithCallback.builder()
            .name("lockstep_build")
            .help("1, with the version of the software")
            .labelNames("version")
            .callback(callback -> callback.call(1, sessions.version()))
            .register(registry);
        gauge("lockstep_start_time_seconds", "When the client server began, epoch seconds",
            () -> health.startMs() / MS_PER_SECOND);
        gauge("lockstep_heap_max_bytes", "Most heap there may be", Runtime.getRuntime()::maxMemory);
        gauge("lockstep_threads", "Live threads", () -> ManagementFactory.getThreadMXBean().getThreadCount());
        counter("lockstep_gc_seconds", "Time spent collecting garbage", () ->
            ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(
                collector -> Math.max(0, collector.getCollectionTime())).sum() / MS_PER_SECOND);
    }

    private void clocks(final StreamHub hub)
    {
        GaugeWithCallback.builder()
            .name("lockstep_clock_offset_seconds")
            .help("A measured clock minus ours")
            .labelNames("source")
            .callback(callback -> hub.view().clocks((source, offsetNs, roundTripNs) ->
                callback.call(offsetNs / NS_PER_SECOND, source)))
            .register(registry);
        GaugeWithCallback.builder()
            .name("lockstep_clock_round_trip_seconds")
            .help("Round trip of the measurement of a clock")
            .labelNames("source")
            .callback(callback -> hub.view().clocks((source, offsetNs, roundTripNs) ->
                callback.call(roundTripNs / NS_PER_SECOND, source)))
            .register(registry);
    }

    private void alerts(final List<AlertSender> senders)
    {
        alerts("sent", "Alerts a target has taken", senders, AlertSender::sent);
        alerts("failed", "Alerts given up", senders, AlertSender::failed);
        alerts("attempts_failed", "Attempts to send an alert that failed", senders, AlertSender::attemptsFailed);
        alerts("dropped", "Alerts pushed out of a full queue", senders, AlertSender::dropped);
    }

    private void alerts(
        final String name,
        final String help,
        final List<AlertSender> senders,
        final Function<AlertSender, Long> figure)
    {
        CounterWithCallback.builder()
            .name("lockstep_alerts_" + name)
            .help(help)
            .labelNames("target")
            .callback(callback -> senders.forEach(sender -> callback.call(figure.apply(sender), sender.name())))
            .register(registry);
    }

    private void venue(
        final String name, final String help, final GatewayPorts ports, final Function<VenueSession, Long> figure)
    {
        CounterWithCallback.builder()
            .name("lockstep_venue_" + name)
            .help(help)
            .labelNames("venue", "session")
            .callback(callback -> ports.venues().sessions().forEach(
                session -> callback.call(figure.apply(session), session.venue(), session.name())))
            .register(registry);
    }

    private void counter(final String name, final String help, final DoubleSupplier figure)
    {
        CounterWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(figure.getAsDouble()))
            .register(registry);
    }

    private void gauge(final String name, final String help, final DoubleSupplier figure)
    {
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(figure.getAsDouble()))
            .register(registry);
    }
}
