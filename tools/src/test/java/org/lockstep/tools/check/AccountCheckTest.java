package org.lockstep.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.gateway.venue.Credentials;
import org.lockstep.tools.run.EmbeddedSimulators;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

/** The connection test against the simulated exchange, over loopback. */
class AccountCheckTest
{
    private static final List<String> VENUE_STEPS =
        List.of("dns rest", "tcp rest", "clock", "metadata", "weight", "dns stream", "tcp stream", "first tick");
    private static final List<String> ACCOUNT_STEPS =
        List.of("key", "sign-in", "permissions", "balances", "order limits", "user data");

    private final List<CheckStep> steps = new ArrayList<>();
    private BinanceSimulator simulator;

    @BeforeEach
    void start() throws Exception
    {
        simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbols("BTCUSDT", "ETHUSDT").withEventsPerSecond(200));
    }

    @AfterEach
    void stop()
    {
        simulator.close();
    }

    @Test
    void shouldTestEveryStepOfAGoodKeyOfEitherKind()
    {
        for (final String type : List.of(SimulatedKey.HMAC, SimulatedKey.ED25519))
        {
            steps.clear();
            final VenueCheck venue = venueCheck("BTCUSDT", "ETHUSDT");

            assertTrue(venue.run());
            account(key(simulator.addresses().key(2, type)), false, venue);

            final List<String> expected = new ArrayList<>(VENUE_STEPS);
            expected.addAll(List.of("dns api", "tcp api"));
            expected.addAll(ACCOUNT_STEPS);
            assertEquals(expected, steps.stream().map(CheckStep::name).toList());
            steps.stream().filter(step -> !"clock".equals(step.name()))
                .forEach(step -> assertTrue(step.passed(), step::toString));
            assertTrue(step("metadata").detail().contains("BTCUSDT, ETHUSDT"), step("metadata")::toString);
            assertTrue(step("first tick").detail().contains("2 of 2 symbols"), step("first tick")::toString);
            assertTrue(step("weight").detail().contains(" of 6000 "), step("weight")::toString);
            assertTrue(step("balances").detail().contains("USDT 100000"), step("balances")::toString);
            assertTrue(step("order limits").detail().contains("0 of 100 in 10 seconds"), steps::toString);
            assertTrue(step("permissions").advice().contains("restrict the key"), steps::toString);
            assertEquals("main", step("sign-in").account());
            assertNull(step("dns rest").account());
        }
    }

    @Test
    void shouldNotAskFurtherAndSayWhatToTryWhenTheKeyIsUnknown()
    {
        account(key(new SimulatedKey(1, "NO-SUCH-KEY", "none", SimulatedKey.HMAC, false)), false,
            venueCheck("BTCUSDT"));

        assertFailed("sign-in", "-2015", "does not know the key");
        assertEquals("sign-in", steps.get(steps.size() - 1).name());
    }

    @Test
    void shouldNameTheSecretWhenItIsNotTheKeys()
    {
        account(key(new SimulatedKey(1, "SIMULATED-KEY-1", "wrong", SimulatedKey.HMAC, false)), false,
            venueCheck("BTCUSDT"));

        assertFailed("sign-in", "-1022", "lockstep keys add sim");
        steps.forEach(step -> assertFalse(step.toString().contains("wrong"), step::toString));
    }

    @Test
    void shouldTellASkewedClockAndSignInAllTheSame() throws Exception
    {
        post("/faults", "{\"fault\":\"clock-skew\",\"ms\":30000}");
        final VenueCheck venue = venueCheck("BTCUSDT");

        venue.run();
        account(key(simulator.addresses().key(1, SimulatedKey.HMAC)), false, venue);

        assertFailed("clock", "+", "chrony");
        assertTrue(step("sign-in").passed(), steps::toString);
        assertTrue(step("user data").passed(), steps::toString);
    }

    @Test
    void shouldRefuseAKeyThatMayNotTrade()
    {
        account(key(named("SIMULATED-KEY-READ-ONLY")), false, venueCheck("BTCUSDT"));

        assertTrue(step("sign-in").passed(), steps::toString);
        assertFailed("permissions", "may not trade", "API management");
        assertTrue(step("balances").passed(), steps::toString);
    }

    @Test
    void shouldRefuseAKeyThatMayWithdrawUnlessTheAccountAllowsIt()
    {
        account(key(named("SIMULATED-KEY-WITHDRAWAL")), false, venueCheck("BTCUSDT"));
        assertFailed("permissions", "may withdraw", "allowWithdrawalKeys");

        steps.clear();
        account(key(named("SIMULATED-KEY-WITHDRAWAL")), true, venueCheck("BTCUSDT"));
        assertTrue(step("permissions").passed(), steps::toString);
        assertTrue(step("permissions").advice().contains("take the money out"), steps::toString);
    }

    @Test
    void shouldNameTheSymbolMeantWhenOneIsNotListed()
    {
        venueCheck("BTCUSDT", "ETHUSTD").run();

        assertFailed("metadata", "ETHUSTD is not listed", "ETHUSTD may mean ETHUSDT");
        assertTrue(step("first tick").detail().contains("1 of 2"), steps::toString);
        assertTrue(step("first tick").advice().contains("ETHUSTD is quiet"), steps::toString);
    }

    @Test
    void shouldTellWhenNothingIsFreeOfWhatIsTraded() throws Exception
    {
        final SimulatedKey key = simulator.addresses().key(3, SimulatedKey.HMAC);
        for (final String asset : List.of("USDT", "BTC"))
        {
            final String amount = "USDT".equals(asset) ? "-100000" : "-1";
            post("/transfer", "{\"key\":\"" + key.key() + "\",\"asset\":\"" + asset + "\",\"amount\":\"" + amount +
                "\"}");
        }
        final VenueCheck venue = venueCheck("BTCUSDT");
        venue.run();

        account(key(key), false, venue);

        assertTrue(step("balances").passed(), steps::toString);
        assertTrue(step("balances").advice().contains("paid in"), steps::toString);
    }

    @Test
    void shouldTestTheVenueAllTheSameWhenTheKeystoreDoesNotOpen()
    {
        final CheckSteps all = new CheckSteps(steps::add);
        new AccountCheck(URI.create(simulator.addresses().rest()), URI.create(simulator.addresses().api()),
            new AccountCheck.Key("main", "sim", () ->
            {
                throw new IllegalStateException("there is no keystore lockstep-keys.p12");
            }, false), Set.of(), all).run(true);

        assertFailed("key", "there is no keystore", "lockstep keys add sim");
        assertEquals(1, steps.size());
        assertFalse(all.allPassed());
    }

    @Test
    void shouldLeaveOutWhatNeedsAStepThatFailed() throws Exception
    {
        final int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            port = closed.getLocalPort();
        }
        final CheckSteps all = new CheckSteps(steps::add);

        final boolean isReached = new VenueCheck(URI.create("http://127.0.0.1:" + port),
            URI.create("ws://127.0.0.1:" + port), List.of("BTCUSDT"), all).run();

        assertFalse(isReached);
        assertFalse(all.allPassed());
        assertEquals(List.of("dns rest", "tcp rest", "dns stream", "tcp stream"),
            steps.stream().map(CheckStep::name).toList());
        assertFailed("tcp rest", "refused", "firewall");
    }

    private void account(final Credentials credentials, final boolean allowsWithdrawals, final VenueCheck venue)
    {
        final URI api = URI.create(simulator.addresses().api());
        final CheckSteps all = new CheckSteps(steps::add);
        final boolean isApiReached = AccountCheck.reach(api, all);
        new AccountCheck(URI.create(simulator.addresses().rest()), api,
            new AccountCheck.Key("main", "sim", () -> credentials, allowsWithdrawals), venue.assets(), all)
            .run(isApiReached);
    }

    private VenueCheck venueCheck(final String... symbols)
    {
        return new VenueCheck(URI.create(simulator.addresses().rest()), URI.create(simulator.addresses().stream()),
            List.of(symbols), new CheckSteps(steps::add));
    }

    private void assertFailed(final String name, final String found, final String advice)
    {
        final CheckStep step = step(name);
        assertFalse(step.passed(), step::toString);
        assertTrue(step.detail().contains(found), step::toString);
        assertNotNull(step.advice(), step::toString);
        assertTrue(step.advice().contains(advice), step::toString);
        assertTrue(step.millis() > 0, step::toString);
    }

    private CheckStep step(final String name)
    {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst()
            .orElseThrow(() -> new AssertionError("no step " + name + " among " + steps));
    }

    private SimulatedKey named(final String name)
    {
        return simulator.addresses().keys().stream().filter(key -> key.key().equals(name)).findFirst().orElseThrow();
    }

    private static Credentials key(final SimulatedKey key)
    {
        return EmbeddedSimulators.credentials(key);
    }

    private void post(final String path, final String body) throws Exception
    {
        final HttpResponse<String> response = HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(URI.create(simulator.addresses().control() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response::body);
    }
}
