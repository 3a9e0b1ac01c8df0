package org.lockstep.engine.paper;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateYaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.anEngine;

/** Orders that do not look again at what has not changed end up as those that always look. */
class SeenDepthTest
{
    private static final int SEEDS = 24;
    private static final int OPERATIONS = 1_500;
    private static final int MID = 1_000;
    private static final int WIDTH = 10;
    private static final int OPEN_ORDERS = 12;

    private final RecordingListener found = new RecordingListener(OPERATIONS);
    private final RecordingListener wanted = new RecordingListener(OPERATIONS);

    @Test
    void shouldKnowTheSameQueuesWhenLookingOnlyAtWhatMayHaveChanged()
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final SplittableRandom random = new SplittableRandom(seed);
            final EngineFixture engine = anEngine().start();
            final MarketDepth depth = new MarketDepth(engine.engine().markets().find(BTC_USDT.id()));
            final MatchingBook book = new MatchingBook(depth, found);
            final MatchingBook always = new MatchingBook(new RestlessDepth(depth), wanted);
            for (int i = 0; i < OPERATIONS; i++)
            {
                market(engine, random);
                if (random.nextInt(6) > 0)
                {
                    book.onDepth();
                    always.onDepth();
                }
                order(book, i, new SplittableRandom(seed * OPERATIONS + i));
                order(always, i, new SplittableRandom(seed * OPERATIONS + i));

                assertEquals(text(always), text(book), "seed " + seed + " operation " + i);
            }
        }

        assertEquals(wanted.lines(), found.lines());
        assertTrue(found.lines().stream().filter(line -> line.startsWith("filled")).count() > 400);
    }

    /** Quotes mostly, which leave the book as it was. */
    private static void market(final EngineFixture engine, final SplittableRandom random)
    {
        final int draw = random.nextInt(100);
        final long bid = MID + random.nextInt(WIDTH) - WIDTH / 2;
        final long bidQuantity = random.nextInt(8) > 0 ? 1 + random.nextInt(20) : 0;
        if (draw < 70)
        {
            engine.quote(BTC_USDT, bid, bidQuantity, bid + 1 + random.nextInt(3), 1 + random.nextInt(20));
        }
        else if (draw < 90)
        {
            final boolean isBuy = random.nextBoolean();
            engine.level(BTC_USDT, isBuy ? Side.BUY : Side.SELL,
                isBuy ? MID - random.nextInt(WIDTH) : MID + 1 + random.nextInt(WIDTH), random.nextInt(20));
        }
        else if (draw < 98)
        {
            engine.book(BTC_USDT, levels(random, -1), levels(random, 1));
        }
        else
        {
            engine.feed(BTC_USDT, random.nextBoolean() ? FeedState.GAP : FeedState.RECONNECTING);
        }
    }

    private static long[] levels(final SplittableRandom random, final int direction)
    {
        final long[] levels = new long[WIDTH];
        for (int i = 0; i < levels.length; i += 2)
        {
            levels[i] = MID + direction * (1 + i / 2 * 2);
            levels[i + 1] = 1 + random.nextInt(20);
        }
        return levels;
    }

    private static void order(final MatchingBook book, final int id, final SplittableRandom random)
    {
        final boolean isBuy = random.nextBoolean();
        final long price = MID + random.nextInt(2 * WIDTH) - WIDTH;
        if (random.nextInt(3) > 0 && book.count() < OPEN_ORDERS)
        {
            book.submit(id, isBuy ? Side.BUY : Side.SELL, OrderType.LIMIT, TimeInForce.GTC, price,
                1 + random.nextInt(10));
        }
        else
        {
            book.cancel(Math.max(0, id - random.nextInt(2 * OPEN_ORDERS)));
            book.onTrade(price, 1 + random.nextInt(10), isBuy ? Side.BUY : Side.SELL);
        }
    }

    private static String text(final MatchingBook book)
    {
        final StateYaml state = new StateYaml();
        book.describe(state);
        return state.toString();
    }

    /** Says each time that anything may have changed. */
    private static final class RestlessDepth implements Depth
    {
        private final Depth depth;
        private long version;

        private RestlessDepth(final Depth depth)
        {
            this.depth = depth;
        }

        @Override
        public boolean isKnownSince(final long since)
        {
            return false;
        }

        @Override
        public boolean isChangedBid(final long changeVersion)
        {
            throw new AssertionError("changes are not known");
        }

        @Override
        public long changedPrice(final long changeVersion)
        {
            throw new AssertionError("changes are not known");
        }

        @Override
        public long version()
        {
            return ++version;
        }

        @Override
        public int count(final boolean isBid)
        {
            return depth.count(isBid);
        }

        @Override
        public long price(final boolean isBid, final int level)
        {
            return depth.price(isBid, level);
        }

        @Override
        public long quantity(final boolean isBid, final int level)
        {
            return depth.quantity(isBid, level);
        }

        @Override
        public long quantityAt(final boolean isBid, final long price)
        {
            return depth.quantityAt(isBid, price);
        }

        @Override
        public long lastTradePrice()
        {
            return depth.lastTradePrice();
        }
    }
}
