package org.lockstep.tools.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

import org.lockstep.journal.read.JournalReader;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/**
 * A range of a journal as users give it: sequences or ISO-8601 times, both ends included.
 *
 * @param from first sequence.
 * @param to   last sequence.
 */
record JournalRange(long from, long to)
{
    static JournalRange of(final Path directory, final String from, final String to)
    {
        if (!Files.isDirectory(directory))
        {
            throw new CommandFailure(ExitCode.FAILED,
                "no journal at " + directory + ": there is no such directory; 'lockstep demo' makes one in demo-data");
        }
        try (JournalReader reader = new JournalReader(directory))
        {
            if (reader.lastSequence() < 0)
            {
                throw new CommandFailure(ExitCode.FAILED, "no journal at " + directory + ": it holds no frames");
            }
            final long first = null == from ? 0 : sequence(reader, "--from", from, false);
            final long last = null == to ? Long.MAX_VALUE : sequence(reader, "--to", to, true);
            if (last < first)
            {
                throw new CommandFailure(ExitCode.USAGE, "--from " + from + " comes after --to " + to);
            }
            return new JournalRange(first, last);
        }
    }

    private static long sequence(
        final JournalReader reader, final String option, final String text, final boolean inclusiveEnd)
    {
        if (text.matches("\\d{1,18}"))
        {
            return Long.parseLong(text);
        }
        try
        {
            final Instant instant = Instant.parse(text);
            final long timeNs = TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
            return inclusiveEnd ? reader.sequenceAt(timeNs + 1) - 1 : reader.sequenceAt(timeNs);
        }
        catch (final DateTimeParseException ex)
        {
            throw new CommandFailure(ExitCode.USAGE, option + ": found '" + text +
                "', allowed: a sequence such as 4242, or a time such as 2026-01-31T09:30:00Z");
        }
    }
}
