package org.lockstep.gateway.venue.binance.orderentry;

import java.nio.charset.StandardCharsets;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.gateway.venue.Execution;

/** One execution of a page, kept until it is known whose it is. Threading: the session's loop. Cold. */
final class TradeRow
{
    final Execution execution = new Execution();

    TradeRow(final Execution source)
    {
        execution.copy(source);
    }

    void foreignId(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        execution.clientOrderId(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
