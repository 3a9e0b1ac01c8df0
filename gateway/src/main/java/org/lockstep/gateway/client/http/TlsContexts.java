package org.lockstep.gateway.client.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import org.lockstep.gateway.client.TlsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS context of new connections, made anew when a file has changed. Files that cannot be used leave the old one in
 * force: a half-written certificate must not end the service. Client event loop only.
 */
public final class TlsContexts
{
    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);
    private static final long CHECK_INTERVAL_MS = 1_000;

    private final TlsConfig config;
    private final List<Path> files = new ArrayList<>();
    private SslContext context;
    private String version;
    private long nextCheckMs;

    /**
     * Loads the files.
     *
     * @param config where they are.
     * @throws IOException if they cannot be used; the message says which and why.
     */
    public TlsContexts(final TlsConfig config) throws IOException
    {
        this.config = config;
        for (final Path file : new Path[] {config.certificate(), config.key(), config.keyStore()})
        {
            if (null != file)
            {
                files.add(file);
            }
        }
        version = version();
        context = load();
    }

    /**
     * Looks whether the files have changed, now and then.
     *
     * @param nowMs our clock, epoch ms.
     */
    public void tick(final long nowMs)
    {
        if (nowMs < nextCheckMs)
        {
            return;
        }
        nextCheckMs = nowMs + CHECK_INTERVAL_MS;
        final String newVersion = version();
        if (newVersion.equals(version))
        {
            return;
        }
        version = newVersion;
        try
        {
            context = load();
            LOG.info("loaded the new certificate: {}", config);
        }
        catch (final IOException ex)
        {
            LOG.error("cannot use the new certificate, the old one stays in force: {}", ex.getMessage());
        }
    }

    SslHandler handler(final ByteBufAllocator allocator)
    {
        return context.newHandler(allocator);
    }

    private SslContext load() throws IOException
    {
        try
        {
            return TlsIdentity.serverBuilder(config)
                .sslProvider(SslProvider.JDK).protocols("TLSv1.3", "TLSv1.2").build();
        }
        catch (final IOException | GeneralSecurityException | IllegalArgumentException ex)
        {
            throw new IOException("tls: cannot use " + files + ": " + ex.getMessage(), ex);
        }
    }

    private String version()
    {
        final StringBuilder text = new StringBuilder();
        for (final Path file : files)
        {
            try
            {
                text.append(Files.getLastModifiedTime(file).toMillis()).append('/').append(Files.size(file))
                    .append(' ');
            }
            catch (final IOException ex)
            {
                text.append("? ");
            }
        }
        return text.toString();
    }
}
