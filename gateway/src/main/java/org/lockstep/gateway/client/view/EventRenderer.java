package org.lockstep.gateway.client.view;

import java.nio.ByteOrder;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.ReconciliationDifferenceDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.SignalDecoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.engine.instrument.Venue;

/**
 * Writes frames as data of event channels. What is written depends on the frame and on what never changes about its
 * order, bot and instrument, so that an event recovered from the journal reads like the live one. Client event loop
 * only.
 */
public final class EventRenderer
{
    private static final int MONEY_SCALE = 8;
    private static final long NS_PER_MS = 1_000_000;
    private static final int ORDER_ID_AT = Frame.HEADER_LENGTH + Long.BYTES;

    private final ClientView view;
    private final TradeDecoder trade = new TradeDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private final OrderFilledDecoder filled = new OrderFilledDecoder();
    private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
    private final OrderExpiredDecoder expired = new OrderExpiredDecoder();
    private final ReplaceRequestedDecoder replaceRequested = new ReplaceRequestedDecoder();
    private final ReconciliationDifferenceDecoder difference = new ReconciliationDifferenceDecoder();
    private final SignalDecoder signal = new SignalDecoder();
    private final AlertDecoder alert = new AlertDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();
    private String severity;
    private String text;
    private boolean isRefusal;

    /**
     * Renders with the names a view knows.
     *
     * @param view to look up instruments, bots and orders.
     */
    public EventRenderer(final ClientView view)
    {
        this.view = view;
    }

    /**
     * Says whether a frame belongs on an event channel.
     *
     * @param channel an event channel.
     * @param buffer  holds the frame.
     * @param offset  of the frame's header.
     * @return true when it does.
     */
    public static boolean belongs(final DataChannel channel, final DirectBuffer buffer, final int offset)
    {
        return 0 != (EventChannels.of(Frame.templateId(buffer, offset), buffer, offset) & EventChannels.bit(channel));
    }

    /** @return venue time of a frame, ours where there is none, epoch ms. */
    public static long timeMs(final DirectBuffer buffer, final int offset)
    {
        return ClientView.timeNs(buffer, offset) / NS_PER_MS;
    }

    /**
     * Writes the fields of an event into the object that is open, without offset and age.
     *
     * @param channel that the frame belongs to.
     * @param buffer  holds the frame.
     * @param offset  of the frame's header.
     * @param json    to write to.
     */
    public void render(
        final DataChannel channel, final DirectBuffer buffer, final int offset, final JsonWriter json)
    {
        final InstrumentView instrument = view.market.instrument(Frame.instrumentId(buffer, offset));
        StateRenderer.symbol(instrument, json);
        switch (channel)
        {
            case PUBLIC_TRADES -> publicTrade(instrument, buffer, offset, json);
            case TRADES -> fill(instrument, buffer, offset, json);
            case ORDERS -> order(instrument, buffer, offset, json);
            case SIGNALS -> signal(buffer, offset, json);
            default -> alert(buffer, offset, json);
        }
        json.field("time", timeMs(buffer, offset));
    }

    /**
     * How many public trades of an instrument are at hand for a snapshot.
     *
     * @param instrumentId of whom.
     * @return the number.
     */
    public int recentTradeCount(final int instrumentId)
    {
        final InstrumentView instrument = view.market.instrument(instrumentId);
        return null == instrument ? 0 : instrument.trades.size();
    }

    /**
     * Writes a recent public trade.
     *
     * @param instrumentId of whom.
     * @param index        0 is the oldest at hand.
     * @param nowMs        to say how old it is, epoch ms.
     * @param json         to write to.
     */
    public void recentTrade(final int instrumentId, final int index, final long nowMs, final JsonWriter json)
    {
        final InstrumentView instrument = view.market.instrument(instrumentId);
        final RecentTrades trades = instrument.trades;
        final long timeMs = trades.field(index, 1) / NS_PER_MS;
        StateRenderer.symbol(instrument, json);
        json.field("price", trades.field(index, 2), instrument.priceScale)
            .field("quantity", trades.field(index, 3), instrument.quantityScale)
            .field("tradeId", Long.toString(trades.field(index, 4)))
            .field("side", Codes.of(Side.get((short)trades.field(index, 5))))
            .field("time", timeMs)
            .field("offset", trades.field(index, 0))
            .field("ageMs", Math.max(0, nowMs - timeMs));
    }

    private void publicTrade(
        final InstrumentView instrument, final DirectBuffer buffer, final int offset, final JsonWriter json)
    {
        trade.wrap(buffer, body(offset), Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        if (null != instrument)
        {
            json.field("price", trade.price(), instrument.priceScale)
                .field("quantity", trade.quantity(), instrument.quantityScale);
        }
        json.field("tradeId", Long.toString(trade.tradeId())).field("side", Codes.of(trade.aggressor()));
    }

    private void fill(
        final InstrumentView instrument, final DirectBuffer buffer, final int offset, final JsonWriter json)
    {
        filled.wrap(buffer, body(offset), Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        json.field("bot", view.bots.name(filled.botId()));
        view.accounts.write(filled.accountId(), json);
        json.field("orderId", Long.toString(filled.orderId()))
            .field("venueOrderId", Long.toString(filled.venueOrderId()))
            .field("tradeId", Long.toString(filled.tradeId()))
            .field("side", Codes.of(filled.side()))
            .field("liquidity", Codes.of(filled.liquidity()));
        if (null != instrument)
        {
            json.field("price", filled.price(), instrument.priceScale)
                .field("quantity", filled.quantity(), instrument.quantityScale)
                .field("cumulativeQuantity", filledQuantity(view.orders.order(filled.orderId())),
                    instrument.quantityScale);
        }
        json.field("fee", filled.fee(), MONEY_SCALE);
    }

    private void order(
        final InstrumentView instrument, final DirectBuffer buffer, final int offset, final JsonWriter json)
    {
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        final long orderId = buffer.getLong(offset + ORDER_ID_AT, ByteOrder.LITTLE_ENDIAN);
        final OrderView order = view.orders.order(orderId);
        final int priceScale = null == instrument ? 0 : instrument.priceScale;
        final int quantityScale = null == instrument ? 0 : instrument.quantityScale;
        json.field("orderId", Long.toString(orderId));
        switch (Frame.templateId(buffer, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
                json.field("status", "pendingNew").field("causeSequence", cause(buffer, offset));
            case OrderAcceptedDecoder.TEMPLATE_ID -> json.field("status", "new");
            case CancelRequestedDecoder.TEMPLATE_ID -> json.field("status", "pendingCancel");
            case ReplaceRequestedDecoder.TEMPLATE_ID ->
            {
                replaceRequested.wrap(buffer, body(offset), blockLength, version);
                json.field("status", "pendingReplace")
                    .field("newPrice", replaceRequested.price(), priceScale)
                    .field("newQuantity", replaceRequested.quantity(), quantityScale);
            }
            case OrderReplacedDecoder.TEMPLATE_ID ->
            {
                replaced.wrap(buffer, body(offset), blockLength, version);
                json.field("status", "replaced")
                    .field("newPrice", replaced.price(), priceScale)
                    .field("newQuantity", replaced.quantity(), quantityScale);
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                rejected.wrap(buffer, body(offset), blockLength, version);
                json.field("status", "rejected")
                    .field("causeSequence", rejected.causeSequence())
                    .field("code", rejected.code())
                    .field("reason", rejected.reason());
            }
            case OrderFilledDecoder.TEMPLATE_ID ->
            {
                filled.wrap(buffer, body(offset), blockLength, version);
                final boolean isLast =
                    isKnown(order) && order.executions.isLast(filled.tradeId());
                json.field("status", isLast ? "filled" : "partiallyFilled")
                    .field("filledQuantity", filledQuantity(order), quantityScale)
                    .field("lastPrice", filled.price(), priceScale)
                    .field("lastQuantity", filled.quantity(), quantityScale);
            }
            case OrderCanceledDecoder.TEMPLATE_ID ->
            {
                canceled.wrap(buffer, body(offset), blockLength, version);
                json.field("status", "canceled")
                    .field("remainingQuantity", canceled.remainingQuantity(), quantityScale)
                    .field("reason", canceled.reason());
            }
            case ReconciliationDifferenceDecoder.TEMPLATE_ID ->
            {
                difference.wrap(buffer, body(offset), blockLength, version);
                final String message = difference.text();
                json.field("status", OrderTracker.statusAfter(difference.kind(), message, order))
                    .field("reason", "reconciliation: " + message);
            }
            default ->
            {
                expired.wrap(buffer, body(offset), blockLength, version);
                json.field("status", "expired")
                    .field("remainingQuantity", expired.remainingQuantity(), quantityScale)
                    .field("reason", expired.reason());
            }
        }
        if (null != order)
        {
            StateRenderer.orderTerms(order, instrument, view, json);
        }
        else if (OrderRejectedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            refused(instrument, Frame.sequence(buffer, offset), json);
        }
    }

    /** Refused before it was an order, or of one that is known no more; {@link #rejected} has it. */
    private void refused(final InstrumentView instrument, final long sequence, final JsonWriter json)
    {
        final OrderView refused = view.orders.refused(sequence);
        if (null != refused)
        {
            StateRenderer.orderTerms(refused, instrument, view, json);
        }
        else
        {
            json.field("bot", view.bots.name(rejected.botId()));
            view.accounts.write(rejected.accountId(), json);
        }
    }

    /** What the order was filled by right after the execution at hand; of an order not known here, what was told. */
    private long filledQuantity(final OrderView order)
    {
        return isKnown(order) ? order.executions.sumWith(filled.tradeId()) : filled.cumulativeQuantity();
    }

    private boolean isKnown(final OrderView order)
    {
        return null != order && order.executions.has(filled.tradeId());
    }

    private void signal(final DirectBuffer buffer, final int offset, final JsonWriter json)
    {
        signal.wrap(buffer, body(offset), Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        json.field("bot", view.bots.name(signal.botId()))
            .field("side", Codes.of(signal.side()))
            .field("value", signal.value(), MONEY_SCALE)
            .field("name", signal.name());
    }

    /** @return severity of the alert rendered last: info, warning or critical. */
    public String severity()
    {
        return severity;
    }

    /** @return text of the alert rendered last. */
    public String text()
    {
        return text;
    }

    /** @return true when the alert rendered last is the refusal of one order. */
    public boolean isRefusal()
    {
        return isRefusal;
    }

    private void alert(final DirectBuffer buffer, final int offset, final JsonWriter json)
    {
        isRefusal = false;
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        switch (Frame.templateId(buffer, offset))
        {
            case AlertDecoder.TEMPLATE_ID ->
            {
                alert.wrap(buffer, body(offset), blockLength, version);
                severity = Codes.of(alert.severity());
                text = alert.text();
                json.field("kind", "alert")
                    .field("severity", severity)
                    .field("bot", view.bots.name(alert.botId()));
                if (alert.accountId() >= 0)
                {
                    view.accounts.write(alert.accountId(), json);
                }
                json.field("code", alert.code()).field("text", text);
                if (YesNo.YES == alert.killed() || YesNo.NO == alert.killed())
                {
                    json.field("killSwitch", YesNo.YES == alert.killed());
                }
            }
            case OrderRejectedDecoder.TEMPLATE_ID ->
            {
                rejected.wrap(buffer, body(offset), blockLength, version);
                isRefusal = true;
                severity = "warning";
                text = rejected.reason();
                json.field("kind", "refusal")
                    .field("severity", severity)
                    .field("bot", view.bots.name(rejected.botId()));
                view.accounts.write(rejected.accountId(), json);
                json.field("orderId", Long.toString(rejected.orderId()))
                    .field("code", rejected.code())
                    .field("text", text);
            }
            default ->
            {
                feedStatus.wrap(buffer, body(offset), blockLength, version);
                final Venue feed = Venue.byId(feedStatus.venueId());
                final String venue = null == feed ? "venue" + feedStatus.venueId() : feed.code();
                final String state = Codes.of(feedStatus.state());
                final String reason = feedStatus.reason();
                severity = FeedState.CONNECTED == feedStatus.state() ? "info" : "warning";
                text = "feed of " + venue + " is " + state + (reason.isEmpty() ? "" : ": " + reason);
                json.field("kind", "feed")
                    .field("severity", severity)
                    .field("feedVenue", venue)
                    .field("state", state)
                    .field("text", reason);
            }
        }
    }

    /** Every order message has the cause first. */
    private static long cause(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(body(offset), ByteOrder.LITTLE_ENDIAN);
    }

    private static int body(final int offset)
    {
        return offset + Frame.HEADER_LENGTH;
    }
}
