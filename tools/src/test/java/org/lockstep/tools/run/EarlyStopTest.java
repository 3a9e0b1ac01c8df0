package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;
import org.slf4j.LoggerFactory;

class EarlyStopTest
{
    private static final long LIVE_MS = 120_000;

    @TempDir
    private Path directory;

    @Test
    void shouldEndWithoutAWarningWhilePastBarsAreStillAskedFor() throws Exception
    {
        final Logger feeds = (Logger)LoggerFactory.getLogger("org.lockstep.gateway.venue");
        final ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        try (BinanceSimulator simulator =
            BinanceSimulator.start(SimulatorConfig.defaults().withSymbolCount(8).withEventsPerSecond(100)))
        {
            final LockstepConfig config = ConfigReader.parse("test.yaml", """
                journal: {directory: %s, preTouch: false}
                engine: {threads: backoff}
                venues: {binance: {symbols: %s, streams: [quote, bar], rest: "%s", stream: "%s"}}
                gateway: {enabled: false}
                """.formatted(directory, simulator.symbols(), simulator.addresses().rest(),
                simulator.addresses().stream()), StrategyCheck.onClassPath());
            try (LockstepProcess process =
                LockstepProcess.open(config, "test", ReplayProgress.NONE, Throwable::printStackTrace))
            {
                process.start();
                assertNull(process.awaitLive(LIVE_MS));
                feeds.addAppender(logged);
            }
        }
        finally
        {
            feeds.detachAppender(logged);
        }

        assertEquals(List.of(), logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }
}
