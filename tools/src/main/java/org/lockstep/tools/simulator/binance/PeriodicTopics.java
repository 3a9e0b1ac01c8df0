package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.Bar;
import org.lockstep.tools.simulator.market.Interval;
import org.lockstep.tools.simulator.market.OrderFlow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics that speak at fixed intervals: candles, tickers, partial books, average prices. Event loop only. */
final class PeriodicTopics
{
    private static final long SECOND_US = 1_000_000;
    private static final long AVERAGE_WINDOW_MS = 300_000;

    private final PayloadEncoder encoder;
    private final List<OrderFlow> instruments;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Long> lastTradeIds = new HashMap<>();
    private final DayStatistics day = new DayStatistics();

    PeriodicTopics(final PayloadEncoder encoder, final List<OrderFlow> instruments)
    {
        this.encoder = encoder;
        this.instruments = instruments;
    }

    /** One topic and when it speaks next. */
    private static final class Entry
    {
        private final Topic topic;
        private final OrderFlow instrument;
        private final long periodUs;
        private final KlineTracker kline;
        private long nextUs;
        private long lastUpdateId = -1;

        private Entry(
            final Topic topic,
            final OrderFlow instrument,
            final long periodUs,
            final KlineTracker kline,
            final long nowUs)
        {
            this.topic = topic;
            this.instrument = instrument;
            this.periodUs = periodUs;
            this.kline = kline;
            schedule(nowUs);
        }

        private void schedule(final long nowUs)
        {
            final long phaseUs = Math.floorMod(topic.name().text().hashCode() * 6_007L, periodUs);
            nextUs = ((nowUs - phaseUs) / periodUs + 1) * periodUs + phaseUs;
        }
    }

    void open(final Topic topic, final OrderFlow instrument, final long nowUs)
    {
        final StreamName name = topic.name();
        switch (name.kind())
        {
            case PARTIAL_DEPTH ->
                entries.add(new Entry(topic, instrument, name.fast() ? SECOND_US / 10 : SECOND_US, null, nowUs));
            case KLINE ->
            {
                final KlineTracker tracker = new KlineTracker(instrument, name.interval(), name.offsetMs());
                tracker.update(nowUs / 1_000);
                entries.add(new Entry(
                    topic, instrument, Interval.S1 == name.interval() ? SECOND_US : 2 * SECOND_US, tracker, nowUs));
            }
            default -> entries.add(new Entry(topic, instrument, SECOND_US, null, nowUs));
        }
    }

    void close(final Topic topic)
    {
        entries.removeIf(entry -> entry.topic == topic);
    }

    void publish(final long nowUs)
    {
        for (int i = 0; i < entries.size(); i++)
        {
            final Entry entry = entries.get(i);
            final boolean over = null != entry.kline && entry.kline.isOver(nowUs / 1_000);
            if (over || nowUs >= entry.nextUs)
            {
                entry.schedule(nowUs);
                for (int unit = 0; unit < 2; unit++)
                {
                    if (entry.topic.wants(unit > 0))
                    {
                        publish(entry, nowUs, unit > 0);
                    }
                }
                if (null != entry.kline)
                {
                    entry.kline.update(nowUs / 1_000);
                }
            }
        }
    }

    private void publish(final Entry entry, final long nowUs, final boolean micros)
    {
        switch (entry.topic.name().kind())
        {
            case PARTIAL_DEPTH -> publishPartialDepth(entry, micros);
            case KLINE -> publishKline(entry, nowUs, micros);
            case TICKER ->
                entry.topic.publish(
                    encoder.ticker(entry.instrument, day.compute(entry.instrument, nowUs / 1_000), nowUs, micros),
                    micros);
            case MINI_TICKER ->
                entry.topic.publish(
                    encoder.miniTicker(entry.instrument.symbol().name(),
                        day.compute(entry.instrument, nowUs / 1_000).bar(), nowUs, micros),
                    micros);
            case ALL_MINI_TICKERS -> publishAllMiniTickers(entry, nowUs, micros);
            case AVERAGE_PRICE -> publishAveragePrice(entry, nowUs, micros);
            default ->
            {
            }
        }
    }

    private void publishPartialDepth(final Entry entry, final boolean micros)
    {
        if (entry.lastUpdateId != entry.instrument.lastUpdateId())
        {
            entry.lastUpdateId = entry.instrument.lastUpdateId();
            entry.topic.publish(encoder.snapshot(entry.instrument, entry.topic.name().levels()), micros);
        }
    }

    private void publishKline(final Entry entry, final long nowUs, final boolean micros)
    {
        final KlineTracker kline = entry.kline;
        final String symbol = entry.instrument.symbol().name();
        final long nowMs = nowUs / 1_000;
        final long lastTradeId = entry.instrument.trades().nextId() - 1;
        if (kline.isOver(nowMs))
        {
            final long closeTimeMs = kline.closeTimeMs();
            final Bar since = new Bar();
            entry.instrument.candles().accumulate(kline.interval(), closeTimeMs + 1, nowMs + 1, nowMs, since);
            entry.topic.publish(
                encoder.kline(symbol, kline.interval(), kline.finish(nowMs), closeTimeMs, lastTradeId - since.count,
                    true, nowUs, micros),
                micros);
            return;
        }
        final Bar bar = kline.update(nowMs);
        entry.topic.publish(
            encoder.kline(symbol, kline.interval(), bar, kline.closeTimeMs(), lastTradeId, false, nowUs, micros),
            micros);
    }

    private void publishAllMiniTickers(final Entry entry, final long nowUs, final boolean micros)
    {
        final JsonBytes json = encoder.json().clear().character('[');
        boolean any = false;
        for (final OrderFlow instrument : instruments)
        {
            final long lastId = instrument.trades().nextId() - 1;
            final String key = instrument.symbol().name() + (micros ? "@us" : "@ms");
            if (lastId != lastTradeIds.getOrDefault(key, -1L))
            {
                lastTradeIds.put(key, lastId);
                json.text(any ? "," : "");
                encoder.appendMiniTicker(
                    instrument.symbol().name(), day.compute(instrument, nowUs / 1_000).bar(), nowUs, micros);
                any = true;
            }
        }
        if (any)
        {
            entry.topic.publish(json.character(']'), micros);
        }
    }

    private void publishAveragePrice(final Entry entry, final long nowUs, final boolean micros)
    {
        final OrderFlow instrument = entry.instrument;
        final Bar bar = day.compute(instrument, nowUs / 1_000, AVERAGE_WINDOW_MS).bar();
        final long lastId = instrument.trades().nextId() - 1;
        entry.topic.publish(
            encoder.averagePrice(instrument.symbol().name(), PayloadEncoder.averageE8(bar),
                instrument.trades().timeUs(lastId), nowUs, micros),
            micros);
    }
}
