package org.lockstep.tools.command;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.gateway.venue.binance.orderentry.BinanceOrderConfig;
import org.lockstep.tools.check.AccountCheck;
import org.lockstep.tools.check.CheckStep;
import org.lockstep.tools.check.CheckSteps;
import org.lockstep.tools.check.VenueCheck;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.keys.Keystore;
import org.lockstep.tools.run.EmbeddedSimulators;
import org.lockstep.tools.run.StoredKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: the connection test. */
@Command(
    name = "check",
    description = "Tests the connection to a venue: DNS, TCP, TLS, clock, metadata, limits, first tick; and with a " +
        "key (--key, or the accounts of a configuration): sign-in, permissions, balances, order limits, user data. " +
        "Each step is timed, each failure says what to try. No order is placed.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep check binance --config lockstep.yaml"})
public final class CheckCommand implements Callable<Integer>
{
    private static final List<String> VENUES = List.of("binance");
    private static final String DEFAULT_SYMBOL = "BTCUSDT";

    @Parameters(index = "0", paramLabel = "VENUE", description = "binance")
    private String venue;

    @Option(names = "--key", paramLabel = "NAME",
        description = "test this key of the keystore (default: those of the configuration's accounts)")
    private String key;

    @Mixin
    private KeystoreOptions options;

    @Option(names = "--json", description = "one JSON object a step")
    private boolean json;

    @Override
    public Integer call() throws IOException
    {
        if (!VENUES.contains(venue))
        {
            throw new CommandFailure(ExitCode.USAGE,
                "VENUE: found '" + venue + "', allowed: " + String.join(", ", VENUES));
        }
        final Console console = Console.standard(json);
        final CheckSteps steps = new CheckSteps(step -> print(console, step));
        final LockstepConfig config = options.config();
        if (null == config)
        {
            check(console, steps, new LockstepConfig.VenueFeed(
                venue, List.of(DEFAULT_SYMBOL), List.of(), null, null, null), List.of());
        }
        else
        {
            try (StoredKeys stored = new StoredKeys(config.keystore());
                EmbeddedSimulators embedded = EmbeddedSimulators.start(config, stored))
            {
                checkConfigured(console, steps, embedded);
            }
        }
        return steps.allPassed() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void checkConfigured(final Console console, final CheckSteps steps, final EmbeddedSimulators embedded)
    {
        final LockstepConfig config = embedded.config();
        final LockstepConfig.VenueFeed feed = config.venues().stream()
            .filter(row -> row.venue().equals(venue)).findFirst().orElseThrow(() ->
                new CommandFailure(ExitCode.USAGE, "the configuration has no venue " + venue));
        if (null != feed.simulated())
        {
            console.line(console.dim("this is the simulator that a run of this configuration starts by itself"));
        }
        final List<AccountCheck.Key> keys = new ArrayList<>();
        for (final LockstepConfig.Account account : config.accounts())
        {
            if (null == key && account.hasSession() && account.venue().equals(venue))
            {
                keys.add(new AccountCheck.Key(account.name(),
                    null == account.session().keys() ? "of the simulator" : account.session().keys(),
                    () -> embedded.credentials(account), account.session().allowsWithdrawalKeys()));
            }
        }
        check(console, steps, feed, keys);
    }

    private void check(
        final Console console,
        final CheckSteps steps,
        final LockstepConfig.VenueFeed feed,
        final List<AccountCheck.Key> configured)
    {
        final List<AccountCheck.Key> keys = new ArrayList<>(configured);
        if (null != key)
        {
            keys.add(new AccountCheck.Key(null, key, this::named, false));
        }
        final URI rest = null == feed.rest() ? BinanceEndpoints.LIVE.rest() : URI.create(feed.rest());
        final URI stream = null == feed.stream() ? BinanceEndpoints.LIVE.stream() : URI.create(feed.stream());
        final URI api = null == feed.api() ? BinanceOrderConfig.LIVE_API : URI.create(feed.api());
        final VenueCheck market = new VenueCheck(rest, stream, feed.symbols(), steps);
        if (market.run() && !keys.isEmpty())
        {
            final boolean isApiReached = AccountCheck.reach(api, steps);
            keys.forEach(tested -> new AccountCheck(rest, api, tested, market.assets(), steps).run(isApiReached));
        }
        if (keys.isEmpty())
        {
            console.line(console.dim("no key was tested: --key NAME tests one, --config FILE those of its accounts"));
        }
    }

    private Credentials named()
    {
        try (Keystore keystore = options.open(false))
        {
            return keystore.credentials(key, venue);
        }
    }

    private static void print(final Console console, final CheckStep step)
    {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step.name());
        if (null != step.account())
        {
            fields.put("account", step.account());
        }
        fields.put("passed", step.passed());
        fields.put("ms", Math.round(step.millis() * 10) / 10.0);
        fields.put("detail", step.detail());
        fields.put("try", step.advice());
        console.event("step", fields);
        console.line(String.format(Locale.ROOT, "%s  %-12s %8.1f ms  %s%s",
            step.passed() ? console.green("ok    ") : console.red("FAILED"), step.name(), step.millis(),
            null == step.account() ? "" : step.account() + ": ", step.detail()));
        if (null != step.advice())
        {
            console.line((step.passed() ? "        mind: " : "        try: ") + step.advice());
        }
    }
}
