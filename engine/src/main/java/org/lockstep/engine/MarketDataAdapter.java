package org.lockstep.engine;

import org.agrona.DirectBuffer;
import org.lockstep.engine.bar.BarHandler;
import org.lockstep.engine.bar.Bars;
import org.lockstep.engine.bot.BotDesk;
import org.lockstep.engine.bot.Bots;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusDecoder;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.instrument.InstrumentFrame;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.paper.PaperVenue;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.EngineClock;

/**
 * Decodes market data and hands it on in a fixed order: the picture of the market, then the paper venue (which saw it
 * at the exchange before any bot could), then valuation, then the bots.
 * Threading: the engine thread. Allocation: none but where instruments are defined and feeds change.
 */
final class MarketDataAdapter
{
    private final EngineClock clock;
    private final Markets markets;
    private final PaperVenue paper;
    private final Bots bots;
    private final BotDesk botDesk;
    private final OutputProxy outputs;
    private final BarHandler barHandler;
    private final HistoricalBarAdapter historicalBars;
    private final QuoteDecoder quote = new QuoteDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
    private final BookDeltaDecoder delta = new BookDeltaDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();
    private long barDeadlineNs = Bars.NEVER;
    private long unknownInstrumentCount;
    private long refusedInstrumentCount;

    MarketDataAdapter(
        final EngineClock clock,
        final Markets markets,
        final PaperVenue paper,
        final Bots bots,
        final BotDesk botDesk,
        final OutputProxy outputs,
        final Runnable dueTimers)
    {
        this.clock = clock;
        this.markets = markets;
        this.paper = paper;
        this.bots = bots;
        this.botDesk = botDesk;
        this.outputs = outputs;
        this.barHandler = bots::onBar;
        this.historicalBars = new HistoricalBarAdapter(clock, paper, bots, outputs, barHandler, dueTimers);
    }

    void onInstrumentDefined(final DirectBuffer buffer, final int offset)
    {
        boolean isTaken = false;
        try
        {
            isTaken = markets.define(InstrumentFrame.decode(buffer, offset));
        }
        catch (final IllegalArgumentException ex)
        {
            outputs.alert(-1, -1, AlertCode.FEED.code(), AlertSeverity.WARNING, "instrument: " + ex.getMessage());
        }
        if (isTaken)
        {
            botDesk.onInstrumentDefined();
        }
        else
        {
            refusedInstrumentCount++;
        }
    }

    void onQuote(final DirectBuffer buffer, final int offset)
    {
        final Market market = find(buffer, offset);
        if (null != market)
        {
            quote.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            if (market.top().onQuote(quote, clock.timeNs()))
            {
                market.onData(clock.timeNs());
                market.onQuote();
                paper.onDepth(market.instrument().id());
                bots.onMark(market);
                bots.onQuote(market);
            }
        }
    }

    void onTrade(final DirectBuffer buffer, final int offset)
    {
        final Market market = find(buffer, offset);
        if (null == market)
        {
            return;
        }
        trade.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
            Frame.version(buffer, offset));
        final long price = trade.price();
        final long quantity = trade.quantity();
        market.onData(clock.timeNs());
        market.onTrade(price, clock.timeNs());
        market.bars().onTrade(Frame.venueTimeNs(buffer, offset), clock.timeNs(), price, quantity, barHandler);
        barDeadlineNs = Math.min(barDeadlineNs, market.bars().nextCloseNs());
        paper.onTrade(market.instrument().id(), price, quantity, trade.aggressor());
        bots.onMark(market);
        bots.onTrade(market, price, quantity, trade.aggressor());
    }

    void onHistoricalBar(final DirectBuffer buffer, final int offset)
    {
        final Market market = find(buffer, offset);
        historicalBars.onBar(market, buffer, offset);
        if (null != market)
        {
            barDeadlineNs = Math.min(barDeadlineNs, market.bars().nextCloseNs());
        }
    }

    /** Must timers wait for the other bars of this moment? */
    boolean isHoldingBars()
    {
        return historicalBars.isHolding();
    }

    /** Time has passed: what was held for bars of an earlier moment waits no longer. */
    void releaseOverdueBars()
    {
        historicalBars.releaseOverdue();
    }

    /** Engine time from which bars that are held wait no longer for others, epoch ns. */
    long heldUntilNs()
    {
        return historicalBars.heldUntilNs();
    }

    void onBookSnapshot(final DirectBuffer buffer, final int offset)
    {
        final Market market = find(buffer, offset);
        if (null != market)
        {
            snapshot.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            market.onData(clock.timeNs());
            onBook(market, market.book().onSnapshot(snapshot));
        }
    }

    void onBookDelta(final DirectBuffer buffer, final int offset)
    {
        final Market market = find(buffer, offset);
        if (null != market)
        {
            delta.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            market.onData(clock.timeNs());
            onBook(market, market.book().onDelta(delta));
        }
    }

    /** A new session has new connections: what the last one saw is no longer the market. */
    void onSessionStarted()
    {
        for (int id = 0; id < markets.limit(); id++)
        {
            final Market market = markets.find(id);
            if (null != market)
            {
                market.onFeedState(FeedState.RECONNECTING);
            }
        }
    }

    void onFeedStatus(final DirectBuffer buffer, final int offset)
    {
        feedStatus.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
            Frame.version(buffer, offset));
        final FeedState state = feedStatus.state();
        final int instrumentId = Frame.instrumentId(buffer, offset);
        if (Frame.NULL_INSTRUMENT_ID != instrumentId)
        {
            final Market market = find(buffer, offset);
            if (null != market)
            {
                if (market.onFeedState(state))
                {
                    alertFeed(market.instrument().qualifiedSymbol(), state);
                }
                bots.onFeedStatus(market, state);
            }
            return;
        }
        boolean isChanged = false;
        for (int id = 0; id < markets.limit(); id++)
        {
            final Market market = markets.find(id);
            if (isOfVenue(market))
            {
                isChanged |= market.onFeedState(state);
            }
        }
        if (isChanged)
        {
            final Venue venue = Venue.byId(feedStatus.venueId());
            alertFeed(null == venue ? "venue " + feedStatus.venueId() : venue.code(), state);
        }
        for (int id = 0; id < markets.limit(); id++)
        {
            final Market market = markets.find(id);
            if (isOfVenue(market))
            {
                bots.onFeedStatus(market, state);
            }
        }
    }

    void advanceBars()
    {
        final long nowNs = clock.timeNs();
        if (nowNs < barDeadlineNs)
        {
            return;
        }
        long earliest = Bars.NEVER;
        for (int id = 0; id < markets.limit(); id++)
        {
            final Market market = markets.find(id);
            if (null != market)
            {
                market.bars().advanceTo(nowNs, barHandler);
                earliest = Math.min(earliest, market.bars().nextCloseNs());
            }
        }
        barDeadlineNs = earliest;
    }

    long barDeadlineNs()
    {
        return barDeadlineNs;
    }

    long unknownInstrumentCount()
    {
        return unknownInstrumentCount;
    }

    void describe(final StateWriter out)
    {
        out.field("barDeadlineNs", barDeadlineNs);
        out.field("unknownInstruments", unknownInstrumentCount);
        out.field("refusedInstruments", refusedInstrumentCount);
        historicalBars.describe(out);
    }

    private void onBook(final Market market, final boolean isComplete)
    {
        if (isComplete && market.book().isReady())
        {
            market.onBook();
            paper.onDepth(market.instrument().id());
            if (!market.top().isKnown())
            {
                bots.onMark(market);
            }
            bots.onBook(market);
        }
    }

    private boolean isOfVenue(final Market market)
    {
        return null != market && market.instrument().venue().id() == feedStatus.venueId();
    }

    private void alertFeed(final String what, final FeedState state)
    {
        if (Market.isLost(state))
        {
            outputs.alert(-1, -1, AlertCode.FEED.code(), AlertSeverity.WARNING,
                "feed of " + what + " is " + state + ": " + feedStatus.reason());
        }
    }

    private Market find(final DirectBuffer buffer, final int offset)
    {
        final Market market = markets.find(Frame.instrumentId(buffer, offset));
        if (null == market)
        {
            unknownInstrumentCount++;
        }
        return market;
    }
}
