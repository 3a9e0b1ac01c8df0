package org.lockstep.gateway.client.view;

import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;

/** The newest market data of one instrument. */
final class InstrumentView
{
    static final int INTERVALS = 6;

    final int id;
    String symbol;
    String venueCode;
    int venueId;
    int priceScale;
    int quantityScale;
    String baseAsset;
    String quoteAsset;
    String status;

    boolean hasQuote;
    long bidPrice;
    long bidQuantity;
    long askPrice;
    long askQuantity;
    boolean hasTrade;
    long lastPrice;
    long lastQuantity;
    Side lastSide;
    boolean hasTicker;
    long tickerOpen;
    long tickerHigh;
    long tickerLow;
    long tickerLast;
    long tickerVolume;
    long tickerQuoteVolume;
    long tickerTrades;
    FeedState feedState;
    long feedSequence = -1;
    long sequence;
    long timeNs;
    final BarSeries[] bars = new BarSeries[INTERVALS];
    long markPrice;
    long markSequence;
    long markTimeNs;
    final MarkPrice mark = new MarkPrice();
    final BookView book = new BookView();
    final RecentTrades trades = new RecentTrades();

    InstrumentView(final int id)
    {
        this.id = id;
    }

    void touch(final long newSequence, final long newTimeNs)
    {
        sequence = newSequence;
        timeNs = newTimeNs;
    }
}
