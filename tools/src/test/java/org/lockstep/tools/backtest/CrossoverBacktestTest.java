package org.lockstep.tools.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crossover over thousands of bars, against the same rule in a few lines of its own. */
class CrossoverBacktestTest
{
    private static final int BARS = 5_000;
    private static final int FAST = 7;
    private static final int SLOW = 30;
    private static final BigDecimal FEE = new BigDecimal("0.001");

    @TempDir
    private Path directory;

    private final long[] cents = new long[BARS];
    private int fills;
    private int trips;
    private int wins;
    private BigDecimal realised = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;
    private BigDecimal unrealised = BigDecimal.ZERO;
    private BigDecimal peak = BigDecimal.ZERO;
    private BigDecimal drawdown = BigDecimal.ZERO;

    @Test
    void shouldTradeAsTheRuleWrittenOutDoes() throws IOException
    {
        final BacktestFixture backtest = new BacktestFixture(directory);
        final Path bars = backtest.file("bars.csv", walk());
        final Path config = backtest.file("lockstep.yaml", """
            venues: {binance: {symbols: [BTCUSDT]}}
            accounts: [{name: main, balance: 100000, makerFeeBps: 10, takerFeeBps: 10}]
            bots:
              - name: cross
                strategy: crossover
                account: main
                symbols: [BTCUSDT]
                parameters: {source: bars, barInterval: 5m, fast: %d, slow: %d, quantity: 1}
            """.formatted(FAST, SLOW));

        final JsonNode bot = backtest.run(config, backtest.options("BTCUSDT=" + bars)).path("bots").path(0);
        trade();

        assertTrue(trips > 100, "the walk should cross often: " + trips);
        assertEquals(fills, bot.path("fills").asInt());
        assertEquals(trips, bot.path("roundTrips").asInt());
        assertEquals(100.0 * wins / trips, bot.path("winRatePercent").asDouble(), 1e-4);
        assertEquals(0, realised.compareTo(new BigDecimal(bot.path("realisedPnl").asText())), bot::toString);
        assertEquals(0, unrealised.compareTo(new BigDecimal(bot.path("unrealisedPnl").asText())), bot::toString);
        assertEquals(0, fees.compareTo(new BigDecimal(bot.path("fees").asText())), bot::toString);
        assertEquals(0, drawdown.compareTo(new BigDecimal(bot.path("maxDrawdown").asText())), bot::toString);
    }

    private String walk()
    {
        final Random random = new Random(11);
        final StringBuilder text = new StringBuilder("timestamp,open,high,low,close,volume\n");
        long price = 1_000_000;
        for (int i = 0; i < BARS; i++)
        {
            final long open = price;
            price += random.nextInt(4_001) - 2_000;
            cents[i] = price;
            text.append(String.format(Locale.ROOT, "%d,%.2f,%.2f,%.2f,%.2f,50%n", 1_704_067_200L + 300L * i,
                open / 100.0, Math.max(open, price) / 100.0 + 1, Math.min(open, price) / 100.0 - 1, price / 100.0));
        }
        return text.toString();
    }

    /** Long 1 above, short 1 below; what is decided at a close executes there, and counts from the next close on. */
    private void trade()
    {
        int held = 0;
        long entry = 0;
        BigDecimal entryFee = BigDecimal.ZERO;
        for (int i = 0; i < BARS; i++)
        {
            mark(held, entry, cents[i]);
            final double difference = i + 1 < SLOW ? 0 : mean(i, FAST) - mean(i, SLOW);
            final int wanted = difference > 0 ? 1 : difference < 0 ? -1 : held;
            if (wanted != held)
            {
                final BigDecimal fee = money(cents[i]).multiply(FEE);
                fills++;
                if (0 != held)
                {
                    final BigDecimal gain = money(held * (cents[i] - entry));
                    realised = realised.add(gain);
                    trips++;
                    wins += gain.subtract(entryFee).subtract(fee).signum() > 0 ? 1 : 0;
                    fees = fees.add(fee);
                }
                fees = fees.add(fee);
                entryFee = fee;
                entry = cents[i];
                held = wanted;
            }
        }
        mark(held, entry, cents[BARS - 1]);
    }

    private void mark(final int held, final long entry, final long price)
    {
        unrealised = money(held * (price - entry));
        final BigDecimal equity = realised.add(unrealised).subtract(fees);
        peak = peak.max(equity);
        drawdown = drawdown.max(peak.subtract(equity));
    }

    private double mean(final int last, final int count)
    {
        long sum = 0;
        for (int i = last - count + 1; i <= last; i++)
        {
            sum += cents[i];
        }
        return (double)sum / count;
    }

    private static BigDecimal money(final long amount)
    {
        return BigDecimal.valueOf(amount, 2);
    }
}
