package org.lockstep.tools.simulator.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Many synthetic instruments and the order in which they act. The sequence of actions and their times, relative to the
 * start, depend on the seed only. One thread.
 */
public final class SyntheticMarket
{
    private static final Map<String, Double> QUOTE_PRICES =
        Map.of("USDT", 1.0, "USDC", 1.0, "BTC", 64_000.0, "ETH", 3_100.0, "EUR", 1.08, "TRY", 0.029);
    private static final int MANY_SYMBOLS = 32;
    private static final double MESSAGES_PER_ACTION = 1.0;
    private static final double QUIET_ACTION_COST = 0.08;

    private final List<OrderFlow> instruments = new ArrayList<>();
    private final SeededRandom random;
    private final double[] shares;
    private final int[] aliases;
    private final double nsPerMessage;
    private final long startUs;
    private double elapsedNs;
    private long actions;
    private int index;

    /**
     * Builds the instruments and runs them in.
     *
     * @param symbols           at least one.
     * @param messagesPerSecond trades and best-price changes over all symbols.
     * @param seed              of everything.
     * @param startUs           epoch microseconds.
     */
    public SyntheticMarket(
        final List<MarketSymbol> symbols, final int messagesPerSecond, final long seed, final long startUs)
    {
        this.random = new SeededRandom(seed);
        this.nsPerMessage = 1e9 / messagesPerSecond;
        this.startUs = startUs;
        final double totalWeight = symbols.stream().mapToDouble(MarketSymbol::weight).sum();
        final double actionsPerSecond = messagesPerSecond / MESSAGES_PER_ACTION;
        for (int i = 0; i < symbols.size(); i++)
        {
            final MarketSymbol symbol = symbols.get(i);
            instruments.add(new OrderFlow(
                symbol,
                SeededRandom.mix(seed + 31L * symbol.name().hashCode()),
                startUs,
                actionsPerSecond * symbol.weight() / totalWeight,
                symbols.size() > MANY_SYMBOLS ? 1_024 : 8_192,
                QUOTE_PRICES.getOrDefault(symbol.quote(), 1.0)));
        }
        this.shares = new double[symbols.size()];
        this.aliases = new int[symbols.size()];
        prepareChoice(symbols, totalWeight);
    }

    /** @return all instruments, in the order of their symbols. */
    public List<OrderFlow> instruments()
    {
        return instruments;
    }

    /** @return when the next action is due, epoch microseconds. */
    public long nextTimeUs()
    {
        return startUs + (long)(elapsedNs * 1e-3);
    }

    /** @return actions so far. */
    public long actions()
    {
        return actions;
    }

    /** @return index of the instrument that acted last. */
    public int lastIndex()
    {
        return index;
    }

    /**
     * Lets one instrument act at the time that is due.
     *
     * @return the instrument.
     */
    public OrderFlow act()
    {
        index = random.nextInt(shares.length);
        if (random.nextDouble() >= shares[index])
        {
            index = aliases[index];
        }
        actions++;
        final OrderFlow instrument = instruments.get(index);
        instrument.act(nextTimeUs());
        return instrument;
    }

    /**
     * Lets time pass according to what the last action caused.
     *
     * @param messages trades and best-price changes of that action.
     */
    public void advance(final int messages)
    {
        elapsedNs += nsPerMessage * Math.max(messages, QUIET_ACTION_COST) * random.nextExponential();
    }

    /**
     * Lets time pass in which nothing happens.
     *
     * @param microseconds how long.
     */
    public void skip(final long microseconds)
    {
        elapsedNs += microseconds * 1e3;
    }

    /** Walker's alias method: a symbol is chosen by its weight in constant time. */
    private void prepareChoice(final List<MarketSymbol> symbols, final double totalWeight)
    {
        final int count = symbols.size();
        final double[] scaled = new double[count];
        final List<Integer> small = new ArrayList<>();
        final List<Integer> large = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            scaled[i] = symbols.get(i).weight() / totalWeight * count;
            (scaled[i] < 1 ? small : large).add(i);
        }
        while (!small.isEmpty() && !large.isEmpty())
        {
            final int less = small.remove(small.size() - 1);
            final int more = large.get(large.size() - 1);
            shares[less] = scaled[less];
            aliases[less] = more;
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1)
            {
                large.remove(large.size() - 1);
                small.add(more);
            }
        }
        for (final List<Integer> rest : List.of(small, large))
        {
            for (final int i : rest)
            {
                shares[i] = 1;
                aliases[i] = i;
            }
        }
    }
}
