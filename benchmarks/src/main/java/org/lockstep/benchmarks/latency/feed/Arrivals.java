package org.lockstep.benchmarks.latency.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A client process's side of the measurement: when each of the last trades reached its callback, and the answers to the
 * sender's questions on standard input. {@code seen} tells the last trade's id, {@code stop} writes the file and ends.
 * The monotonic clock is the machine's, so that the sender's times and these compare.
 */
final class Arrivals
{
    private static final int CAPACITY = 1 << 17;

    private final long[] ids = new long[CAPACITY];
    private final long[] timesNs = new long[CAPACITY];
    private volatile long count;
    private volatile long books;
    private volatile long quotes;

    /** A trade has reached its callback; one thread. */
    void onTrade(final long id)
    {
        final long index = count;
        ids[(int)index & CAPACITY - 1] = id;
        timesNs[(int)index & CAPACITY - 1] = System.nanoTime();
        count = index + 1;
    }

    /** A quote has; one thread. */
    void onQuote()
    {
        quotes = quotes + 1;
    }

    /** A change of the book has; one thread. */
    void onBook()
    {
        books = books + 1;
    }

    /** Answers until it is told to stop. */
    void serve(final Path file) throws IOException
    {
        final BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String question = questions.readLine();
        while (null != question && !"stop".equals(question))
        {
            System.out.println(seen());
            question = questions.readLine();
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file)))
        {
            for (long i = Math.max(0, count - CAPACITY); i < count; i++)
            {
                out.println(ids[(int)i & CAPACITY - 1] + " " + timesNs[(int)i & CAPACITY - 1]);
            }
        }
        System.exit(0);
    }

    /** Id of the last trade once every kind has been seen, else -1; then how many of each. */
    private String seen()
    {
        final long trades = count;
        final boolean isReady = trades > 0 && quotes > 0 && books > 0;
        return (isReady ? ids[(int)(trades - 1) & CAPACITY - 1] : -1) + " " + trades + " " + quotes + " " + books;
    }
}
