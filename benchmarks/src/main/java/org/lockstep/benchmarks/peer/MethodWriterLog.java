package org.lockstep.benchmarks.peer;

import java.nio.file.Path;

import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.lockstep.journal.JournalConfig;

/** A Chronicle Queue that is written the way its manual begins: a method call is a document. One thread. */
public final class MethodWriterLog implements AutoCloseable
{
    private final ChronicleQueue queue;
    private final QuoteLog writer;

    /**
     * Opens a new queue of the journal's roll cycle and block size.
     *
     * @param directory of the queue.
     */
    public MethodWriterLog(final Path directory)
    {
        final JournalConfig config = JournalConfig.of(directory);
        queue = SingleChronicleQueueBuilder.binary(directory.toFile())
            .rollCycle(config.rollPeriod().cycle())
            .blockSize(config.blockSizeBytes())
            .build();
        writer = queue.methodWriter(QuoteLog.class);
    }

    /** @return writes a document a call. */
    public QuoteLog writer()
    {
        return writer;
    }

    @Override
    public void close()
    {
        queue.close();
    }
}
