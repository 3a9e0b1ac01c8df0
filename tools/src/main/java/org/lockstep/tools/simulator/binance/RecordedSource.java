package org.lockstep.tools.simulator.binance;

import io.netty.channel.EventLoop;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;
import org.lockstep.tools.simulator.recording.RecordedInstrument;
import org.lockstep.tools.simulator.recording.RecordedMessage;
import org.lockstep.tools.simulator.recording.Recording;
import org.lockstep.tools.simulator.recording.RecordingReader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plays a recording to its subscribers: every message as it was on the wire, none dropped. Playback starts when all
 * recorded streams have a subscriber, or when subscriptions to some of them have not changed for a moment; it waits
 * while a subscriber does not take more bytes. At full speed it also waits while nobody is subscribed. Event loop only.
 */
final class RecordedSource implements MarketSource
{
    private static final long SETTLE_MS = 500;
    private static final long MESSAGES_PER_TURN = 512;

    private final EventLoop eventLoop;
    private final Hub hub;
    private final Faults faults;
    private final Counters counters;
    private final Recording recording;
    private final RecordingReader reader;
    private final double speed;
    private final Map<String, RecordedInstrument> instruments = new LinkedHashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Consumer<String> listener = symbol ->
    {
    };
    private RecordedMessage next;
    private long firstReceiveNs;
    private long startNs;
    private long lastEventMs;
    private long settleGeneration;
    private boolean started;
    private boolean scheduled;
    private boolean stopped;
    private boolean readToEnd;

    RecordedSource(
        final EventLoop eventLoop,
        final Hub hub,
        final Faults faults,
        final Recording recording,
        final RecordingReader reader,
        final double speed)
    {
        this.eventLoop = eventLoop;
        this.hub = hub;
        this.faults = faults;
        this.counters = hub.counters();
        this.recording = recording;
        this.reader = reader;
        this.speed = speed;
        this.lastEventMs = recording.firstEventMs();
        for (final MarketSymbol symbol : recording.symbols())
        {
            instruments.put(symbol.name(), new RecordedInstrument(symbol, recording));
        }
    }

    @Override
    public Collection<? extends InstrumentView> instruments()
    {
        return instruments.values();
    }

    @Override
    public InstrumentView instrument(final String symbol)
    {
        return instruments.get(symbol);
    }

    @Override
    public long timeUs()
    {
        return lastEventMs * 1_000;
    }

    @Override
    public void listener(final Consumer<String> newListener)
    {
        listener = newListener;
    }

    @Override
    public void start()
    {
        next = reader.next();
        firstReceiveNs = null == next ? 0 : next.receiveNs();
    }

    @Override
    public void stop()
    {
        stopped = true;
        reader.close();
    }

    @Override
    public void onTopicOpened(final Topic topic)
    {
        // Counted in onConsumersChanged, once the whole request has been taken in.
    }

    @Override
    public void onTopicClosed(final Topic topic)
    {
        // Counted in onConsumersChanged, once the whole request has been taken in.
    }

    @Override
    public void onConsumersChanged()
    {
        if (started)
        {
            resume();
            return;
        }
        int wanted = 0;
        for (final String stream : recording.streams())
        {
            wanted += null == hub.topic(stream) ? 0 : 1;
        }
        settleGeneration++;
        if (wanted == recording.streams().size())
        {
            begin();
        }
        else if (wanted > 0)
        {
            final long generation = settleGeneration;
            eventLoop.schedule(() -> beginIfSettled(generation), SETTLE_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void beginIfSettled(final long generation)
    {
        if (!started && generation == settleGeneration)
        {
            begin();
        }
    }

    private void begin()
    {
        started = true;
        startNs = System.nanoTime();
        resume();
    }

    private void resume()
    {
        if (!scheduled && !stopped && !readToEnd)
        {
            scheduled = true;
            eventLoop.execute(this::turn);
        }
    }

    private void turn()
    {
        scheduled = false;
        if (stopped || readToEnd)
        {
            return;
        }
        final long nowNs = System.nanoTime();
        if (faults.isMuted(nowNs))
        {
            scheduleTurn(TimeUnit.MILLISECONDS.toNanos(1));
            return;
        }
        final boolean paced = speed < Double.POSITIVE_INFINITY;
        final boolean waiting = !paced && !hub.hasTopics();
        int played = 0;
        while (!waiting && null != next && played < MESSAGES_PER_TURN && hub.isWritable() &&
            (!paced || dueNs(next) - nowNs <= 0))
        {
            play(next);
            next = reader.next();
            played++;
        }
        hub.flush();
        if (null == next)
        {
            readToEnd = true;
            completeWhenFlushed();
        }
        else if (!waiting && hub.isWritable())
        {
            scheduleTurn(paced ? Math.max(1_000, dueNs(next) - nowNs) : 1_000);
        }
    }

    private void scheduleTurn(final long delayNs)
    {
        scheduled = true;
        eventLoop.schedule(this::turn, delayNs, TimeUnit.NANOSECONDS);
    }

    private long dueNs(final RecordedMessage message)
    {
        return 0 == message.receiveNs() ? startNs : startNs + (long)((message.receiveNs() - firstReceiveNs) / speed);
    }

    private void play(final RecordedMessage message)
    {
        counters.marketEvents++;
        final RecordedInstrument instrument = instruments.get(message.symbol());
        if (null != instrument)
        {
            instrument.onMessage(message);
            listener.accept(instrument.symbol().name());
        }
        if (message.isSnapshot())
        {
            playUnnamedSnapshot(message, instrument);
            return;
        }
        lastEventMs = Math.max(lastEventMs, eventTimeMs(message));
        final Topic topic = hub.topic(message.stream());
        if (null == topic)
        {
            counters.unclaimed++;
        }
        else if (StreamName.Kind.DEPTH == topic.name().kind() && faults.tryWithholdDiff(message.symbol()))
        {
            counters.withheld++;
        }
        else
        {
            topic.publishRecorded(message.line(), message.rawOffset(), message.rawLength(), message.wrapped(),
                message.dataOffset(), message.dataLength());
        }
    }

    private void playUnnamedSnapshot(final RecordedMessage message, final RecordedInstrument instrument)
    {
        if (null == instrument && 1 == instruments.size())
        {
            instruments.values().iterator().next().onMessage(message);
        }
    }

    /** The event time is the second field of every payload that has one; found by looking for its name. */
    private static long eventTimeMs(final RecordedMessage message)
    {
        final byte[] line = message.line();
        final int end = Math.min(message.dataOffset() + 64, message.dataOffset() + message.dataLength()) - 4;
        for (int i = message.dataOffset(); i < end; i++)
        {
            if ('"' == line[i] && 'E' == line[i + 1] && '"' == line[i + 2] && ':' == line[i + 3])
            {
                long time = 0;
                for (int j = i + 4; j < line.length && line[j] >= '0' && line[j] <= '9'; j++)
                {
                    time = time * 10 + line[j] - '0';
                }
                return time;
            }
        }
        return 0;
    }

    private void completeWhenFlushed()
    {
        final List<CompletableFuture<Void>> flushed = new ArrayList<>();
        for (final StreamConnection connection : hub.connections())
        {
            flushed.add(connection.flushed());
        }
        CompletableFuture.allOf(flushed.toArray(new CompletableFuture<?>[0]))
            .whenComplete((nothing, failure) -> ended.complete(null));
    }

    @Override
    public CompletionStage<Void> ended()
    {
        return ended;
    }
}
