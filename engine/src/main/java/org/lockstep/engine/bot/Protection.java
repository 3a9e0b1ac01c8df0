package org.lockstep.engine.bot;

import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RiskGate;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/**
 * Closes positions of bots that have lost or won enough, or are old enough, by the price at which they could be closed
 * now. It watches in every state of the bot, stopped and failed included, but not while a kill switch is on: then a
 * person decides. The strategy goes on; its orders in the instrument are refused until the position is closed.
 * Threading: the engine thread. Allocation: none but when it acts.
 */
final class Protection
{
    private static final long BPS = 10_000;

    private final EngineClock clock;
    private final Markets markets;
    private final Accounts accounts;
    private final RiskGate riskGate;
    private final Timers timers;
    private final OutputProxy outputs;
    private final PositionCloser closer;

    Protection(
        final EngineClock clock,
        final Markets markets,
        final Accounts accounts,
        final RiskGate riskGate,
        final Timers timers,
        final OutputProxy outputs,
        final PositionCloser closer)
    {
        this.clock = clock;
        this.markets = markets;
        this.accounts = accounts;
        this.riskGate = riskGate;
        this.timers = timers;
        this.outputs = outputs;
        this.closer = closer;
    }

    /** A position changed: its age counts from when it was opened or turned. */
    void onFill(final Bot bot, final int instrumentId)
    {
        if (bot.onPosition(instrumentId, bot.risk().holdings().position(instrumentId).quantity(), clock.timeNs()))
        {
            setTimer(bot, instrumentId);
        }
    }

    /** The bot got a definition: what it holds falls under it. */
    void onDefined(final Bot bot)
    {
        for (int id = 0; id < bot.risk().holdings().limit(); id++)
        {
            setTimer(bot, id);
        }
    }

    void onMark(final Bot bot, final Market market)
    {
        if (null == bot.definition || !bot.definition.protection().isOn())
        {
            return;
        }
        final ProtectionTerms terms = bot.definition.protection();
        final Position position = bot.risk().holdings().position(market.instrument().id());
        final long held = position.quantity();
        final long best = held > 0 ? market.bestBid() : market.bestAsk();
        final long price = Market.NO_PRICE == best ? market.lastTradePrice() : best;
        if (0 == held || price <= 0)
        {
            return;
        }
        final long gain = held > 0 ? price - position.averagePrice() : position.averagePrice() - price;
        if (isReached(-gain, position.averagePrice(), terms.stopLossBps()))
        {
            close(bot, market, "stop-loss", price);
        }
        else if (isReached(gain, position.averagePrice(), terms.takeProfitBps()))
        {
            close(bot, market, "take-profit", price);
        }
    }

    void onTimer(final Bot bot)
    {
        if (null == bot.definition || 0 == bot.definition.protection().timeStopNs())
        {
            return;
        }
        for (int id = 0; id < bot.risk().holdings().limit(); id++)
        {
            final long openedNs = bot.openedNs(id);
            if (0 != openedNs && clock.timeNs() - openedNs >= bot.definition.protection().timeStopNs())
            {
                final Market market = markets.find(id);
                close(bot, market, "time stop", market.referencePrice());
            }
        }
    }

    private void setTimer(final Bot bot, final int instrumentId)
    {
        if (0 != bot.openedNs(instrumentId) && null != bot.definition && bot.definition.protection().timeStopNs() > 0)
        {
            timers.set(bot.openedNs(instrumentId) + bot.definition.protection().timeStopNs(),
                TimerKind.PROTECTION, bot.id());
        }
    }

    private void close(final Bot bot, final Market market, final String what, final long price)
    {
        final Instrument instrument = market.instrument();
        final Account account = accounts.find(bot.accountOf(instrument.id()));
        if (riskGate.isKillSwitchOn() || account.risk().isKilled() || bot.risk().isKilled() ||
            closer.isClosing(bot.id(), instrument.id()))
        {
            return;
        }
        outputs.alert(bot.id(), account.id(), AlertCode.POSITION_PROTECTED.code(), AlertSeverity.WARNING,
            what + " of " + bot.name() + " in " + instrument.qualifiedSymbol() + ": price " +
            Decimals.toString(price, instrument.priceScale()) + ", position " + Decimals.toString(
            bot.risk().holdings().position(instrument.id()).quantity(), instrument.quantityScale()));
        closer.close(bot, instrument.id(), bot.definition.protection().limitOffsetBps());
    }

    private static boolean isReached(final long distance, final long averagePrice, final int bps)
    {
        return bps > 0 && distance > 0 && distance >= Decimals.mulDivExact(averagePrice, bps, BPS, Rounding.UP);
    }
}
