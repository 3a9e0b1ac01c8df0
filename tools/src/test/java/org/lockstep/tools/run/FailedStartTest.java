package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.gateway.venue.binance.BinanceFeed;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.slf4j.LoggerFactory;

class FailedStartTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldJournalNothingWhenTheGatewayCannotListen() throws Exception
    {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            assertEquals("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": another program has that port",
                failureWith("port: " + taken.getLocalPort()));
        }

        assertTrue(lastSequence() < 0, "the journal holds frames");
    }

    @Test
    void shouldLetFeedsEndBeforeTheEngineSoThatNoneCallsItAFault() throws Exception
    {
        final Logger feed = (Logger)LoggerFactory.getLogger(BinanceFeed.class);
        final ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        feed.addAppender(logged);
        try
        {
            for (int i = 0; i < 5; i++)
            {
                failureWith("host: 192.0.2.1");
            }
        }
        finally
        {
            feed.detachAppender(logged);
        }

        assertEquals(List.of(), logged.list.stream().filter(event -> Level.ERROR == event.getLevel())
            .map(ILoggingEvent::getFormattedMessage).toList());
    }

    @Test
    void shouldJournalNothingWhenTheGatewayHasNoCertificate() throws Exception
    {
        final Path text = Files.writeString(directory.resolve("text"), "not a certificate");

        final String failure = failureWith("port: 0, tls: {certificate: " + text + ", key: " + text + "}");

        assertTrue(failure.startsWith("tls: cannot use"), failure);
        assertTrue(lastSequence() < 0, "the journal holds frames");
    }

    private String failureWith(final String gateway) throws IOException
    {
        final LockstepConfig config = ConfigReader.parse("test.yaml", """
            journal: {directory: %s, preTouch: false}
            engine: {threads: backoff}
            venues: {binance: {symbols: [BTCUSDT], rest: "http://127.0.0.1:1", stream: "ws://127.0.0.1:1"}}
            gateway: {%s}
            """.formatted(directory.resolve("data"), gateway), (strategy, parameters) -> List.of());
        try (LockstepProcess process =
            LockstepProcess.open(config, "test", ReplayProgress.NONE, Throwable::printStackTrace))
        {
            return assertThrows(IOException.class, process::start).getMessage();
        }
    }

    private long lastSequence()
    {
        try (JournalReader reader = new JournalReader(directory.resolve("data")))
        {
            return reader.lastSequence();
        }
    }
}
