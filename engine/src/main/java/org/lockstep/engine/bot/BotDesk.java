package org.lockstep.engine.bot;

import org.agrona.DirectBuffer;
import org.lockstep.engine.algo.Algos;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.SessionStartedDecoder;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.RiskGate;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.FaultListener;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.Timers;

/**
 * The door to this package for the engine: control frames come in here. Threading: the engine thread.
 */
public final class BotDesk
{
    private final BotLifecycle lifecycle;
    private final CommandAdapter commands;
    private final SessionStartedDecoder sessionStarted = new SessionStartedDecoder();
    private long stateHashIntervalNs;
    private long seed;
    private long journalId;

    /**
     * Wires lifecycle and commands.
     *
     * @param clock      engine time.
     * @param markets    all instruments.
     * @param accounts   all accounts.
     * @param orders     all orders.
     * @param desk       takes orders.
     * @param riskGate   holds the kill switch.
     * @param timers     to set.
     * @param outputs    takes what is told.
     * @param strategies that there are.
     * @param bots       registry.
     */
    public BotDesk(
        final EngineClock clock,
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final OrderDesk desk,
        final RiskGate riskGate,
        final Timers timers,
        final OutputProxy outputs,
        final Strategies strategies,
        final Bots bots)
    {
        lifecycle = new BotLifecycle(
            clock, markets, accounts, orders, desk, riskGate, timers, outputs, strategies, bots);
        commands = new CommandAdapter(markets, accounts, orders, desk, outputs, bots, lifecycle);
    }

    /**
     * A Command frame.
     *
     * @param buffer holds the frame.
     * @param offset of the frame.
     */
    public void onCommand(final DirectBuffer buffer, final int offset)
    {
        commands.onCommand(buffer, offset);
    }

    /**
     * A SessionStarted frame.
     *
     * @param buffer holds the frame.
     * @param offset of the frame.
     */
    public void onSessionStarted(final DirectBuffer buffer, final int offset)
    {
        sessionStarted.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
            Frame.version(buffer, offset));
        seed = sessionStarted.seed();
        stateHashIntervalNs = sessionStarted.stateHashIntervalNs();
        journalId = Math.max(journalId, sessionStarted.journalId());
        lifecycle.onSessionStarted(sessionStarted.epoch());
    }

    /** @return id of the journal, which client order ids carry; 0 before a session said it. */
    public long journalId()
    {
        return journalId;
    }

    /** A SessionStopping frame. */
    public void onSessionStopping()
    {
        lifecycle.onSessionStopping();
    }

    /** An instrument was defined. */
    public void onInstrumentDefined()
    {
        lifecycle.onInstrumentDefined();
    }

    /**
     * A status that was held back is due.
     *
     * @param botId whose.
     */
    public void onStatusDue(final int botId)
    {
        lifecycle.onStatusDue(botId);
    }

    /**
     * A closing of positions is to be looked at.
     *
     * @param botId whose.
     */
    public void onCloseDue(final int botId)
    {
        lifecycle.closer().onTimer(botId);
    }

    /**
     * The age of a bot's positions is to be looked at.
     *
     * @param botId whose.
     */
    public void onProtectionDue(final int botId)
    {
        lifecycle.onProtectionDue(botId);
    }

    /**
     * An emulated order is to be looked at.
     *
     * @param slot its owner.
     */
    public void onAlgoDue(final int slot)
    {
        lifecycle.algos().onTimer(slot);
    }

    /** @return emulated orders; read only. */
    public Algos algos()
    {
        return lifecycle.algos();
    }

    /** @return time between state hashes, 0 = none. */
    public long stateHashIntervalNs()
    {
        return stateHashIntervalNs;
    }

    /**
     * Says who hears what strategies threw; no part of the state.
     *
     * @param faultListener told from now on.
     */
    public void faultListener(final FaultListener faultListener)
    {
        lifecycle.faultListener(faultListener);
    }

    /**
     * Describes session and commands.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("session");
        out.field("seed", seed);
        out.field("journalId", journalId);
        out.field("stateHashIntervalNs", stateHashIntervalNs);
        commands.describe(out);
        out.end();
    }
}
