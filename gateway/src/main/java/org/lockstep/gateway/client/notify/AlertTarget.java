package org.lockstep.gateway.client.notify;

import java.net.URI;
import java.util.Objects;

/**
 * Where alerts are sent.
 *
 * @param name     to call it in logs and figures.
 * @param url      of the webhook; for Telegram the address of its API, such as {@code https://api.telegram.org}.
 * @param format   of the body.
 * @param secret   that signs the body (JSON, may be null), or the bot's token (Telegram). Never shown.
 * @param chat     id of the Telegram chat, else null.
 * @param severity least that is sent: {@code info}, {@code warning} or {@code critical}.
 */
public record AlertTarget(String name, URI url, Format format, String secret, String chat, String severity)
{
    /** How the body is written. */
    public enum Format
    {
        /** The alert as clients get it, signed with HMAC-SHA256 when there is a secret. */
        JSON,
        /** A message of Telegram's bot API. */
        TELEGRAM
    }

    /** Checks that it is complete. */
    public AlertTarget
    {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(format, "format");
        if (null == severity || rank(severity) < 0)
        {
            throw new IllegalArgumentException("severity: found '" + severity + "', allowed info, warning, critical");
        }
        if (Format.TELEGRAM == format && (null == secret || null == chat))
        {
            throw new IllegalArgumentException("a Telegram target needs the bot's token as secret, and a chat");
        }
    }

    boolean takes(final String alertSeverity)
    {
        return rank(alertSeverity) >= rank(severity);
    }

    private static int rank(final String severity)
    {
        return switch (severity)
        {
            case "info" -> 0;
            case "warning" -> 1;
            case "critical" -> 2;
            default -> -1;
        };
    }

    @Override
    public String toString()
    {
        return "AlertTarget[" + name + ", " + format + ", " + url.getHost() + "]";
    }
}
