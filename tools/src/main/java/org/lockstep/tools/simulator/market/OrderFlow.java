package org.lockstep.tools.simulator.market;

/**
 * A synthetic instrument: a price-time order book and the makers and takers that keep it moving around a fair price.
 * Each call of {@link #act} is one thing that one of them does. Deterministic in seed and times; one thread.
 */
public final class OrderFlow implements InstrumentView
{
    private static final int TARGET_LEVELS = 220;
    private static final int SWEEP_LEVELS = 6;
    private static final int STALE_QUOTES_PULLED = 6;
    private static final int QUOTES_RENEWED = 3;
    private static final double TAKER_SHARE = 0.10;
    private static final double MAKER_SHARE = 0.57;
    private static final int SIZES = 256;

    private final MarketSymbol symbol;
    private final SeededRandom random;
    private final FairPrice fairPrice;
    private final TradeTape trades;
    private final Candles candles;
    private final BookSide bids = new BookSide(true);
    private final BookSide asks = new BookSide(false);
    private final LevelChanges fastChanges = new LevelChanges();
    private final LevelChanges slowChanges = new LevelChanges();
    private final long[] takerLots = new long[SIZES];
    private final long[] makerLots = new long[SIZES];
    private final double gapTicks;

    private long lastUpdateId;
    private long lastTimeUs;
    private long fairTicks;

    /**
     * Creates the instrument and lets it run until its book is full.
     *
     * @param symbol          what is traded.
     * @param seed            of everything that happens.
     * @param startUs         epoch microseconds at which the market starts.
     * @param actionsPerSecond expected calls of {@link #act}; sets how far apart the levels lie.
     * @param tradesKept      a power of two.
     * @param quotePrice      of the quote asset in dollars, to give orders a plausible size.
     */
    public OrderFlow(
        final MarketSymbol symbol,
        final long seed,
        final long startUs,
        final double actionsPerSecond,
        final int tradesKept,
        final double quotePrice)
    {
        this.symbol = symbol;
        this.random = new SeededRandom(seed);
        final double startTicks = (double)(symbol.priceE8() / symbol.tickE8());
        this.fairPrice = new FairPrice(seed ^ 0x5DEECE66DL, startTicks);
        this.fairTicks = (long)startTicks;
        final double moveBetweenActions = 4e-4 / Math.sqrt(Math.max(0.01, actionsPerSecond));
        this.gapTicks = Math.max(1, startTicks * Math.min(3e-4, 0.6 * moveBetweenActions));
        this.lastUpdateId = 1_000_000_000L + (random.nextLong() >>> 30);
        this.trades = new TradeTape(tradesKept, 100_000_000L + (random.nextLong() >>> 36));
        final double lotPrice = symbol.priceE8() * 1e-8 * symbol.stepE8() * 1e-8 * quotePrice;
        fillSizes(takerLots, 700, 1.3, lotPrice);
        fillSizes(makerLots, 4_000, 1.1, lotPrice);

        final int warmUpActions = 6 * TARGET_LEVELS;
        final long stepUs = Math.max(1, Math.min(5_000, (long)(1e6 / Math.max(0.01, actionsPerSecond))));
        this.lastTimeUs = startUs - (warmUpActions + 1) * stepUs;
        this.candles = new Candles(new PriceHistory(seed, symbol, lastTimeUs / 1_000, quotePrice));
        for (int i = 1; i <= warmUpActions; i++)
        {
            act(startUs - (warmUpActions + 1 - i) * stepUs);
        }
    }

    /**
     * Does one thing: an order placed, cancelled or executed.
     *
     * @param timeUs epoch microseconds, never going back.
     */
    public void act(final long timeUs)
    {
        fairTicks = Math.max(10, Math.round(fairPrice.advance((timeUs - lastTimeUs) * 1e-6)));
        lastTimeUs = timeUs;
        final double threshold = 2 * gapTicks;
        final long askTicks = asks.bestTicks();
        final long bidTicks = bids.bestTicks();
        if (askTicks > 0 && fairTicks - askTicks > threshold)
        {
            chase(true, fairTicks);
        }
        else if (bidTicks > 0 && bidTicks - fairTicks > threshold)
        {
            chase(false, fairTicks);
        }
        else
        {
            chooseAction();
        }
    }

    private void chooseAction()
    {
        final double choice = random.nextDouble();
        final boolean buy = random.nextBoolean();
        final BookSide side = buy ? bids : asks;
        if (side.count() < TARGET_LEVELS / 2)
        {
            place(buy);
        }
        else if (choice < TAKER_SHARE)
        {
            take(buy, takerLots[random.nextInt(SIZES)], 3);
        }
        else if (choice < MAKER_SHARE && side.count() < TARGET_LEVELS * 3 / 2)
        {
            place(buy);
        }
        else
        {
            cancel(buy);
        }
    }

    /**
     * The fair price has left the spread: makers of the other side quote behind it, a taker sweeps their stale quotes,
     * the rest of those is pulled, and a new best price follows on this side.
     */
    private void chase(final boolean buy, final long limitTicks)
    {
        final BookSide opposite = buy ? asks : bids;
        for (int i = 0; i < QUOTES_RENEWED; i++)
        {
            final long distance = 1 + (long)(gapTicks * (0.5 + 6 * random.nextExponential()));
            rest(!buy, buy ? limitTicks + distance : limitTicks - distance, makerLots[random.nextInt(SIZES)]);
        }
        long lots = 0;
        for (int i = 0; i < SWEEP_LEVELS && isStale(buy, opposite.level(i), limitTicks); i++)
        {
            lots += opposite.level(i).lots;
        }
        take(buy, Math.max(1, lots * (1 + random.nextInt(3)) / 5), SWEEP_LEVELS);
        for (int i = 0; i < STALE_QUOTES_PULLED && isStale(buy, opposite.level(0), limitTicks); i++)
        {
            pull(!buy, opposite.level(0));
        }
        final long mine = buy ?
            Math.min(limitTicks - 1, asks.bestTicks() - 1) : Math.max(limitTicks + 1, bids.bestTicks() + 1);
        rest(buy, mine, makerLots[random.nextInt(SIZES)]);
    }

    private static boolean isStale(final boolean buy, final BookSide.Level level, final long limitTicks)
    {
        return null != level && (buy ? level.ticks <= limitTicks : level.ticks >= limitTicks);
    }

    private void pull(final boolean buy, final BookSide.Level level)
    {
        final BookSide side = buy ? bids : asks;
        final long ticks = level.ticks;
        while (side.count() > 1 && side.bestTicks() == ticks)
        {
            side.reduce(level.head, level.head.lots);
            changed(buy, ticks);
        }
    }

    private void take(final boolean buy, final long lots, final int levels)
    {
        final BookSide opposite = buy ? asks : bids;
        long left = lots;
        int emptied = 0;
        trades.startTaker();
        while (left > 0 && emptied < levels && opposite.count() > 2)
        {
            final BookSide.Level level = opposite.level(0);
            final BookSide.Order maker = level.head;
            final long ticks = level.ticks;
            final long fill = Math.min(left, maker.lots);
            emptied += fill == level.lots ? 1 : 0;
            left -= fill;
            opposite.reduce(maker, fill);
            changed(!buy, ticks);
            final long priceE8 = ticks * symbol.tickE8();
            final long quantityE8 = fill * symbol.stepE8();
            trades.add(priceE8, quantityE8, lastTimeUs, !buy);
            candles.onTrade(lastTimeUs / 1_000, priceE8, quantityE8, !buy);
        }
    }

    private void place(final boolean buy)
    {
        final BookSide side = buy ? bids : asks;
        final BookSide opposite = buy ? asks : bids;
        final long best = side.bestTicks();
        final long other = opposite.bestTicks();
        final double choice = random.nextDouble();
        long ticks;
        if (best > 0 && other > 0 && choice < 0.45)
        {
            final boolean improve = choice < 0.25 && Math.abs(other - best) > 1 &&
                (buy ? best < fairTicks : best > fairTicks);
            final long step = improve ? Math.max(1, Math.abs(fairTicks - best) / 2) : 0;
            ticks = buy ? Math.min(best + step, other - 1) : Math.max(best - step, other + 1);
        }
        else
        {
            final double distance = gapTicks * (0.5 + (choice < 0.9 ? 14 : 90) * random.nextExponential());
            ticks = buy ? fairTicks - (long)distance : fairTicks + (long)distance;
            if (other > 0)
            {
                ticks = buy ? Math.min(ticks, other - 1) : Math.max(ticks, other + 1);
            }
        }
        rest(buy, ticks, makerLots[random.nextInt(SIZES)]);
    }

    private void rest(final boolean buy, final long ticks, final long lots)
    {
        final BookSide opposite = buy ? asks : bids;
        final boolean crosses = opposite.count() > 0 &&
            (buy ? ticks >= opposite.bestTicks() : ticks <= opposite.bestTicks());
        if (ticks > 0 && !crosses)
        {
            (buy ? bids : asks).add(ticks, lots);
            changed(buy, ticks);
        }
    }

    private void cancel(final boolean buy)
    {
        final BookSide side = buy ? bids : asks;
        final int depth = side.count() > TARGET_LEVELS ?
            side.count() - 1 - random.nextInt(8) : (int)(12 * random.nextExponential());
        final BookSide.Level level = side.level(Math.min(depth, side.count() - 1));
        if (null != level && side.count() > 3)
        {
            final long ticks = level.ticks;
            final BookSide.Order order = random.nextBoolean() ? level.head : level.tail;
            side.reduce(order, order.lots);
            changed(buy, ticks);
        }
    }

    private void changed(final boolean buy, final long ticks)
    {
        lastUpdateId++;
        if (fastChanges.isActive())
        {
            fastChanges.add(buy, ticks);
        }
        if (slowChanges.isActive())
        {
            slowChanges.add(buy, ticks);
        }
    }

    private void fillSizes(final long[] sizes, final double medianNotional, final double spread, final double lotPrice)
    {
        for (int i = 0; i < sizes.length; i++)
        {
            final double notional = medianNotional * StrictMath.exp(spread * random.nextGaussian());
            sizes[i] = Math.max(1, Math.round(Math.max(6, notional) / lotPrice));
        }
    }

    @Override
    public MarketSymbol symbol()
    {
        return symbol;
    }

    @Override
    public long lastUpdateId()
    {
        return lastUpdateId;
    }

    /**
     * Best price of one side.
     *
     * @param buy which side.
     * @return eight decimals.
     */
    public long bestPriceE8(final boolean buy)
    {
        return Math.max(0, (buy ? bids : asks).bestTicks()) * symbol.tickE8();
    }

    /**
     * Quantity at the best price of one side.
     *
     * @param buy which side.
     * @return eight decimals.
     */
    public long bestQuantityE8(final boolean buy)
    {
        return (buy ? bids : asks).bestLots() * symbol.stepE8();
    }

    /**
     * Quantity at a price.
     *
     * @param buy   which side.
     * @param ticks price in ticks.
     * @return eight decimals, 0 when nothing rests there.
     */
    public long quantityE8At(final boolean buy, final long ticks)
    {
        return (buy ? bids : asks).lotsAt(ticks) * symbol.stepE8();
    }

    /**
     * What changed since the last diff.
     *
     * @param fast true for the 100 ms diffs, false for those of 1000 ms.
     * @return collected while somebody wants them.
     */
    public LevelChanges changes(final boolean fast)
    {
        return fast ? fastChanges : slowChanges;
    }

    @Override
    public void forEachLevel(final boolean buy, final int limit, final LevelConsumer consumer)
    {
        final BookSide side = buy ? bids : asks;
        final int count = Math.min(limit, side.count());
        for (int i = 0; i < count; i++)
        {
            final BookSide.Level level = side.level(i);
            consumer.onLevel(level.ticks * symbol.tickE8(), level.lots * symbol.stepE8());
        }
    }

    @Override
    public long visibleE8(final boolean buy, final long priceE8)
    {
        return 0 == priceE8 % symbol.tickE8() ? quantityE8At(buy, priceE8 / symbol.tickE8()) : 0;
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
