package org.lockstep.gateway.client.view;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.RequestKind;

/** Every bot by its id and by its name, as its last status and its orders since then tell. */
final class BotBook
{
    private final ClientView view;
    private final ViewListener listener;
    private final BotStatusDecoder botStatus = new BotStatusDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private final Int2ObjectHashMap<BotView> byId = new Int2ObjectHashMap<>();
    private final Map<String, BotView> byName = new TreeMap<>();

    BotBook(final ClientView view, final ViewListener listener)
    {
        this.view = view;
        this.listener = listener;
    }

    BotView get(final int botId)
    {
        return byId.get(botId);
    }

    BotView get(final String name)
    {
        return byName.get(name);
    }

    /** @return null for a bot of which no status was seen. */
    String name(final int botId)
    {
        final BotView bot = byId.get(botId);
        return null == bot ? null : bot.name;
    }

    Set<Integer> ids()
    {
        return byId.keySet();
    }

    /** @return sorted. */
    Set<String> names()
    {
        return byName.keySet();
    }

    void onStatus(final long sequence, final DirectBuffer buffer, final int offset)
    {
        botStatus.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        BotView bot = byId.get(botStatus.botId());
        if (null == bot)
        {
            bot = new BotView(botStatus.botId());
            byId.put(bot.id, bot);
        }
        bot.state = Codes.of(botStatus.state());
        bot.realisedPnl = botStatus.realisedPnl();
        bot.unrealisedPnl = botStatus.unrealisedPnl();
        bot.fees = botStatus.fees();
        bot.fills = botStatus.fills();
        bot.ordersRequested = botStatus.ordersRequested();
        bot.accountId = botStatus.accountId();
        bot.name = botStatus.botName();
        bot.strategy = botStatus.strategyName();
        bot.reason = botStatus.reason();
        bot.sequence = sequence;
        bot.timeNs = Frame.ingressTimeNs(buffer, offset);
        byName.put(bot.name, bot);
        view.definitions.onStatus(bot.name, botStatus.state());
        view.performances.onEquity(bot);
        view.valuation.onStatus(bot.id);
        listener.onState(DataChannel.BOT_STATUS, bot.id, -1);
    }

    /** Statuses come now and then, so the counts of a bot's orders follow the orders themselves. */
    void onOrder(
        final long sequence, final OrderView order, final int templateId, final DirectBuffer buffer, final int offset)
    {
        final BotView bot = null == order ? null : byId.get(order.botId);
        if (null == bot)
        {
            return;
        }
        if (OrderRequestedDecoder.TEMPLATE_ID == templateId)
        {
            bot.ordersRequested++;
        }
        bot.sequence = sequence;
        bot.timeNs = Frame.ingressTimeNs(buffer, offset);
        listener.onState(DataChannel.BOT_STATUS, bot.id, -1);
    }

    /** What is refused before it is an order is not requested: a bot that is refused everything would look idle. */
    void onRefusal(final long sequence, final int templateId, final DirectBuffer buffer, final int offset)
    {
        if (OrderRejectedDecoder.TEMPLATE_ID != templateId)
        {
            return;
        }
        rejected.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        final BotView bot = byId.get(rejected.botId());
        if (null != bot && RequestKind.CANCEL != rejected.request())
        {
            bot.ordersRefused++;
            bot.sequence = sequence;
            bot.timeNs = Frame.ingressTimeNs(buffer, offset);
            listener.onState(DataChannel.BOT_STATUS, bot.id, -1);
        }
    }
}
