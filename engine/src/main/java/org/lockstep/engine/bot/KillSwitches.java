package org.lockstep.engine.bot;

import org.lockstep.engine.algo.Algos;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.risk.RiskGate;
import org.lockstep.engine.risk.RiskSubject;

/**
 * Stops trading, by command or because a limit was reached: of a bot, of an account, of everything. New orders are
 * refused from that moment, then open ones are asked back, and only then is anything told. Engine thread. Allocates.
 */
final class KillSwitches
{
    private final OrderDesk desk;
    private final RiskGate riskGate;
    private final OutputProxy outputs;
    private final Bots bots;
    private final BotLifecycle lifecycle;
    private final PositionCloser closer;
    private final Algos algos;

    KillSwitches(
        final OrderDesk desk,
        final RiskGate riskGate,
        final OutputProxy outputs,
        final Bots bots,
        final BotLifecycle lifecycle,
        final PositionCloser closer,
        final Algos algos)
    {
        this.desk = desk;
        this.riskGate = riskGate;
        this.outputs = outputs;
        this.bots = bots;
        this.lifecycle = lifecycle;
        this.closer = closer;
        this.algos = algos;
    }

    /**
     * Turns the switch of an account, or of everything when there is no account.
     *
     * @param who     and why, in words.
     * @param flatten whether positions are to be closed too.
     */
    void turn(final boolean isOn, final Account account, final String who, final boolean flatten)
    {
        final int accountId = null == account ? -1 : account.id();
        if (null == account)
        {
            riskGate.killSwitch(isOn);
        }
        else
        {
            account.risk().killed(isOn);
        }
        if (isOn)
        {
            desk.cancelAll(-1, accountId);
            algos.cancelAll(-1, accountId, "kill switch");
        }
        outputs.killSwitch(-1, accountId, AlertCode.KILL_SWITCH.code(), isOn,
            "kill switch of " + (null == account ? "everything" : "account " + account.name()) +
            (isOn ? " on" : " off") + (isOn && flatten ? ", closing positions," : "") + " by " + who);
        if (isOn)
        {
            for (int i = 1; i < bots.count(); i++)
            {
                final Bot bot = bots.find(i);
                if (BotState.RUNNING == bot.state && (accountId < 0 || bot.accountId() == accountId))
                {
                    lifecycle.leave(bot, BotState.PAUSED, "kill switch");
                }
            }
            for (int i = 0; i < bots.count() && flatten; i++)
            {
                closer.closeAll(bots.find(i), accountId);
            }
        }
    }

    void kill(final Bot bot, final int code, final String reason)
    {
        kill(bot, code, reason, false);
    }

    void kill(final Bot bot, final int code, final String reason, final boolean flatten)
    {
        bot.isStartWanted = false;
        bot.nextDefinition = null;
        bot.risk().killed(true);
        desk.cancelAll(bot.id(), -1);
        algos.cancelAll(bot.id(), -1, "bot is killed");
        if (BotState.KILLED != bot.state)
        {
            outputs.killSwitch(bot.id(), bot.accountId(), code, true,
                "bot " + bot.name() + " killed: " + reason);
            lifecycle.leave(bot, BotState.KILLED, reason);
        }
        if (flatten)
        {
            closer.closeAll(bot, -1);
        }
    }

    /** Takes a kill back. A bot with a strategy then waits to be started; manual orders pass again. */
    void revive(final Bot bot, final String who)
    {
        if (!bot.risk().isKilled())
        {
            return;
        }
        bot.risk().killed(false);
        outputs.killSwitch(bot.id(), bot.accountId(), AlertCode.KILL_SWITCH.code(), false,
            "kill switch of bot " + bot.name() + " off by " + who);
        if (Bot.MANUAL_ID == bot.id())
        {
            bot.state = BotState.RUNNING;
            bot.reason = "";
            lifecycle.status(bot);
        }
    }

    void checkLosses(final Bot bot)
    {
        if (Bot.MANUAL_ID != bot.id() && !bot.risk().isKilled())
        {
            final RejectReason reason = lossesOf(bot.risk(), false);
            if (RejectReason.NONE != reason)
            {
                trip(bot, reason);
            }
        }
    }

    void checkLosses(final Account account)
    {
        if (!account.risk().isKilled())
        {
            final RejectReason reason = lossesOf(account.risk(), true);
            if (RejectReason.NONE != reason)
            {
                trip(account, reason);
            }
        }
    }

    void trip(final Bot bot, final RejectReason reason)
    {
        if (Bot.MANUAL_ID == bot.id())
        {
            outputs.alert(bot.id(), bot.accountId(), reason.code(), AlertSeverity.CRITICAL, reason.text());
            return;
        }
        kill(bot, reason.code(), reason.text());
    }

    private void trip(final Account account, final RejectReason reason)
    {
        account.risk().killed(true);
        desk.cancelAll(-1, account.id());
        algos.cancelAll(-1, account.id(), reason.text());
        outputs.killSwitch(-1, account.id(), reason.code(), true,
            "account " + account.name() + " stopped: " + reason.text());
        for (int i = 1; i < bots.count(); i++)
        {
            final Bot bot = bots.find(i);
            if (bot.accountId() == account.id() && BotLifecycle.isActive(bot))
            {
                kill(bot, reason.code(), reason.text());
            }
        }
    }

    private static RejectReason lossesOf(final RiskSubject subject, final boolean isAccount)
    {
        try
        {
            return RiskGate.checkLosses(subject, isAccount);
        }
        catch (final RuntimeException ex)
        {
            return RejectReason.RISK_FAILURE;
        }
    }
}
