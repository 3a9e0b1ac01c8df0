package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.ConfigReader;

/** Accounts and bots are defined before the feeds connect, whoever runs the engine. */
class DefinitionsTest
{
    private static final int ACCOUNTS = 40;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"backoff", "feed-loop"})
    void shouldStartWhenThereIsMoreToDefineThanTheRingHolds(final String threads)
    {
        final String accounts = IntStream.range(0, ACCOUNTS).mapToObj(i -> "{name: paper" + i + "}")
            .collect(Collectors.joining(", ", "accounts: [", "]"));

        assertTimeoutPreemptively(LIMIT, () ->
        {
            try (LockstepProcess process = process(threads, accounts))
            {
                process.start();
            }
        });

        assertTrue(lastSequence() > ACCOUNTS, "only up to " + lastSequence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"backoff", "feed-loop"})
    void shouldJournalStartAndStopWhenADefinitionIsTooLong(final String threads) throws IOException
    {
        try (LockstepProcess process = process(threads, """
            accounts: [{name: paper}]
            bots: [{name: wordy, strategy: crossover, account: paper, symbols: [BTCUSDT], parameters: {fast: "%s"}}]
            """.formatted("5".repeat(2_000))))
        {
            assertThrows(IllegalArgumentException.class, process::start);
        }

        assertTrue(lastSequence() >= 2, "only up to " + lastSequence());
    }

    private LockstepProcess process(final String threads, final String definitions) throws IOException
    {
        return LockstepProcess.open(ConfigReader.parse("test.yaml", """
            journal: {directory: %s, preTouch: false}
            engine: {threads: %s, ringCapacity: 16}
            venues: {binance: {symbols: [BTCUSDT], rest: "http://127.0.0.1:1", stream: "ws://127.0.0.1:1"}}
            gateway: {enabled: false}
            %s
            """.formatted(directory, threads, definitions), (strategy, parameters) -> List.of()), "test",
            ReplayProgress.NONE, Throwable::printStackTrace);
    }

    private long lastSequence()
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            return reader.lastSequence();
        }
    }
}
