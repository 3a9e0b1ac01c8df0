package org.lockstep.tools.run;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ObjLongConsumer;

import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;
import org.lockstep.journal.read.JournalReader;

/** Which events of which channel the journal's files hold; said anew from the protocol, not by the gateway's code. */
final class JournaledEvents implements AutoCloseable
{
    /** More events of one channel than the gateway keeps in memory. */
    static final int BEYOND_MEMORY = 2_048;

    private static final int POLL_FRAMES = 16_384;

    private final JournalReader reader;
    private final LosslessClient.Site site;
    private final Map<Channel, Long> last = new EnumMap<>(Channel.class);
    private long nextSequence;

    /** An event channel under test. */
    enum Channel
    {
        TRADES, ORDERS, ALERTS;

        String code()
        {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    JournaledEvents(final Path directory, final LosslessClient.Site site)
    {
        reader = new JournalReader(directory);
        this.site = site;
    }

    /** Goes on at the heels of the process that writes. */
    void poll()
    {
        long before;
        do
        {
            before = nextSequence;
            nextSequence = reader.read(before, POLL_FRAMES, (buffer, offset, length) ->
                forEachChannel(buffer, offset, (channel, sequence) ->
                {
                    last.put(channel, sequence);
                    site.journaled(channel);
                }));
        }
        while (nextSequence != before);
    }

    /** @return whether that many orders and alerts are there; fills come when the market wants. */
    boolean haveAtLeast(final long count)
    {
        return site.count(Channel.ORDERS) >= count && site.count(Channel.ALERTS) >= count &&
            site.count(Channel.TRADES) > 0;
    }

    Map<Channel, Long> lastSequences()
    {
        return Map.copyOf(last);
    }

    @Override
    public void close()
    {
        reader.close();
    }

    /** @return sequences of all there are. */
    static Map<Channel, long[]> read(final Path directory)
    {
        final Map<Channel, LongArrayList> lists = new EnumMap<>(Channel.class);
        try (JournalReader whole = new JournalReader(directory))
        {
            whole.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
                forEachChannel(buffer, offset, (channel, sequence) ->
                    lists.computeIfAbsent(channel, any -> new LongArrayList()).addLong(sequence)));
        }
        final Map<Channel, long[]> events = new EnumMap<>(Channel.class);
        lists.forEach((channel, list) -> events.put(channel, list.toLongArray()));
        return events;
    }

    private static void forEachChannel(
        final DirectBuffer buffer, final int offset, final ObjLongConsumer<Channel> consumer)
    {
        final long sequence = Frame.sequence(buffer, offset);
        switch (Frame.templateId(buffer, offset))
        {
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                consumer.accept(Channel.TRADES, sequence);
                consumer.accept(Channel.ORDERS, sequence);
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                consumer.accept(Channel.ORDERS, sequence);
                consumer.accept(Channel.ALERTS, sequence);
            }
            case OrderRequestedDecoder.TEMPLATE_ID, OrderAcceptedDecoder.TEMPLATE_ID, OrderCanceledDecoder.TEMPLATE_ID,
                OrderReplacedDecoder.TEMPLATE_ID, OrderExpiredDecoder.TEMPLATE_ID, CancelRequestedDecoder.TEMPLATE_ID,
                ReplaceRequestedDecoder.TEMPLATE_ID -> consumer.accept(Channel.ORDERS, sequence);
            case AlertDecoder.TEMPLATE_ID -> consumer.accept(Channel.ALERTS, sequence);
            case FeedStatusDecoder.TEMPLATE_ID ->
            {
                final FeedState state = new FeedStatusDecoder().wrap(buffer, offset + Frame.HEADER_LENGTH,
                    Frame.blockLength(buffer, offset), Frame.version(buffer, offset)).state();
                if (Frame.NULL_INSTRUMENT_ID == Frame.instrumentId(buffer, offset) ||
                    FeedState.STALE == state || FeedState.GAP == state)
                {
                    consumer.accept(Channel.ALERTS, sequence);
                }
            }
            default ->
            {
            }
        }
    }
}
