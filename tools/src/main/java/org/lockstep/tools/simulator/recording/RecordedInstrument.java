package org.lockstep.tools.simulator.recording;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.tools.simulator.market.Candles;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;
import org.lockstep.tools.simulator.market.TradeTape;

import java.util.Map;

/**
 * An instrument as it stands at the playback position of a recording.
 * <p>
 * The book starts as the first recorded snapshot, however late it comes in the recording, and takes diffs that are
 * newer. A client that asks before playback has got there is given a book that leads the stream, which is fine: diffs
 * that the book already contains are dropped by the documented procedure, and the first newer one follows on.
 */
public final class RecordedInstrument implements InstrumentView
{
    private static final int TRADES_KEPT = 8_192;

    private final MarketSymbol symbol;
    private final ReferenceBook book = new ReferenceBook();
    private final TradeTape trades = new TradeTape(TRADES_KEPT, 0);
    private final Candles candles = new Candles();

    /**
     * Creates the instrument as it is before playback.
     *
     * @param symbol    what is traded.
     * @param recording where it comes from.
     */
    public RecordedInstrument(final MarketSymbol symbol, final Recording recording)
    {
        this.symbol = symbol;
        final RecordedMessage snapshot = recording.firstSnapshot(symbol.name());
        if (null == snapshot)
        {
            book.startAt(recording.firstUpdateId(symbol.name()) - 1);
        }
        else
        {
            book.reset(ReferenceBook.parse(snapshot));
        }
    }

    /**
     * Takes over what a message says; called when the message is played.
     *
     * @param message of this instrument.
     */
    public void onMessage(final RecordedMessage message)
    {
        if (message.isSnapshot())
        {
            final JsonNode snapshot = ReferenceBook.parse(message);
            if (snapshot.get("lastUpdateId").longValue() > book.lastUpdateId())
            {
                book.reset(snapshot);
            }
        }
        else if (message.stream().contains("@depth@") || message.stream().endsWith("@depth"))
        {
            book.apply(ReferenceBook.parse(message));
        }
        else if (message.stream().endsWith("@trade"))
        {
            onTrade(ReferenceBook.parse(message));
        }
    }

    private void onTrade(final JsonNode trade)
    {
        final long priceE8 = E8.parse(trade.get("p").textValue());
        final long quantityE8 = E8.parse(trade.get("q").textValue());
        final long timeMs = trade.get("T").longValue();
        final boolean buyerIsMaker = trade.get("m").booleanValue();
        trades.add(trade.get("t").longValue(), priceE8, quantityE8, timeMs * 1_000, buyerIsMaker);
        candles.onTrade(timeMs, priceE8, quantityE8, buyerIsMaker);
    }

    @Override
    public MarketSymbol symbol()
    {
        return symbol;
    }

    @Override
    public long lastUpdateId()
    {
        return book.lastUpdateId();
    }

    @Override
    public void forEachLevel(final boolean buy, final int limit, final LevelConsumer consumer)
    {
        int left = limit;
        for (final Map.Entry<Long, Long> level : book.side(buy).entrySet())
        {
            if (left-- <= 0)
            {
                break;
            }
            consumer.onLevel(level.getKey(), level.getValue());
        }
    }

    @Override
    public long visibleE8(final boolean buy, final long priceE8)
    {
        return book.side(buy).getOrDefault(priceE8, 0L);
    }

    @Override
    public TradeTape trades()
    {
        return trades;
    }

    @Override
    public Candles candles()
    {
        return candles;
    }
}
