package org.lockstep.tools.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.lockstep.gateway.client.BindAddress;
import org.lockstep.gateway.client.GatewayOptions;
import org.lockstep.gateway.client.MetricsAccess;
import org.lockstep.gateway.client.TlsConfig;
import org.lockstep.gateway.client.notify.AlertTarget;
import org.lockstep.gateway.client.stream.ClientLimits;

/** Reads what clients connect to: {@code gateway}. */
final class GatewaySection
{
    private static final long MS = 1_000_000L;
    private static final long HOUR = 3_600_000_000_000L;
    private static final int MAX_CONFLATE_MS = 10_000;

    private GatewaySection()
    {
    }

    /** @return the gateway, or null when it is switched off. */
    static LockstepConfig.Gateway read(final ConfigSection section, final boolean opensFiles)
    {
        final boolean enabled = section.flag("enabled", true);
        final String keyFile = section.text("keyFile", null);
        final boolean opens = opensFiles && enabled;
        final String host = section.text("host", "127.0.0.1");
        if (!BindAddress.isHost(host))
        {
            section.report("host", "'" + host + "'", BindAddress.ALLOWED, null);
        }
        final List<String> origins = section.texts("allowedOrigins");
        for (final String origin : origins)
        {
            if (!BindAddress.isOrigin(origin))
            {
                section.report("allowedOrigins", "'" + origin + "'",
                    "scheme, host and port alone, such as https://desk.example.com", null);
            }
        }
        final LockstepConfig.Gateway gateway = new LockstepConfig.Gateway(
            host,
            (int)section.number("port", 8080, 0, 65_535),
            origins,
            null == keyFile ? null : Path.of(keyFile),
            section.text("audience", null),
            section.text("issuer", null),
            section.flag("queryToken", true),
            options(section, opens));
        section.finish();
        if (opens)
        {
            NamedFiles.checkTokenKey(section, "keyFile", gateway.keyFile());
        }
        return enabled ? gateway : null;
    }

    private static GatewayOptions options(final ConfigSection section, final boolean opensFiles)
    {
        final MetricsAccess metrics = switch (section.word("metrics", "auto", List.of("auto", "open", "token")))
        {
            case "open" -> MetricsAccess.OPEN;
            case "token" -> MetricsAccess.TOKEN;
            default -> MetricsAccess.AUTO;
        };
        return new GatewayOptions(limits(section.section("limits")), metrics, section.flag("compression", true),
            section.has("tls") ? tls(section, section.section("tls"), opensFiles) : null, alerts(section));
    }

    private static List<AlertTarget> alerts(final ConfigSection parent)
    {
        final List<AlertTarget> targets = new ArrayList<>();
        for (final ConfigSection section : parent.sections("alerts"))
        {
            final String name = section.requiredText("name", "a name for logs and figures");
            final String url = section.requiredText("url", "https://HOST/PATH, or https://api.telegram.org");
            final boolean isTelegram = "telegram".equals(section.word("format", "json", List.of("json", "telegram")));
            final String secret = Secrets.read(section, "secret");
            final String chat = section.text("chat", null);
            final String severity = section.word("severity", "warning", List.of("info", "warning", "critical"));
            section.finish();
            if (!url.matches("https?://[^/\\s?#@]+(/\\S*)?"))
            {
                section.report("url", "'" + url + "'", "http:// or https:// with a host, without a user", null);
            }
            else if (isTelegram && (null == secret || null == chat))
            {
                section.report("format", "telegram without its secret or chat",
                    "secretFile or secretEnv with the bot's token, and chat", null);
            }
            else
            {
                targets.add(new AlertTarget(name, URI.create(url),
                    isTelegram ? AlertTarget.Format.TELEGRAM : AlertTarget.Format.JSON, secret, chat, severity));
            }
        }
        return targets;
    }

    private static TlsConfig tls(
        final ConfigSection parent, final ConfigSection section, final boolean opensFiles)
    {
        final String certificate = section.text("certificate", null);
        final String key = section.text("key", null);
        final String keyStore = section.text("keyStore", null);
        final String password = Secrets.read(section, "password");
        section.finish();
        final boolean isPem = null != certificate && null != key && null == keyStore;
        if (!isPem && (null == keyStore || null != certificate || null != key))
        {
            parent.report("tls", "neither certificate and key nor keyStore alone",
                "certificate and key (PEM), or keyStore (PKCS#12)", null);
            return null;
        }
        final TlsConfig tls = isPem ? new TlsConfig(Path.of(certificate), Path.of(key), null, password) :
            TlsConfig.ofKeyStore(Path.of(keyStore), password);
        if (opensFiles)
        {
            NamedFiles.checkTls(section, tls);
        }
        return tls;
    }

    private static ClientLimits limits(final ConfigSection section)
    {
        final ClientLimits usual = ClientLimits.DEFAULT;
        final ClientLimits limits = new ClientLimits(
            (int)section.number("connectionsPerUser", usual.connectionsPerUser(), 1, 100_000),
            (int)section.number("connections", usual.connections(), 1, 1_000_000),
            (int)section.number("messagesPerSecond", usual.messagesPerSecond(), 1, 1_000_000),
            ms(section, "rateGrace", usual.rateGraceMs()),
            (int)section.sizeBytes("maxMessage", usual.maxMessageLength(), 1 << 10, 16 << 20),
            (int)section.sizeBytes("maxQueued", usual.maxQueuedBytes(), 16 << 10, 256 << 20),
            ms(section, "authTimeout", usual.authTimeoutMs()),
            ms(section, "idleTimeout", usual.idleTimeoutMs()),
            ms(section, "pingInterval", usual.pingIntervalMs()),
            ms(section, "pongTimeout", usual.pongTimeoutMs()),
            (int)(section.durationNs("conflate", usual.conflateMs() * MS, 0, MAX_CONFLATE_MS * MS) / MS),
            (int)section.number("connectionsPerAddress", usual.connectionsPerAddress(), 1, 1_000_000),
            ms(section, "requestTimeout", usual.requestTimeoutMs()),
            (int)section.number("bridgedInstruments", usual.bridgedInstruments(), 0, 10_000),
            ms(section, "bridgeGrace", usual.bridgeGraceMs()));
        section.finish();
        return limits;
    }

    private static int ms(final ConfigSection section, final String key, final int defaultMs)
    {
        return (int)(section.durationNs(key, defaultMs * MS, MS, HOUR) / MS);
    }
}
