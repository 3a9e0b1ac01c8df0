package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.E8;

import java.util.ArrayList;
import java.util.List;

/** What an incoming order would do if it came now. Event loop only. */
final class Plan
{
    final List<Match> matches = new ArrayList<>();
    long quantityE8;
    long quoteE8;
    /** Whether the order would be used up. */
    boolean isComplete;

    void add(final Match match)
    {
        matches.add(match);
        if (!match.isPrevented())
        {
            quantityE8 += match.quantityE8();
            quoteE8 += E8.multiply(match.priceE8(), match.quantityE8());
        }
    }
}
