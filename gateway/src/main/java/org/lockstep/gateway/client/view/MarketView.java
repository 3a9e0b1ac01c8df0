package org.lockstep.gateway.client.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BarClosedDecoder;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusDecoder;
import org.lockstep.engine.event.codec.InstrumentDefinedDecoder;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TickerDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Venue;

/** Instruments and their newest market data. */
final class MarketView
{
    private static final int MAX_INSTRUMENTS = 100_000;

    private final ViewListener listener;
    private final Valuation valuation;
    private final List<InstrumentView> instruments = new ArrayList<>();
    private final Map<String, IntArrayList> idsBySymbol = new HashMap<>();
    private final Map<Integer, FeedState> venueStates = new HashMap<>();
    private final Map<Integer, Long> venueStateSequences = new HashMap<>();
    private final InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
    private final QuoteDecoder quote = new QuoteDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final TickerDecoder ticker = new TickerDecoder();
    private final BarClosedDecoder bar = new BarClosedDecoder();
    private final BookSnapshotDecoder bookSnapshot = new BookSnapshotDecoder();
    private final BookDeltaDecoder bookDelta = new BookDeltaDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();

    MarketView(final ViewListener listener, final Valuation valuation)
    {
        this.listener = listener;
        this.valuation = valuation;
    }

    InstrumentView instrument(final int id)
    {
        return id >= 0 && id < instruments.size() ? instruments.get(id) : null;
    }

    List<InstrumentView> instruments()
    {
        return instruments;
    }

    FeedState feedState(final InstrumentView instrument)
    {
        final long venueSequence = venueStateSequences.getOrDefault(instrument.venueId, -1L);
        return instrument.feedSequence > venueSequence ?
            instrument.feedState : venueStates.get(instrument.venueId);
    }

    IntArrayList resolve(final String symbol)
    {
        if ("*".equals(symbol))
        {
            final IntArrayList all = new IntArrayList();
            for (final InstrumentView instrument : instruments)
            {
                if (null != instrument)
                {
                    all.addInt(instrument.id);
                }
            }
            return all;
        }
        return idsBySymbol.getOrDefault(symbol, new IntArrayList());
    }

    void addKeys(final DataChannel channel, final LongArrayList keys)
    {
        for (final InstrumentView instrument : instruments)
        {
            if (null == instrument)
            {
                continue;
            }
            switch (channel)
            {
                case MARKET_DATA -> keys.addLong(instrument.id);
                case ORDERBOOK ->
                {
                    if (instrument.book.isReady)
                    {
                        keys.addLong(instrument.id);
                    }
                }
                default ->
                {
                    for (int i = 0; i < InstrumentView.INTERVALS; i++)
                    {
                        if (null != instrument.bars[i])
                        {
                            keys.addLong(instrument.id * 8L + i);
                        }
                    }
                }
            }
        }
    }

    boolean onFrame(final int templateId, final DirectBuffer buffer, final int offset)
    {
        switch (templateId)
        {
            case InstrumentDefinedDecoder.TEMPLATE_ID -> onInstrumentDefined(buffer, offset);
            case FeedStatusDecoder.TEMPLATE_ID -> onFeedStatus(buffer, offset);
            case QuoteDecoder.TEMPLATE_ID, TradeDecoder.TEMPLATE_ID, TickerDecoder.TEMPLATE_ID,
                BarClosedDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID, BookDeltaDecoder.TEMPLATE_ID ->
            {
                final InstrumentView instrument = instrument(Frame.instrumentId(buffer, offset));
                if (null != instrument)
                {
                    onMarketData(templateId, instrument, buffer, offset);
                }
            }
            default ->
            {
                return false;
            }
        }
        return true;
    }

    private void onMarketData(
        final int templateId, final InstrumentView instrument, final DirectBuffer buffer, final int offset)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        final long sequence = Frame.sequence(buffer, offset);
        final long timeNs = ClientView.timeNs(buffer, offset);
        final long ingressTimeNs = Frame.ingressTimeNs(buffer, offset);
        switch (templateId)
        {
            case QuoteDecoder.TEMPLATE_ID ->
            {
                quote.wrap(buffer, body, blockLength, version);
                instrument.hasQuote = true;
                instrument.bidPrice = quote.bidPrice();
                instrument.bidQuantity = quote.bidQuantity();
                instrument.askPrice = quote.askPrice();
                instrument.askQuantity = quote.askQuantity();
                marketDataChanged(instrument, sequence, timeNs);
                if (instrument.mark.onQuote(quote, ingressTimeNs))
                {
                    valuation.onMark(instrument, ingressTimeNs);
                }
            }
            case TradeDecoder.TEMPLATE_ID ->
            {
                trade.wrap(buffer, body, blockLength, version);
                instrument.hasTrade = true;
                instrument.lastPrice = trade.price();
                instrument.lastQuantity = trade.quantity();
                instrument.lastSide = trade.aggressor();
                instrument.trades.add(sequence, timeNs, trade.price(), trade.quantity(), trade.tradeId(),
                    trade.aggressor().value());
                marketDataChanged(instrument, sequence, timeNs);
                instrument.mark.onTrade(instrument.lastPrice, ingressTimeNs);
                valuation.onMark(instrument, ingressTimeNs);
            }
            case TickerDecoder.TEMPLATE_ID ->
            {
                ticker.wrap(buffer, body, blockLength, version);
                instrument.hasTicker = true;
                instrument.tickerOpen = ticker.openPrice();
                instrument.tickerHigh = ticker.highPrice();
                instrument.tickerLow = ticker.lowPrice();
                instrument.tickerLast = ticker.lastPrice();
                instrument.tickerVolume = ticker.volume();
                instrument.tickerQuoteVolume = ticker.quoteVolume();
                instrument.tickerTrades = ticker.tradeCount();
                marketDataChanged(instrument, sequence, timeNs);
            }
            case BarClosedDecoder.TEMPLATE_ID ->
            {
                bar.wrap(buffer, body, blockLength, version);
                onBar(instrument, sequence, timeNs);
            }
            case BookSnapshotDecoder.TEMPLATE_ID ->
            {
                bookSnapshot.wrap(buffer, body, blockLength, version);
                onBookSnapshot(instrument, sequence, timeNs);
                onBookMark(instrument, ingressTimeNs);
            }
            default ->
            {
                bookDelta.wrap(buffer, body, blockLength, version);
                onBookDelta(instrument, sequence, timeNs);
                onBookMark(instrument, ingressTimeNs);
            }
        }
    }

    private void onBookMark(final InstrumentView instrument, final long timeNs)
    {
        if (instrument.mark.followsBook(instrument.book))
        {
            valuation.onMark(instrument, timeNs);
        }
    }

    private void marketDataChanged(final InstrumentView instrument, final long sequence, final long timeNs)
    {
        instrument.touch(sequence, timeNs);
        listener.onState(DataChannel.MARKET_DATA, instrument.id, instrument.id);
    }

    private void onBar(final InstrumentView instrument, final long sequence, final long timeNs)
    {
        final int interval = bar.interval().value();
        if (interval >= InstrumentView.INTERVALS)
        {
            return;
        }
        if (null == instrument.bars[interval])
        {
            instrument.bars[interval] = new BarSeries();
        }
        if (instrument.bars[interval].onBar(bar, sequence, timeNs))
        {
            listener.onState(DataChannel.KLINES, instrument.id * 8L + interval, instrument.id);
        }
    }

    private void onBookSnapshot(final InstrumentView instrument, final long sequence, final long timeNs)
    {
        final BookView book = instrument.book;
        if (YesNo.YES == bookSnapshot.first())
        {
            book.clear();
        }
        for (final BookSnapshotDecoder.LevelsDecoder level : bookSnapshot.levels())
        {
            book.set(Side.BUY == level.side(), level.price(), level.quantity());
        }
        if (YesNo.YES == bookSnapshot.last())
        {
            book.isReady = true;
            bookChanged(instrument, sequence, timeNs);
        }
    }

    private void onBookDelta(final InstrumentView instrument, final long sequence, final long timeNs)
    {
        final BookView book = instrument.book;
        if (!book.isReady)
        {
            return;
        }
        for (final BookDeltaDecoder.LevelsDecoder level : bookDelta.levels())
        {
            book.set(Side.BUY == level.side(), level.price(), level.quantity());
        }
        if (YesNo.YES == bookDelta.last())
        {
            bookChanged(instrument, sequence, timeNs);
        }
    }

    private void bookChanged(final InstrumentView instrument, final long sequence, final long timeNs)
    {
        instrument.book.sequence = sequence;
        instrument.book.timeNs = timeNs;
        listener.onState(DataChannel.ORDERBOOK, instrument.id, instrument.id);
    }

    private void onInstrumentDefined(final DirectBuffer buffer, final int offset)
    {
        final int id = Frame.instrumentId(buffer, offset);
        if (id < 0 || id >= MAX_INSTRUMENTS)
        {
            return;
        }
        defined.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        while (instruments.size() <= id)
        {
            instruments.add(null);
        }
        InstrumentView instrument = instruments.get(id);
        final boolean isNew = null == instrument;
        if (isNew)
        {
            instrument = new InstrumentView(id);
            instruments.set(id, instrument);
        }
        final Venue venue = Venue.byId(defined.venueId());
        instrument.venueId = defined.venueId();
        instrument.venueCode = null == venue ? "venue" + defined.venueId() : venue.code();
        instrument.priceScale = defined.priceScale();
        instrument.quantityScale = defined.quantityScale();
        instrument.status = Codes.of(defined.status());
        instrument.symbol = defined.symbol();
        instrument.baseAsset = defined.baseAsset();
        instrument.quoteAsset = defined.quoteAsset();
        if (isNew)
        {
            idsBySymbol.computeIfAbsent(instrument.symbol, key -> new IntArrayList()).addInt(id);
            idsBySymbol.computeIfAbsent(
                instrument.venueCode + ":" + instrument.symbol, key -> new IntArrayList()).addInt(id);
        }
        marketDataChanged(instrument, Frame.sequence(buffer, offset), ClientView.timeNs(buffer, offset));
    }

    private static void onFeedState(final InstrumentView instrument, final FeedState state)
    {
        instrument.mark.onFeedState(state);
        switch (state)
        {
            case GAP, RESYNC, RECONNECTING, STOPPED -> instrument.book.clear();
            default ->
            {
                // The book stands.
            }
        }
    }

    private void onFeedStatus(final DirectBuffer buffer, final int offset)
    {
        feedStatus.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        final long sequence = Frame.sequence(buffer, offset);
        final InstrumentView one = instrument(Frame.instrumentId(buffer, offset));
        if (null != one)
        {
            one.feedState = feedStatus.state();
            one.feedSequence = sequence;
            onFeedState(one, one.feedState);
            listener.onState(DataChannel.MARKET_DATA, one.id, one.id);
            return;
        }
        venueStates.put(feedStatus.venueId(), feedStatus.state());
        venueStateSequences.put(feedStatus.venueId(), sequence);
        for (final InstrumentView instrument : instruments)
        {
            if (null != instrument && instrument.venueId == feedStatus.venueId())
            {
                onFeedState(instrument, feedStatus.state());
                listener.onState(DataChannel.MARKET_DATA, instrument.id, instrument.id);
            }
        }
    }
}
