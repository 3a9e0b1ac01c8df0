package org.lockstep.tools.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.tools.config.LockstepConfig;

class WarmUpTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path directory;

    @Test
    void shouldSendOrdersOverASessionAndLeaveNothingBehindWhenAnAccountHasOne() throws Exception
    {
        final WarmUp warmUp = WarmUp.begin(config(LIMIT_NS, LockstepConfig.SIMULATOR), "test", directory);

        warmUp.done().get(5, TimeUnit.MINUTES);
        warmUp.close();

        assertTrue(warmUp.messages() > 0, warmUp.toString());
        assertTrue(warmUp.orders() > 0, warmUp.toString());
        assertEquals(List.of(), files());
    }

    @Test
    void shouldTradeOnPaperAloneWhenNoAccountHasASession() throws Exception
    {
        final WarmUp warmUp = WarmUp.begin(config(LIMIT_NS, LockstepConfig.PAPER), "test", directory);

        warmUp.done().get(5, TimeUnit.MINUTES);
        warmUp.close();

        assertTrue(warmUp.messages() > 0, warmUp.toString());
        assertEquals(0, warmUp.orders(), warmUp.toString());
        assertEquals(List.of(), files());
    }

    @Test
    void shouldLetTheProcessGoLiveWhenItIsClosedEarly() throws Exception
    {
        final WarmUp warmUp = WarmUp.begin(config(LIMIT_NS, LockstepConfig.PAPER), "test", directory);

        warmUp.close();

        warmUp.done().get(5, TimeUnit.MINUTES);
        assertEquals(List.of(), files());
    }

    @Test
    void shouldGoLiveAtOnceWhenItIsOff() throws Exception
    {
        final WarmUp warmUp = WarmUp.begin(config(0, LockstepConfig.PAPER), "test", directory);

        assertTrue(warmUp.done().isDone());
        assertEquals("no warm-up", warmUp.toString());
        assertEquals(List.of(), files());
    }

    @Test
    void shouldGoLiveAllTheSameWhenThereIsNoPlaceForItsJournal() throws Exception
    {
        final Path file = Files.writeString(directory.resolve("file"), "");

        final WarmUp warmUp = WarmUp.begin(config(LIMIT_NS, LockstepConfig.PAPER), "test", file);

        warmUp.done().get(5, TimeUnit.MINUTES);
        warmUp.close();
        assertEquals(0, warmUp.messages());
        assertFalse(Files.exists(file.resolve("epoch")));
    }

    /** What lies there besides what was there before: no journal of the real process either. */
    private List<Path> files() throws IOException
    {
        try (Stream<Path> found = Files.list(directory))
        {
            return found.toList();
        }
    }

    private LockstepConfig config(final long warmUpNs, final String mode)
    {
        return new LockstepConfig(
            new LockstepConfig.Journal(
                directory.resolve("journal"), LockstepConfig.PAGE_CACHE, 50_000_000, "hour", true),
            new LockstepConfig.Engine(
                "auto", 1, 1_000_000_000L, 8192, 256, LockstepConfig.Pinning.none(), warmUpNs),
            List.of(new LockstepConfig.VenueFeed("binance", List.of("BTCUSDT", "ETHUSDT"),
                List.of("quote", "trade", "book"), null, null, "")),
            List.of(new LockstepConfig.Account("mine", "me", "binance", mode, Map.of("balance", "100000"))),
            List.of(new LockstepConfig.Bot("maker", "market-maker", "mine", List.of("binance:BTCUSDT"), true, Map.of()),
                new LockstepConfig.Bot("other", "market-maker", "mine", List.of("binance:XRPUSDT"), true, Map.of())),
            null);
    }
}
