package org.lockstep.journal.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.Frames;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.TestMachine;
import org.lockstep.journal.read.BatchCursor;
import org.lockstep.journal.read.JournalReader;

class JournalWriterAllocationTest
{
    private static final int WARM_UP = 100_000;
    private static final int MEASURED = 100_000;

    @TempDir
    private Path directory;
    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final Frames frames = new Frames();
    private long sequence;
    private long handed;

    @Test
    void shouldAllocateNothingPerCommitOnceWarm()
    {
        // One block holds everything: mapping the next one is the one place where Chronicle allocates.
        try (Journal journal = Journal.open(JournalConfig.of(directory).withBlockSize(256 << 20, 1 << 20)))
        {
            append(journal.appender(), WARM_UP);
            final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

            append(journal.appender(), MEASURED);

            assertNothingPerFrame(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
    }

    @Test
    void shouldAllocateNothingPerFrameReadOnceWarm()
    {
        try (Journal journal = Journal.open(JournalConfig.of(directory).withBlockSize(256 << 20, 1 << 20)))
        {
            append(journal.appender(), WARM_UP + MEASURED);
            try (JournalReader reader = journal.reader())
            {
                long next = reader.read(0, WARM_UP, this::count);
                final org.lockstep.engine.event.FrameHandler handler = this::count;
                final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

                while (next < WARM_UP + MEASURED)
                {
                    next = reader.read(next, 100, handler);
                }

                assertNothingPerFrame(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
                assertEquals(WARM_UP + MEASURED, handed);
            }
        }
    }

    @Test
    void shouldAllocateNothingPerFrameReplayedOnceWarm()
    {
        final TestMachine machine = new TestMachine(0, 0);
        try (Journal journal = Journal.open(JournalConfig.of(directory).withBlockSize(256 << 20, 1 << 20)))
        {
            append(journal.appender(), WARM_UP + MEASURED);
        }
        try (BatchCursor cursor = new BatchCursor(directory))
        {
            long before = 0;
            while (BatchCursor.BATCH == cursor.next() && cursor.frameCount() > 0)
            {
                machine.onInput(cursor.buffer(), cursor.framesOffset(),
                    Frame.length(cursor.buffer(), cursor.framesOffset()));
                if (WARM_UP == cursor.firstSequence())
                {
                    before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                }
                if (WARM_UP + MEASURED - 1 == cursor.firstSequence())
                {
                    assertNothingPerFrame(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
                    handed = cursor.nextSequence();
                }
            }
            assertEquals(WARM_UP + MEASURED, handed);
        }
    }

    /** The JVM allocates a few objects when it replaces compiled code; one object a frame would be over a megabyte. */
    private static void assertNothingPerFrame(final long bytes)
    {
        assertTrue(bytes < 4_096, () -> bytes + " bytes over " + MEASURED + " frames");
    }

    private void count(final org.agrona.DirectBuffer buffer, final int offset, final int length)
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
