package org.lockstep.tools.backtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.bot.Bots;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.SignalDecoder;

/** Hears what the engine decides: orders, executions, refusals, alerts. One thread. */
final class BacktestRecorder implements FrameHandler
{
    private static final Pattern NUMBERS = Pattern.compile("-?[0-9][0-9.]*");

    private final List<BotRecord> records;
    private final Map<Integer, BotRecord> byId = new TreeMap<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Map<String, Long> expirations = new TreeMap<>();
    private final Long2LongHashMap wanted = new Long2LongHashMap(0);
    private final Map<String, Kind> alerts = new LinkedHashMap<>();
    private final OrderRequestedDecoder requested = new OrderRequestedDecoder();
    private final OrderFilledDecoder filled = new OrderFilledDecoder();
    private final OrderExpiredDecoder expired = new OrderExpiredDecoder();
    private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
    private final SignalDecoder signal = new SignalDecoder();
    private final BotStatusDecoder status = new BotStatusDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private final AlertDecoder alert = new AlertDecoder();
    private Bots bots;
    private long criticals;
    private long warnings;
    private boolean isEnded;

    /** Alerts that are alike: the same code, bot and text but for its numbers. */
    private static final class Kind
    {
        private String text;
        private long count;
    }

    BacktestRecorder(final List<BotRecord> records)
    {
        this.records = records;
    }

    /** Says where bots are found by their ids; before anything is heard. */
    void bots(final Bots newBots)
    {
        bots = newBots;
    }

    /** What is heard from now on comes of the session's end, not of the bots. */
    void onEnd()
    {
        isEnded = true;
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        if (isEnded)
        {
            return;
        }
        final int body = offset + Frame.HEADER_LENGTH;
        final int block = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        switch (Frame.templateId(buffer, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
            {
                requested.wrap(buffer, body, block, version);
                final BotRecord record = record(requested.botId());
                if (null != record)
                {
                    record.onOrder();
                }
                wanted.put(requested.orderId(), requested.quantity());
            }
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                filled.wrap(buffer, body, block, version);
                final BotRecord record = record(filled.botId());
                if (null != record)
                {
                    record.onFill(Frame.ingressTimeNs(buffer, offset), Frame.instrumentId(buffer, offset),
                        filled.side(), filled.price(), filled.quantity(), filled.fee());
                }
                if (filled.cumulativeQuantity() >= wanted.get(filled.orderId()))
                {
                    wanted.remove(filled.orderId());
                }
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                rejected.wrap(buffer, body, block, version);
                onRejected();
            }
            case OrderExpiredDecoder.TEMPLATE_ID ->
            {
                expired.wrap(buffer, body, block, version);
                onExpired();
            }
            case OrderCanceledDecoder.TEMPLATE_ID ->
            {
                canceled.wrap(buffer, body, block, version);
                wanted.remove(canceled.orderId());
            }
            case SignalDecoder.TEMPLATE_ID ->
            {
                signal.wrap(buffer, body, block, version);
                final BotRecord record = record(signal.botId());
                if (null != record)
                {
                    record.watch().onSignal();
                }
            }
            case BotStatusDecoder.TEMPLATE_ID ->
            {
                status.wrap(buffer, body, block, version);
                final BotRecord record = record(status.botId());
                if (null != record)
                {
                    record.watch().onState(Frame.ingressTimeNs(buffer, offset), BotState.RUNNING == status.state());
                }
            }
            case AlertDecoder.TEMPLATE_ID ->
            {
                alert.wrap(buffer, body, block, version);
                onAlert();
            }
            default ->
            {
                // The figures come from the engine itself.
            }
        }
    }

    /** Refused orders by what was said of them. */
    Map<String, Long> refusals()
    {
        return refusals;
    }

    /** Orders that ended with something left, by what was said of them. */
    Map<String, Long> expirations()
    {
        return expirations;
    }

    /** Alerts of at least a warning: of those that are alike the last text, and how many there were. */
    Map<String, Long> alerts()
    {
        final Map<String, Long> counts = new LinkedHashMap<>();
        alerts.values().forEach(kind -> counts.merge(kind.text, kind.count, Long::sum));
        return counts;
    }

    long criticals()
    {
        return criticals;
    }

    long warnings()
    {
        return warnings;
    }

    private void onRejected()
    {
        // That a cancel came too late is everyday life; the order has ended.
        if (RequestKind.CANCEL != rejected.request())
        {
            final BotRecord record = record(rejected.botId());
            if (null != record)
            {
                record.onRefused();
            }
            if (RequestKind.PLACE == rejected.request())
            {
                wanted.remove(rejected.orderId());
            }
            final int code = rejected.code();
            refusals.merge(rejected.reason() + " (code " + code + ")", 1L, Long::sum);
        }
    }

    private void onExpired()
    {
        final BotRecord record = record(expired.botId());
        if (null != record)
        {
            record.watch().onExpired(expired.remainingQuantity() < wanted.remove(expired.orderId()));
        }
        expirations.merge(expired.reason(), 1L, Long::sum);
    }

    private void onAlert()
    {
        final AlertSeverity severity = alert.severity();
        if (AlertSeverity.CRITICAL == severity || AlertSeverity.WARNING == severity)
        {
            criticals += AlertSeverity.CRITICAL == severity ? 1 : 0;
            warnings += AlertSeverity.WARNING == severity ? 1 : 0;
            final BotRecord record = record(alert.botId());
            final String key = alert.code() + " " + alert.botId() + " ";
            final String text = alert.text();
            final Kind kind = alerts.computeIfAbsent(key + NUMBERS.matcher(text).replaceAll("#"), any -> new Kind());
            kind.count++;
            kind.text = (null == record ? "" : record.config().name() + ": ") + text;
        }
    }

    private BotRecord record(final int botId)
    {
        if (botId < 0)
        {
            return null;
        }
        if (!byId.containsKey(botId))
        {
            final Bot bot = bots.find(botId);
            byId.put(botId, null == bot ? null : records.stream()
                .filter(record -> record.config().name().equals(bot.name())).findFirst().orElse(null));
        }
        return byId.get(botId);
    }
}
