package org.lockstep.tools.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.lockstep.engine.instrument.Venue;
import org.lockstep.tools.keys.Keystore;

/**
 * Reads {@code accounts}. Every key is allowed in every mode, so that one word changes how an account trades and
 * nothing else has to.
 */
final class AccountSections
{
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final List<String> MODES =
        List.of(LockstepConfig.PAPER, LockstepConfig.SIMULATOR, LockstepConfig.LIVE);

    private AccountSections()
    {
    }

    static List<LockstepConfig.Account> read(
        final List<ConfigSection> sections,
        final List<LockstepConfig.VenueFeed> venues,
        final List<String> knownVenues)
    {
        final List<LockstepConfig.Account> accounts = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        final Map<String, String> accountOfKey = new LinkedHashMap<>();
        final Map<String, LockstepConfig.Account> firstOfVenue = new LinkedHashMap<>();
        final List<String> codes = venues.stream().map(LockstepConfig.VenueFeed::venue).toList();
        for (final ConfigSection section : sections)
        {
            final LockstepConfig.Account account = account(section, names, codes, knownVenues);
            accounts.add(account);
            final String keys = account.session().keys();
            final String other = null == keys || !account.hasSession() ? null :
                accountOfKey.putIfAbsent(keys, account.name());
            if (null != other)
            {
                section.report("keys", "'" + keys + "', which account '" + other + "' has",
                    "a key of its own: two sessions of one account would take each other's orders for foreign", null);
            }
            final LockstepConfig.Account first =
                account.hasSession() ? firstOfVenue.putIfAbsent(account.venue(), account) : null;
            if (null != first && !first.mode().equals(account.mode()))
            {
                section.report("mode", "'" + account.mode() + "' beside '" + first.mode() + "' of account '" +
                    first.name() + "'", "accounts of one venue all live, or all at the simulator (paper may stand " +
                    "beside either): one process reads one market", null);
            }
        }
        return accounts;
    }

    private static LockstepConfig.Account account(
        final ConfigSection section,
        final Set<String> names,
        final List<String> codes,
        final List<String> knownVenues)
    {
        final String name = ConfigReader.name(section, names);
        final String owner = section.text("owner", "admin");
        final String venue = section.word("venue", codes.isEmpty() ? Venue.BINANCE.code() : codes.get(0),
            codes.isEmpty() ? knownVenues : codes);
        final String mode = section.word("mode", LockstepConfig.PAPER, MODES);
        final Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("makerFeeBps", section.decimal("makerFeeBps", "10", "-100", "1000"));
        parameters.put("takerFeeBps", section.decimal("takerFeeBps", "10", "-100", "1000"));
        parameters.put("latencyNs", Long.toString(section.durationNs("latency", 5 * MS, 0, 60 * SECOND)));
        parameters.put("balance", section.decimal("balance", "100000", "0", "90000000000"));
        parameters.put("selfTrade", section.word("selfTrade", "refuse", List.of("refuse", "cancel-resting")));
        parameters.put("asset", section.text("asset", "USDT"));
        parameters.put("leverage", section.decimal("leverage", "1", "0.01", "1000"));
        parameters.put("allowShort", Boolean.toString(section.flag("allowShort", true)));
        ConfigReader.limits(section, parameters);
        final LockstepConfig.Session session = session(section);
        if (LockstepConfig.LIVE.equals(mode) && null == session.keys())
        {
            section.report("keys", "nothing",
                "the name of a key in the keystore, since the account is live; 'lockstep keys add NAME' puts one there",
                null);
        }
        section.finish();
        return new LockstepConfig.Account(name, owner, venue, mode, parameters, session);
    }

    private static LockstepConfig.Session session(final ConfigSection section)
    {
        final LockstepConfig.Session usual = LockstepConfig.Session.defaults();
        final String keys = section.text("keys", null);
        if (null != keys && !keys.matches(Keystore.NAME))
        {
            section.report("keys", keys.length() > 40 ? "something longer than a name" : "'" + keys + "'",
                "the name of a key in the keystore (never the key itself): small letters, digits, '-' and '_', " +
                "at most 40", null);
        }
        return new LockstepConfig.Session(
            keys,
            section.flag("allowWithdrawalKeys", usual.allowsWithdrawalKeys()),
            (int)(section.durationNs("recvWindow", usual.recvWindowMs() * MS, 100 * MS, 60 * SECOND) / MS),
            section.durationNs("reconcileEvery", usual.reconcileEveryNs(), SECOND, DAY),
            (int)section.number("ordersPer10s", usual.ordersPer10s(), 0, 1_000_000),
            (int)section.number("ordersPerDay", usual.ordersPerDay(), 0, 1_000_000_000),
            section.flag("restFallback", usual.restFallback()));
    }
}
