package org.lockstep.engine.execution;

import java.util.SortedMap;

import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.risk.RiskLimits;
import org.lockstep.engine.state.StateWriter;

/**
 * What an account is defined by. Immutable.
 *
 * @param venue              where it trades.
 * @param isPaper            true: orders are matched inside the engine.
 * @param makerFeeE6         fee of a resting order, millionths of notional (1 bps = 100); negative = rebate.
 * @param takerFeeE6         fee of an aggressive order, millionths of notional.
 * @param latencyNs          from decision to the venue's book, not negative.
 * @param startingBalance    quote currency, 8 decimals.
 * @param asset              the balance is in.
 * @param priceProtectionBps how far from the best price a market order may sweep, 1/10,000.
 * @param leverageE2         how many times its equity a paper account can carry, 2 decimals.
 * @param isShortAllowed     whether a paper account may sell more than it has.
 * @param limits             of the account.
 */
public record AccountTerms(
    Venue venue,
    boolean isPaper,
    long makerFeeE6,
    long takerFeeE6,
    long latencyNs,
    long startingBalance,
    String asset,
    int priceProtectionBps,
    long leverageE2,
    boolean isShortAllowed,
    RiskLimits limits)
{
    /**
     * Reads terms from texts, see the keys of an account in the documentation.
     *
     * @param texts keys and values, consumed.
     * @return the terms.
     * @throws IllegalArgumentException naming key, found and allowed.
     */
    public static AccountTerms read(final SortedMap<String, String> texts)
    {
        return AccountTermsReader.read(texts);
    }

    void describe(final StateWriter out)
    {
        out.field("venue", venue.code());
        out.field("isPaper", isPaper);
        out.field("makerFeeE6", makerFeeE6);
        out.field("takerFeeE6", takerFeeE6);
        out.field("latencyNs", latencyNs);
        out.field("startingBalance", startingBalance);
        out.field("asset", asset);
        out.field("priceProtectionBps", priceProtectionBps);
        out.field("leverageE2", leverageE2);
        out.field("isShortAllowed", isShortAllowed);
    }
}
