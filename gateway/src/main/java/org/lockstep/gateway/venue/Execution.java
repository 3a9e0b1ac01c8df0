package org.lockstep.gateway.venue;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.Side;

/** One execution on its way from a decoder to the publisher: a reused bag of values. Threading: one event loop. */
public final class Execution
{
    /** Longest text kept of an asset or a client order id, bytes. */
    public static final int MAX_TEXT_LENGTH = 64;

    /** Client order id, 0 = not one of ours. */
    public long orderId;
    /** Of the venue. */
    public long venueOrderId;
    /** Of the venue, growing per instrument. */
    public long tradeId;
    /** Mantissa of the instrument. */
    public long price;
    /** Mantissa of the instrument. */
    public long quantity;
    /** Of the venue's order, as far as the venue says; 0 = not said. */
    public long cumulativeQuantity;
    /** 8 decimals, in the fee asset. */
    public long feeAmount;
    /** Venue's clock, epoch ns. */
    public long venueTimeNs;
    /** Ours. */
    public Side side;
    /** Ours. */
    public Liquidity liquidity;
    /** Null value = the live stream. */
    public ReconcileCause cause = ReconcileCause.NULL_VAL;

    final UnsafeBuffer feeAsset = new UnsafeBuffer(new byte[MAX_TEXT_LENGTH]);
    final UnsafeBuffer clientOrderId = new UnsafeBuffer(new byte[MAX_TEXT_LENGTH]);
    int feeAssetLength;
    int clientOrderIdLength;

    /**
     * Sets what the fee is paid in.
     *
     * @param source holds the text; copied.
     * @param offset of the first byte.
     * @param length bytes; 0 = the instrument's quote asset.
     */
    public void feeAsset(final DirectBuffer source, final int offset, final int length)
    {
        feeAssetLength = Math.min(MAX_TEXT_LENGTH, length);
        if (feeAssetLength > 0)
        {
            feeAsset.putBytes(0, source, offset, feeAssetLength);
        }
    }

    /**
     * Sets the text of a client order id that is not one of ours.
     *
     * @param source holds the text; copied.
     * @param offset of the first byte.
     * @param length bytes; 0 = it is one of ours.
     */
    public void clientOrderId(final DirectBuffer source, final int offset, final int length)
    {
        clientOrderIdLength = Math.min(MAX_TEXT_LENGTH, length);
        if (clientOrderIdLength > 0)
        {
            clientOrderId.putBytes(0, source, offset, clientOrderIdLength);
        }
    }

    /**
     * Takes over everything another one holds.
     *
     * @param other to copy from.
     */
    public void copy(final Execution other)
    {
        orderId = other.orderId;
        venueOrderId = other.venueOrderId;
        tradeId = other.tradeId;
        price = other.price;
        quantity = other.quantity;
        cumulativeQuantity = other.cumulativeQuantity;
        feeAmount = other.feeAmount;
        venueTimeNs = other.venueTimeNs;
        side = other.side;
        liquidity = other.liquidity;
        cause = other.cause;
        feeAsset(other.feeAsset, 0, other.feeAssetLength);
        clientOrderId(other.clientOrderId, 0, other.clientOrderIdLength);
    }
}
