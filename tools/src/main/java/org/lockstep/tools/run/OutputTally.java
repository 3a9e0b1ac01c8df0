package org.lockstep.tools.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderUncertainDecoder;
import org.lockstep.engine.event.codec.ReconciliationDifferenceDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;

/**
 * Counts what this run's bots did, for its summary: from the engine's outputs, and from the reports of venues among
 * its inputs. Written by the engine thread, read once it has ended, but for the bots, which any thread may read.
 * Each order requested is in the end exactly one of filled, canceled, rejected and open.
 */
final class OutputTally implements FrameHandler
{
    private static final long UNKNOWN = -1;

    private final OrderRequestedDecoder requestedDecoder = new OrderRequestedDecoder();
    private final OrderReplacedDecoder replacedDecoder = new OrderReplacedDecoder();
    private final OrderFilledDecoder filledDecoder = new OrderFilledDecoder();
    private final BotStatusDecoder statusDecoder = new BotStatusDecoder();
    private final ReplaceRequestedDecoder replaceRequestedDecoder = new ReplaceRequestedDecoder();
    private final OrderUncertainDecoder uncertainDecoder = new OrderUncertainDecoder();
    private final ReconciliationDifferenceDecoder differenceDecoder = new ReconciliationDifferenceDecoder();
    private final Long2ObjectHashMap<TalliedOrder> open = new Long2ObjectHashMap<>();
    private final ArrayDeque<TalliedOrder> spare = new ArrayDeque<>();
    private final Long2LongHashMap neverArrived = new Long2LongHashMap(UNKNOWN);
    private final Map<Integer, Bot> bots = new ConcurrentSkipListMap<>();
    private final Long2LongHashMap lastOrderByBot = new Long2LongHashMap(UNKNOWN);
    private final OrderCanceledDecoder canceledDecoder = new OrderCanceledDecoder();
    private final OrderExpiredDecoder expiredDecoder = new OrderExpiredDecoder();
    private final OrderAcceptedDecoder acceptedDecoder = new OrderAcceptedDecoder();
    private final OrderReportedDecoder reportedDecoder = new OrderReportedDecoder();
    private final OrderRejectedDecoder rejectedDecoder = new OrderRejectedDecoder();
    private final Map<Integer, Figures> before = new ConcurrentSkipListMap<>();
    private final Set<Integer> activeBots = new HashSet<>();
    private volatile int active;
    private long requested;
    private long filled;
    private long canceled;
    private long rejected;
    private long replaced;

    /** The last known figures of a bot since the journal began, and of this run; money with 8 decimals. */
    record Bot(
        String name, String strategy, String state, long pnl, long fees, long fills, Figures inThisRun)
    {
    }

    /** Profit after fees, fees, and fills of a bot. */
    record Figures(long pnl, long fees, long fills)
    {
        private static final Figures NONE = new Figures(0, 0, 0);
    }

    /** Says what a bot had when this run began; before the engine starts. */
    void before(final int botId, final long pnl, final long fees, final long fills)
    {
        before.put(botId, new Figures(pnl, fees, fills));
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int block = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        final int instrumentId = Frame.instrumentId(buffer, offset);
        switch (Frame.templateId(buffer, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
            {
                requestedDecoder.wrap(buffer, body, block, version);
                lastOrderByBot.put(requestedDecoder.botId(), requestedDecoder.orderId());
                onRequested(requestedDecoder.orderId(), requestedDecoder.quantity(), instrumentId);
            }
            case ReplaceRequestedDecoder.TEMPLATE_ID ->
            {
                replaceRequestedDecoder.wrap(buffer, body, block, version);
                final TalliedOrder order = open.get(replaceRequestedDecoder.orderId());
                if (null != order)
                {
                    order.replaceAsked(replaceRequestedDecoder.quantity());
                }
            }
            case OrderReplacedDecoder.TEMPLATE_ID ->
            {
                replacedDecoder.wrap(buffer, body, block, version);
                onTerms(replacedDecoder.orderId(), replacedDecoder.quantity(), replacedDecoder.generation());
            }
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                filledDecoder.wrap(buffer, body, block, version);
                final TalliedOrder order = open.get(filledDecoder.orderId());
                if (null != order && order.isIn(instrumentId))
                {
                    order.onFilled(filledDecoder.tradeId(), filledDecoder.quantity());
                    endIfComplete(filledDecoder.orderId(), order);
                }
            }
            case OrderCanceledDecoder.TEMPLATE_ID ->
            {
                canceledDecoder.wrap(buffer, body, block, version);
                onEnded(canceledDecoder.orderId());
            }
            case OrderExpiredDecoder.TEMPLATE_ID ->
            {
                expiredDecoder.wrap(buffer, body, block, version);
                onEnded(expiredDecoder.orderId());
            }
            case OrderAcceptedDecoder.TEMPLATE_ID ->
            {
                acceptedDecoder.wrap(buffer, body, block, version);
                // An execution may overtake it: what has ended is forgotten for good.
                final TalliedOrder order = open.get(acceptedDecoder.orderId());
                if (null != order)
                {
                    order.accepted();
                }
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                rejectedDecoder.wrap(buffer, body, block, version);
                final RequestKind request = rejectedDecoder.request();
                final TalliedOrder order = open.get(rejectedDecoder.orderId());
                if (null != order && RequestKind.CANCEL != request)
                {
                    order.replaceRefused();
                    endIfComplete(rejectedDecoder.orderId(), order);
                }
                if (RequestKind.CANCEL != request && RequestKind.REPLACE != request)
                {
                    onRejected(rejectedDecoder.botId(), rejectedDecoder.orderId());
                }
            }
            case OrderReportedDecoder.TEMPLATE_ID ->
            {
                reportedDecoder.wrap(buffer, body, block, version);
                onReported();
            }
            case OrderUncertainDecoder.TEMPLATE_ID ->
            {
                uncertainDecoder.wrap(buffer, body, block, version);
                final TalliedOrder order = open.get(uncertainDecoder.orderId());
                if (null != order)
                {
                    order.uncertain(YesNo.YES == uncertainDecoder.uncertain());
                }
            }
            case ReconciliationDifferenceDecoder.TEMPLATE_ID ->
            {
                differenceDecoder.wrap(buffer, body, block, version);
                onDifference(differenceDecoder.orderId(), instrumentId);
            }
            case BotStatusDecoder.TEMPLATE_ID ->
            {
                statusDecoder.wrap(buffer, body, block, version);
                onBotStatus();
            }
            default ->
            {
                // Signals, positions and alerts are not part of the summary.
            }
        }
    }

    /** Whether no bot is running, paused or stopping; any thread. */
    boolean allBotsEnded()
    {
        return 0 == active;
    }

    long requested()
    {
        return requested;
    }

    long filled()
    {
        return filled;
    }

    long canceled()
    {
        return canceled;
    }

    long rejected()
    {
        return rejected;
    }

    /** Replaces of orders of this run that were carried out; the orders themselves are counted once. */
    long replaced()
    {
        return replaced;
    }

    /** Orders of this run that have not ended: they work, are on their way, or are of unknown outcome. */
    long open()
    {
        return open.size();
    }

    /** Name of a bot that has told its status, or null. */
    String botName(final int id)
    {
        final Bot bot = bots.get(id);
        return null == bot ? null : bot.name();
    }

    List<Bot> bots()
    {
        return new ArrayList<>(bots.values());
    }

    private void onRequested(final long orderId, final long quantity, final int instrumentId)
    {
        TalliedOrder order = open.get(orderId);
        if (null == order)
        {
            order = spare.isEmpty() ? new TalliedOrder() : spare.poll();
            open.put(orderId, order);
            requested++;
        }
        order.begin(quantity, instrumentId);
    }

    private void onTerms(final long orderId, final long quantity, final int generation)
    {
        final TalliedOrder order = open.get(orderId);
        if (null != order)
        {
            replaced += order.replaced(quantity, generation) ? 1 : 0;
            endIfComplete(orderId, order);
        }
    }

    private void endIfComplete(final long orderId, final TalliedOrder order)
    {
        if (order.isComplete())
        {
            forget(orderId);
            filled++;
        }
    }

    private void onEnded(final long orderId)
    {
        final TalliedOrder order = open.get(orderId);
        if (null != order && !order.isPredecessorInDoubt())
        {
            forget(orderId);
            canceled++;
        }
    }

    private void forget(final long orderId)
    {
        spare.push(open.remove(orderId));
    }

    /** What a venue says when asked: its terms count at once, an end once the engine has drawn its conclusion. */
    private void onReported()
    {
        final TalliedOrder order = open.get(reportedDecoder.orderId());
        if (null != order)
        {
            order.reported(reportedDecoder.quantity(), reportedDecoder.generation());
            if (VenueOrderState.WORKING == reportedDecoder.state())
            {
                replaced += order.takeReplaceReported() ? 1 : 0;
                endIfComplete(reportedDecoder.orderId(), order);
            }
        }
    }

    /** The engine's word on what a venue said; it follows the report at once. */
    private void onDifference(final long orderId, final int instrumentId)
    {
        final DifferenceKind kind = differenceDecoder.kind();
        final TalliedOrder order = open.get(orderId);
        if (null == order)
        {
            if (DifferenceKind.REAPPEARED == kind && UNKNOWN != neverArrived.get(orderId))
            {
                rejected--;
                requested--;
                onRequested(orderId, neverArrived.remove(orderId), instrumentId);
                open.get(orderId).accepted();
            }
            return;
        }
        switch (kind)
        {
            case MISSED_END -> onMissedEnd(orderId, order, differenceDecoder.text());
            case NEVER_ARRIVED ->
            {
                neverArrived.put(orderId, order.quantity());
                forget(orderId);
                rejected++;
            }
            case MISSED_STATE ->
            {
                order.accepted();
                order.replaceSettled();
                endIfComplete(orderId, order);
            }
            case TERMS ->
            {
                order.takeReported();
                endIfComplete(orderId, order);
            }
            default ->
            {
                // Nothing that begins or ends an order.
            }
        }
    }

    private void onMissedEnd(final long orderId, final TalliedOrder order, final String state)
    {
        replaced += order.takeReplaceReported() ? 1 : 0;
        final boolean isFilled = order.isExecuted();
        final boolean isRefused = "REJECTED".equals(state) && !order.isAccepted();
        forget(orderId);
        if (isFilled)
        {
            filled++;
        }
        else if (isRefused)
        {
            rejected++;
        }
        else
        {
            canceled++;
        }
    }

    /** Ids of a bot's orders grow: a greater one is a new order that risk refused, a known one a venue's refusal. */
    private void onRejected(final int botId, final long orderId)
    {
        if (orderId > lastOrderByBot.get(botId))
        {
            lastOrderByBot.put(botId, orderId);
            requested++;
            rejected++;
        }
        else if (open.containsKey(orderId) && !open.get(orderId).isAccepted())
        {
            forget(orderId);
            rejected++;
        }
        // Else a change to a working order was refused; the order goes on.
    }

    private void onBotStatus()
    {
        final int botId = statusDecoder.botId();
        final boolean isActive = switch (statusDecoder.state())
        {
            // What stands for orders entered by hand is never started or stopped.
            case RUNNING, PAUSED, STOPPING -> org.lockstep.engine.bot.Bot.MANUAL_ID != botId;
            default -> false;
        };
        if (isActive)
        {
            activeBots.add(botId);
        }
        else
        {
            activeBots.remove(botId);
        }
        active = activeBots.size();
        final long pnl = statusDecoder.realisedPnl() + statusDecoder.unrealisedPnl() - statusDecoder.fees();
        final long fees = statusDecoder.fees();
        final long fills = statusDecoder.fills();
        final String state = statusDecoder.state().name();
        final String name = statusDecoder.botName();
        final Figures had = before.getOrDefault(botId, Figures.NONE);
        bots.put(botId, new Bot(name, statusDecoder.strategyName(), state, pnl, fees, fills,
            new Figures(pnl - had.pnl(), fees - had.fees(), fills - had.fills())));
    }
}
