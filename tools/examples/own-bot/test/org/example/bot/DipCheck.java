package org.example.bot;

import java.util.List;

import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.tools.testkit.StrategyBench;

/** Checks the strategy on the bench; a test framework of your choice serves as well. */
public final class DipCheck
{
    private DipCheck()
    {
    }

    /**
     * Runs all.
     *
     * @param args none.
     */
    public static void main(final String[] args)
    {
        final StrategyBench bench = StrategyBench.of(new DipFactory(), "dipBps", "100", "notional", "500");

        bench.quote("50000.00", "50000.02").after(10).quote("49700.00", "49700.02").after(10);
        check(bench.orders().isEmpty(), "it bought before the dip");
        bench.quote("49400.00", "49400.02").after(10).quote("49400.00", "49400.02");
        check(bench.orders().equals(List.of(
            new StrategyBench.Order(Side.BUY, OrderType.MARKET, "0.00", "0.01012"))), bench.orders().toString());
        check("0.01012".equals(bench.position()), bench.position());
        bench.quote("50000.00", "50000.02").after(10).quote("50000.00", "50000.02");
        check("0.00000".equals(bench.position()), bench.position());
        check(bench.refusals().isEmpty() && bench.isRunning(), bench.refusals().toString());
        System.out.println("ok: " + bench.fills());
    }

    private static void check(final boolean isMet, final String found)
    {
        if (!isMet)
        {
            throw new AssertionError(found);
        }
    }
}
