package org.lockstep.engine.paper;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Random operations side by side: the same reports, one by one. */
class MatchingBookAgainstPlainTest
{
    private static final int SEEDS = 60;
    private static final int OPERATIONS = 2_000;
    private static final int MID = 1_000;
    private static final int WIDTH = 12;

    private final OrderType[] types = {OrderType.LIMIT, OrderType.LIMIT, OrderType.MARKET, OrderType.LIMIT_MAKER};
    private final OrderType[] stopTypes = {
        OrderType.STOP_LOSS, OrderType.STOP_LOSS_LIMIT, OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT};
    private final TimeInForce[] times = {TimeInForce.GTC, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK};
    private SplittableRandom random;
    private PlainDepth depth;
    private MatchingBook book;
    private PlainMatching plain;
    private int lastId;

    @Test
    void shouldReportTheSameAsAPlainModelAfterRandomOperations()
    {
        long reportCount = 0;
        for (int seed = 1; seed <= SEEDS; seed++)
        {
            random = new SplittableRandom(seed);
            depth = new PlainDepth().visible(0 == seed % 3 ? 1 + random.nextInt(3) : Integer.MAX_VALUE);
            final RecordingListener found = new RecordingListener(2 * OPERATIONS + 2);
            final RecordingListener wanted = new RecordingListener(2 * OPERATIONS + 2);
            book = new MatchingBook(depth, found);
            plain = new PlainMatching(depth, wanted);
            lastId = 0;
            for (int i = 0; i < OPERATIONS; i++)
            {
                final String operation = operate();

                assertEquals(wanted.lines(), found.lines(), "seed " + seed + " operation " + i + " " + operation);
                reportCount += found.lines().size();
                found.lines().clear();
                wanted.lines().clear();
            }
        }
        assertTrue(reportCount > SEEDS * OPERATIONS / 2, "only " + reportCount + " reports");
    }

    private String operate()
    {
        final int draw = random.nextInt(100);
        if (draw < 35)
        {
            return market();
        }
        if (draw < 60)
        {
            return trade();
        }
        if (draw < 84)
        {
            return order();
        }
        final long id = lastId - random.nextInt(30);
        if (draw < 92)
        {
            assertEquals(plain.cancel(id), book.cancel(id));
            return "cancel " + id;
        }
        final long price = price();
        final long quantity = quantity();
        assertEquals(plain.replace(id, price, quantity), book.replace(id, price, quantity));
        return "replace " + id + " " + price + " " + quantity;
    }

    private String market()
    {
        final boolean isBid = random.nextBoolean();
        final long price = price();
        final boolean isOnItsSide = depth.side(!isBid).isEmpty() ||
            (isBid ? price < depth.side(false).firstKey() : price > depth.side(true).firstKey());
        final long quantity = 0 == random.nextInt(3) || !isOnItsSide ? 0 : quantity();
        depth.set(isBid, price, quantity);
        plain.onDepth();
        book.onDepth();
        return (isBid ? "bid " : "ask ") + price + " " + quantity;
    }

    private String trade()
    {
        final long price = price();
        final long quantity = quantity();
        final Side aggressor = side();
        depth.lastTrade(price);
        plain.onTrade(price, quantity, aggressor);
        book.onTrade(price, quantity, aggressor);
        return "trade " + price + " " + quantity + " " + aggressor;
    }

    private String order()
    {
        final Side side = side();
        final long price = price();
        final long stopPrice = price();
        final long quantity = quantity();
        final TimeInForce time = times[random.nextInt(times.length)];
        final OrderType stopType = stopTypes[random.nextInt(stopTypes.length)];
        final int bps = random.nextInt(100);
        final int draw = random.nextInt(10);
        if (draw < 6)
        {
            final OrderType type = types[random.nextInt(types.length)];
            final TimeInForce allowed = OrderType.LIMIT_MAKER == type ? TimeInForce.GTC : time;
            plain.submit(++lastId, side, type, allowed, price, quantity);
            book.submit(lastId, side, type, allowed, price, quantity);
            return "submit " + lastId + " " + side + " " + type + " " + allowed + " " + price + " " + quantity;
        }
        if (draw < 8)
        {
            plain.submitStop(++lastId, side, stopType, time, stopPrice, price, quantity, bps);
            book.submitStop(lastId, side, stopType, time, stopPrice, price, quantity, bps);
            return "stop " + lastId + " " + side + " " + stopType + " " + stopPrice + " " + price;
        }
        final long stopLimit = price();
        lastId += 2;
        plain.submitPair(lastId - 1, lastId, side, stopType, price, stopPrice, stopLimit, quantity, bps);
        book.submitPair(lastId - 1, lastId, side, stopType, price, stopPrice, stopLimit, quantity, bps);
        return "pair " + lastId + " " + side + " " + stopType + " " + price + " " + stopPrice + " " + stopLimit;
    }

    private Side side()
    {
        return random.nextBoolean() ? Side.BUY : Side.SELL;
    }

    private long price()
    {
        return MID + random.nextInt(-WIDTH, WIDTH);
    }

    private long quantity()
    {
        return 1 + random.nextInt(60);
    }
}
