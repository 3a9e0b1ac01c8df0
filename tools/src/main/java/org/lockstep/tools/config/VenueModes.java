package org.lockstep.tools.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.lockstep.tools.simulator.market.SymbolCatalog;

/** Decides where a venue is, from what its accounts are: at the exchange, elsewhere, or in this process. */
final class VenueModes
{
    private static final String SYNTHETIC = "the synthetic market";
    private static final int MAX_RATE = 10_000_000;
    private static final int RATE = 500;

    private VenueModes()
    {
    }

    static List<LockstepConfig.VenueFeed> apply(
        final List<LockstepConfig.VenueFeed> venues,
        final Map<String, ConfigSection> sections,
        final List<LockstepConfig.Account> accounts)
    {
        final List<LockstepConfig.VenueFeed> placed = new ArrayList<>();
        for (final LockstepConfig.VenueFeed venue : venues)
        {
            final ConfigSection section = sections.get(venue.venue());
            final ConfigSection settings = section.section("simulator");
            final LockstepConfig.Simulated simulated = new LockstepConfig.Simulated(
                settings.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                (int)settings.number("rate", RATE, 1, MAX_RATE));
            settings.finish();
            final String mode = accounts.stream().filter(account -> account.venue().equals(venue.venue()) &&
                account.hasSession()).map(LockstepConfig.Account::mode).findFirst().orElse(LockstepConfig.PAPER);
            placed.add(placed(venue, section, simulated, mode));
            wantKeys(placed.get(placed.size() - 1), section, accounts);
        }
        return placed;
    }

    private static LockstepConfig.VenueFeed placed(
        final LockstepConfig.VenueFeed venue,
        final ConfigSection section,
        final LockstepConfig.Simulated simulated,
        final String mode)
    {
        final long addresses =
            Stream.of(venue.rest(), venue.stream(), venue.api()).filter(text -> null != text).count();
        if (addresses < Stream.of("rest", "stream", "api").filter(key -> null != section.text(key, null)).count())
        {
            // One of them was reported for what it is; which are missing shows when that is mended.
            return venue;
        }
        if (LockstepConfig.PAPER.equals(mode))
        {
            return venue;
        }
        if (0 != addresses && 3 != addresses)
        {
            section.report(null == venue.rest() ? "rest" : null == venue.stream() ? "stream" : "api", "nothing",
                "rest, stream and api, all three or none: orders and market data must meet at one exchange", null);
            return venue;
        }
        if (LockstepConfig.LIVE.equals(mode))
        {
            return venue;
        }
        if (0 == addresses)
        {
            checkSymbols(venue, section);
            return new LockstepConfig.VenueFeed(venue.venue(), venue.symbols(), venue.streams(), null, null, null,
                SYNTHETIC, simulated, venue.lines());
        }
        for (final String address : List.of(venue.rest(), venue.stream(), venue.api()))
        {
            if (!ConfigAddress.isLoopback(address))
            {
                section.report(
                    address.equals(venue.rest()) ? "rest" : address.equals(venue.stream()) ? "stream" : "api",
                    "'" + address + "'", "an address of this host, since an account is mode: simulator; or nothing, " +
                    "for a simulator inside the process", null);
            }
        }
        return venue;
    }

    /** A simulator elsewhere knows its keys; only one of this process's own hands them over. */
    private static void wantKeys(
        final LockstepConfig.VenueFeed venue, final ConfigSection section, final List<LockstepConfig.Account> accounts)
    {
        for (final LockstepConfig.Account account : accounts)
        {
            if (null != venue.rest() && account.venue().equals(venue.venue()) && null == account.session().keys() &&
                LockstepConfig.SIMULATOR.equals(account.mode()))
            {
                section.report("rest", "a simulator's address, and no keys for account '" + account.name() + "'",
                    "keys: NAME there, put into the keystore with lockstep keys add NAME from what the simulator " +
                    "prints; or no addresses, for a simulator inside the process", null);
            }
        }
    }

    private static void checkSymbols(final LockstepConfig.VenueFeed venue, final ConfigSection section)
    {
        for (final String symbol : venue.symbols())
        {
            try
            {
                SymbolCatalog.named(List.of(symbol));
            }
            catch (final IllegalArgumentException ex)
            {
                section.report("symbols", "'" + symbol + "', which the simulator cannot list",
                    "letters and digits that end with USDT, USDC, BTC, ETH, EUR or TRY", null);
            }
        }
    }
}
