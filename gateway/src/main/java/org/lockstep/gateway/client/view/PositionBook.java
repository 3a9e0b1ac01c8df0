package org.lockstep.gateway.client.view;

import java.util.Collection;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.PositionChangedDecoder;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Money;

/** All positions of all bots, by bot and instrument. Client event loop only. */
final class PositionBook
{
    private final ClientView view;
    private final ViewListener listener;
    private final PositionChangedDecoder positionChanged = new PositionChangedDecoder();
    private final Long2ObjectHashMap<PositionView> positions = new Long2ObjectHashMap<>();

    PositionBook(final ClientView view, final ViewListener listener)
    {
        this.view = view;
        this.listener = listener;
    }

    PositionView get(final long key)
    {
        return positions.get(key);
    }

    Collection<PositionView> values()
    {
        return positions.values();
    }

    void addKeys(final LongArrayList keys)
    {
        positions.keySet().forEach(key -> keys.addLong(key));
    }

    void onChanged(final long sequence, final DirectBuffer buffer, final int offset)
    {
        positionChanged.wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        final int instrumentId = Frame.instrumentId(buffer, offset);
        final long key = PositionView.key(positionChanged.botId(), instrumentId);
        PositionView position = positions.get(key);
        if (null == position)
        {
            position = new PositionView(positionChanged.botId(), instrumentId);
            positions.put(key, position);
            view.valuation.add(position);
        }
        view.performances.onPosition(position, positionChanged.quantity(), positionChanged.realisedPnl());
        position.accountId = positionChanged.accountId();
        position.quantity = positionChanged.quantity();
        position.averagePrice = positionChanged.averagePrice();
        position.realisedPnl = positionChanged.realisedPnl();
        position.unrealisedPnl = positionChanged.unrealisedPnl();
        position.fees = positionChanged.fees();
        position.cost = positionChanged.cost();
        position.fills = positionChanged.fills();
        position.sequence = sequence;
        position.causeSequence = positionChanged.causeSequence();
        position.timeNs = Frame.ingressTimeNs(buffer, offset);
        if (PositionChangedDecoder.costNullValue() == position.cost)
        {
            position.cost = costOf(position);
            position.fills = 0;
        }
        view.valuation.onChanged(position);
        listener.onState(DataChannel.POSITIONS, key, instrumentId);
    }

    /** Before version 2 positions told no cost: their average price gives it, up to its rounding. */
    private long costOf(final PositionView position)
    {
        final InstrumentView instrument = view.market.instrument(position.instrumentId);
        final long cost = null == instrument ? 0 : Money.notional(
            instrument.priceScale, instrument.quantityScale, position.averagePrice, position.quantity);
        return Decimals.isError(cost) ? 0 : cost;
    }
}
