package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.risk.RiskLimits;
import org.lockstep.engine.risk.RiskSubject;
import org.lockstep.engine.state.StateWriter;

/**
 * One set of credentials at one venue, or a paper one: what bots trade on. A paper account is settled in one asset:
 * its balance is what it began with plus realised profit minus fees, so it can be short as well as long.
 * Threading: the engine thread.
 */
public final class Account
{
    private final int id;
    private final String name;
    private final RiskSubject risk = new RiskSubject(RiskLimits.ACCOUNT_DEFAULT);
    private final PaperExposure exposure = new PaperExposure();
    private final VenueLedger venueLedger = new VenueLedger();
    private AccountTerms terms;
    private String asset;
    private long paperDeadlineNs;
    private long paperReportNs;
    private long locked;

    Account(final int id, final String name, final AccountTerms terms)
    {
        this.id = id;
        this.name = name;
        terms(terms);
    }

    void terms(final AccountTerms newTerms)
    {
        terms = newTerms;
        asset = newTerms.asset();
        risk.limits(newTerms.limits());
        risk.priceProtectionBps(newTerms.priceProtectionBps());
    }

    /** @return dense id. */
    public int id()
    {
        return id;
    }

    /** @return unique name. */
    public String name()
    {
        return name;
    }

    /** @return venue, fees, latency. */
    public AccountTerms terms()
    {
        return terms;
    }

    /** @return where it trades. */
    public Venue venue()
    {
        return terms.venue();
    }

    /** @return limits, holdings, kill switch. */
    public RiskSubject risk()
    {
        return risk;
    }

    /** @return what positions and open orders of a paper account may come to. */
    PaperExposure exposure()
    {
        return exposure;
    }

    /** @return the venue's side of it; of a paper account nothing is in it. */
    public VenueLedger venueLedger()
    {
        return venueLedger;
    }

    /** @return whether orders can go out: always on paper, else once its private session is live and reconciled. */
    public boolean isLive()
    {
        return terms.isPaper() || AccountState.LIVE == venueLedger.state();
    }

    /** @return asset its balance is in. */
    public String asset()
    {
        return asset;
    }

    /** @return balance it began with, plus realised profit, minus fees; 8 decimals. */
    public long balance()
    {
        return terms.startingBalance() + risk.holdings().ledger().realisedPnl() - risk.holdings().ledger().fees();
    }

    /** @return what open orders of a paper account hold of its balance, as told last; 8 decimals. */
    public long locked()
    {
        return locked;
    }

    void locked(final long newLocked)
    {
        locked = newLocked;
    }

    /**
     * When a request made now reaches the paper venue; never before an earlier one, even if latency was lowered.
     *
     * @param nowNs engine time.
     * @return engine time of arrival.
     */
    public long nextPaperDeadlineNs(final long nowNs)
    {
        paperDeadlineNs = Math.max(paperDeadlineNs, nowNs + terms.latencyNs());
        return paperDeadlineNs;
    }

    /**
     * When a report that leaves the paper venue comes back; never before an earlier one, even if latency was lowered.
     *
     * @param venueTimeNs engine time at which it leaves.
     * @return engine time of arrival.
     */
    public long nextPaperReportNs(final long venueTimeNs)
    {
        paperReportNs = Math.max(paperReportNs, venueTimeNs + terms.latencyNs());
        return paperReportNs;
    }

    void describe(final StateWriter out)
    {
        out.begin("account", id);
        out.name(name);
        terms.describe(out);
        out.field("paperDeadlineNs", paperDeadlineNs);
        out.field("paperReportNs", paperReportNs);
        out.field("paperLocked", locked);
        risk.describe(out);
        if (!terms.isPaper())
        {
            venueLedger.describe(out);
        }
        out.end();
    }
}
