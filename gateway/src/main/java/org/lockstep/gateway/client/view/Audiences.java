package org.lockstep.gateway.client.view;

import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
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
import org.lockstep.engine.risk.AlertCode;

/** Tells whom an event concerns. What it cannot attribute to anybody is for admins alone. */
final class Audiences
{
    private static final int MAX_REMEMBERED_COMMANDS = 20_000;

    private final BotBook bots;
    private final Int2ObjectHashMap<Audience> byAccount = new Int2ObjectHashMap<>();
    private final Map<Long, Audience> byCommand = new LinkedHashMap<>()
    {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, Audience> eldest)
        {
            return size() > MAX_REMEMBERED_COMMANDS;
        }
    };

    Audiences(final BotBook bots)
    {
        this.bots = bots;
    }

    /** Remembers who gave a command, since its refusal names neither account nor bot. */
    void onCommand(final long sequence, final String user)
    {
        byCommand.put(sequence, Audience.ofUser(user));
    }

    Audience ofAccount(final int accountId)
    {
        if (accountId < 0)
        {
            return Audience.ADMINS;
        }
        Audience audience = byAccount.get(accountId);
        if (null == audience)
        {
            audience = Audience.ofAccount(accountId);
            byAccount.put(accountId, audience);
        }
        return audience;
    }

    Audience ofBot(final int botId)
    {
        final BotView bot = bots.get(botId);
        return null == bot ? Audience.ADMINS : ofAccount(bot.accountId);
    }

    /** Whom a frame on an event channel concerns. */
    Audience ofEvent(final DirectBuffer buffer, final int offset)
    {
        return switch (Frame.templateId(buffer, offset))
        {
            case OrderRequestedDecoder.TEMPLATE_ID ->
                account(buffer, offset, OrderRequestedDecoder.accountIdEncodingOffset());
            case OrderAcceptedDecoder.TEMPLATE_ID ->
                account(buffer, offset, OrderAcceptedDecoder.accountIdEncodingOffset());
            case OrderRejectedDecoder.TEMPLATE_ID ->
                account(buffer, offset, OrderRejectedDecoder.accountIdEncodingOffset());
            case OrderFilledDecoder.TEMPLATE_ID ->
                account(buffer, offset, OrderFilledDecoder.accountIdEncodingOffset());
            case OrderCanceledDecoder.TEMPLATE_ID ->
                account(buffer, offset, OrderCanceledDecoder.accountIdEncodingOffset());
            case OrderReplacedDecoder.TEMPLATE_ID ->
                account(buffer, offset, OrderReplacedDecoder.accountIdEncodingOffset());
            case OrderExpiredDecoder.TEMPLATE_ID ->
                account(buffer, offset, OrderExpiredDecoder.accountIdEncodingOffset());
            case CancelRequestedDecoder.TEMPLATE_ID ->
                account(buffer, offset, CancelRequestedDecoder.accountIdEncodingOffset());
            case ReplaceRequestedDecoder.TEMPLATE_ID ->
                account(buffer, offset, ReplaceRequestedDecoder.accountIdEncodingOffset());
            case ReconciliationDifferenceDecoder.TEMPLATE_ID ->
                account(buffer, offset, ReconciliationDifferenceDecoder.accountIdEncodingOffset());
            case SignalDecoder.TEMPLATE_ID -> ofBot(intAt(buffer, offset, SignalDecoder.botIdEncodingOffset()));
            case AlertDecoder.TEMPLATE_ID -> ofAlert(buffer, offset);
            default -> Audience.PUBLIC;
        };
    }

    private Audience ofAlert(final DirectBuffer buffer, final int offset)
    {
        final int accountId = intAt(buffer, offset, AlertDecoder.accountIdEncodingOffset());
        if (accountId >= 0)
        {
            return ofAccount(accountId);
        }
        final int botId = intAt(buffer, offset, AlertDecoder.botIdEncodingOffset());
        if (botId >= 0)
        {
            return ofBot(botId);
        }
        final int code = intAt(buffer, offset, AlertDecoder.codeEncodingOffset());
        if (AlertCode.COMMAND_REFUSED.code() == code)
        {
            final long cause = buffer.getLong(
                offset + Frame.HEADER_LENGTH + AlertDecoder.causeSequenceEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
            return byCommand.getOrDefault(cause, Audience.ADMINS);
        }
        return AlertCode.KILL_SWITCH.code() == code || AlertCode.FEED.code() == code ?
            Audience.PUBLIC : Audience.ADMINS;
    }

    private Audience account(final DirectBuffer buffer, final int offset, final int fieldOffset)
    {
        return ofAccount(intAt(buffer, offset, fieldOffset));
    }

    private static int intAt(final DirectBuffer buffer, final int offset, final int fieldOffset)
    {
        return buffer.getInt(offset + Frame.HEADER_LENGTH + fieldOffset, ByteOrder.LITTLE_ENDIAN);
    }
}
