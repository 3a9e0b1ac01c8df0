package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.LevelChanges;
import org.lockstep.tools.simulator.market.OrderFlow;

/**
 * One instrument's real-time topics, and what was last said on them. Publishes what an action of the market has caused.
 * Event loop only.
 */
final class SyntheticTopics
{
    private static final long FAST_SLOT_US = 100_000;
    private static final long SLOW_SLOT_US = 1_000_000;

    private final OrderFlow instrument;
    private final String symbol;
    private final PayloadEncoder encoder;
    private final Faults faults;
    private final Counters counters;

    private Topic trade;
    private Topic aggTrade;
    private Topic bookTicker;
    private Topic fastDepth;
    private Topic slowDepth;

    private long tradesPublished;
    private long bidE8;
    private long bidQuantityE8;
    private long askE8;
    private long askQuantityE8;
    private long nextFastSlotUs;
    private long nextSlowSlotUs;

    SyntheticTopics(
        final OrderFlow instrument, final PayloadEncoder encoder, final Faults faults, final Counters counters)
    {
        this.instrument = instrument;
        this.symbol = instrument.symbol().name();
        this.encoder = encoder;
        this.faults = faults;
        this.counters = counters;
        this.tradesPublished = instrument.trades().nextId();
        rememberTop();
    }

    OrderFlow instrument()
    {
        return instrument;
    }

    /** Takes over a topic that is now wanted, or null for one that no longer is. */
    void topic(final StreamName name, final Topic topic, final long nowUs)
    {
        switch (name.kind())
        {
            case TRADE -> trade = topic;
            case AGG_TRADE -> aggTrade = topic;
            case BOOK_TICKER -> bookTicker = topic;
            case DEPTH -> depthTopic(name, topic, nowUs);
            default -> throw new IllegalArgumentException(name.text());
        }
    }

    private void depthTopic(final StreamName name, final Topic topic, final long nowUs)
    {
        final LevelChanges changes = instrument.changes(name.fast());
        if (null == topic)
        {
            changes.deactivate();
        }
        else
        {
            changes.activate(instrument.lastUpdateId() + 1);
        }
        if (name.fast())
        {
            fastDepth = topic;
            nextFastSlotUs = nextSlot(nowUs, FAST_SLOT_US);
        }
        else
        {
            slowDepth = topic;
            nextSlowSlotUs = nextSlot(nowUs, SLOW_SLOT_US);
        }
    }

    /** Slots of different symbols are spread over time. */
    private long nextSlot(final long nowUs, final long slotUs)
    {
        final long phaseUs = Math.floorMod(symbol.hashCode() * 7_919L, slotUs);
        return ((nowUs - phaseUs) / slotUs + 1) * slotUs + phaseUs;
    }

    boolean hasDepth()
    {
        return null != fastDepth || null != slowDepth;
    }

    /** Publishes what the last action has caused; returns how many messages that makes, wanted or not. */
    int publish(final long nowUs)
    {
        final long endId = instrument.trades().nextId();
        int messages = (int)(endId - tradesPublished);
        if (topChanged())
        {
            messages++;
            rememberTop();
            if (null != bookTicker)
            {
                publishBookTicker();
            }
        }
        if (tradesPublished < endId)
        {
            publishTrades(endId, nowUs);
        }
        return messages;
    }

    private void publishBookTicker()
    {
        encoder.bookTicker(instrument);
        for (int unit = 0; unit < 2; unit++)
        {
            if (bookTicker.wants(unit > 0))
            {
                bookTicker.publish(encoder.json(), unit > 0);
            }
        }
    }

    private void publishTrades(final long endId, final long nowUs)
    {
        for (int unit = 0; unit < 2; unit++)
        {
            final boolean micros = unit > 0;
            if (null != trade && trade.wants(micros))
            {
                for (long id = tradesPublished; id < endId; id++)
                {
                    trade.publish(encoder.trade(symbol, instrument.trades(), id, nowUs, micros), micros);
                }
            }
        }
        long id = tradesPublished;
        while (id < endId)
        {
            final AggregateTrade aggregate = AggregateTrade.startingAt(instrument.trades(), id, endId);
            for (int unit = 0; null != aggTrade && unit < 2; unit++)
            {
                final boolean micros = unit > 0;
                if (aggTrade.wants(micros))
                {
                    aggTrade.publish(
                        encoder.aggTrade(symbol, instrument.trades(), aggregate, nowUs, micros), micros);
                }
            }
            id = aggregate.lastId() + 1;
        }
        tradesPublished = endId;
    }

    /** Publishes the diffs whose slots have ended. */
    void publishDepth(final long nowUs)
    {
        if (null != fastDepth && nowUs >= nextFastSlotUs)
        {
            nextFastSlotUs = nextSlot(nowUs, FAST_SLOT_US);
            publishDiff(fastDepth, instrument.changes(true), nowUs);
        }
        if (null != slowDepth && nowUs >= nextSlowSlotUs)
        {
            nextSlowSlotUs = nextSlot(nowUs, SLOW_SLOT_US);
            publishDiff(slowDepth, instrument.changes(false), nowUs);
        }
    }

    private void publishDiff(final Topic topic, final LevelChanges changes, final long nowUs)
    {
        if (instrument.lastUpdateId() < changes.firstId())
        {
            return;
        }
        changes.settle();
        if (faults.tryWithholdDiff(symbol))
        {
            counters.withheld++;
        }
        else
        {
            for (int unit = 0; unit < 2; unit++)
            {
                final boolean micros = unit > 0;
                if (topic.wants(micros))
                {
                    topic.publish(encoder.depth(instrument, changes, nowUs, micros), micros);
                }
            }
        }
        changes.restart(instrument.lastUpdateId() + 1);
    }

    private boolean topChanged()
    {
        return bidE8 != instrument.bestPriceE8(true) || askE8 != instrument.bestPriceE8(false) ||
            bidQuantityE8 != instrument.bestQuantityE8(true) || askQuantityE8 != instrument.bestQuantityE8(false);
    }

    private void rememberTop()
    {
        bidE8 = instrument.bestPriceE8(true);
        bidQuantityE8 = instrument.bestQuantityE8(true);
        askE8 = instrument.bestPriceE8(false);
        askQuantityE8 = instrument.bestQuantityE8(false);
    }
}
