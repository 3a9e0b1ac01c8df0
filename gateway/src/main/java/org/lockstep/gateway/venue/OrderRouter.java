package org.lockstep.gateway.venue;

import java.util.List;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameHandler;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.OrderListRequestedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.QueryRequestedDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;

/**
 * Hands the engine's requests to the session of their account. Accounts without one, such as paper accounts, are none
 * of its business. Threading: the engine's thread. Allocation: none. Never blocks.
 */
public final class OrderRouter implements FrameHandler
{
    private final OrderSession[] byAccount;
    private final OrderSession[] sessions;
    private final OrderRequestedDecoder order = new OrderRequestedDecoder();
    private final CancelRequestedDecoder cancel = new CancelRequestedDecoder();
    private final ReplaceRequestedDecoder replace = new ReplaceRequestedDecoder();
    private final OrderListRequestedDecoder list = new OrderListRequestedDecoder();
    private final QueryRequestedDecoder query = new QueryRequestedDecoder();
    private boolean isHanding;

    /**
     * Constructs a router.
     *
     * @param sessions of distinct accounts.
     */
    public OrderRouter(final List<? extends OrderSession> sessions)
    {
        this.sessions = sessions.toArray(new OrderSession[0]);
        int limit = 0;
        for (final OrderSession session : this.sessions)
        {
            limit = Math.max(limit, session.accountId() + 1);
        }
        byAccount = new OrderSession[limit];
        for (final OrderSession session : this.sessions)
        {
            if (null != byAccount[session.accountId()])
            {
                throw new IllegalArgumentException("account " + session.accountId() + " has two sessions");
            }
            byAccount[session.accountId()] = session;
        }
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        final int accountId = accountId(buffer, offset);
        if (accountId >= 0 && accountId < byAccount.length && null != byAccount[accountId])
        {
            isHanding = true;
            byAccount[accountId].onRequest(buffer, offset, length);
        }
    }

    /** Call after each poll of the engine: what was handed on is sent at once where that needs no other thread. */
    public void flush()
    {
        if (isHanding)
        {
            isHanding = false;
            for (final OrderSession session : sessions)
            {
                session.flush();
            }
        }
    }

    private int accountId(final DirectBuffer buffer, final int offset)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int blockLength = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        return switch (Frame.templateId(buffer, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID -> order.wrap(buffer, body, blockLength, version).accountId();
            case CancelRequestedDecoder.TEMPLATE_ID -> cancel.wrap(buffer, body, blockLength, version).accountId();
            case ReplaceRequestedDecoder.TEMPLATE_ID -> replace.wrap(buffer, body, blockLength, version).accountId();
            case OrderListRequestedDecoder.TEMPLATE_ID -> list.wrap(buffer, body, blockLength, version).accountId();
            case QueryRequestedDecoder.TEMPLATE_ID -> query.wrap(buffer, body, blockLength, version).accountId();
            default -> -1;
        };
    }
}
