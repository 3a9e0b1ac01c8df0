package org.lockstep.gateway.client.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.agrona.collections.IntArrayList;

/** Writes values of state channels as JSON. Client event loop only. */
public final class StateRenderer
{
    /** Levels a side of a book, unless a client asks for others. */
    public static final int DEFAULT_DEPTH = 20;

    private static final int MONEY_SCALE = 8;
    private static final int QUOTE_VOLUME_SCALE = 2;
    private static final int UPDATE_BARS = 2;
    private static final long NS_PER_MS = 1_000_000;

    private final ClientView view;
    private long sequence;
    private long timeNs;

    /**
     * Renders a view.
     *
     * @param view to read.
     */
    public StateRenderer(final ClientView view)
    {
        this.view = view;
    }

    /**
     * Writes the fields of a value into the object that is open, without its offset and age, see {@link #sequence()}.
     *
     * @param channel    a state channel.
     * @param key        of the value.
     * @param isSnapshot true for the first message to a client, which may carry history.
     * @param json       to write to.
     * @return false when there is no such value.
     */
    public boolean render(
        final DataChannel channel, final long key, final boolean isSnapshot, final JsonWriter json)
    {
        return switch (channel)
        {
            case MARKET_DATA -> marketData(view.market.instrument((int)key), json);
            case ORDERBOOK -> orderBook(view.market.instrument((int)key), DEFAULT_DEPTH, json);
            case KLINES -> bars(view.market.instrument((int)(key >> 3)), (int)(key & 7),
                isSnapshot ? BarSeries.CAPACITY : UPDATE_BARS, json);
            case POSITIONS -> position(view.positions.get(key), json);
            case BOT_STATUS -> bot(view.bots.get((int)key), json);
            case TIME_SYNC -> timeSync(view.timeSyncs.get((int)key), json);
            default -> false;
        };
    }

    /**
     * Writes the best levels of a book into the object that is open.
     *
     * @param key   of the book.
     * @param depth levels a side.
     * @param json  to write to.
     * @return false when there is no such book, or it is not in sync.
     */
    public boolean book(final long key, final int depth, final JsonWriter json)
    {
        return orderBook(view.market.instrument((int)key), depth, json);
    }

    /**
     * Writes what has changed about the best levels of a book into the object that is open.
     *
     * @param key   of the book.
     * @param known levels that the clients know, from now on the present ones.
     * @param json  to write to.
     * @return what was written; {@code NONE} also when there is no such book, or it is not in sync.
     */
    public BookLevels.Change bookChange(final long key, final BookLevels known, final JsonWriter json)
    {
        final InstrumentView instrument = view.market.instrument((int)key);
        if (null == instrument || !instrument.book.isReady)
        {
            return BookLevels.Change.NONE;
        }
        symbol(instrument, json);
        sequence = instrument.book.sequence;
        timeNs = instrument.book.timeNs;
        return known.advance(instrument.book, instrument.priceScale, instrument.quantityScale, json);
    }

    /**
     * Says whether more than the newest bars has changed.
     *
     * @param key           of a series.
     * @param sinceSequence what was told then.
     * @return true when only the whole series tells all that is new.
     */
    public boolean isPastChanged(final long key, final long sinceSequence)
    {
        final InstrumentView instrument = view.market.instrument((int)(key >> 3));
        final BarSeries series = null == instrument ? null : instrument.bars[(int)(key & 7)];
        return null != series && series.pastSequence > sinceSequence;
    }

    /**
     * Writes bars as an array of objects, one a symbol.
     *
     * @param instrumentIds of whom.
     * @param interval      index in {@link Intervals#NAMES}.
     * @param maxBars       the newest so many of each.
     * @param json          to write to.
     */
    public void klines(final IntArrayList instrumentIds, final int interval, final int maxBars, final JsonWriter json)
    {
        json.beginArray();
        for (int i = 0; i < instrumentIds.size(); i++)
        {
            final InstrumentView instrument = view.market.instrument(instrumentIds.getInt(i));
            if (null != instrument && null != instrument.bars[interval])
            {
                json.beginObject();
                bars(instrument, interval, maxBars, json);
                json.field("offset", sequence).endObject();
            }
        }
        json.endArray();
    }

    /** @return journal sequence of what was last rendered. */
    public long sequence()
    {
        return sequence;
    }

    /** @return venue time (ours where there is none) of what was last rendered, epoch ms. */
    public long timeMs()
    {
        return timeNs / NS_PER_MS;
    }

    /** Writes the state of the kill switch of everything into the open object. */
    public void killSwitch(final JsonWriter json)
    {
        json.name("killSwitch").beginObject().field("on", view.switches.isOn());
        if (0 != view.switches.turnedNs())
        {
            json.field("since", view.switches.turnedNs() / NS_PER_MS);
        }
        json.endObject();
    }

    /** Writes an array of the bots a reader may see. */
    public void bots(final Reader reader, final JsonWriter json)
    {
        json.beginArray();
        for (final String name : view.botNames(reader))
        {
            bot(name, json);
        }
        json.endArray();
    }

    /** Writes one bot as an object; null when there is none of that name. */
    public void bot(final String name, final JsonWriter json)
    {
        json.beginObject();
        if (bot(view.bots.get(name), json))
        {
            json.field("offset", sequence).name("parameters").beginObject();
            view.definitions.of(name).forEach(json::field);
            json.endObject();
        }
        json.endObject();
    }

    /** Writes an array of the positions a reader may see. */
    public void positions(final Reader reader, final JsonWriter json)
    {
        json.beginArray();
        for (final long key : view.keys(DataChannel.POSITIONS))
        {
            if (!view.admits(reader, DataChannel.POSITIONS, key))
            {
                continue;
            }
            json.beginObject();
            position(view.positions.get(key), json);
            json.endObject();
        }
        json.endArray();
    }

    /**
     * Writes an array of orders that a reader may see, newest first.
     *
     * @param reader    who asks.
     * @param status    open, all, or the one that they have ended with.
     * @param maxOrders upper bound.
     * @param json      to write to.
     */
    public void orders(final Reader reader, final String status, final int maxOrders, final JsonWriter json)
    {
        final List<OrderView> sorted = new ArrayList<>();
        for (final OrderView order : view.orders.all())
        {
            if (has(order, status) && view.admits(reader, order.accountId))
            {
                sorted.add(order);
            }
        }
        for (final OrderView order : view.orders.refused())
        {
            if (has(order, status) && view.admits(reader, order.accountId))
            {
                sorted.add(order);
            }
        }
        sorted.sort(Comparator.comparingLong((OrderView order) -> order.sequence).reversed());
        json.beginArray();
        for (final OrderView order : sorted.subList(0, Math.min(maxOrders, sorted.size())))
        {
            json.beginObject();
            order(order, json);
            json.endObject();
        }
        json.endArray();
    }

    private static boolean has(final OrderView order, final String status)
    {
        return switch (status)
        {
            case "open" -> !order.isClosed;
            case "all" -> true;
            default -> order.isClosed && status.equals(order.status);
        };
    }

    /** Writes an array of the balances a reader may see. */
    public void balances(final Reader reader, final JsonWriter json)
    {
        json.beginArray();
        for (final BalanceView balance : view.balances.values())
        {
            if (!view.admits(reader, balance.accountId()))
            {
                continue;
            }
            json.beginObject();
            view.accounts.write(balance.accountId(), json);
            json.field("asset", balance.asset())
                .field("free", balance.free(), MONEY_SCALE)
                .field("locked", balance.locked(), MONEY_SCALE)
                .field("offset", balance.sequence())
                .endObject();
        }
        json.endArray();
    }

    /** Writes an array of the accounts a reader may see. */
    public void accounts(final Reader reader, final JsonWriter json)
    {
        json.beginArray();
        for (int id = 0; id < view.accounts.names().size(); id++)
        {
            if (view.admits(reader, id))
            {
                json.beginObject();
                view.accounts.write(id, json);
                view.accounts.writeTerms(id, json);
                json.field("killSwitch", view.switches.isOn(id)).endObject();
            }
        }
        json.endArray();
    }

    /**
     * Writes an array of market data.
     *
     * @param instrumentIds of whom.
     * @param nowMs         to say how old each is, epoch ms.
     * @param json          to write to.
     */
    public void market(final IntArrayList instrumentIds, final long nowMs, final JsonWriter json)
    {
        json.beginArray();
        for (int i = 0; i < instrumentIds.size(); i++)
        {
            json.beginObject();
            if (marketData(view.market.instrument(instrumentIds.getInt(i)), json))
            {
                json.field("offset", sequence).field("ageMs", Math.max(0, nowMs - timeMs()));
            }
            json.endObject();
        }
        json.endArray();
    }

    private boolean marketData(final InstrumentView instrument, final JsonWriter json)
    {
        if (null == instrument)
        {
            return false;
        }
        final int priceScale = instrument.priceScale;
        final int quantityScale = instrument.quantityScale;
        symbol(instrument, json);
        if (instrument.hasQuote)
        {
            json.field("bid", instrument.bidPrice, priceScale)
                .field("bidQuantity", instrument.bidQuantity, quantityScale)
                .field("ask", instrument.askPrice, priceScale)
                .field("askQuantity", instrument.askQuantity, quantityScale);
        }
        if (instrument.hasTrade)
        {
            json.field("last", instrument.lastPrice, priceScale)
                .field("lastQuantity", instrument.lastQuantity, quantityScale)
                .field("lastSide", Codes.of(instrument.lastSide));
        }
        else if (instrument.hasTicker)
        {
            json.field("last", instrument.tickerLast, priceScale);
        }
        if (instrument.hasTicker)
        {
            json.field("open", instrument.tickerOpen, priceScale)
                .field("high", instrument.tickerHigh, priceScale)
                .field("low", instrument.tickerLow, priceScale)
                .field("volume", instrument.tickerVolume, quantityScale)
                .field("quoteVolume", instrument.tickerQuoteVolume, QUOTE_VOLUME_SCALE)
                .field("trades", instrument.tickerTrades);
        }
        json.field("status", instrument.status);
        json.field("feed", Codes.of(view.market.feedState(instrument)));
        sequence = instrument.sequence;
        timeNs = instrument.timeNs;
        return true;
    }

    private boolean orderBook(final InstrumentView instrument, final int depth, final JsonWriter json)
    {
        if (null == instrument || !instrument.book.isReady)
        {
            return false;
        }
        symbol(instrument, json);
        instrument.book.write(json, depth, instrument.priceScale, instrument.quantityScale);
        sequence = instrument.book.sequence;
        timeNs = instrument.book.timeNs;
        return true;
    }

    private boolean bars(
        final InstrumentView instrument, final int interval, final int maxBars, final JsonWriter json)
    {
        if (null == instrument || null == instrument.bars[interval])
        {
            return false;
        }
        final BarSeries series = instrument.bars[interval];
        symbol(instrument, json);
        json.field("interval", Intervals.NAMES.get(interval));
        series.write(json, maxBars, instrument.priceScale, instrument.quantityScale);
        sequence = series.sequence;
        timeNs = series.timeNs;
        return true;
    }

    private boolean position(final PositionView position, final JsonWriter json)
    {
        if (null == position)
        {
            return false;
        }
        final InstrumentView instrument = view.market.instrument(position.instrumentId);
        symbol(instrument, json);
        json.field("bot", view.bots.name(position.botId));
        view.accounts.write(position.accountId, json);
        if (null != instrument)
        {
            json.field("quantity", position.quantity, instrument.quantityScale)
                .field("averagePrice", position.averagePrice, instrument.priceScale);
            if (position.markPrice > 0)
            {
                json.field("markPrice", position.markPrice, instrument.priceScale);
            }
        }
        json.field("realisedPnl", position.realisedPnl, MONEY_SCALE)
            .field("unrealisedPnl", position.unrealisedPnl, MONEY_SCALE)
            .field("fees", position.fees, MONEY_SCALE);
        sequence = position.sequence;
        timeNs = position.timeNs;
        return true;
    }

    private boolean bot(final BotView bot, final JsonWriter json)
    {
        if (null == bot)
        {
            return false;
        }
        json.field("bot", bot.name)
            .field("strategy", bot.strategy)
            .field("state", bot.state)
            .field("reason", bot.reason);
        view.accounts.write(bot.accountId, json);
        json.field("killSwitch", view.switches.isOn(bot.accountId))
            .field("pnl", bot.realisedPnl + bot.unrealisedPnl - bot.fees, MONEY_SCALE)
            .field("realisedPnl", bot.realisedPnl, MONEY_SCALE)
            .field("unrealisedPnl", bot.unrealisedPnl, MONEY_SCALE)
            .field("fees", bot.fees, MONEY_SCALE)
            .field("fills", bot.fills)
            .field("ordersRequested", bot.ordersRequested)
            .field("ordersRefused", bot.ordersRefused)
            .field("openOrders", view.orders.openCount(bot.id));
        sequence = bot.sequence;
        timeNs = bot.timeNs;
        return true;
    }

    private void order(final OrderView order, final JsonWriter json)
    {
        final InstrumentView instrument = view.market.instrument(order.instrumentId);
        symbol(instrument, json);
        json.field("orderId", Long.toString(order.orderId)).field("status", order.status);
        orderTerms(order, instrument, view, json);
        if (null != instrument)
        {
            json.field("filledQuantity", order.filledQuantity, instrument.quantityScale);
        }
        if (null != order.reason)
        {
            json.field("code", order.code).field("reason", order.reason);
        }
        json.field("time", order.timeNs / NS_PER_MS).field("offset", order.sequence);
    }

    private boolean timeSync(final TimeSyncView sync, final JsonWriter json)
    {
        if (null == sync)
        {
            return false;
        }
        json.field("venue", sync.source())
            .name("offsetMs").value(sync.offsetNs() / 1e6)
            .name("roundTripMs").value(sync.roundTripNs() / 1e6);
        sequence = sync.sequence();
        timeNs = sync.timeNs();
        return true;
    }

    static void orderTerms(
        final OrderView order, final InstrumentView instrument, final ClientView view, final JsonWriter json)
    {
        json.field("bot", view.bots.name(order.botId));
        view.accounts.write(order.accountId, json);
        if (null == order.side)
        {
            return;     // refused before it was an order: nobody told its terms
        }
        json.field("side", Codes.of(order.side))
            .field("orderType", Codes.of(order.type))
            .field("timeInForce", Codes.of(order.timeInForce));
        if (null != instrument)
        {
            json.field("price", order.price, instrument.priceScale)
                .field("quantity", order.quantity, instrument.quantityScale);
        }
    }

    static void symbol(final InstrumentView instrument, final JsonWriter json)
    {
        if (null == instrument)
        {
            json.field("symbol", (String)null);
            return;
        }
        json.field("symbol", instrument.symbol).field("venue", instrument.venueCode);
    }
}
