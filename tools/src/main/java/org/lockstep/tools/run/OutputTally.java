package org.lockstep.tools.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;

/**
 * Counts what this run's bots did, for its summary. Written by the engine thread, read once it has ended.
 */
final class OutputTally implements FrameHandler
{
    private static final long UNKNOWN = -1;

    private final OrderRequestedDecoder requestedDecoder = new OrderRequestedDecoder();
    private final OrderReplacedDecoder replacedDecoder = new OrderReplacedDecoder();
    private final OrderFilledDecoder filledDecoder = new OrderFilledDecoder();
    private final BotStatusDecoder statusDecoder = new BotStatusDecoder();
    private final Long2LongHashMap quantityByOrder = new Long2LongHashMap(UNKNOWN);
    private final Map<Integer, Bot> bots = new TreeMap<>();
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
                quantityByOrder.put(requestedDecoder.orderId(), requestedDecoder.quantity());
                requested++;
            }
            case OrderReplacedDecoder.TEMPLATE_ID ->
            {
                replacedDecoder.wrap(buffer, body, block, version);
                quantityByOrder.put(replacedDecoder.orderId(), replacedDecoder.quantity());
            }
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                filledDecoder.wrap(buffer, body, block, version);
                if (quantityByOrder.get(filledDecoder.orderId()) == filledDecoder.cumulativeQuantity())
                {
                    quantityByOrder.remove(filledDecoder.orderId());
                    filled++;
                }
            }
            case OrderCanceledDecoder.TEMPLATE_ID, OrderExpiredDecoder.TEMPLATE_ID -> canceled++;
            case OrderRejectedDecoder.TEMPLATE_ID -> rejected++;
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

    List<Bot> bots()
    {
        return new ArrayList<>(bots.values());
    }

    private void onBotStatus()
    {
        final int botId = statusDecoder.botId();
        switch (statusDecoder.state())
        {
            case RUNNING, PAUSED, STOPPING -> activeBots.add(botId);
            default -> activeBots.remove(botId);
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
