package org.lockstep.journal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.ThreadMXBean;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.Frames;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.TestMachine;
import org.lockstep.journal.read.BatchCursor;
import org.lockstep.journal.read.JournalReader;

/**
 * Rounds must be clean, to the byte, several times in a row. Those between may not be: whoever asks for a method to be
 * compiled first creates all string constants of its class that were not used before (HotSpot,
 * {@code ConstantPool::resolve_string_constants}), once a class, and on the thread that made the method hot.
 */
class JournalWriterAllocationTest
{
    private static final int WARM_UP = 100_000;
    private static final int ROUND = 10_000;
    private static final int CLEAN_ROUNDS = 3;
    private static final int MAX_ROUNDS = 20;

    @TempDir
    private Path directory;
    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final Frames frames = new Frames();
    private long sequence;
    private long handed;
    private long next;

    @Test
    void shouldAllocateNothingPerCommitOnceWarm()
    {
        // One block holds everything: mapping the next one is the one place where Chronicle allocates.
        try (Journal journal = Journal.open(JournalConfig.of(directory).withBlockSize(256 << 20, 1 << 20)))
        {
            append(journal.appender(), WARM_UP);
            final JournalAppender appender = journal.appender();

            assertNothingAllocated(() -> append(appender, ROUND));
        }
    }

    @Test
    void shouldAllocateNothingPerFrameReadOnceWarm()
    {
        try (Journal journal = Journal.open(JournalConfig.of(directory).withBlockSize(256 << 20, 1 << 20)))
        {
            append(journal.appender(), WARM_UP + (MAX_ROUNDS + 1) * ROUND);
            try (JournalReader reader = journal.reader())
            {
                final FrameHandler handler = this::count;
                while (next < WARM_UP)
                {
                    next = reader.read(next, 100, handler);
                }

                assertNothingAllocated(() -> read(reader, handler));
                assertEquals(next, handed);
            }
        }
    }

    @Test
    void shouldAllocateNothingPerFrameReplayedOnceWarm()
    {
        final TestMachine machine = new TestMachine(0, 0);
        try (Journal journal = Journal.open(JournalConfig.of(directory).withBlockSize(256 << 20, 1 << 20)))
        {
            append(journal.appender(), WARM_UP + (MAX_ROUNDS + 1) * ROUND);
        }
        try (BatchCursor cursor = new BatchCursor(directory))
        {
            replay(cursor, machine, WARM_UP);

            assertNothingAllocated(() -> replay(cursor, machine, ROUND));
            assertEquals(cursor.nextSequence(), handed);
        }
    }

    private void assertNothingAllocated(final Runnable round)
    {
        final List<Long> rounds = new ArrayList<>(MAX_ROUNDS);
        int cleanCount = 0;
        while (cleanCount < CLEAN_ROUNDS && rounds.size() < MAX_ROUNDS)
        {
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            round.run();
            final long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            cleanCount = 0 == bytes ? cleanCount + 1 : 0;
            rounds.add(bytes);
        }
        assertEquals(CLEAN_ROUNDS, cleanCount, "bytes allocated in rounds of " + ROUND + " frames: " + rounds);
    }

    private void read(final JournalReader reader, final FrameHandler handler)
    {
        final long end = next + ROUND;
        while (next < end)
        {
            next = reader.read(next, 100, handler);
        }
    }

    private void replay(final BatchCursor cursor, final TestMachine machine, final int frameCount)
    {
        int left = frameCount;
        while (left > 0 && BatchCursor.BATCH == cursor.next())
        {
            if (cursor.frameCount() > 0)
            {
                machine.onInput(cursor.buffer(), cursor.framesOffset(),
                    Frame.length(cursor.buffer(), cursor.framesOffset()));
                handed++;
                left--;
            }
        }
        assertEquals(0, left, "frames that were not there");
    }

    private void count(final DirectBuffer buffer, final int offset, final int length)
    {
        handed++;
    }

    private void append(final JournalAppender appender, final int commits)
    {
        for (int i = 0; i < commits; i++)
        {
            appender.stage(frames.quote(sequence, Frames.START_NS + sequence, 60_000).buffer(), 0, frames.length());
            sequence++;
            appender.commit();
        }
    }
}
