package org.lockstep.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.pipeline.JournalAppender;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;
import org.lockstep.journal.write.Journal;

/** Takes the journal's figures by hand: append by batch size, tail, seek, replay. Not a test; run its main. */
public final class JournalSpeed
{
    private final Path directory;
    private final int count;
    private final Frames frames = new Frames();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private long sum;

    private JournalSpeed(final Path directory, final int count)
    {
        this.directory = directory;
        this.count = count;
    }

    public static void main(final String[] args) throws java.io.IOException
    {
        final int count = args.length > 0 ? Integer.parseInt(args[0]) : 5_000_000;
        for (final int batch : new int[] {1, 16, 64, 256})
        {
            final Path directory = Files.createTempDirectory(Path.of(args.length > 1 ? args[1] : "/tmp"), "speed");
            try
            {
                new JournalSpeed(directory, count).run(batch);
            }
            finally
            {
                IoUtil.delete(directory.toFile(), true);
            }
        }
    }

    private void run(final int batch)
    {
        append(batch);
        tail();
        tail();
        seek();
        for (int i = 0; i < 3; i++)
        {
            final ReplayResult result = new Replayer(directory, new TestMachine(0, 0), ReplayOptions.all()).run();
            System.out.printf("batch %d: replay %,d events/s%n", batch, result.eventsPerSecond());
        }
    }

    private void append(final int batch)
    {
        frames.quote(0, Frames.START_NS, 60_000);
        frame.putBytes(0, frames.buffer(), 0, frames.length());
        final Histogram histogram = new Histogram(3);
        try (Journal journal = Journal.open(JournalConfig.of(directory)))
        {
            final JournalAppender appender = journal.appender();
            final long startNs = System.nanoTime();
            long sequence = 0;
            while (sequence < count)
            {
                final long beforeNs = System.nanoTime();
                for (int i = 0; i < batch; i++)
                {
                    Frame.sequence(frame, 0, sequence++);
                    appender.stage(frame, 0, frames.length());
                }
                appender.commit();
                if (sequence > count / 4)
                {
                    histogram.recordValue(System.nanoTime() - beforeNs);
                }
            }
            final double seconds = (System.nanoTime() - startNs) / (double)TimeUnit.SECONDS.toNanos(1);
            System.out.printf("batch %d: append %,.0f events/s of %d bytes; commit p50 %d, p99 %d, p99.9 %d ns, " +
                "max %d us; %,d bytes%n", batch, count / seconds, frames.length(), histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue() / 1000, journal.journalBytes());
        }
    }

    private void tail()
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            final long startNs = System.nanoTime();
            reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
                sum += Frame.sequence(buffer, offset));
            final double seconds = (System.nanoTime() - startNs) / (double)TimeUnit.SECONDS.toNanos(1);
            System.out.printf("tail %,.0f events/s%n", count / seconds);
        }
    }

    private void seek()
    {
        final Histogram histogram = new Histogram(3);
        try (JournalReader reader = new JournalReader(directory))
        {
            for (int i = 0; i < 2000; i++)
            {
                final long target = (i * 2_654_435_761L & Long.MAX_VALUE) % count;
                final long startNs = System.nanoTime();
                reader.read(target, 1, (buffer, offset, length) -> sum += Frame.sequence(buffer, offset));
                histogram.recordValue(System.nanoTime() - startNs);
            }
        }
        System.out.printf("seek by sequence p50 %d us, p99 %d us%n",
            histogram.getValueAtPercentile(50) / 1000, histogram.getValueAtPercentile(99) / 1000);
    }
}
