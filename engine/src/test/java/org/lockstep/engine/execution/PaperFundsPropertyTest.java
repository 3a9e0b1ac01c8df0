package org.lockstep.engine.execution;

import java.util.Random;
import java.util.TreeMap;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.lockstep.engine.book.BookFrames;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.position.Holdings;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.OrderIntent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.EngineFixture.texts;

/** What is kept up with each change comes to what a walk over everything finds, to the last unit. */
class PaperFundsPropertyTest
{
    private static final int INSTRUMENTS = 12;
    private static final int STEPS = 300;
    private static final long LARGE = 2_000_000_000_000_000L;
    private static final long SMALL = 2_000_000;

    private final BookFrames frames = new BookFrames();
    private final OrderIntent intent = new OrderIntent();
    private Random random;
    private Markets markets;
    private Account[] accounts;
    private PaperFunds funds;
    private WalkedFunds walked;
    private long timeNs;
    private long largest;

    @Property(tries = 150)
    void shouldComeToWhatAWalkFindsWhateverChanged(@ForAll final long seed)
    {
        random = new Random(seed);
        markets = new Markets();
        accounts = new Account[] {account(0, "1"), account(1, "2.5")};
        funds = new PaperFunds(markets);
        walked = new WalkedFunds(markets);
        timeNs = 1;
        largest = random.nextInt(4) == 0 ? LARGE : SMALL;
        for (int i = 0; i < STEPS; i++)
        {
            change(random.nextInt(INSTRUMENTS));
            if (random.nextInt(3) == 0)
            {
                assertSame(accounts[random.nextInt(accounts.length)]);
            }
        }
        assertSame(accounts[0]);
        assertSame(accounts[1]);
    }

    private void assertSame(final Account account)
    {
        assertEquals(walked.locked(account), funds.locked(account));
        final int id = random.nextInt(INSTRUMENTS);
        if (null != markets.find(id))
        {
            intent.of(0, account.id(), id).order(random.nextBoolean() ? Side.BUY : Side.SELL, OrderType.LIMIT,
                TimeInForce.GTC, 1 + random.nextInt(10_000), 1 + random.nextInt(1_000_000));
            assertEquals(walked.check(intent, account), funds.check(intent, account, 0, 0));
        }
    }

    private void change(final int id)
    {
        timeNs += 1_000_000_000L;
        final Market market = markets.find(id);
        final int draw = random.nextInt(12);
        if (null == market || 0 == draw)
        {
            markets.define(new Instrument(id, Venue.BINANCE, "S" + id, "S" + id, "USDT", id % 5, id % 7, 1, 1, 1,
                Long.MAX_VALUE / 2, 0, random.nextBoolean() ? InstrumentStatus.TRADING : InstrumentStatus.HALTED));
        }
        else if (draw < 7)
        {
            changeMarket(market);
        }
        else
        {
            changePosition(accounts[random.nextInt(accounts.length)].risk().holdings(), market.instrument());
        }
    }

    private void changeMarket(final Market market)
    {
        final long bid = 1 + random.nextInt(10_000);
        market.onData(timeNs);
        switch (random.nextInt(4))
        {
            case 0 ->
            {
                market.top().set(bid, random.nextInt(2), bid + 2, random.nextInt(3), 0, timeNs);
                market.onQuote();
            }
            case 1 ->
            {
                market.book().onSnapshot(frames.snapshot(
                    0, random.nextInt(3) > 0, random.nextInt(3) > 0, Side.BUY, bid, 1));
                market.book().set(false, bid + 2, random.nextInt(3));
                market.onBook();
            }
            case 2 -> market.onTrade(bid, timeNs);
            default -> market.onFeedState(FeedState.values()[random.nextInt(FeedState.values().length - 1)]);
        }
    }

    private void changePosition(final Holdings holdings, final Instrument instrument)
    {
        final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        final long quantity = 1 + (random.nextLong() >>> 1) % largest;
        final Position position = holdings.position(instrument.id());
        switch (random.nextInt(3))
        {
            case 0 ->
                holdings.onFill(instrument, side, 1 + random.nextInt(10_000), 1 + quantity % SMALL, 1, timeNs);
            case 1 -> holdings.onAdjustment(instrument, side, 1 + random.nextInt(10_000), 1 + quantity % SMALL, timeNs);
            default ->
            {
                final long open = Side.BUY == side ? position.openBuyQuantity() : position.openSellQuantity();
                holdings.onOpenQuantity(instrument.id(), side,
                    random.nextBoolean() && open < 4 * LARGE ? quantity : -open);
            }
        }
    }

    private static Account account(final int id, final String leverage)
    {
        return new Account(id, "paper" + id, AccountTerms.read(
            new TreeMap<>(texts("balance", "1000000000", "leverage", leverage))));
    }
}
