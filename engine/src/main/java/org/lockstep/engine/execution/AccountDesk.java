package org.lockstep.engine.execution;

import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconcilePhase;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/**
 * What venues say of accounts as a whole: the state of their private sessions, balances, and the rounds that
 * reconcile them. Threading: the engine thread.
 */
final class AccountDesk
{
    /** How often overdue answers are looked for. */
    static final long WATCH_INTERVAL_NS = 500_000_000L;

    private final EngineClock clock;
    private final Accounts accounts;
    private final Doubts doubts;
    private final OutputProxy outputs;
    private final Timers timers;

    AccountDesk(
        final EngineClock clock,
        final Accounts accounts,
        final Doubts doubts,
        final OutputProxy outputs,
        final Timers timers)
    {
        this.clock = clock;
        this.accounts = accounts;
        this.doubts = doubts;
        this.outputs = outputs;
        this.timers = timers;
    }

    /** A run of the process begins: nothing is connected. */
    void onSessionStarted()
    {
        for (int i = 0; i < accounts.count(); i++)
        {
            accounts.find(i).venueLedger().onSessionStarted();
        }
        doubts.onSessionStarted();
    }

    void onAccountStatus(final int accountId, final AccountState state, final CharSequence reason)
    {
        final Account account = live(accountId);
        if (null == account)
        {
            return;
        }
        final AccountState before = account.venueLedger().state();
        account.venueLedger().state(state);
        if (before == state)
        {
            if (reason.length() > 0)
            {
                outputs.alert(-1, accountId, AlertCode.ACCOUNT.code(), AlertSeverity.CRITICAL,
                    "account " + account.name() + ": " + reason);
            }
            return;
        }
        outputs.alert(-1, accountId, AlertCode.ACCOUNT.code(), severity(before, state),
            "account " + account.name() + " is " + state + (reason.length() > 0 ? ": " + reason : ""));
        if (AccountState.STOPPED == state)
        {
            doubts.tellWhatStays(account);
        }
        timers.cancelAll(TimerKind.ORDER_WATCH, accountId);
        if (AccountState.STOPPED != state && AccountState.REFUSED != state)
        {
            timers.set(clock.timeNs() + WATCH_INTERVAL_NS, TimerKind.ORDER_WATCH, accountId);
        }
        if (AccountState.LIVE == state)
        {
            doubts.onLive(account);
        }
    }

    void onBalanceChanged(final int accountId, final CharSequence asset, final long free, final long locked)
    {
        final Account account = live(accountId);
        if (null == account)
        {
            return;
        }
        final AssetBalances balances = account.venueLedger().balances();
        final int index = balances.indexOf(asset);
        if (account.venueLedger().isInRound() && index >= 0 &&
            balances.free(index) + balances.locked(index) != free + locked)
        {
            outputs.difference(0, -1, accountId, -1, DifferenceKind.BALANCE, account.venueLedger().cause(),
                balances.free(index) + balances.locked(index), free + locked, asset);
        }
        balances.set(asset, free, locked);
    }

    void onReconciliation(
        final int accountId, final int round, final ReconcilePhase phase, final ReconcileCause cause)
    {
        final Account account = live(accountId);
        if (null == account)
        {
            return;
        }
        final VenueLedger ledger = account.venueLedger();
        switch (phase)
        {
            case BEGIN -> ledger.beginRound(round, cause, clock.timeNs());
            case END ->
            {
                if (ledger.isInRound() && ledger.round() == round)
                {
                    ledger.endRound();
                    ledger.forgetForeignOrders();
                    doubts.askAboutUnlisted(account);
                }
            }
            default -> ledger.endRound();
        }
    }

    void onTradesReconciled(final int accountId, final int instrumentId, final long tradeId)
    {
        final Account account = live(accountId);
        if (null != account && instrumentId >= 0)
        {
            account.venueLedger().marks(instrumentId).reconciled(tradeId);
        }
    }

    void onWatchDue(final int accountId)
    {
        final Account account = live(accountId);
        if (null != account)
        {
            timers.set(clock.timeNs() + WATCH_INTERVAL_NS, TimerKind.ORDER_WATCH, accountId);
            doubts.onWatchDue(account);
        }
    }

    private Account live(final int accountId)
    {
        return accounts.findLive(accountId);
    }

    private static AlertSeverity severity(final AccountState before, final AccountState state)
    {
        return switch (state)
        {
            case REFUSED -> AlertSeverity.CRITICAL;
            case RECONNECTING -> AccountState.LIVE == before ? AlertSeverity.WARNING : AlertSeverity.INFO;
            default -> AlertSeverity.INFO;
        };
    }
}
