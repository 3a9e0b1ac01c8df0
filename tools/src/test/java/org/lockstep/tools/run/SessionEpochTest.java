package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionEpochTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldNeverRepeatANumberThatTheJournalLost() throws Exception
    {
        final long first = SessionEpoch.next(directory, 1);
        final long afterLoss = SessionEpoch.next(directory, 1);
        final long afterMore = SessionEpoch.next(directory, 9);

        assertEquals(1, first);
        assertEquals(2, afterLoss);
        assertEquals(9, afterMore);
    }

    @Test
    void shouldSayWhatIsWrongWhenTheFileIsNotANumber() throws Exception
    {
        Files.writeString(directory.resolve("epoch"), "seven");

        final IOException ex = assertThrows(IOException.class, () -> SessionEpoch.next(directory, 1));

        assertTrue(ex.getMessage().contains("seven"), ex.getMessage());
    }

    @Test
    void shouldGoOnFromTheJournalWhenTheWallClockIsBehind()
    {
        final SteadyEpochClock behind = new SteadyEpochClock(10_000_000_000L, 4_000_000_000L);
        final SteadyEpochClock ahead = new SteadyEpochClock(4_000_000_000L, 10_000_000_000L);

        assertTrue(behind.nanoTime() >= 10_000_000_000L);
        assertEquals(6_000_000_000L, behind.aheadNs());
        assertTrue(ahead.nanoTime() >= 10_000_000_000L);
        assertEquals(0, ahead.aheadNs());
    }
}
