package org.lockstep.gateway.client.view;

import java.util.List;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.DifferenceKind;
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
import org.lockstep.engine.event.codec.SignalDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;

/** Which event channels a frame belongs to; a function of the frame alone, so that live and recovered agree. */
final class EventChannels
{
    static final List<DataChannel> LIST = List.of(
        DataChannel.PUBLIC_TRADES, DataChannel.TRADES, DataChannel.ORDERS, DataChannel.SIGNALS, DataChannel.ALERTS);

    private static final int PUBLIC_TRADES = bit(DataChannel.PUBLIC_TRADES);
    private static final int TRADES = bit(DataChannel.TRADES);
    private static final int ORDERS = bit(DataChannel.ORDERS);
    private static final int SIGNALS = bit(DataChannel.SIGNALS);
    private static final int ALERTS = bit(DataChannel.ALERTS);

    private EventChannels()
    {
    }

    static int bit(final DataChannel channel)
    {
        return 1 << channel.ordinal();
    }

    /** @return bits of the channels, 0 = none. */
    static int of(final int templateId, final DirectBuffer buffer, final int offset)
    {
        return switch (templateId)
        {
            case TradeDecoder.TEMPLATE_ID -> PUBLIC_TRADES;
            case OrderFilledDecoder.TEMPLATE_ID -> TRADES | ORDERS;
            case OrderRequestedDecoder.TEMPLATE_ID, OrderAcceptedDecoder.TEMPLATE_ID,
                OrderCanceledDecoder.TEMPLATE_ID, OrderReplacedDecoder.TEMPLATE_ID, OrderExpiredDecoder.TEMPLATE_ID,
                CancelRequestedDecoder.TEMPLATE_ID, ReplaceRequestedDecoder.TEMPLATE_ID -> ORDERS;
            case OrderRejectedDecoder.TEMPLATE_ID -> ORDERS | ALERTS;
            case ReconciliationDifferenceDecoder.TEMPLATE_ID -> isOrderTurn(buffer, offset) ? ORDERS : 0;
            case SignalDecoder.TEMPLATE_ID -> SIGNALS;
            case AlertDecoder.TEMPLATE_ID -> ALERTS;
            case FeedStatusDecoder.TEMPLATE_ID -> isFeedAlert(buffer, offset) ? ALERTS : 0;
            default -> 0;
        };
    }

    /** What the venue said when asked has ended an order here, or has shown that it works. */
    private static boolean isOrderTurn(final DirectBuffer buffer, final int offset)
    {
        final byte kind = buffer.getByte(
            offset + Frame.HEADER_LENGTH + ReconciliationDifferenceDecoder.kindEncodingOffset());
        return DifferenceKind.MISSED_END.value() == kind || DifferenceKind.NEVER_ARRIVED.value() == kind ||
            DifferenceKind.MISSED_STATE.value() == kind || DifferenceKind.REAPPEARED.value() == kind;
    }

    private static boolean isFeedAlert(final DirectBuffer buffer, final int offset)
    {
        final byte state = buffer.getByte(
            offset + Frame.HEADER_LENGTH + FeedStatusDecoder.stateEncodingOffset());
        return Frame.NULL_INSTRUMENT_ID == Frame.instrumentId(buffer, offset) ||
            FeedState.STALE.value() == state || FeedState.GAP.value() == state;
    }
}
