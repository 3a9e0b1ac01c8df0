package org.lockstep.gateway.client.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AccountStatusDecoder;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.BalanceChangedDecoder;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.CommandDecoder;
import org.lockstep.engine.event.codec.PositionChangedDecoder;
import org.lockstep.engine.event.codec.SessionStartedDecoder;
import org.lockstep.engine.event.codec.TimeSyncDecoder;
import org.lockstep.engine.instrument.Venue;

/**
 * Everything clients can ask for, as far as the frames seen so far tell it. Keys of state channels: instrument id
 * for market-data and orderbook; instrument id times 8 plus interval for klines; bot id times 2^32 plus instrument id
 * for positions; the bot id; the venue id for time-sync.
 * <p>
 * Threading: the client event loop only. Market data are taken in without allocating once an instrument is known.
 */
public final class ClientView
{
    /** Name of the bot that orders entered by hand go through. */
    public static final String MANUAL = "manual";

    private static final long NS_PER_MS = 1_000_000;
    private static final Predicate<Reader> EVERYBODY = reader -> true;

    final Int2ObjectHashMap<TimeSyncView> timeSyncs = new Int2ObjectHashMap<>();
    final TreeMap<String, BalanceView> balances = new TreeMap<>();
    final AccountOwners accounts = new AccountOwners();
    final BotDefinitions definitions = new BotDefinitions();
    final PerformanceBook performances = new PerformanceBook(accounts);
    final OrderTracker orders = new OrderTracker(performances);
    final MarketView market;
    final Valuation valuation;
    final PositionBook positions;
    final BotBook bots;
    final SwitchBoard switches = new SwitchBoard();

    private final ViewListener listener;
    private final TimeSyncDecoder timeSync = new TimeSyncDecoder();
    private final BalanceChangedDecoder balanceChanged = new BalanceChangedDecoder();
    private final AccountStatusDecoder accountStatus = new AccountStatusDecoder();
    private final AlertDecoder alert = new AlertDecoder();
    private final SessionStartedDecoder sessionStarted = new SessionStartedDecoder();
    private final Audiences audiences;
    private final CommandBook commands;
    private final Map<String, Long> epochs = new LinkedHashMap<>();
    private String epoch = "0";
    private long sequence = Frame.NULL_SEQUENCE;

    /**
     * An empty world.
     *
     * @param listener told of every change.
     */
    public ClientView(final ViewListener listener)
    {
        this.listener = listener;
        valuation = new Valuation(this, listener);
        market = new MarketView(listener, valuation);
        positions = new PositionBook(this, listener);
        bots = new BotBook(this, listener);
        audiences = new Audiences(bots);
        commands = new CommandBook(accounts, definitions, orders, audiences, listener);
    }

    /**
     * Takes in one frame.
     *
     * @param buffer holds the frame, valid until this returns.
     * @param offset of the frame's header.
     * @param length of the frame, bytes.
     */
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        sequence = Frame.sequence(buffer, offset);
        final int templateId = Frame.templateId(buffer, offset);
        switch (templateId)
        {
            case BotStatusDecoder.TEMPLATE_ID -> bots.onStatus(sequence, buffer, offset);
            case PositionChangedDecoder.TEMPLATE_ID -> positions.onChanged(sequence, buffer, offset);
            case TimeSyncDecoder.TEMPLATE_ID -> onTimeSync(buffer, offset);
            case BalanceChangedDecoder.TEMPLATE_ID -> onBalanceChanged(buffer, offset);
            case CommandDecoder.TEMPLATE_ID -> commands.onCommand(sequence, buffer, offset);
            case AccountStatusDecoder.TEMPLATE_ID -> onAccountStatus(buffer, offset);
            case SessionStartedDecoder.TEMPLATE_ID -> onSessionStarted(buffer, offset);
            case AlertDecoder.TEMPLATE_ID -> onAlert(buffer, offset);
            default ->
            {
                if (!market.onFrame(templateId, buffer, offset))
                {
                    bots.onOrder(sequence, orders.onFrame(templateId, buffer, offset), templateId, buffer, offset);
                    bots.onRefusal(sequence, templateId, buffer, offset);
                }
            }
        }
        final int channels = EventChannels.of(templateId, buffer, offset);
        if (0 != channels)
        {
            for (final DataChannel channel : EventChannels.LIST)
            {
                if (0 != (channels & EventChannels.bit(channel)))
                {
                    listener.onEvent(channel, Frame.instrumentId(buffer, offset), buffer, offset);
                }
            }
        }
    }

    /**
     * Values what is held at marks that no frame has followed.
     *
     * @param nowMs our clock.
     * @return 0 when there was nothing to do.
     */
    public int poll(final long nowMs)
    {
        return valuation.poll(nowMs);
    }

    /** Told of measured clocks. */
    @FunctionalInterface
    public interface ClockListener
    {
        /**
         * One measured clock.
         *
         * @param source      venue, or {@code ntp}.
         * @param offsetNs    its clock minus ours.
         * @param roundTripNs of the measurement.
         */
        void onClock(String source, long offsetNs, long roundTripNs);
    }

    /**
     * Tells of all measured clocks.
     *
     * @param listener called back for each.
     */
    public void clocks(final ClockListener listener)
    {
        timeSyncs.values().forEach(sync -> listener.onClock(sync.source(), sync.offsetNs(), sync.roundTripNs()));
    }

    /** @return live accounts whose orders and balances do not yet agree with the venue's. */
    public int unreconciledAccounts()
    {
        return accounts.unreconciled();
    }

    /** @return sequence of the last frame taken in, -1 = none. */
    public long sequence()
    {
        return sequence;
    }

    /** @return name of the run of the process the last frame belongs to; "0" before the first. */
    public String epoch()
    {
        return epoch;
    }

    /**
     * Sequence an epoch began with.
     *
     * @param name of the epoch, as given out before.
     * @return the sequence, or -1 when this journal does not hold that epoch.
     */
    public long epochStart(final String name)
    {
        return epochs.getOrDefault(name, -1L);
    }

    /**
     * Sequence of a command given before.
     *
     * @param user      who gave it.
     * @param requestId under which it was given.
     * @return the sequence, or -1 when there is none.
     */
    public long commandSequence(final String user, final String requestId)
    {
        return commands.sequence(user, requestId);
    }

    /**
     * Instruments that a client's symbol means.
     *
     * @param symbol {@code BTCUSDT}, {@code binance:BTCUSDT} or {@code *}.
     * @return their ids; empty when it names none.
     */
    public IntArrayList resolve(final String symbol)
    {
        return market.resolve(symbol);
    }

    /**
     * Name of an instrument with its venue.
     *
     * @param instrumentId dense id.
     * @return such as {@code binance:BTCUSDT}, or null when there is none.
     */
    public String qualifiedSymbol(final int instrumentId)
    {
        final InstrumentView instrument = market.instrument(instrumentId);
        return null == instrument ? null : instrument.venueCode + ":" + instrument.symbol;
    }

    /**
     * Says whether a reader knows a bot.
     *
     * @param reader who asks.
     * @param name   of the bot.
     * @return true when a status of it was seen and the reader may see it.
     */
    public boolean hasBot(final Reader reader, final String name)
    {
        final BotView bot = bots.get(name);
        return null != bot && admits(reader, audiences.ofAccount(bot.accountId));
    }

    /**
     * Bots that a reader may see.
     *
     * @param reader who asks.
     * @return their names, sorted.
     */
    public List<String> botNames(final Reader reader)
    {
        final List<String> names = new ArrayList<>();
        for (final String name : bots.names())
        {
            if (hasBot(reader, name))
            {
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Finds an account.
     *
     * @param nameOrId its name or its number.
     * @return its id, or -1 when there is none; a name goes before a number.
     */
    public int accountId(final String nameOrId)
    {
        return accounts.id(nameOrId);
    }

    /** @return names of all accounts, by their numbers. */
    public List<String> accountNames()
    {
        return accounts.names();
    }

    /**
     * Says whether a reader may see the value behind a key.
     *
     * @param reader  who asks.
     * @param channel a state channel.
     * @param key     one of its keys.
     * @return true when it belongs to nobody, or to the reader, or the reader sees all.
     */
    public boolean admits(final Reader reader, final DataChannel channel, final long key)
    {
        return reader.seesAll() || switch (channel)
        {
            case BOT_STATUS -> admits(reader, audiences.ofBot((int)key));
            case POSITIONS ->
            {
                final PositionView position = positions.get(key);
                yield null != position && admits(reader, audiences.ofAccount(position.accountId));
            }
            default -> true;
        };
    }

    /**
     * Says whether a reader may see an event.
     *
     * @param reader who asks.
     * @param buffer holds the event's frame.
     * @param offset of the frame's header.
     * @return true when it concerns everybody, or the reader, or the reader sees all.
     */
    public boolean admits(final Reader reader, final DirectBuffer buffer, final int offset)
    {
        return reader.seesAll() || admits(reader, audiences.ofEvent(buffer, offset));
    }

    /**
     * Whom an event concerns, to be asked about later.
     *
     * @param buffer holds the event's frame.
     * @param offset of the frame's header.
     * @return the predicate of those who may see it.
     */
    public Predicate<Reader> admission(final DirectBuffer buffer, final int offset)
    {
        final Audience audience = audiences.ofEvent(buffer, offset);
        return Audience.PUBLIC == audience ? EVERYBODY : reader -> admits(reader, audience);
    }

    boolean admits(final Reader reader, final int accountId)
    {
        return admits(reader, audiences.ofAccount(accountId));
    }

    private boolean admits(final Reader reader, final Audience audience)
    {
        return reader.seesAll() || Audience.EVERYBODY == audience.accountId() ||
            accounts.isOwner(audience.accountId(), reader.user()) || reader.user().equals(audience.user());
    }

    /**
     * Keys that a state channel has values for.
     *
     * @param channel a state channel.
     * @return its keys, in ascending order.
     */
    public LongArrayList keys(final DataChannel channel)
    {
        final LongArrayList keys = new LongArrayList();
        switch (channel)
        {
            case MARKET_DATA, ORDERBOOK, KLINES -> market.addKeys(channel, keys);
            case POSITIONS -> positions.addKeys(keys);
            case BOT_STATUS -> bots.ids().forEach(key -> keys.addLong(key));
            case TIME_SYNC -> timeSyncs.keySet().forEach(key -> keys.addLong(key));
            default ->
            {
                return keys;
            }
        }
        keys.sort(null);
        return keys;
    }

    /**
     * Instrument behind a key.
     *
     * @param channel a state channel.
     * @param key     one of its keys.
     * @return instrument id, or -1 for channels without symbols.
     */
    public static int instrumentOf(final DataChannel channel, final long key)
    {
        return switch (channel)
        {
            case MARKET_DATA, ORDERBOOK -> (int)key;
            case KLINES -> (int)(key >> 3);
            case POSITIONS -> (int)key;
            default -> -1;
        };
    }

    static long timeNs(final DirectBuffer buffer, final int offset)
    {
        final long venueTimeNs = Frame.venueTimeNs(buffer, offset);
        return 0 == venueTimeNs ? Frame.ingressTimeNs(buffer, offset) : venueTimeNs;
    }

    private void onTimeSync(final DirectBuffer buffer, final int offset)
    {
        timeSync.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        final Venue venue = Venue.byId(timeSync.venueId());
        final String source = null == venue ? "ntp" : venue.code();
        timeSyncs.put(timeSync.venueId(), new TimeSyncView(
            source, timeSync.offsetNs(), timeSync.roundTripNs(), sequence, Frame.ingressTimeNs(buffer, offset)));
        listener.onState(DataChannel.TIME_SYNC, timeSync.venueId(), -1);
    }

    private void onBalanceChanged(final DirectBuffer buffer, final int offset)
    {
        balanceChanged.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        final String asset = balanceChanged.asset();
        balances.put(balanceChanged.accountId() + ":" + asset, new BalanceView(
            balanceChanged.accountId(), asset, balanceChanged.free(), balanceChanged.locked(), sequence));
    }

    private void onAccountStatus(final DirectBuffer buffer, final int offset)
    {
        accountStatus.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        accounts.onStatus(accountStatus.accountId(), accountStatus.state());
    }

    private void onAlert(final DirectBuffer buffer, final int offset)
    {
        alert.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        definitions.onAlert(alert.code(), alert.causeSequence());
        if (switches.onAlert(alert, Frame.ingressTimeNs(buffer, offset)))
        {
            listener.onState(DataChannel.SYSTEM_HEALTH, 0, -1);
            bots.ids().forEach(botId -> listener.onState(DataChannel.BOT_STATUS, botId, -1));
        }
    }

    private void onSessionStarted(final DirectBuffer buffer, final int offset)
    {
        sessionStarted.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        accounts.onSessionStarted();
        epoch = epochName(sessionStarted.epoch(), Frame.ingressTimeNs(buffer, offset));
        epochs.put(epoch, sequence);
    }

    /**
     * Name of an epoch: its number and the time it began, so that a fresh journal is never taken for an old one.
     *
     * @param number  1, 2, 3 ... per journal.
     * @param startNs ingress time of the SessionStarted frame, epoch ns.
     * @return the name clients hand back in {@code since}.
     */
    public static String epochName(final long number, final long startNs)
    {
        return number + "-" + Long.toHexString(startNs / NS_PER_MS);
    }
}
