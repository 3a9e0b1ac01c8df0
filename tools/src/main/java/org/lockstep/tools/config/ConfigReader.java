package org.lockstep.tools.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.lockstep.tools.host.Cores;
import org.lockstep.tools.host.HostFiles;

/**
 * Reads a configuration file. Collects every mistake before it gives up, so that one run shows them all.
 */
public final class ConfigReader
{
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final List<String> STREAMS = List.of("quote", "trade", "book", "bar", "ticker");
    private static final List<String> VENUES = List.of("binance");
    private static final String NTP_HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,45}";
    private static final List<String> LIMITS = List.of(
        "maxOrderQuantity", "maxOrderNotional", "maxPosition", "maxExposure", "maxOpenOrders",
        "priceCollarBps", "maxOrderRate", "maxDailyLoss", "maxDrawdown", "maxDataAge",
        "maxTypicalMultiple");

    private final BotCheck botCheck;
    private final boolean isToRun;
    private final List<Finding> findings = new ArrayList<>();

    /** Checks what only the strategies know: their names and parameters. */
    @FunctionalInterface
    public interface BotCheck
    {
        /**
         * Looks at one bot.
         *
         * @param strategy   its name.
         * @param parameters as configured.
         * @return what is wrong: key (empty = the name itself), found, allowed, nearest; lines are filled in.
         */
        List<Finding> check(String strategy, Map<String, String> parameters);
    }

    private ConfigReader(final BotCheck botCheck, final boolean isToRun)
    {
        this.botCheck = botCheck;
        this.isToRun = isToRun;
    }

    /**
     * Reads a file.
     *
     * @param file     YAML.
     * @param botCheck checks bots.
     * @return the configuration.
     * @throws ConfigException naming every mistake with its line.
     */
    public static LockstepConfig read(final Path file, final BotCheck botCheck)
    {
        return read(file, botCheck, false);
    }

    /**
     * Reads a file that is to be run here, with a look into each file that it names (certificates, keys, passphrases)
     * and at the cores of this host.
     *
     * @param file     YAML.
     * @param botCheck checks bots.
     * @return the configuration.
     * @throws ConfigException naming every mistake with its line.
     */
    public static LockstepConfig readToRun(final Path file, final BotCheck botCheck)
    {
        return read(file, botCheck, true);
    }

    private static LockstepConfig read(final Path file, final BotCheck botCheck, final boolean isToRun)
    {
        final String text;
        try
        {
            text = Files.readString(file);
        }
        catch (final NoSuchFileException ex)
        {
            throw new ConfigException(file.toString(), List.of(new Finding(0, "", "no such file",
                "an existing one; 'lockstep config init " + file + "' writes one to start from", null)));
        }
        catch (final MalformedInputException ex)
        {
            throw new ConfigException(file.toString(), List.of(new Finding(0, "", "text that is not UTF-8",
                "UTF-8: save it so in your editor", null)));
        }
        catch (final IOException ex)
        {
            throw new ConfigException(file.toString(), List.of(new Finding(0, "", "a file that cannot be read (" +
                ex.getMessage() + ")", "a readable UTF-8 text file", null)));
        }
        return parse(file.toString(), text, botCheck, isToRun);
    }

    /**
     * Reads a text.
     *
     * @param name     for messages.
     * @param text     YAML.
     * @param botCheck checks bots.
     * @return the configuration.
     * @throws ConfigException naming every mistake with its line.
     */
    public static LockstepConfig parse(final String name, final String text, final BotCheck botCheck)
    {
        return parse(name, text, botCheck, false);
    }

    private static LockstepConfig parse(
        final String name, final String text, final BotCheck botCheck, final boolean isToRun)
    {
        final ConfigReader reader = new ConfigReader(botCheck, isToRun);
        LockstepConfig config = null;
        try (JsonParser parser = new YAMLFactory().createParser(text))
        {
            if (null == parser.nextToken())
            {
                reader.findings.add(new Finding(1, "", "an empty file", "journal, venues, bots, ...", null));
            }
            else
            {
                final ConfigNode root = ConfigNode.read(parser, reader.findings, "");
                if (root.isMap())
                {
                    config = reader.config(new ConfigSection(root, "", reader.findings));
                }
                else
                {
                    reader.findings.add(new Finding(root.line(), "", root.kind(), "a map of keys and values", null));
                }
            }
        }
        catch (final JsonProcessingException ex)
        {
            reader.findings.add(NotYaml.finding(text, ex.getOriginalMessage()));
        }
        catch (final IOException ex)
        {
            reader.findings.add(new Finding(0, "", ex.getMessage(), "YAML", null));
        }
        if (!reader.findings.isEmpty())
        {
            reader.findings.sort(Comparator.comparingInt(Finding::line));
            throw new ConfigException(name, reader.findings);
        }
        return config;
    }

    private LockstepConfig config(final ConfigSection root)
    {
        final LockstepConfig.Journal journal = journal(root.section("journal"));
        final LockstepConfig.Engine engine = engine(root.section("engine"));
        final Map<String, ConfigSection> venueSections = new LinkedHashMap<>();
        final List<LockstepConfig.VenueFeed> listed = venues(root.section("venues"), venueSections);
        final List<LockstepConfig.Account> accounts =
            AccountSections.read(root.sections("accounts"), listed, VENUES);
        final List<LockstepConfig.VenueFeed> venues = VenueModes.apply(listed, venueSections, accounts);
        venueSections.values().forEach(ConfigSection::finish);
        final List<LockstepConfig.Bot> bots = bots(root, venues, accounts);
        final LockstepConfig.Gateway gateway = GatewaySection.read(root.section("gateway"), isToRun);
        if (venues.isEmpty())
        {
            root.report("venues", "no venue",
                "at least one of " + String.join(", ", VENUES) + " with its symbols", null);
        }
        final LockstepConfig.Keystore keystore = keystore(root.section("keystore"));
        final LockstepConfig.Ntp ntp = ntp(root.section("ntp"));
        final LockstepConfig.Log log = log(root.section("log"));
        root.finish();
        return new LockstepConfig(journal, engine, venues, accounts, bots, gateway, keystore, ntp, log);
    }

    private LockstepConfig.Journal journal(final ConfigSection section)
    {
        final LockstepConfig.Journal journal = new LockstepConfig.Journal(
            Path.of(section.text("directory", "lockstep-data")),
            section.word("durability", LockstepConfig.PAGE_CACHE,
                List.of(LockstepConfig.PAGE_CACHE, LockstepConfig.FSYNC_EVERY, LockstepConfig.FSYNC_BATCH)),
            section.durationNs("fsyncInterval", 50 * MS, MS, 60 * SECOND),
            section.word("rollPeriod", "hour", List.of("five-minutes", "hour", "day")),
            section.flag("preTouch", true));
        for (final String key : List.of("retentionAge", "retentionSize"))
        {
            if (section.has(key))
            {
                section.report(key, "a limit",
                    "none yet: a restart replays from the first frame, so deleting old files " +
                    "would lose positions and orders; archive a stopped journal by moving its directory", null);
                section.allow(key);
            }
        }
        section.finish();
        return journal;
    }

    private LockstepConfig.Engine engine(final ConfigSection section)
    {
        final long ring = section.number("ringCapacity", 8192, 16, 1 << 20);
        if (0 != (ring & ring - 1))
        {
            section.report("ringCapacity", "'" + ring + "'", "a power of two from 16 to 1048576", null);
        }
        final String threads = section.word("threads", "auto", List.of("auto", "spin", "backoff", "feed-loop"));
        final LockstepConfig.Engine engine = new LockstepConfig.Engine(
            threads,
            section.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
            section.durationNs("stateHashInterval", SECOND, MS, DAY),
            (int)ring,
            (int)section.number("maxBatch", 256, 1, 65_536),
            PinningSection.read(section.section("pinning"), threads,
                isToRun ? Cores.read(HostFiles.ofThisHost()) : null));
        section.finish();
        return engine;
    }

    private List<LockstepConfig.VenueFeed> venues(
        final ConfigSection section, final Map<String, ConfigSection> sections)
    {
        final List<LockstepConfig.VenueFeed> venues = new ArrayList<>();
        for (final String code : VENUES)
        {
            if (section.has(code))
            {
                sections.put(code, section.section(code));
                venues.add(venue(code, sections.get(code)));
            }
            section.allow(code);
        }
        section.finish();
        return venues;
    }

    private LockstepConfig.VenueFeed venue(final String code, final ConfigSection section)
    {
        final List<String> symbols = VenueSymbols.read(section);
        List<String> streams = section.texts("streams");
        for (final String stream : streams)
        {
            if (!STREAMS.contains(stream))
            {
                section.report("streams", "'" + stream + "'", String.join(", ", STREAMS), Nearest.of(stream, STREAMS));
            }
        }
        if (streams.isEmpty())
        {
            streams = STREAMS;
        }
        final String rest = ConfigAddress.read(section, "rest", "http");
        final String stream = ConfigAddress.read(section, "stream", "ws");
        final String api = ConfigAddress.withPath(section, "api", "ws");
        final int lines = (int)section.number("lines", 1, 1, 2);
        return new LockstepConfig.VenueFeed(
            code, symbols, streams, rest, stream, api, ConfigAddress.market(stream), null, lines);
    }

    private List<LockstepConfig.Bot> bots(
        final ConfigSection root,
        final List<LockstepConfig.VenueFeed> venues,
        final List<LockstepConfig.Account> accounts)
    {
        final List<LockstepConfig.Bot> bots = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        final List<String> accountNames = accounts.stream().map(LockstepConfig.Account::name).toList();
        for (final ConfigSection section : root.sections("bots"))
        {
            final String name = name(section, names);
            final String strategy = section.requiredText("strategy", "the name of a strategy");
            final String account = section.requiredText("account", "one of " + accountNames);
            if (!account.isEmpty() && !accountNames.contains(account))
            {
                section.report("account", "'" + account + "'",
                    accountNames.isEmpty() ? "an account defined under accounts" : String.join(", ", accountNames),
                    Nearest.of(account, accountNames));
            }
            final List<String> symbols = VenueSymbols.ofBot(section, venues);
            final boolean start = section.flag("start", true);
            final ConfigSection parameterSection = section.section("parameters");
            final Map<String, String> parameters = parameterSection.allTexts();
            if (!strategy.isEmpty())
            {
                checkStrategy(section, parameterSection, strategy, parameters);
            }
            parameters.put("onFeedLoss", section.word("onFeedLoss", "cancel", List.of("cancel", "keep")));
            limits(section, parameters);
            protection(section.section("protect"), parameters);
            section.finish();
            bots.add(new LockstepConfig.Bot(name, strategy, account, symbols, start, parameters));
        }
        return bots;
    }

    private void checkStrategy(
        final ConfigSection section,
        final ConfigSection parameterSection,
        final String strategy,
        final Map<String, String> parameters)
    {
        for (final Finding finding : botCheck.check(strategy, parameters))
        {
            if (finding.key().isEmpty())
            {
                section.report("strategy", finding.found(), finding.allowed(), finding.nearest());
            }
            else
            {
                parameterSection.report(finding.key(), finding.found(), finding.allowed(), finding.nearest());
            }
        }
    }

    private LockstepConfig.Keystore keystore(final ConfigSection section)
    {
        final String passphraseFile = section.text("passphraseFile", null);
        final LockstepConfig.Keystore keystore = new LockstepConfig.Keystore(
            Path.of(section.text("file", LockstepConfig.KEYSTORE_FILE)),
            null == passphraseFile ? null : Path.of(passphraseFile));
        section.finish();
        if (isToRun)
        {
            NamedFiles.checkPassphrase(section, "passphraseFile", keystore.passphraseFile());
        }
        return keystore;
    }

    private static LockstepConfig.Ntp ntp(final ConfigSection section)
    {
        final LockstepConfig.Ntp usual = LockstepConfig.Ntp.none();
        final String host = section.text("host", null);
        if (null != host && !host.matches(NTP_HOST))
        {
            section.report("host", "'" + host + "'",
                "name or address of an NTP server, without scheme or port, such as 127.0.0.1 or pool.ntp.org", null);
        }
        final LockstepConfig.Ntp ntp = new LockstepConfig.Ntp(
            host,
            (int)section.number("port", usual.port(), 1, 65_535),
            section.durationNs("interval", usual.intervalNs(), SECOND, DAY),
            section.durationNs("timeout", usual.timeoutNs(), MS, 60 * SECOND));
        if (null == host && !section.keys().isEmpty())
        {
            section.report("host", "nothing", "name or address of an NTP server, or no ntp section at all", null);
        }
        section.finish();
        return ntp;
    }

    private static LockstepConfig.Log log(final ConfigSection section)
    {
        final LockstepConfig.Log log = new LockstepConfig.Log(
            section.word("format", LockstepConfig.Log.TEXT, List.of(LockstepConfig.Log.TEXT, LockstepConfig.Log.JSON)));
        section.finish();
        return log;
    }

    static String name(final ConfigSection section, final Set<String> names)
    {
        final String name = section.requiredText("name", "letters, digits, '-' and '_', at most 40");
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9_-]{1,40}"))
        {
            section.report("name", "'" + name + "'", "letters, digits, '-' and '_', at most 40", null);
        }
        if (!names.add(name) && !name.isEmpty())
        {
            section.report("name", "'" + name + "' a second time", "a name of its own", null);
        }
        return name;
    }

    private static void protection(final ConfigSection protect, final Map<String, String> parameters)
    {
        for (final String key : List.of("stopLossBps", "takeProfitBps", "limitOffsetBps"))
        {
            if (protect.has(key))
            {
                parameters.put("protect." + key, Long.toString(protect.number(key, 0, 0, 10_000)));
            }
            protect.allow(key);
        }
        if (protect.has("timeStop"))
        {
            parameters.put("protect.timeStop", protect.durationNs("timeStop", 0, MS, 7 * DAY) / MS + "ms");
        }
        protect.allow("timeStop");
        if (protect.has("orderType"))
        {
            parameters.put("protect.orderType", protect.word("orderType", "market", List.of("market", "limit")));
        }
        protect.allow("orderType");
        protect.finish();
    }

    static void limits(final ConfigSection section, final Map<String, String> parameters)
    {
        final ConfigSection limits = section.section("limits");
        for (final String key : LIMITS)
        {
            if ("maxDataAge".equals(key))
            {
                if (limits.has(key))
                {
                    parameters.put("limits.maxDataAgeNs",
                        Long.toString(limits.durationNs(key, 30 * SECOND, MS, DAY)));
                }
                limits.allow(key);
            }
            else
            {
                final String value = limits.decimal(key, null, "0", "90000000000");
                if (null != value)
                {
                    parameters.put("limits." + key, value);
                }
            }
        }
        limits.finish();
    }
}
