package org.lockstep.gateway.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The page and its parts, read from the class path once: a fixed list, so no path a client sends reaches a file. */
final class StaticFiles
{
    private static final String ROOT = "/org/lockstep/gateway/client/page/";
    private static final String CHARTS =
        "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.esm.min.js";
    private static final List<String> NAMES = List.of("index.html", "base.css", "desk.css", "icon.svg",
        "app.js", "blotter.js", "book.js", "bots.js", "chart.js", "codes.js", "desk.js", "dom.js", "format.js",
        "i18n.js", "light.js", "lockstep-client.js", "lockstep-react.js", "markets.js", "orders.js",
        "portuguese.js", "scanner.js", "sheet.js", "side.js", "spark.js", "tabs.js", "words.js");

    private final Map<String, StaticFile> files = new HashMap<>();

    /** One file as it is served. */
    record StaticFile(byte[] content, String contentType, String etag)
    {
    }

    StaticFiles()
    {
        for (final String name : NAMES)
        {
            files.put("/" + name, load(ROOT + name));
        }
        files.put("/vendor/echarts.js", load(CHARTS));
        files.put("/", files.get("/index.html"));
    }

    StaticFile file(final String path)
    {
        return files.get(path);
    }

    private static StaticFile load(final String name)
    {
        try (InputStream input = StaticFiles.class.getResourceAsStream(name))
        {
            if (null == input)
            {
                throw new IllegalStateException("the build lacks the resource " + name);
            }
            final byte[] content = input.readAllBytes();
            final byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new StaticFile(content, contentType(name), '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static String contentType(final String name)
    {
        return switch (name.substring(name.lastIndexOf('.') + 1))
        {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}
