package org.lockstep.gateway.venue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures about a feed. Every venue message is counted as received and then as exactly one of decoded, control and
 * rejected. A reject is logged once per kind, with a bounded excerpt.
 * Threading: written by the feed's loop, read by any thread. Allocation: none, except for the first reject of a kind.
 */
public final class FeedCounters
{
    private static final Logger LOG = LoggerFactory.getLogger(FeedCounters.class);
    private static final int MAX_EXCERPT_LENGTH = 240;

    private static final int RECEIVED = 0;
    private static final int DECODED = 1;
    private static final int CONTROL = 2;
    private static final int REJECTED = 3;
    private static final int GAPS = 4;
    private static final int RECONNECTS = 5;
    private static final int DUPLICATES = 6;
    private static final int PLANNED_RECONNECTS = 7;
    private static final int STALES = 8;
    private static final int SNAPSHOTS = 9;
    private static final int POLLS = 10;
    private static final int PUBLISHED = 11;
    private static final int RECEIVED_BYTES = 12;
    private static final int INEXACT_LEVELS = 13;
    private static final int COUNT = 14;

    private final String feedName;
    private final AtomicLongArray counts = new AtomicLongArray(COUNT);
    private final AtomicLongArray rejects = new AtomicLongArray(RejectKind.values().length);
    private final AtomicIntegerArray isLogged = new AtomicIntegerArray(RejectKind.values().length);

    /**
     * Constructs counters at zero.
     *
     * @param feedName for logs, such as {@code binance}.
     */
    public FeedCounters(final String feedName)
    {
        this.feedName = feedName;
    }

    // --------------------------------------------------------------------------------------------------- feed loop

    /**
     * Counts a venue message.
     *
     * @param lengthBytes of it.
     */
    public void onReceived(final int lengthBytes)
    {
        increment(RECEIVED);
        counts.setRelease(RECEIVED_BYTES, counts.getPlain(RECEIVED_BYTES) + lengthBytes);
    }

    /** Counts a message that was understood. */
    public void onDecoded()
    {
        increment(DECODED);
    }

    /** Counts an acknowledgement, error or announcement. */
    public void onControl()
    {
        increment(CONTROL);
    }

    /**
     * Counts a message that was not taken, and logs the first of its kind.
     *
     * @param kind   why.
     * @param buffer holds the message.
     * @param offset of the message.
     * @param length of the message, bytes.
     */
    public void onRejected(final RejectKind kind, final DirectBuffer buffer, final int offset, final int length)
    {
        increment(REJECTED);
        rejects.setRelease(kind.ordinal(), rejects.getPlain(kind.ordinal()) + 1);
        if (0 == isLogged.getPlain(kind.ordinal()))
        {
            isLogged.set(kind.ordinal(), 1);
            LOG.warn("{}: message rejected, {} (further ones are only counted): {}",
                feedName, kind.text(), excerpt(buffer, offset, length));
        }
    }

    /** Counts a break in a sequence of ids. */
    public void onGap()
    {
        increment(GAPS);
    }

    /** Counts a connection that was lost and came back. */
    public void onReconnect()
    {
        increment(RECONNECTS);
    }

    /** Counts an event that had been seen already. */
    public void onDuplicate()
    {
        increment(DUPLICATES);
    }

    /** Counts a connection replaced without a break. */
    public void onPlannedReconnect()
    {
        increment(PLANNED_RECONNECTS);
    }

    /** Counts an instrument or a connection found silent. */
    public void onStale()
    {
        increment(STALES);
    }

    /** Counts a book snapshot taken. */
    public void onSnapshot()
    {
        increment(SNAPSHOTS);
    }

    /** Counts an instrument polled. */
    public void onPoll()
    {
        increment(POLLS);
    }

    /**
     * Counts book levels that were rounded or left out.
     *
     * @param levels how many.
     */
    public void onInexactLevels(final int levels)
    {
        counts.setRelease(INEXACT_LEVELS, counts.getPlain(INEXACT_LEVELS) + levels);
    }

    /** Counts a frame published. */
    public void onPublished()
    {
        increment(PUBLISHED);
    }

    // ----------------------------------------------------------------------------------------------------- queries

    /** @return venue messages received. */
    public long received()
    {
        return counts.get(RECEIVED);
    }

    /** @return messages understood. */
    public long decoded()
    {
        return counts.get(DECODED);
    }

    /** @return acknowledgements, errors and announcements. */
    public long control()
    {
        return counts.get(CONTROL);
    }

    /** @return messages not taken. */
    public long rejected()
    {
        return counts.get(REJECTED);
    }

    /**
     * Messages not taken for one reason.
     *
     * @param kind the reason.
     * @return how many.
     */
    public long rejected(final RejectKind kind)
    {
        return rejects.get(kind.ordinal());
    }

    /** @return breaks in sequences of ids. */
    public long gaps()
    {
        return counts.get(GAPS);
    }

    /** @return connections that were lost and came back. */
    public long reconnects()
    {
        return counts.get(RECONNECTS);
    }

    /** @return events dropped because they had been seen. */
    public long duplicates()
    {
        return counts.get(DUPLICATES);
    }

    /** @return connections replaced without a break. */
    public long plannedReconnects()
    {
        return counts.get(PLANNED_RECONNECTS);
    }

    /** @return how often an instrument or connection was found silent. */
    public long stales()
    {
        return counts.get(STALES);
    }

    /** @return book snapshots taken. */
    public long snapshots()
    {
        return counts.get(SNAPSHOTS);
    }

    /** @return instruments polled over REST. */
    public long polls()
    {
        return counts.get(POLLS);
    }

    /** @return frames published. */
    public long published()
    {
        return counts.get(PUBLISHED);
    }

    /** @return book levels rounded or left out, because they are finer than the venue's own steps. */
    public long inexactLevels()
    {
        return counts.get(INEXACT_LEVELS);
    }

    /** @return bytes of the messages received. */
    public long receivedBytes()
    {
        return counts.get(RECEIVED_BYTES);
    }

    @Override
    public String toString()
    {
        return feedName + "{received=" + received() + ", decoded=" + decoded() + ", control=" + control() +
            ", rejected=" + rejected() + ", duplicates=" + duplicates() + ", gaps=" + gaps() + ", reconnects=" +
            reconnects() + ", plannedReconnects=" + plannedReconnects() + ", snapshots=" + snapshots() + ", polls=" +
            polls() + "}";
    }

    /**
     * The beginning of a message, made safe for a log.
     *
     * @param buffer holds the message.
     * @param offset of the message.
     * @param length of the message, bytes.
     * @return at most 240 printable characters.
     */
    public static String excerpt(final DirectBuffer buffer, final int offset, final int length)
    {
        final StringBuilder text = new StringBuilder(MAX_EXCERPT_LENGTH);
        for (int i = 0; i < Math.min(length, MAX_EXCERPT_LENGTH); i++)
        {
            final char c = (char)(buffer.getByte(offset + i) & 0xFF);
            text.append(c >= ' ' && c < 0x7F ? c : '?');
        }
        return length > MAX_EXCERPT_LENGTH ? text.append("... (").append(length).append(" bytes)").toString() :
            text.toString();
    }

    private void increment(final int index)
    {
        counts.setRelease(index, counts.getPlain(index) + 1);
    }
}
