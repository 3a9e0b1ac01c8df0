package org.lockstep.engine.bot;

import java.util.ArrayList;
import java.util.List;

import org.lockstep.engine.algo.Algos;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.instrument.Rounding;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.position.Position;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/**
 * Brings positions to zero, also while kill switches are on: for a kill with {@code flatten}, and for a bot's
 * protection. The bot's own orders in the instrument are taken back first and refused meanwhile; the closing order
 * goes out when they have ended, or after {@link #PATIENCE_NS} if the venue does not answer. What then is left, because
 * the market had too little or an order executed after all, is closed by the next order. What the venue refuses or
 * risk does not let pass is tried again every second, and after {@link #MAX_ATTEMPTS} times, when a person is called,
 * every 30 s. What is too small to be an order stays. Threading: the engine thread. Allocates when a closing begins.
 */
final class PositionCloser
{
    /** How long a cancel is waited for. */
    static final long PATIENCE_NS = 1_000_000_000L;

    /** Attempts after which a person is called. */
    static final int MAX_ATTEMPTS = 60;

    private static final long SLOW_RETRY_NS = 30_000_000_000L;

    private static final int FIRST_SHAPE_CODE = 100;
    private static final int LAST_SHAPE_CODE = 199;
    private static final long BPS = 10_000;

    private final EngineClock clock;
    private final Markets markets;
    private final Orders orders;
    private final OrderDesk desk;
    private final Timers timers;
    private final OutputProxy outputs;
    private final Bots bots;
    private final Algos algos;
    private final OrderIntent intent = new OrderIntent();
    private final List<Closing> closings = new ArrayList<>();

    PositionCloser(
        final EngineClock clock,
        final Markets markets,
        final Orders orders,
        final OrderDesk desk,
        final Timers timers,
        final OutputProxy outputs,
        final Bots bots,
        final Algos algos)
    {
        this.clock = clock;
        this.markets = markets;
        this.orders = orders;
        this.desk = desk;
        this.timers = timers;
        this.outputs = outputs;
        this.bots = bots;
        this.algos = algos;
    }

    boolean isClosing(final int botId, final int instrumentId)
    {
        return null != find(botId, instrumentId);
    }

    /** Closes everything a bot holds, or may yet by its open orders, on an account (-1 = on any), by market orders. */
    void closeAll(final Bot bot, final int accountId)
    {
        for (int id = 0; id < bot.risk().holdings().limit(); id++)
        {
            final Position position = bot.risk().holdings().find(id);
            final boolean isExposed = null != position &&
                (0 != position.quantity() || 0 != position.openBuyQuantity() || 0 != position.openSellQuantity());
            if (isExposed && (accountId < 0 || bot.accountOf(id) == accountId))
            {
                close(bot, id, -1);
            }
        }
    }

    /**
     * Closes one position.
     *
     * @param limitOffsetBps how far beyond the best price a limit order may execute; negative = a market order.
     */
    void close(final Bot bot, final int instrumentId, final int limitOffsetBps)
    {
        if (null != find(bot.id(), instrumentId))
        {
            return;
        }
        final Closing closing = new Closing(bot.id(), instrumentId, limitOffsetBps, clock.timeNs() + PATIENCE_NS);
        closings.add(closing);
        algos.cancel(bot.id(), instrumentId, "position is being closed");
        for (Order order = orders.firstOpen(); null != order; order = orders.nextOpen(order))
        {
            if (order.botId() == bot.id() && order.instrumentId() == instrumentId)
            {
                desk.cancel(order);
            }
        }
        step(closing);
    }

    void onOrderChanged(final Order order)
    {
        if (!closings.isEmpty())
        {
            final Closing closing = find(order.botId(), order.instrumentId());
            if (null != closing)
            {
                step(closing);
            }
        }
    }

    void onTimer(final int botId)
    {
        for (int i = closings.size() - 1; i >= 0; i--)
        {
            final Closing closing = closings.get(i);
            if (closing.botId == botId && closing.timerNs <= clock.timeNs())
            {
                closing.timerNs = Long.MAX_VALUE;
                step(closing);
            }
        }
    }

    void describe(final StateWriter out)
    {
        out.begin("closings");
        for (final Closing closing : closings)
        {
            closing.describe(out);
        }
        out.end();
    }

    private void step(final Closing closing)
    {
        final Bot bot = bots.find(closing.botId);
        final Position position = bot.risk().holdings().position(closing.instrumentId);
        final Order own = orders.find(closing.orderId);
        final long othersOpen =
            position.openBuyQuantity() + position.openSellQuantity() - (null == own ? 0 : own.openQuantity());
        if (null != own && own.isOpen())
        {
            return;
        }
        if (0 == position.quantity() && 0 == othersOpen)
        {
            end(closing, AlertSeverity.INFO, "is closed");
            return;
        }
        if (0 == position.quantity() || othersOpen > 0 && clock.timeNs() < closing.patienceEndNs)
        {
            wakeAt(closing, Math.max(closing.patienceEndNs, clock.timeNs() + PATIENCE_NS));
        }
        else if (clock.timeNs() >= closing.nextAttemptNs)
        {
            send(closing, bot, position.quantity());
        }
        else
        {
            wakeAt(closing, closing.nextAttemptNs);
        }
    }

    private void send(final Closing closing, final Bot bot, final long held)
    {
        if (MAX_ATTEMPTS == closing.attempts++)
        {
            alert(closing, AlertSeverity.CRITICAL, "is still open after " + MAX_ATTEMPTS + " attempts; trying on");
        }
        final Market market = markets.find(closing.instrumentId);
        final Instrument instrument = market.instrument();
        final Side side = held > 0 ? Side.SELL : Side.BUY;
        final long quantity = Math.min(
            Money.roundToLot(Math.abs(held), instrument.lotSize()),
            Money.roundToLot(instrument.maxQuantity(), instrument.lotSize()));
        final boolean isMarket = closing.limitOffsetBps < 0;
        intent.of(bot.id(), bot.accountOf(closing.instrumentId), closing.instrumentId)
            .order(side, isMarket ? OrderType.MARKET : OrderType.LIMIT, TimeInForce.IOC,
                isMarket ? 0 : limitPrice(market, side, closing.limitOffsetBps), quantity)
            .closing();
        closing.nextAttemptNs = clock.timeNs() + (closing.attempts > MAX_ATTEMPTS ? SLOW_RETRY_NS : PATIENCE_NS);
        wakeAt(closing, closing.nextAttemptNs);
        final long result = desk.submit(intent);
        if (result > 0)
        {
            closing.orderId = result;
        }
        else if (-result >= FIRST_SHAPE_CODE && -result <= LAST_SHAPE_CODE)
        {
            end(closing, AlertSeverity.WARNING, "cannot be closed: " + RejectReason.byCode(result).text());
        }
    }

    private static long limitPrice(final Market market, final Side side, final int offsetBps)
    {
        final long touch = Side.SELL == side ? market.bestBid() : market.bestAsk();
        final long best = Market.NO_PRICE == touch ? market.referencePrice() : touch;
        final long offset = Decimals.mulDivExact(best, offsetBps, BPS, Rounding.UP);
        return Money.roundToTick(Side.SELL == side ? best - offset : best + offset,
            market.instrument().tickSize(), Side.SELL == side ? Side.BUY : Side.SELL);
    }

    private void wakeAt(final Closing closing, final long timeNs)
    {
        if (closing.timerNs > timeNs)
        {
            closing.timerNs = timeNs;
            timers.set(timeNs, TimerKind.CLOSE_POSITION, closing.botId);
        }
    }

    private void end(final Closing closing, final AlertSeverity severity, final String what)
    {
        closings.remove(closing);
        alert(closing, severity, what);
    }

    private void alert(final Closing closing, final AlertSeverity severity, final String what)
    {
        final Bot bot = bots.find(closing.botId);
        outputs.alert(bot.id(), bot.accountId(), AlertCode.POSITION_CLOSED.code(), severity, "position of " +
            bot.name() + " in " + markets.find(closing.instrumentId).instrument().qualifiedSymbol() + " " + what);
    }

    private Closing find(final int botId, final int instrumentId)
    {
        for (int i = 0; i < closings.size(); i++)
        {
            final Closing closing = closings.get(i);
            if (closing.botId == botId && closing.instrumentId == instrumentId)
            {
                return closing;
            }
        }
        return null;
    }

    private static final class Closing
    {
        private final int botId;
        private final int instrumentId;
        private final int limitOffsetBps;
        private final long patienceEndNs;
        private long orderId;
        private long nextAttemptNs;
        private long timerNs = Long.MAX_VALUE;
        private int attempts;

        Closing(final int botId, final int instrumentId, final int limitOffsetBps, final long patienceEndNs)
        {
            this.botId = botId;
            this.instrumentId = instrumentId;
            this.limitOffsetBps = limitOffsetBps;
            this.patienceEndNs = patienceEndNs;
        }

        void describe(final StateWriter out)
        {
            out.begin("closing", botId);
            out.field("instrument", instrumentId);
            out.field("limitOffsetBps", limitOffsetBps);
            out.field("patienceEndNs", patienceEndNs);
            out.field("order", orderId);
            out.field("nextAttemptNs", nextAttemptNs);
            out.field("timerNs", timerNs);
            out.field("attempts", attempts);
            out.end();
        }
    }
}
