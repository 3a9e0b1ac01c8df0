package org.lockstep.gateway.venue.binance.orderentry;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.order.ClientOrderIdText;

/** The texts of one request's variables; reused. Threading: the session's loop. Allocation: none. */
final class RequestValues
{
    static final int CLIENT_ID = 0;
    static final int OTHER_CLIENT_ID = 1;
    static final int PRICE = 2;
    static final int QUANTITY = 3;
    static final int STOP_PRICE = 4;
    static final int STOP_LIMIT_PRICE = 5;
    static final int TIMESTAMP = 6;
    static final int NUMBER = 7;
    static final int FROM_ID = 8;
    static final int COUNT = 9;

    private static final int STRIDE = 48;

    private final ClientOrderIdText ids;
    private final byte[] bytes = new byte[COUNT * STRIDE];
    private final UnsafeBuffer texts = new UnsafeBuffer(bytes);
    private final int[] lengths = new int[COUNT];

    RequestValues(final ClientOrderIdText ids)
    {
        this.ids = ids;
    }

    void clientId(final int variable, final long orderId, final int generation)
    {
        lengths[variable] = ids.encode(orderId, generation, texts, variable * STRIDE);
    }

    void decimal(final int variable, final long mantissa, final int scale)
    {
        lengths[variable] = Decimals.format(mantissa, scale, texts, variable * STRIDE);
    }

    void number(final int variable, final long value)
    {
        lengths[variable] = texts.putLongAscii(variable * STRIDE, value);
    }

    /** @return bytes written. */
    int copy(final int variable, final MutableDirectBuffer target, final int offset)
    {
        target.putBytes(offset, bytes, variable * STRIDE, lengths[variable]);
        return lengths[variable];
    }
}
