package org.lockstep.journal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.agrona.concurrent.EpochClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.journal.Frames;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.JournalDamagedException;
import org.lockstep.journal.JournalProbe;
import org.lockstep.journal.JournalProbe.Place;
import org.lockstep.journal.LiveRun;
import org.lockstep.journal.TestMachine;

/** Damage of random kind, place and extent; what is checked is what must hold whatever it was. */
class RandomDamageTest
{
    private static final int ROUNDS = 50;
    /** Stands still, so that no hour ends and no second file begins between two lines. */
    private static final EpochClock CLOCK = () -> Frames.START_NS / 1_000_000;

    @TempDir
    private Path live;
    @TempDir
    private Path copies;
    private final long seed = Long.getLong("lockstep.damageSeed", 1);
    private final Random random = new Random(seed);
    private List<Place> batches;

    @BeforeEach
    void recordSession()
    {
        final Path recorded = live.resolve("recorded");
        final TestMachine machine = new TestMachine(0, 0);
        try (Journal journal = Journal.open(config(live.resolve("running")), CLOCK))
        {
            final LiveRun run = new LiveRun(journal.appender(), machine);
            for (int i = 0; i < 60; i++)
            {
                run.batch(1 + random.nextInt(30));
            }
            JournalProbe.copy(live.resolve("running"), recorded);
        }
        live = recorded;
        batches = JournalProbe.batches(live);
    }

    @Test
    void shouldStartAndKeepAllBeforeItWhenDamageReachesFromTheLastBatchToTheEnd() throws IOException
    {
        for (int i = 0; i < ROUNDS; i++)
        {
            final Path directory = copy(i);
            final Place last = place(directory, batches.size() - 1);
            damage(last.file(), last.position() + random.nextInt(last.length() + 400), 1 + random.nextInt(2000));

            open(directory, last.firstSequence(), last.firstSequence() + last.frames(), i);
        }
    }

    @Test
    void shouldNeverHandOutAWrongFrameWhereverTheDamageIs() throws IOException
    {
        for (int i = 0; i < ROUNDS; i++)
        {
            final Path directory = copy(i);
            final Place hit = place(directory, random.nextInt(batches.size()));
            damage(hit.file(), hit.position() + random.nextInt(hit.length()), 1 + random.nextInt(50));
            try
            {
                open(directory, hit.firstSequence(), Long.MAX_VALUE, i);
            }
            catch (final JournalDamagedException ex)
            {
                assertEquals(hit.firstSequence(), ex.sequence(), "seed " + seed + ", round " + i);
            }
        }
    }

    private void open(final Path directory, final long atLeast, final long atMost, final int round)
    {
        final String context = "seed " + seed + ", round " + round;
        final long next;
        try (Journal journal = Journal.open(config(directory), CLOCK))
        {
            next = journal.lastSequence() + 1;
            assertTrue(next >= atLeast && next <= atMost, () -> context + ": next is " + next);
            new LiveRun(journal.appender(), new TestMachine(0, 0)).batches(20, 7);
        }
        assertEquals(LongStream.range(0, next + 140).boxed().toList(), JournalProbe.sequences(directory), context);
    }

    private void damage(final Path file, final long position, final int extent)
    {
        switch (random.nextInt(4))
        {
            case 0 -> JournalProbe.flip(file, position);
            case 1 -> JournalProbe.zeroFrom(file, position);
            case 2 -> JournalProbe.truncate(file, position);
            default ->
            {
                final byte[] garbage = new byte[extent];
                random.nextBytes(garbage);
                JournalProbe.write(file, position, garbage);
            }
        }
    }

    private Place place(final Path directory, final int batch)
    {
        final Place place = batches.get(batch);
        return new Place(directory.resolve(place.file().getFileName()), place.position(), place.length(),
            place.firstSequence(), place.frames());
    }

    private Path copy(final int round) throws IOException
    {
        final Path directory = Files.createDirectories(copies.resolve("round" + round));
        JournalProbe.copy(live, directory);
        return directory;
    }

    private static JournalConfig config(final Path directory)
    {
        return JournalConfig.of(directory).withBlockSize(1 << 20, 64 << 10).withPreTouch(false);
    }
}
