package org.lockstep.engine.execution;

import java.util.SortedMap;

import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.risk.RiskLimits;
import org.lockstep.engine.state.StateWriter;

/**
 * What an account is defined by. Immutable.
 *
 * @param venue              where it trades.
 * @param mode               {@code paper}: orders are matched inside the engine; or {@code simulator} or {@code live}.
 * @param makerFeeE6         fee of a resting order, millionths of notional (1 bps = 100); negative = rebate.
 * @param takerFeeE6         fee of an aggressive order, millionths of notional.
 * @param latencyNs          one way: from decision to the paper venue, and from there back; not negative.
 * @param startingBalance    quote currency, 8 decimals.
 * @param asset              the balance is in.
 * @param priceProtectionBps how far from the best price a market order may sweep, 1/10,000.
 * @param leverageE2         how many times its equity a paper account can carry, 2 decimals.
 * @param isShortAllowed     whether a paper account may sell more than it has.
 * @param isSelfTradeCanceling whether an order that would trade with an open one of the account has that taken back,
 *                           rather than being refused.
 * @param limits             of the account.
 */
public record AccountTerms(
    Venue venue,
    String mode,
    long makerFeeE6,
    long takerFeeE6,
    long latencyNs,
    long startingBalance,
    String asset,
    int priceProtectionBps,
    long leverageE2,
    boolean isShortAllowed,
    boolean isSelfTradeCanceling,
    RiskLimits limits)
{
    /** Orders are matched inside the engine. */
    public static final String PAPER = "paper";

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

    /**
     * What may not change: orders may rest and positions be held where the account was first defined.
     *
     * @param other terms the account shall get.
     * @return what is wrong with that, or null.
     */
    public String conflict(final AccountTerms other)
    {
        return venue != other.venue ? conflict("venue", venue.code(), other.venue.code()) :
            !mode.equals(other.mode) ? conflict("mode", mode, other.mode) :
            !asset.equals(other.asset) ? conflict("asset", asset, other.asset) : null;
    }

    private static String conflict(final String key, final String now, final String wanted)
    {
        return key + ": found '" + wanted + "', allowed '" + now + "', which the account was defined with; " +
            "define another account for it";
    }

    /** @return true: orders are matched inside the engine. */
    public boolean isPaper()
    {
        return PAPER.equals(mode);
    }

    void describe(final StateWriter out)
    {
        out.field("venue", venue.code());
        out.field("mode", mode);
        out.field("makerFeeE6", makerFeeE6);
        out.field("takerFeeE6", takerFeeE6);
        out.field("latencyNs", latencyNs);
        out.field("startingBalance", startingBalance);
        out.field("asset", asset);
        out.field("priceProtectionBps", priceProtectionBps);
        out.field("leverageE2", leverageE2);
        out.field("isShortAllowed", isShortAllowed);
        out.field("isSelfTradeCanceling", isSelfTradeCanceling);
    }
}
