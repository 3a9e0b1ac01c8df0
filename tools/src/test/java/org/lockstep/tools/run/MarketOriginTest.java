package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

class MarketOriginTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldRefuseRecordingWhenJournalHoldsSyntheticMarket() throws Exception
    {
        MarketOrigin.claim(directory, true, () -> true, List.of(binance("the synthetic market")));

        final CommandFailure failure = assertThrows(CommandFailure.class,
            () -> MarketOrigin.claim(directory, false, () -> true, List.of(binance("the recording day.jsonl"))));

        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains("the synthetic market"), failure::getMessage);
        assertTrue(failure.getMessage().contains("the recording day.jsonl"), failure::getMessage);
        assertTrue(failure.getMessage().contains("--dir"), failure::getMessage);
    }

    @Test
    void shouldGoOnWithTheSameMarketAfterRefusingAnother() throws Exception
    {
        MarketOrigin.claim(directory, true, () -> true, List.of(binance("the synthetic market")));
        assertThrows(CommandFailure.class,
            () -> MarketOrigin.claim(directory, false, () -> true, List.of(binance("the live exchange"))));

        assertDoesNotThrow(() -> MarketOrigin.claim(
            directory, false, () -> true, List.of(binance("the synthetic market"))));
    }

    @Test
    void shouldTakeAnyMarketWhileTheJournalIsEmptyOrOfUnknownOrigin() throws Exception
    {
        assertDoesNotThrow(() -> MarketOrigin.claim(
            directory, false, () -> true, List.of(binance("the synthetic market"))));
        assertDoesNotThrow(() -> MarketOrigin.claim(
            directory, true, () -> true, List.of(binance("the live exchange"))));
        assertThrows(CommandFailure.class,
            () -> MarketOrigin.claim(directory, false, () -> true, List.of(binance("the synthetic market"))));
    }

    @Test
    void shouldRefuseASimulatorOfItsOwnOnlyWhereAnEarlierOneHeldOrders() throws Exception
    {
        final List<LockstepConfig.VenueFeed> simulated = List.of(new LockstepConfig.VenueFeed("binance",
            List.of("BTCUSDT"), List.of("quote"), null, null, null, "the synthetic market",
            new LockstepConfig.Simulated(1, 500), 1));
        MarketOrigin.claim(directory, true, () -> false, simulated);

        assertDoesNotThrow(() -> MarketOrigin.claim(directory, false, () -> false, simulated));
        assertThrows(CommandFailure.class, () -> MarketOrigin.claim(directory, false, () -> true, simulated));
    }

    private static LockstepConfig.VenueFeed binance(final String market)
    {
        return new LockstepConfig.VenueFeed("binance", List.of("BTCUSDT"), List.of("quote"), null, null, market);
    }
}
