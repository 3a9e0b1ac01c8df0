package org.lockstep.gateway.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandDecoder;
import org.lockstep.engine.pipeline.FrameFeed;
import org.lockstep.engine.pipeline.FrameLog;
import org.lockstep.engine.pipeline.PipelineStats;
import org.lockstep.gateway.client.port.GatewayPorts;
import org.lockstep.gateway.client.port.InstrumentSource;
import org.lockstep.gateway.client.port.VenueConnector;
import org.lockstep.gateway.client.port.VenueSession;

/**
 * A journal in memory with a broadcast that can be lapped, and an engine so small that it only knows how bots start and
 * stop. Frames are real ones; any thread may append.
 */
final class TestWorld implements FramePublisher, PipelineStats
{
    private static final long ENDLESS_FRAMES = 1L << 40;

    private final List<byte[]> journal = new ArrayList<>();
    private final ArrayDeque<byte[]> broadcast = new ArrayDeque<>();
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final CommandDecoder command = new CommandDecoder();
    private final Map<String, Integer> botIds = new TreeMap<>();
    private final Map<String, Integer> accountIds = new TreeMap<>();
    private final List<String> seenRequests = new ArrayList<>();
    private final List<String> actions = new ArrayList<>();
    private final List<String> connects = new ArrayList<>();
    private boolean isFull;
    private boolean isMute;
    private String haltReason;
    private long firstSequence;
    private long endlessFrom = Long.MAX_VALUE;
    private boolean isEndless;
    private long feedLaps;
    private final AtomicReference<Error> nextFault = new AtomicReference<>();
    private List<VenueSession> venueSessions = List.of();
    private List<String> obstacles = List.of();
    private int openLogs;
    private VenueConnector.Answer connectAnswer;
    private RuntimeException connectFault;
    private final Exchange exchange = new Exchange();

    GatewayPorts ports()
    {
        return new GatewayPorts(new Feed(), this::openLog, this, this, this::venueSessions, venue ->
        {
            synchronized (this)
            {
                connects.add(venue);
                if (null != connectFault)
                {
                    throw connectFault;
                }
                return "binance".equals(venue) ? connectAnswer : null;
            }
        }, exchange, this::obstacles);
    }

    private synchronized FrameLog openLog()
    {
        openLogs++;
        return new Log();
    }

    /** Readers of the journal that nobody has closed. */
    synchronized int openLogs()
    {
        return openLogs;
    }

    /** Journals a frame and broadcasts it. */
    synchronized long append(final Consumer<Frames> encode)
    {
        return append(encode, true);
    }

    /** Journals a frame that the broadcast loses. */
    synchronized long appendLapped(final Consumer<Frames> encode)
    {
        feedLaps++;
        return append(encode, false);
    }

    private long append(final Consumer<Frames> encode, final boolean isBroadcast)
    {
        final Frames frames = new Frames();
        encode.accept(frames);
        return append(frames.toByteArray(), isBroadcast);
    }

    private long append(final byte[] frame, final boolean isBroadcast)
    {
        journal.add(frame);
        final long sequence = lastSequence();
        Frame.sequence(new UnsafeBuffer(frame), 0, sequence);
        if (isBroadcast)
        {
            broadcast.add(frame);
        }
        return sequence;
    }

    /** From here the journal goes on with quotes, one a read, until {@link #end}; what is appended comes after them. */
    synchronized void beginEndless()
    {
        endlessFrom = lastSequence() + 1;
        isEndless = true;
    }

    synchronized void end()
    {
        isEndless = false;
    }

    void defineBot(final int botId, final String name, final BotState state)
    {
        defineBot(botId, name, state, 0);
    }

    synchronized void defineBot(final int botId, final String name, final BotState state, final int accountId)
    {
        botIds.put(name, botId);
        accountIds.put(name, accountId);
        append(frames -> frames.account(accountId).botStatus(botId, name, state, 0, 0));
    }

    synchronized void dropBefore(final long sequence)
    {
        while (firstSequence < sequence)
        {
            journal.remove(0);
            firstSequence++;
        }
    }

    synchronized void full(final boolean newFull)
    {
        isFull = newFull;
    }

    /** Commands are taken and never come back. */
    synchronized void mute(final boolean newMute)
    {
        isMute = newMute;
    }

    synchronized void halt(final String reason)
    {
        haltReason = reason;
    }

    synchronized void venueSessions(final List<VenueSession> sessions)
    {
        venueSessions = sessions;
    }

    synchronized void obstacles(final List<String> newObstacles)
    {
        obstacles = newObstacles;
    }

    synchronized List<String> obstacles()
    {
        return obstacles;
    }

    synchronized List<VenueSession> venueSessions()
    {
        return venueSessions;
    }

    synchronized List<String> actions()
    {
        return List.copyOf(actions);
    }

    synchronized void connectAnswer(
        final VenueConnector.Outcome outcome, final String before, final String state)
    {
        connectAnswer = new VenueConnector.Answer(outcome, before, state);
    }

    /** Each attempt to connect fails, by a defect. */
    synchronized void connectFault(final RuntimeException fault)
    {
        connectFault = fault;
    }

    synchronized List<String> connects()
    {
        return List.copyOf(connects);
    }

    /** The next poll of the broadcast fails. */
    void failNextPoll(final Error fault)
    {
        nextFault.set(fault);
    }

    @Override
    public long claim()
    {
        throw new UnsupportedOperationException("the gateway must never wait for the engine");
    }

    @Override
    public synchronized long tryClaim()
    {
        return isFull ? FULL : 7;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return slot;
    }

    @Override
    public int offset(final long claim)
    {
        return 0;
    }

    @Override
    public synchronized void publish(final long claim)
    {
        final byte[] frame = new byte[Frame.length(slot, 0)];
        slot.getBytes(0, frame);
        if (isMute)
        {
            return;
        }
        append(frame, true);
        command.wrap(new UnsafeBuffer(frame), Frame.HEADER_LENGTH, CommandDecoder.BLOCK_LENGTH,
            CommandDecoder.SCHEMA_VERSION);
        final CommandAction action = command.action();
        final StringBuilder parameters = new StringBuilder();
        for (final CommandDecoder.ParametersDecoder parameter : command.parameters())
        {
            parameters.append(' ').append(parameter.key()).append('=').append(parameter.value());
        }
        final String user = command.user();
        final String requestId = command.requestId();
        final String bot = command.botName();
        if (CommandAction.SUBSCRIBE_INSTRUMENT == action || CommandAction.UNSUBSCRIBE_INSTRUMENT == action)
        {
            actions.add(action + " by " + user + parameters);
            return;
        }
        if (seenRequests.contains(user + requestId))
        {
            return;
        }
        seenRequests.add(user + requestId);
        if (!botIds.containsKey(bot) || CommandAction.SET_LIMITS == action)
        {
            actions.add(action + " by " + user + parameters + terms(new UnsafeBuffer(frame)));
            return;
        }
        actions.add(action + " " + bot + " by " + user + parameters);
        final BotState state = switch (action)
        {
            case START_BOT, RESUME_BOT -> BotState.RUNNING;
            case PAUSE_BOT -> BotState.PAUSED;
            case STOP_BOT -> BotState.STOPPED;
            default -> BotState.KILLED;
        };
        append(frames -> frames.account(accountIds.get(bot)).botStatus(botIds.get(bot), bot, state, 0, 0));
    }

    private String terms(final UnsafeBuffer frame)
    {
        command.wrap(frame, Frame.HEADER_LENGTH, CommandDecoder.BLOCK_LENGTH, CommandDecoder.SCHEMA_VERSION);
        return switch (command.action())
        {
            case SUBMIT_ORDER -> " " + command.side() + " " + command.quantity() + " of " +
                Frame.instrumentId(frame, 0) + " " + command.orderType() + " " + command.price() + " " +
                command.timeInForce() + " account " + command.accountId();
            case CANCEL_ORDER -> " " + command.orderId();
            default -> " account " + command.accountId();
        };
    }

    @Override
    public void abort(final long claim)
    {
        throw new UnsupportedOperationException("nothing is claimed before it is known to fit");
    }

    @Override
    public synchronized long inputs()
    {
        return journal.size();
    }

    @Override
    public long outputs()
    {
        return 5;
    }

    @Override
    public synchronized long lastSequence()
    {
        final long ordinal = firstSequence + journal.size() - 1;
        return ordinal < endlessFrom ? ordinal : ordinal + ENDLESS_FRAMES;
    }

    @Override
    public long ringCapacity()
    {
        return 1024;
    }

    @Override
    public long ringRemaining()
    {
        return 1000;
    }

    @Override
    public long journalBytes()
    {
        return 123_456;
    }

    @Override
    public synchronized boolean isHalted()
    {
        return null != haltReason;
    }

    @Override
    public synchronized String haltReason()
    {
        return haltReason;
    }

    @Override
    public Histogram latency(final Hop hop)
    {
        final Histogram histogram = new Histogram(3);
        histogram.recordValue(1_500);
        return histogram;
    }

    Exchange exchange()
    {
        return exchange;
    }

    /** Lists SOLUSDT and ADAUSDT beside what is configured, and answers on a thread of its own. */
    final class Exchange implements InstrumentSource
    {
        private final Map<String, Integer> listed = Map.of("SOLUSDT", 2, "ADAUSDT", 3);
        private final List<String> calls = new ArrayList<>();

        @Override
        public List<String> venues()
        {
            return List.of("binance");
        }

        @Override
        public boolean isNeeded(final String venue, final String symbol)
        {
            return !listed.containsKey(symbol);
        }

        @Override
        public CompletionStage<Integer> subscribe(final String venue, final String symbol)
        {
            record("subscribe " + symbol);
            return CompletableFuture.supplyAsync(() ->
            {
                final Integer id = listed.get(symbol);
                if (null == id)
                {
                    throw new IllegalArgumentException(venue + " does not list " + symbol);
                }
                append(frames -> frames.instrument(id, symbol));
                return id;
            });
        }

        @Override
        public void unsubscribe(final String venue, final int instrumentId)
        {
            record("unsubscribe " + instrumentId);
        }

        synchronized List<String> calls()
        {
            return List.copyOf(calls);
        }

        private synchronized void record(final String call)
        {
            calls.add(call);
        }
    }

    private final class Feed implements FrameFeed
    {
        @Override
        public int poll(final FrameHandler handler, final int maxCount)
        {
            final Error fault = nextFault.getAndSet(null);
            if (null != fault)
            {
                throw fault;
            }
            final List<byte[]> some = new ArrayList<>();
            synchronized (TestWorld.this)
            {
                while (some.size() < maxCount && !broadcast.isEmpty())
                {
                    some.add(broadcast.poll());
                }
            }
            some.forEach(frame -> handler.onFrame(new UnsafeBuffer(ByteBuffer.wrap(frame)), 0, frame.length));
            return some.size();
        }

        @Override
        public long lappedCount()
        {
            return feedLaps;
        }
    }

    private final class Log implements FrameLog
    {
        @Override
        public long firstSequence()
        {
            synchronized (TestWorld.this)
            {
                return firstSequence;
            }
        }

        @Override
        public long lastSequence()
        {
            return TestWorld.this.lastSequence();
        }

        @Override
        public long read(final long fromSequence, final int maxFrames, final FrameHandler handler)
        {
            final List<byte[]> some;
            synchronized (TestWorld.this)
            {
                if (isEndless && fromSequence >= endlessFrom && fromSequence < endlessFrom + ENDLESS_FRAMES)
                {
                    final Frames quote = new Frames();
                    quote.quote(Frames.BTC, 100, 200);
                    final UnsafeBuffer frame = new UnsafeBuffer(quote.toByteArray());
                    Frame.sequence(frame, 0, fromSequence);
                    handler.onFrame(frame, 0, frame.capacity());
                    return fromSequence + 1;
                }
                final long ordinal = fromSequence < endlessFrom ? fromSequence :
                    Math.max(endlessFrom, fromSequence - ENDLESS_FRAMES);
                final int from = (int)Math.max(0, ordinal - firstSequence);
                final int end = isEndless && ordinal < endlessFrom ?
                    (int)(endlessFrom - firstSequence) : journal.size();
                final int to = Math.min(end, from + maxFrames);
                if (from >= to)
                {
                    return fromSequence;
                }
                some = new ArrayList<>(journal.subList(from, to));
            }
            long next = fromSequence;
            for (final byte[] frame : some)
            {
                final UnsafeBuffer buffer = new UnsafeBuffer(frame);
                handler.onFrame(buffer, 0, frame.length);
                next = Frame.sequence(buffer, 0) + 1;
            }
            return next;
        }

        @Override
        public void close()
        {
            synchronized (TestWorld.this)
            {
                openLogs--;
            }
        }
    }
}
