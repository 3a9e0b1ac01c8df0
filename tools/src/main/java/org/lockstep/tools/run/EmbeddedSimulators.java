package org.lockstep.tools.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.Ed25519Credentials;
import org.lockstep.gateway.venue.HmacCredentials;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorAddresses;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.TradingConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/**
 * The simulators that a configuration asks for ({@code mode: simulator} without addresses), running in this process,
 * and the configuration with their addresses put in. Threading: the main thread.
 */
public final class EmbeddedSimulators implements KeyRing, AutoCloseable
{
    private final Map<String, ExchangeSimulator> byVenue = new LinkedHashMap<>();
    private final Map<String, Integer> numberOfAccount = new HashMap<>();
    private final LockstepConfig config;
    private final KeyRing others;

    private EmbeddedSimulators(final LockstepConfig wanted, final KeyRing others) throws IOException
    {
        this.others = others;
        final List<LockstepConfig.VenueFeed> venues = new ArrayList<>();
        for (final LockstepConfig.VenueFeed venue : wanted.venues())
        {
            venues.add(null == venue.simulated() ? venue : started(venue, wanted.accounts()));
        }
        config = wanted.withVenues(venues);
    }

    /**
     * Starts what is asked for, which may be nothing.
     *
     * @param wanted the configuration.
     * @param others keys of accounts that are not at these simulators.
     * @return running simulators.
     * @throws IOException if a port cannot be bound.
     */
    public static EmbeddedSimulators start(final LockstepConfig wanted, final KeyRing others) throws IOException
    {
        return new EmbeddedSimulators(wanted, others);
    }

    /** @return the configuration with addresses in it. */
    public LockstepConfig config()
    {
        return config;
    }

    /** @return addresses by venue. */
    public Map<String, SimulatorAddresses> addresses()
    {
        final Map<String, SimulatorAddresses> addresses = new LinkedHashMap<>();
        byVenue.forEach((venue, simulator) -> addresses.put(venue, simulator.addresses()));
        return addresses;
    }

    @Override
    public Credentials credentials(final LockstepConfig.Account account)
    {
        final ExchangeSimulator simulator = byVenue.get(account.venue());
        return null == simulator ? others.credentials(account) :
            credentials(simulator.addresses().key(numberOfAccount.get(account.name()), SimulatedKey.HMAC));
    }

    /**
     * A simulator's key, ready to sign.
     *
     * @param key as the simulator prints it.
     * @return credentials.
     */
    public static Credentials credentials(final SimulatedKey key)
    {
        final byte[] name = key.key().getBytes(StandardCharsets.US_ASCII);
        return SimulatedKey.HMAC.equals(key.type()) ?
            new HmacCredentials(name, key.secret().getBytes(StandardCharsets.US_ASCII)) :
            new Ed25519Credentials(name, Base64.getDecoder().decode(key.secret()));
    }

    @Override
    public void close()
    {
        byVenue.values().forEach(ExchangeSimulator::close);
    }

    private LockstepConfig.VenueFeed started(
        final LockstepConfig.VenueFeed venue, final List<LockstepConfig.Account> accounts) throws IOException
    {
        int count = 0;
        for (final LockstepConfig.Account account : accounts)
        {
            if (account.hasSession() && account.venue().equals(venue.venue()))
            {
                numberOfAccount.put(account.name(), ++count);
            }
        }
        final ExchangeSimulator simulator = BinanceSimulator.start(SimulatorConfig.defaults()
            .withSymbols(venue.symbols().toArray(new String[0]))
            .withSeed(venue.simulated().seed(), 0)
            .withEventsPerSecond(venue.simulated().eventsPerSecond())
            .withTrading(TradingConfig.defaults().withAccounts(count)));
        byVenue.put(venue.venue(), simulator);
        final SimulatorAddresses addresses = simulator.addresses();
        return venue.at(addresses.rest(), addresses.stream(), addresses.api());
    }
}
