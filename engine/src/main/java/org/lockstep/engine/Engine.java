package org.lockstep.engine;

import org.agrona.DirectBuffer;
import org.lockstep.engine.algo.Algos;
import org.lockstep.engine.bot.BotDesk;
import org.lockstep.engine.bot.Bots;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.BalanceChangedDecoder;
import org.lockstep.engine.event.codec.AccountStatusDecoder;
import org.lockstep.engine.event.codec.TradesReconciledDecoder;
import org.lockstep.engine.event.codec.ReconciliationDecoder;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.BarClosedDecoder;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.CommandDecoder;
import org.lockstep.engine.event.codec.FeedStatusDecoder;
import org.lockstep.engine.event.codec.HistoricalBarDecoder;
import org.lockstep.engine.event.codec.InstrumentDefinedDecoder;
import org.lockstep.engine.event.codec.MarkPriceDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.PositionReportedDecoder;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.SessionStartedDecoder;
import org.lockstep.engine.event.codec.SessionStoppingDecoder;
import org.lockstep.engine.event.codec.TickerDecoder;
import org.lockstep.engine.event.codec.TimeSyncDecoder;
import org.lockstep.engine.event.codec.TimerDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.execution.ExecutionAdapter;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.execution.ReportDesk;
import org.lockstep.engine.instrument.Instruments;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.paper.PaperVenue;
import org.lockstep.engine.pipeline.StateMachine;
import org.lockstep.engine.risk.RiskGate;
import org.lockstep.engine.state.StateHasher;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.FaultListener;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.timer.EngineClock;
import org.lockstep.engine.timer.TimerKind;
import org.lockstep.engine.timer.Timers;

/**
 * The deterministic trading core: applies input frames to books, bots, risk, orders and positions, and appends what
 * they cause to its outputs.
 * <p>
 * Of each frame: engine time moves to the largest ingress time so far; what has fallen due by then fires (bars first,
 * then timers by deadline and id); the frame is applied; what it made due at once fires. Frames of an unknown type or
 * instrument are counted and otherwise ignored, since a journal of a newer version must not stop an older engine half
 * way; everything else that is wrong with a frame is the producer's fault and throws.
 * <p>
 * Threading: every method is called by the engine thread. Allocation: none per market-data frame once warm.
 */
public final class Engine implements StateMachine
{
    /** Timers fired per frame at most, so that no bot can hold the engine in a circle; the rest fire at the next. */
    private static final int MAX_TIMERS_PER_FRAME = 10_000;

    private final Outputs outputs = new Outputs();
    private final OutputProxy outputProxy = new OutputProxy(outputs);
    private final EngineClock clock = new EngineClock();
    private final Timers timers = new Timers();
    private final Markets markets = new Markets();
    private final Accounts accounts = new Accounts();
    private final Orders orders = new Orders();
    private final RiskGate riskGate = new RiskGate();
    private final StateHasher hasher = new StateHasher();
    private final OrderDesk desk;
    private final ReportDesk reports;
    private final PaperVenue paper;
    private final Bots bots;
    private final BotDesk botDesk;
    private final MarketDataAdapter marketData;
    private final ExecutionAdapter execution;
    private long inputCount;
    private long unknownTemplateCount;
    private long stateHashTimerId = Timers.NULL_TIMER_ID;

    /** An engine with the strategies of the class path. */
    public Engine()
    {
        this(Strategies.load());
    }

    /**
     * An engine with given strategies.
     *
     * @param strategies that bots may use.
     */
    public Engine(final Strategies strategies)
    {
        desk = new OrderDesk(clock, markets, accounts, orders, riskGate, outputProxy);
        reports = new ReportDesk(clock, markets, accounts, orders, outputProxy);
        paper = new PaperVenue(clock, timers, markets, accounts, orders, outputProxy, reports);
        bots = new Bots(clock, accounts);
        desk.connect(bots, paper);
        reports.connect(bots);
        botDesk = new BotDesk(
            clock, markets, accounts, orders, desk, riskGate, timers, outputProxy, strategies, bots);
        marketData = new MarketDataAdapter(clock, markets, paper, bots, botDesk, outputProxy, this::fireTimers);
        execution = new ExecutionAdapter(
            clock, markets, accounts, orders, desk, reports, outputProxy, timers);
        execution.connect(bots);
    }

    @Override
    public void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        inputCount++;
        clock.advanceTo(Frame.ingressTimeNs(buffer, offset));
        outputProxy.cause(Frame.sequence(buffer, offset), Frame.ingressTimeNs(buffer, offset));
        fireDue();
        dispatch(buffer, offset);
        fireDue();
    }

    @Override
    public Outputs outputs()
    {
        return outputs;
    }

    @Override
    public long nextDeadlineNs()
    {
        return marketData.isHoldingBars() ? marketData.heldUntilNs() :
            Math.min(timers.nextDeadlineNs(), marketData.barDeadlineNs());
    }

    @Override
    public long stateHash()
    {
        hasher.reset();
        describe(hasher);
        return hasher.value();
    }

    /**
     * Describes everything that later outputs depend on.
     *
     * @param out receives the state.
     */
    public void describe(final StateWriter out)
    {
        out.begin("engine");
        out.field("timeNs", clock.timeNs());
        out.field("inputs", inputCount);
        out.field("unknownTemplates", unknownTemplateCount);
        out.field("stateHashTimer", stateHashTimerId);
        out.field("killSwitch", riskGate.isKillSwitchOn());
        marketData.describe(out);
        reports.describe(out);
        botDesk.describe(out);
        timers.describe(out);
        markets.describe(out);
        accounts.describe(out);
        bots.describe(out);
        orders.describe(out);
        paper.describe(out);
        out.end();
    }

    /** @return engine time, epoch ns. */
    public long timeNs()
    {
        return clock.timeNs();
    }

    /** @return epoch of the current session, 0 before the first; a new session takes the next. */
    public long epoch()
    {
        return bots.epoch();
    }

    /** @return id of the journal, which client order ids carry; 0 before a session said it. */
    public long journalId()
    {
        return botDesk.journalId();
    }

    /** @return input frames applied so far. */
    public long inputCount()
    {
        return inputCount;
    }

    /** @return frames of a type that is not known. */
    public long unknownTemplateCount()
    {
        return unknownTemplateCount;
    }

    /** @return market data of instruments that are not defined. */
    public long unknownInstrumentCount()
    {
        return marketData.unknownInstrumentCount();
    }

    /** @return table of instruments; read only. */
    public Instruments instruments()
    {
        return markets.instruments();
    }

    /** @return books, quotes and bars; read only. */
    public Markets markets()
    {
        return markets;
    }

    /** @return accounts; read only. */
    public Accounts accounts()
    {
        return accounts;
    }

    /** @return bots; read only. */
    public Bots bots()
    {
        return bots;
    }

    /** @return emulated orders that have not ended; read only. */
    public Algos algos()
    {
        return botDesk.algos();
    }

    /** @return orders; read only. */
    public Orders orders()
    {
        return orders;
    }

    /**
     * Says who hears what strategies threw, for a log; what strategies throw has no other way out of the engine.
     *
     * @param faultListener told from now on, by the engine thread.
     */
    public void faultListener(final FaultListener faultListener)
    {
        botDesk.faultListener(faultListener);
    }

    private void dispatch(final DirectBuffer buffer, final int offset)
    {
        final int templateId = Frame.templateId(buffer, offset);
        switch (templateId)
        {
            case QuoteDecoder.TEMPLATE_ID -> marketData.onQuote(buffer, offset);
            case TradeDecoder.TEMPLATE_ID -> marketData.onTrade(buffer, offset);
            case HistoricalBarDecoder.TEMPLATE_ID -> marketData.onHistoricalBar(buffer, offset);
            case BookDeltaDecoder.TEMPLATE_ID -> marketData.onBookDelta(buffer, offset);
            case BookSnapshotDecoder.TEMPLATE_ID -> marketData.onBookSnapshot(buffer, offset);
            case FeedStatusDecoder.TEMPLATE_ID -> marketData.onFeedStatus(buffer, offset);
            case InstrumentDefinedDecoder.TEMPLATE_ID -> marketData.onInstrumentDefined(buffer, offset);
            case OrderAcceptedDecoder.TEMPLATE_ID, OrderRejectedDecoder.TEMPLATE_ID, OrderFilledDecoder.TEMPLATE_ID,
                OrderCanceledDecoder.TEMPLATE_ID, OrderReplacedDecoder.TEMPLATE_ID, OrderExpiredDecoder.TEMPLATE_ID ->
                execution.onReport(buffer, offset, templateId);
            case OrderReportedDecoder.TEMPLATE_ID, OutcomeUnknownDecoder.TEMPLATE_ID,
                ReconciliationDecoder.TEMPLATE_ID, TradesReconciledDecoder.TEMPLATE_ID,
                AccountStatusDecoder.TEMPLATE_ID, BalanceChangedDecoder.TEMPLATE_ID ->
                execution.onAccount(buffer, offset, templateId);
            case CommandDecoder.TEMPLATE_ID -> botDesk.onCommand(buffer, offset);
            case SessionStartedDecoder.TEMPLATE_ID -> onSessionStarted(buffer, offset);
            case SessionStoppingDecoder.TEMPLATE_ID -> botDesk.onSessionStopping();
            case TimerDecoder.TEMPLATE_ID, BarClosedDecoder.TEMPLATE_ID, TickerDecoder.TEMPLATE_ID,
                MarkPriceDecoder.TEMPLATE_ID, TimeSyncDecoder.TEMPLATE_ID, PositionReportedDecoder.TEMPLATE_ID ->
            {
                // Of these only the time counts here; clients of the stream use the rest.
            }
            default -> unknownTemplateCount++;
        }
    }

    private void onSessionStarted(final DirectBuffer buffer, final int offset)
    {
        marketData.onSessionStarted();
        execution.onSessionStarted();
        botDesk.onSessionStarted(buffer, offset);
        timers.cancel(stateHashTimerId, TimerKind.STATE_HASH, 0);
        setStateHashTimer();
    }

    private void setStateHashTimer()
    {
        stateHashTimerId = botDesk.stateHashIntervalNs() > 0 ?
            timers.set(clock.timeNs() + botDesk.stateHashIntervalNs(), TimerKind.STATE_HASH, 0) :
            Timers.NULL_TIMER_ID;
    }

    private void fireDue()
    {
        if (marketData.isHoldingBars())
        {
            marketData.releaseOverdueBars();
            if (marketData.isHoldingBars())
            {
                return;
            }
        }
        marketData.advanceBars();
        fireTimers();
    }

    private void fireTimers()
    {
        for (int i = 0; i < MAX_TIMERS_PER_FRAME && timers.pollDue(clock.timeNs()); i++)
        {
            switch (timers.dueKind())
            {
                case PAPER_MESSAGE -> paper.onMessageDue(timers.dueOwner());
                case STRATEGY -> bots.onTimer(timers.dueOwner(), timers.dueId());
                case BOT_STATUS -> botDesk.onStatusDue(timers.dueOwner());
                case ORDER_WATCH -> execution.onWatchDue(timers.dueOwner());
                case PROTECTION -> botDesk.onProtectionDue(timers.dueOwner());
                case ALGO -> botDesk.onAlgoDue(timers.dueOwner());
                case CLOSE_POSITION -> botDesk.onCloseDue(timers.dueOwner());
                case STATE_HASH ->
                {
                    setStateHashTimer();
                    outputProxy.stateHash(stateHash(), inputCount);
                }
            }
        }
    }
}
