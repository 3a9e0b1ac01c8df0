package org.lockstep.benchmarks.peer;

import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.LongConsumer;

/**
 * The pipeline of the textbook: an object a message through an {@link ArrayBlockingQueue}, written to a Chronicle Queue
 * by its consumer and then acted on. Sender and consumer may be two threads.
 */
public final class BlockingPipeline implements AutoCloseable
{
    private static final int CAPACITY = 65_536;

    private final ArrayBlockingQueue<Quote> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final MethodWriterLog log;
    private final LongConsumer onTimeNs;

    /**
     * Opens a new queue.
     *
     * @param directory of the log.
     * @param onTimeNs  told of each message its time.
     */
    public BlockingPipeline(final Path directory, final LongConsumer onTimeNs)
    {
        this.log = new MethodWriterLog(directory);
        this.onTimeNs = onTimeNs;
    }

    /**
     * Sends.
     *
     * @param timeNs of the message.
     * @return false when the queue is full.
     */
    public boolean send(final long timeNs)
    {
        return queue.offer(new Quote(timeNs, 6_183_763, 100_000, 0));
    }

    /** @return messages that were taken. */
    public int poll()
    {
        int count = 0;
        for (Quote quote = queue.poll(); null != quote; quote = queue.poll())
        {
            log.writer().quote(quote.timeNs, quote.price, quote.quantity, quote.instrument);
            onTimeNs.accept(quote.timeNs);
            count++;
        }
        return count;
    }

    @Override
    public void close()
    {
        log.close();
    }

    private record Quote(long timeNs, long price, long quantity, int instrument)
    {
    }
}
