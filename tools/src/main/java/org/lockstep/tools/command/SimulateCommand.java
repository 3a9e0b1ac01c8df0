package org.lockstep.tools.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.lockstep.tools.config.Durations;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.run.Interrupt;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorAddresses;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.SimulatorStats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate}: an exchange's simulator alone. */
@Command(
    name = "simulate",
    description = "Runs an exchange's simulator: its streams and REST on loopback, from a seeded synthetic market or " +
        "a recording. Any client of the real exchange can use it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep simulate --venue binance --symbols 20 --rate 10000"})
public final class SimulateCommand implements Callable<Integer>
{
    private static final long YEAR_NS = 366L * 86_400 * 1_000_000_000;
    private static final long POLL_MS = 500;

    @Mixin
    private SimulatorOptions simulator;

    @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "0 takes a free port (the default)")
    private int port;

    @Option(names = "--symbols", paramLabel = "N", defaultValue = "8", description = "symbols of a synthetic market")
    private int symbols;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "2000",
        description = "events a second of a synthetic market, over all symbols")
    private int rate;

    @Option(names = "--for", paramLabel = "T", description = "end after a time, such as 30s (default: at Ctrl-C)")
    private String duration;

    @Option(names = "--json", description = "one JSON object a line: ready, summary")
    private boolean json;

    @Override
    public Integer call() throws Exception
    {
        final Console console = Console.standard(json);
        final long limitNs = null == duration ? YEAR_NS : Durations.parseNs("--for", duration, 1_000_000, YEAR_NS);
        final SimulatorConfig config = config();
        final long startNs = System.nanoTime();
        try (Interrupt interrupt = Interrupt.install();
            ExchangeSimulator exchange = simulator.start(config))
        {
            ready(console, exchange.addresses());
            while (!interrupt.await(POLL_MS) && System.nanoTime() - startNs < limitNs)
            {
                Thread.onSpinWait();
            }
            summary(console, exchange.stats(), (System.nanoTime() - startNs) / 1e9);
        }
        return ExitCode.OK;
    }

    private SimulatorConfig config()
    {
        try
        {
            final SimulatorConfig config = simulator.config().withPorts(port, 0);
            return simulator.hasSource() ? config : config.withSymbolCount(symbols).withEventsPerSecond(rate);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandFailure(ExitCode.USAGE, ex.getMessage());
        }
    }

    private void ready(final Console console, final SimulatorAddresses addresses)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pid", ProcessHandle.current().pid());
        fields.put("simulators", Map.of(simulator.venue(), addresses.json()));
        console.event("ready", fields);
        console.line(console.bold(simulator.venue() + " simulator") + ", in a configuration in place of the exchange:");
        console.line("");
        yaml(simulator.venue(), addresses).forEach(console::line);
        console.line("");
        console.line("  control  " + addresses.control() + "/stats");
        for (final SimulatedKey key : addresses.keys())
        {
            console.line("  account " + key.account() + "  " + key.key() + "  " +
                (SimulatedKey.HMAC.equals(key.type()) ? key.secret() : key.type() + ", secret with --json") +
                (key.mayWithdraw() ? "  (may withdraw)" : key.mayTrade() ? "" : "  (may not trade)"));
        }
        console.line(console.dim("Ctrl-C ends it."));
    }

    /** Lines of a configuration that put the simulator in the place of the exchange. */
    static List<String> yaml(final String venue, final SimulatorAddresses addresses)
    {
        return List.of("venues:", "  " + venue + ":", "    rest: " + addresses.rest(),
            "    stream: " + addresses.stream(), "    api: " + addresses.api());
    }

    private static void summary(final Console console, final SimulatorStats stats, final double seconds)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seconds", Math.round(seconds * 1000) / 1000.0);
        fields.put("served", stats.served());
        fields.put("servedByKind", stats.servedByKind());
        fields.put("connections", stats.connectionsTotal());
        fields.put("restRequests", stats.restRequests());
        fields.put("bytesSent", stats.bytesSent());
        console.event("summary", fields);
        console.line(String.format(Locale.ROOT, "served %,d messages to %,d connections, %,d REST requests, in %.1f s",
            stats.served(), stats.connectionsTotal(), stats.restRequests(), seconds));
    }
}
