package org.lockstep.tools.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.gateway.client.MetricsAccess;
import org.lockstep.gateway.client.stream.ClientLimits;

class ConfigReaderTest
{
    private static final String GOOD = """
        journal:
          directory: data
          durability: fsync-every
          fsyncInterval: 20ms
        engine:
          threads: backoff
        venues:
          binance:
            symbols: [BTCUSDT, ETHUSDT]
        accounts:
          - name: paper
            latency: 2ms
            limits:
              maxOpenOrders: 5
              maxDataAge: 10s
        bots:
          - name: cross
            strategy: crossover
            account: paper
            symbols: [BTCUSDT]
            parameters:
              fast: 5
        gateway:
          port: 0
        """;

    @Test
    void shouldReadEveryValueOfGoodFile()
    {
        final LockstepConfig config = parse(GOOD);

        assertEquals(Path.of("data"), config.journal().directory());
        assertEquals(20_000_000, config.journal().fsyncIntervalNs());
        assertEquals("backoff", config.engine().threads());
        assertEquals(List.of("BTCUSDT", "ETHUSDT"), config.venues().get(0).symbols());
        assertEquals("2000000", config.accounts().get(0).parameters().get("latencyNs"));
        assertEquals("1", config.accounts().get(0).parameters().get("leverage"));
        assertEquals("true", config.accounts().get(0).parameters().get("allowShort"));
        assertEquals("5", config.accounts().get(0).parameters().get("limits.maxOpenOrders"));
        assertEquals("10000000000", config.accounts().get(0).parameters().get("limits.maxDataAgeNs"));
        assertEquals(List.of("binance:BTCUSDT"), config.bots().get(0).symbols());
        assertEquals("5", config.bots().get(0).parameters().get("fast"));
        assertNull(config.gateway().keyFile());
    }

    @Test
    void shouldReadHowPositionsOfABotAreProtected()
    {
        final LockstepConfig config = parse(GOOD.replace("    parameters:", "    onFeedLoss: keep\n    protect:\n" +
            "      stopLossBps: 200\n      timeStop: 4h\n      orderType: limit\n    parameters:"));

        final Map<String, String> parameters = config.bots().get(0).parameters();
        assertEquals("keep", parameters.get("onFeedLoss"));
        assertEquals("200", parameters.get("protect.stopLossBps"));
        assertEquals("14400000ms", parameters.get("protect.timeStop"));
        assertEquals("limit", parameters.get("protect.orderType"));
        assertNull(parameters.get("protect.takeProfitBps"));
    }

    @Test
    void shouldReadWhatMoneyOfAnAccountCarries()
    {
        final LockstepConfig config =
            parse(GOOD.replace("latency: 2ms", "leverage: 2.5\n    allowShort: false"));

        assertEquals("2.5", config.accounts().get(0).parameters().get("leverage"));
        assertEquals("false", config.accounts().get(0).parameters().get("allowShort"));
    }

    @Test
    void shouldNameLineKeyAndNearestWhenKeyIsUnknown()
    {
        final Finding finding = only(GOOD.replace("durability:", "durabilty:"));

        assertEquals(3, finding.line());
        assertEquals("journal.durabilty", finding.key());
        assertEquals("durability", finding.nearest());
        assertTrue(finding.allowed().contains("directory"));
    }

    @Test
    void shouldNameWhatIsAllowedWhenNumberIsOutOfRange()
    {
        final Finding finding = only(GOOD.replace("port: 0", "port: 70000"));

        assertEquals("gateway.port", finding.key());
        assertEquals("'70000'", finding.found());
        assertEquals("a whole number from 0 to 65535", finding.allowed());
    }

    @Test
    void shouldReadLimitsOfClients()
    {
        final LockstepConfig.Gateway gateway = parse(GOOD.replace("port: 0",
            "port: 0\n  host: '::1'\n  metrics: token\n  limits:\n    messagesPerSecond: 7\n    maxQueued: 2m\n" +
            "    requestTimeout: 3s\n    connectionsPerAddress: 9")).gateway();

        assertEquals("::1", gateway.host());
        assertEquals(MetricsAccess.TOKEN, gateway.options().metrics());
        assertEquals(7, gateway.options().limits().messagesPerSecond());
        assertEquals(2 << 20, gateway.options().limits().maxQueuedBytes());
        assertEquals(3_000, gateway.options().limits().requestTimeoutMs());
        assertEquals(9, gateway.options().limits().connectionsPerAddress());
        assertEquals(ClientLimits.DEFAULT, parse(GOOD).gateway().options().limits());
    }

    @Test
    void shouldReadTargetsOfAlertsAndTls(@TempDir final Path directory) throws Exception
    {
        final Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
        final LockstepConfig.Gateway gateway = parse(GOOD.replace("port: 0", "tls: {keyStore: a.p12, passwordFile: " +
            secret + "}\n  compression: false\n  alerts:\n    - {name: ops, url: 'https://h.example/x', secretFile: " +
            secret + ", severity: critical}")).gateway();

        assertEquals("s3cret", gateway.options().tls().password());
        assertEquals("s3cret", gateway.options().alerts().get(0).secret());
        assertEquals("critical", gateway.options().alerts().get(0).severity());
        assertFalse(gateway.toString().contains("s3cret"), gateway.toString());
        assertFalse(gateway.options().compresses());
    }

    @Test
    void shouldNameWhatIsWrongAboutTheGateway()
    {
        assertEquals("gateway.tls", only(GOOD.replace("port: 0", "tls: {certificate: a.pem}")).key());
        assertEquals("gateway.alerts[0].secretEnv", only(GOOD.replace("port: 0",
            "alerts: [{name: a, url: 'http://h/', secretEnv: NO_SUCH_VARIABLE}]")).key());
        assertEquals("gateway.alerts[0].format", only(GOOD.replace("port: 0",
            "alerts: [{name: a, url: 'https://api.telegram.org', format: telegram}]")).key());
        assertEquals("gateway.host", only(GOOD.replace("port: 0", "host: my_host")).key());
        assertEquals("gateway.allowedOrigins",
            only(GOOD.replace("port: 0", "allowedOrigins: [desk.example.com]")).key());
        assertEquals("gateway.limits.maxQueued", only(GOOD.replace("port: 0", "limits: {maxQueued: 1}")).key());
        assertEquals("idleTimeout", only(GOOD.replace("port: 0", "limits: {idleTimout: 60s}")).nearest());
        assertEquals("open", only(GOOD.replace("port: 0", "metrics: opn")).nearest());
    }

    @Test
    void shouldRefuseRetentionThatARestartCouldNotSurvive()
    {
        final Finding finding = only(GOOD.replace("durability:", "retentionAge: 30d\n  durability:"));

        assertEquals("journal.retentionAge", finding.key());
        assertTrue(finding.allowed().contains("archive"), finding.allowed());
    }

    @Test
    void shouldRefuseSymbolsThatTheFeedWouldRefuse()
    {
        assertTrue(only(GOOD.replace("ETHUSDT]", "eth usdt]")).allowed().contains("upper case"));
        assertEquals("ETHUSDT", only(GOOD.replace("ETHUSDT]", "ETH/USDT]")).nearest());
        assertTrue(only(GOOD.replace("ETHUSDT]", "BTCUSDT]")).found().contains("more than once"));
    }

    @Test
    void shouldNameTheSymbolMeantOnceWhenItIsInSmallLetters()
    {
        final Finding venue = only(GOOD.replace("[BTCUSDT, ETHUSDT]", "[btcusdt, ETHUSDT]"));
        final Finding bot = only(GOOD.replace("symbols: [BTCUSDT]", "symbols: [btcusdt]"));

        assertEquals("venues.binance.symbols", venue.key());
        assertEquals("'btcusdt'", venue.found());
        assertEquals("BTCUSDT", venue.nearest());
        assertEquals("bots[0].symbols", bot.key());
        assertEquals("BTCUSDT", bot.nearest());
    }

    @Test
    void shouldReadWhatMeasuresTheClockAndHowItLogsAndHowManyLines()
    {
        final LockstepConfig config = parse(GOOD.replace("[BTCUSDT, ETHUSDT]", "[BTCUSDT, ETHUSDT]\n    lines: 2") +
            "ntp: {host: time.example.org, port: 1123, interval: 10s, timeout: 500ms}\nlog: {format: json}\n");

        assertEquals(new LockstepConfig.Ntp("time.example.org", 1123, 10_000_000_000L, 500_000_000L), config.ntp());
        assertEquals("json", config.log().format());
        assertEquals(2, config.venues().get(0).lines());
        assertEquals(1, parse(GOOD).venues().get(0).lines());
        assertNull(parse(GOOD).ntp().host());
    }

    @Test
    void shouldNameWhatIsWrongAboutNtpLogAndLines()
    {
        assertEquals("ntp.host", only(GOOD + "ntp: {port: 123}\n").key());
        assertTrue(only(GOOD + "ntp: {host: 'ntp://x:123'}\n").allowed().contains("without scheme"));
        assertEquals("a duration from 1s to 1d with its unit (ns, us, ms, s, m, h, d)",
            only(GOOD + "ntp: {host: x, interval: 10ms}\n").allowed());
        assertEquals("json", only(GOOD + "log: {format: jsn}\n").nearest());
        assertEquals("format", only(GOOD + "log: {formt: json}\n").nearest());
        assertEquals("a whole number from 1 to 2",
            only(GOOD.replace("[BTCUSDT, ETHUSDT]", "[BTCUSDT, ETHUSDT]\n    lines: 3")).allowed());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "rest: http://127.0.0.1:40001/prefix", "rest: ftp://127.0.0.1", "rest: http://my_host:80",
        "rest: http://127.0.0.1:99999", "rest: http://127.0.0.1:0", "rest: http://user@127.0.0.1",
        "rest: http://127.0.0.1:4000x", "rest: https://api.binance.com?x=1", "rest: 'http://a b'",
        "stream: http://127.0.0.1", "stream: wss://stream.binance.com:9443/ws", "stream: wss://"})
    void shouldRefuseAddressesThatWouldBePartlyIgnored(final String line)
    {
        final Finding finding = only(GOOD.replace("symbols: [BTCUSDT, ETHUSDT]",
            "symbols: [BTCUSDT, ETHUSDT]\n    " + line));

        assertEquals(10, finding.line());
        assertTrue(finding.key().startsWith("venues.binance."), finding.key());
        assertTrue(finding.allowed().contains("HOST:PORT"), finding.allowed());
    }

    @Test
    void shouldWantANumberWhereAListStandsInItsPlace()
    {
        final Finding fee = only(GOOD.replace("latency: 2ms", "makerFeeBps: [1]"));
        final Finding port = only(GOOD.replace("port: 0", "port: {a: 1}"));
        final Finding latency = only(GOOD.replace("latency: 2ms", "latency: [2ms]"));

        assertEquals("a number from -100 to 1000", fee.allowed());
        assertEquals("a whole number from 0 to 65535", port.allowed());
        assertTrue(latency.allowed().startsWith("a duration from"), latency::toString);
    }

    @Test
    void shouldNotMissAnAddressThatIsThereAndWrong()
    {
        final String live = GOOD.replace("latency: 2ms", "latency: 2ms\n    mode: live\n    keys: main");

        final Finding path = only(live.replace("symbols: [BTCUSDT, ETHUSDT]", "symbols: [BTCUSDT, ETHUSDT]" +
            "\n    rest: http://127.0.0.1:1/api/v3/exchangeInfo\n    stream: ws://127.0.0.1:1" +
            "\n    api: ws://127.0.0.1:1/ws-api/v3"));
        final Finding missing = only(live.replace("symbols: [BTCUSDT, ETHUSDT]", "symbols: [BTCUSDT, ETHUSDT]" +
            "\n    rest: http://127.0.0.1:1\n    stream: ws://127.0.0.1:1"));

        assertTrue(path.found().endsWith("with a path, which would be ignored"), path::toString);
        assertEquals("venues.binance.api", missing.key());
        assertEquals("nothing", missing.found());
    }

    @Test
    void shouldTakeAddressesWithAndWithoutPortAndDropATrailingSlash()
    {
        final LockstepConfig config = parse(GOOD.replace("symbols: [BTCUSDT, ETHUSDT]", "symbols: [BTCUSDT, ETHUSDT]" +
            "\n    rest: http://[::1]:40001/\n    stream: wss://stream.testnet.binance.vision"));

        assertEquals("http://[::1]:40001", config.venues().get(0).rest());
        assertEquals("the test network", config.venues().get(0).market());
        assertEquals("the live exchange", parse(GOOD).venues().get(0).market());
    }

    @Test
    void shouldTradeAnotherWayWhenOneWordChanges()
    {
        final String live = GOOD.replace("latency: 2ms",
            "latency: 2ms\n    mode: live\n    keys: main\n    recvWindow: 3s\n    reconcileEvery: 30s");

        final LockstepConfig.Account account = parse(live).accounts().get(0);
        final LockstepConfig.VenueFeed simulated = parse(live.replace("mode: live", "mode: simulator")).venues().get(0);
        final LockstepConfig paper = parse(live.replace("mode: live", "mode: paper"));

        assertEquals("live", account.mode());
        assertEquals("main", account.session().keys());
        assertEquals(3_000, account.session().recvWindowMs());
        assertEquals(30_000_000_000L, account.session().reconcileEveryNs());
        assertEquals("the synthetic market", simulated.market());
        assertEquals(1, simulated.simulated().seed());
        assertNull(paper.venues().get(0).simulated());
        assertEquals("the live exchange", paper.venues().get(0).market());
    }

    @Test
    void shouldRefuseAccountsThatCannotTradeTogether()
    {
        final String second = "  - name: second\n    mode: simulator\nbots:";

        final Finding noKey = only(GOOD.replace("latency: 2ms", "mode: live"));
        final Finding mixed = only(GOOD.replace("latency: 2ms", "mode: live\n    keys: main").replace("bots:", second));
        final Finding shared = only(GOOD.replace("latency: 2ms", "mode: live\n    keys: main")
            .replace("bots:", "  - name: second\n    mode: live\n    keys: main\nbots:"));
        final Finding typo = only(GOOD.replace("latency: 2ms", "mode: simulater"));

        assertEquals("accounts[0].keys", noKey.key());
        assertTrue(noKey.allowed().contains("lockstep keys add"), noKey.allowed());
        assertEquals("accounts[1].mode", mixed.key());
        assertTrue(mixed.found().contains("'live' of account 'paper'"), mixed.found());
        assertEquals("accounts[1].keys", shared.key());
        assertEquals("simulator", typo.nearest());
    }

    @Test
    void shouldNeverRepeatASecretThatStandsWhereANameShould()
    {
        // Of the signing examples in Binance's API documentation: it opens nothing.
        final String secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";

        final Finding finding = only(GOOD.replace("latency: 2ms", "mode: live\n    keys: " + secret));

        assertEquals("accounts[0].keys", finding.key());
        assertFalse(finding.describe("x").contains(secret));
    }

    @Test
    void shouldWantOrdersAndMarketDataAtOneExchange()
    {
        final String live = GOOD.replace("latency: 2ms", "mode: live\n    keys: main");
        final String two = "symbols: [BTCUSDT, ETHUSDT]\n    rest: http://10.0.0.5:1\n    stream: ws://10.0.0.5:1";
        final String three = two + "\n    api: ws://10.0.0.5:1/ws-api/v3";
        final String symbols = "symbols: [BTCUSDT, ETHUSDT]";

        assertEquals("venues.binance.api", only(live.replace(symbols, two)).key());
        assertEquals("ws://10.0.0.5:1/ws-api/v3", parse(live.replace(symbols, three)).venues().get(0).api());
        final List<Finding> away = findings(live.replace("mode: live", "mode: simulator").replace(symbols, three));
        assertEquals(3, away.size());
        assertTrue(away.get(0).allowed().contains("of this host"), away::toString);
        final Finding unlisted = only(live.replace("mode: live", "mode: simulator")
            .replace(symbols, "symbols: [BTCUSDT, ETHXXX]"));
        assertEquals("venues.binance.symbols", unlisted.key());
    }

    @Test
    void shouldReportEveryMistakeAtOnceInOrderOfLines()
    {
        final List<Finding> findings = findings(GOOD
            .replace("20ms", "20 parsecs").replace("threads: backoff", "threads: bakoff")
            .replace("symbols: [BTCUSDT]", "symbols: [BTCUSD]").replace("account: paper", "account: papper"));

        assertEquals(4, findings.size());
        assertEquals("journal.fsyncInterval", findings.get(0).key());
        assertEquals("backoff", findings.get(1).nearest());
        assertEquals("paper", findings.get(2).nearest());
        assertEquals("BTCUSDT", findings.get(3).nearest());
    }

    @Test
    void shouldReportOneMistakeOnceAndNotWhatFollowsFromIt(@TempDir final Path directory) throws Exception
    {
        final Finding scalar = only(GOOD.replace("symbols: [BTCUSDT]", "symbols: BTCUSDT"));
        final List<Finding> typo = findings(GOOD.replace("venues:", "venue:"));
        final Path latin = Files.write(directory.resolve("latin.yaml"), new byte[]{'a', ':', ' ', (byte)0xE9, '\n'});
        final ConfigException encoding = assertThrows(ConfigException.class,
            () -> ConfigReader.read(latin, (strategy, parameters) -> List.of()));

        assertTrue(scalar.allowed().contains("a list"), scalar::toString);
        assertEquals(List.of("venues", "venue"), typo.stream().map(Finding::key).toList());
        assertTrue(encoding.getMessage().contains("not UTF-8"), encoding.getMessage());
        assertFalse(only(GOOD.replace("durability:", "durabilty:")).allowed().contains("retention"));
    }

    @Test
    void shouldReportDuplicateKeyWithBothLines()
    {
        final Finding finding = only(GOOD + "engine:\n  seed: 2\n");

        assertTrue(finding.found().contains("a second time"), finding.found());
    }

    @Test
    void shouldSayWhereTextIsNotYaml()
    {
        final Finding finding = only("journal:\n  directory: [unclosed\nengine: }\n");

        assertEquals(3, finding.line());
        assertTrue(finding.found().contains("not YAML"));
    }

    @Test
    void shouldNameTheLineOfATabAndOfAnUnclosedQuote()
    {
        final Finding tab = only(GOOD.replace("  durability", "\tdurability"));
        final Finding mixed = only(GOOD.replace("  durability", "  \tdurability"));
        final Finding quote = only(GOOD.replace("directory: data", "directory: 'data"));

        assertEquals(3, tab.line());
        assertTrue(tab.found().contains("a tab"), tab::toString);
        assertTrue(tab.allowed().contains("spaces"), tab::toString);
        assertEquals(3, mixed.line());
        assertEquals(2, quote.line());
        assertFalse(quote.found().contains("\n"), quote::toString);
    }

    @Test
    void shouldRefuseEmptyFileAndScalarFile()
    {
        assertEquals("an empty file", only("").found());
        assertTrue(findings("just text").get(0).allowed().contains("map"));
    }

    @Test
    void shouldReportUnknownStrategyAndParameterAtTheirLines()
    {
        final Finding name = only(GOOD.replace("strategy: crossover", "strategy: crossver"));
        final Finding parameter = only(GOOD.replace("fast: 5", "fest: 5"));

        assertEquals(18, name.line());
        assertEquals("crossover", name.nearest());
        assertEquals(22, parameter.line());
        assertEquals("bots[0].parameters.fest", parameter.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "", "' '"})
    void shouldRefuseCoresThatAreEmpty(final String cores)
    {
        final Finding empty = only(pinned("auto", "feed: " + cores));

        assertEquals("engine.pinning.feed", empty.key());
        assertEquals("nothing", empty.found());
        assertEquals(8, empty.line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,1", "0-2,1"})
    void shouldRefuseACoreThatIsNamedTwice(final String cores)
    {
        final Finding twice = only(pinned("auto", "gateway: '" + cores + "'"));

        assertEquals("engine.pinning.gateway", twice.key());
        assertEquals("'" + cores + "' with core 1 more than once", twice.found());
        assertEquals(8, twice.line());
    }

    @Test
    void shouldRefuseCoresOfAnEngineWithoutAThreadOfItsOwn()
    {
        final Finding contradiction = only(pinned("feed-loop", "engine: 1"));

        assertEquals("engine.pinning.engine", contradiction.key());
        assertEquals("cores '1'", contradiction.found());
        assertTrue(contradiction.allowed().contains("feed-loop"), contradiction::allowed);
        assertEquals(8, contradiction.line());
        assertEquals("1", parse(pinned("feed-loop", "feed: 1")).engine().pinning().feed());
        assertEquals("auto", parse(pinned("feed-loop", "engine: auto")).engine().pinning().engine());
    }

    @Test
    void shouldSayThatFileIsMissing()
    {
        final ConfigException ex = assertThrows(ConfigException.class,
            () -> ConfigReader.read(Path.of("no-such-file.yaml"), (strategy, parameters) -> List.of()));

        assertTrue(ex.getMessage().startsWith("no-such-file.yaml: found no such file"), ex.getMessage());
        assertTrue(ex.getMessage().contains("config init no-such-file.yaml"), ex.getMessage());
    }

    private static String pinned(final String threads, final String pinning)
    {
        return GOOD.replace("  threads: backoff\n", "  threads: " + threads + "\n  pinning:\n    " + pinning + "\n");
    }

    private static LockstepConfig parse(final String text)
    {
        return ConfigReader.parse("test.yaml", text, (strategy, parameters) ->
        {
            if (!"crossover".equals(strategy))
            {
                return List.of(new Finding(0, "", "'" + strategy + "'", "crossover", "crossover"));
            }
            return parameters.containsKey("fest") ?
                List.of(new Finding(0, "fest", "'fest'", "fast, slow", "fast")) : List.of();
        });
    }

    private static List<Finding> findings(final String text)
    {
        return assertThrows(ConfigException.class, () -> parse(text)).findings();
    }

    private static Finding only(final String text)
    {
        final List<Finding> findings = findings(text);
        assertEquals(1, findings.size(), findings::toString);
        return findings.get(0);
    }
}
