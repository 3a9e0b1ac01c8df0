package org.lockstep.tools.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
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
    private final Long2LongHashMap quantityByOrder = new Long2LongHashMap(UNKNOWN);
    private final Map<Integer, Bot> bots = new ConcurrentSkipListMap<>();
    private final Long2LongHashMap lastOrderByBot = new Long2LongHashMap(UNKNOWN);
    private final LongHashSet accepted = new LongHashSet();
    private final OrderCanceledDecoder canceledDecoder = new OrderCanceledDecoder();
    private final OrderExpiredDecoder expiredDecoder = new OrderExpiredDecoder();
    private final OrderAcceptedDecoder acceptedDecoder = new OrderAcceptedDecoder();
    private final OrderReportedDecoder reportedDecoder = new OrderReportedDecoder();
    private final OrderRejectedDecoder rejectedDecoder = new OrderRejectedDecoder();
    private final Set<Integer> activeBots = new HashSet<>();
    private volatile int active;
    private long requested;
    private long filled;
    private long canceled;
    private long rejected;

    /** The last known figures of a bot; money in quote currency with 8 decimals. */
    record Bot(String name, String strategy, String state, long pnl, long fees, long fills)
    {
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int block = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        switch (Frame.templateId(buffer, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
            {
                requestedDecoder.wrap(buffer, body, block, version);
                lastOrderByBot.put(requestedDecoder.botId(), requestedDecoder.orderId());
                if (UNKNOWN == quantityByOrder.put(requestedDecoder.orderId(), requestedDecoder.quantity()))
                {
                    requested++;
                }
            }
            case OrderReplacedDecoder.TEMPLATE_ID ->
            {
                replacedDecoder.wrap(buffer, body, block, version);
                if (UNKNOWN != quantityByOrder.get(replacedDecoder.orderId()))
                {
                    quantityByOrder.put(replacedDecoder.orderId(), replacedDecoder.quantity());
                }
            }
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                filledDecoder.wrap(buffer, body, block, version);
                if (quantityByOrder.get(filledDecoder.orderId()) == filledDecoder.cumulativeQuantity())
                {
                    quantityByOrder.remove(filledDecoder.orderId());
                    accepted.remove(filledDecoder.orderId());
                    filled++;
                }
            }
            case OrderCanceledDecoder.TEMPLATE_ID ->
            {
                canceledDecoder.wrap(buffer, body, block, version);
                onCanceled(canceledDecoder.orderId());
            }
            case OrderExpiredDecoder.TEMPLATE_ID ->
            {
                expiredDecoder.wrap(buffer, body, block, version);
                onCanceled(expiredDecoder.orderId());
            }
            case OrderAcceptedDecoder.TEMPLATE_ID ->
            {
                acceptedDecoder.wrap(buffer, body, block, version);
                // An execution may overtake it: what has ended is forgotten for good.
                if (UNKNOWN != quantityByOrder.get(acceptedDecoder.orderId()))
                {
                    accepted.add(acceptedDecoder.orderId());
                }
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                rejectedDecoder.wrap(buffer, body, block, version);
                final RequestKind request = rejectedDecoder.request();
                if (RequestKind.CANCEL != request && RequestKind.REPLACE != request)
                {
                    onRejected(rejectedDecoder.botId(), rejectedDecoder.orderId());
                }
            }
            case OrderReportedDecoder.TEMPLATE_ID ->
            {
                reportedDecoder.wrap(buffer, body, block, version);
                onReported(reportedDecoder.orderId());
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

    /** Orders of this run that have not ended: they work, are on their way, or are of unknown outcome. */
    long open()
    {
        return quantityByOrder.size();
    }

    /** How many orders it remembers as accepted: none that has ended. */
    int accepted()
    {
        return accepted.size();
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

    private void onCanceled(final long orderId)
    {
        if (UNKNOWN != quantityByOrder.remove(orderId))
        {
            accepted.remove(orderId);
            canceled++;
        }
    }

    /** What a venue says when asked; an end that is known already is not counted again. */
    private void onReported(final long orderId)
    {
        switch (reportedDecoder.state())
        {
            case CANCELED, EXPIRED -> onCanceled(orderId);
            case FILLED ->
            {
                if (UNKNOWN != quantityByOrder.remove(orderId))
                {
                    accepted.remove(orderId);
                    filled++;
                }
            }
            case REJECTED, NOT_FOUND ->
            {
                final boolean isOver = VenueOrderState.REJECTED == reportedDecoder.state() ||
                    YesNo.YES == reportedDecoder.conclusive();
                if (isOver && UNKNOWN != quantityByOrder.remove(orderId))
                {
                    accepted.remove(orderId);
                    rejected++;
                }
            }
            default ->
            {
                // Still working.
            }
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
        else if (!accepted.contains(orderId) && UNKNOWN != quantityByOrder.remove(orderId))
        {
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
        bots.put(botId, new Bot(name, statusDecoder.strategyName(), state, pnl, fees, fills));
    }
}
