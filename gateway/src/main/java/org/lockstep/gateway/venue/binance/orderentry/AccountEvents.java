package org.lockstep.gateway.venue.binance.orderentry;

import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.venue.Execution;
import org.lockstep.gateway.venue.OrderEventPublisher;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.gateway.venue.ReportedOrder;
import org.lockstep.gateway.venue.binance.common.JsonCursor;

/**
 * Translates the events of the user data stream into frames, scanning their bytes where they lie.
 * Threading: the session's loop. Allocation: none once warm, but for the first event of a foreign order or an asset.
 */
final class AccountEvents
{
    /** What happens to the stream itself. */
    interface StreamHandler
    {
        /** The venue will close this connection. */
        void onServerShutdown();

        /** No more events will come on this connection without another subscription. */
        void onStreamTerminated();

        /** What the balances are now has to be asked: money moved without an order, or an event is outdated. */
        void onMoneyMoved();
    }

    private static final byte[] EXECUTION_REPORT = ascii("executionReport");
    private static final byte[] ACCOUNT_POSITION = ascii("outboundAccountPosition");
    private static final byte[] BALANCE_UPDATE = ascii("balanceUpdate");
    private static final byte[] EXTERNAL_LOCK = ascii("externalLockUpdate");
    private static final byte[] LIST_STATUS = ascii("listStatus");
    private static final byte[] TERMINATED = ascii("eventStreamTerminated");
    private static final byte[] SERVER_SHUTDOWN = ascii("serverShutdown");
    private static final byte[] NEW = ascii("NEW");
    private static final byte[] TRADE = ascii("TRADE");
    private static final byte[] CANCELED = ascii("CANCELED");
    private static final byte[] EXPIRED = ascii("EXPIRED");
    private static final byte[] REPLACED = ascii("REPLACED");
    private static final byte[] REJECTED = ascii("REJECTED");
    private static final int EXPIRY_REASON = ObjectFields.NAMED;
    private static final int REJECTED_BY_ENGINE = -2010;

    private final AccountContext context;
    private final OrderEventPublisher publisher;
    private final Balances balances;
    private final StreamHandler stream;
    private final JsonCursor cursor = new JsonCursor();
    private final ObjectFields event = new ObjectFields("eR");
    private final ObjectFields row = new ObjectFields();
    private final Execution execution = new Execution();
    private final ReportedOrder reported = new ReportedOrder();

    private Instrument instrument;
    private int idKey;
    private long orderId;
    private int generation;
    private long venueOrderId;
    private long timeNs;

    AccountEvents(final AccountContext context, final Balances balances, final StreamHandler stream)
    {
        this.context = context;
        this.publisher = context.publisher();
        this.balances = balances;
        this.stream = stream;
    }

    void onEvent(final ApiMessage message)
    {
        context.counters().increment(Counter.EVENTS);
        if (!event.read(message.event(cursor)) || !event.has('e'))
        {
            context.counters().increment(Counter.MESSAGES_REJECTED);
        }
        else if (event.is('e', EXECUTION_REPORT))
        {
            onExecutionReport();
        }
        else if (event.is('e', ACCOUNT_POSITION))
        {
            onAccountPosition();
        }
        else if (event.is('e', BALANCE_UPDATE) || event.is('e', EXTERNAL_LOCK))
        {
            stream.onMoneyMoved();
        }
        else if (event.is('e', TERMINATED))
        {
            stream.onStreamTerminated();
        }
        else if (event.is('e', SERVER_SHUTDOWN))
        {
            stream.onServerShutdown();
        }
        else if (!event.is('e', LIST_STATUS))
        {
            context.counters().increment(Counter.MESSAGES_REJECTED);
        }
    }

    // ------------------------------------------------------------------------------------------------------- orders

    private void onExecutionReport()
    {
        instrument = context.instruments().find(event.buffer(), event.offset('s'), event.length('s'));
        if (null == instrument)
        {
            context.counters().increment(Counter.EVENTS_OF_UNKNOWN_INSTRUMENTS);
            return;
        }
        context.instruments().touch(instrument.id());
        final DirectBuffer buffer = event.buffer();
        idKey = event.length('C') > 0 ? 'C' : 'c';
        orderId = context.ids().decode(buffer, event.offset(idKey), event.length(idKey));
        generation = 0 == orderId ?
            0 : context.ids().generation(buffer, event.offset(idKey), event.length(idKey));
        venueOrderId = event.number('i', 0);
        timeNs = event.timeNs('T');
        if (0 != orderId)
        {
            context.memory().onOrder(instrument.id(), venueOrderId, orderId);
        }
        else if (OrderMemory.UNKNOWN == context.memory().orderId(instrument.id(), venueOrderId))
        {
            context.memory().onForeign(instrument.id(), venueOrderId, event.text(idKey));
        }

        if (event.is('x', TRADE))
        {
            onFill();
        }
        else if (0 == orderId)
        {
            onForeignChange();
        }
        else if (event.is('x', NEW))
        {
            onNew();
        }
        else if (event.is('x', CANCELED))
        {
            onCanceled();
        }
        else if (event.is('x', REJECTED))
        {
            publisher.rejected(instrument.id(), orderId, RequestKind.PLACE, REJECTED_BY_ENGINE, timeNs, buffer,
                event.offset('r'), event.length('r'));
        }
        else if (event.is('x', REPLACED))
        {
            publisher.replaced(instrument.id(), orderId, venueOrderId, generation, price('p'), quantity('q'), timeNs);
        }
        else if (event.is('x', EXPIRED) || VenueOrderState.EXPIRED == OrderWords.state(event, 'X'))
        {
            final int key = event.has(EXPIRY_REASON) ? EXPIRY_REASON : 'r';
            publisher.expired(instrument.id(), orderId, remaining(), timeNs, buffer, event.offset(key),
                event.length(key));
        }
    }

    /** Of a replacing order nothing is told here: the answer to the request says it together with the cancel. */
    private void onNew()
    {
        if (0 == generation)
        {
            publisher.accepted(instrument.id(), orderId, venueOrderId, timeNs);
        }
    }

    /** The cancel of an order that is being replaced, or was replaced, is no cancel of it. */
    private void onCanceled()
    {
        if (generation < Math.max(context.memory().generation(orderId), context.memory().openReplace(orderId)))
        {
            return;
        }
        final Pending replace = context.inFlight().replaceOf(orderId);
        if (null != replace && generation < replace.generation)
        {
            replace.isCancelSeen = true;
            replace.canceledQuantity = remaining();
            return;
        }
        publisher.canceled(instrument.id(), orderId, remaining(), timeNs, event.buffer(), 0, 0);
    }

    private void onFill()
    {
        execution.orderId = orderId;
        execution.venueOrderId = venueOrderId;
        execution.tradeId = event.number('t', -1);
        execution.price = price('L');
        execution.quantity = quantity('l');
        execution.cumulativeQuantity = quantity('z');
        execution.feeAmount = event.decimalOrZero('n', Instrument.MONEY_SCALE);
        execution.venueTimeNs = timeNs;
        execution.side = OrderWords.side(event, 'S');
        execution.liquidity = event.isTrue('m') ? Liquidity.MAKER : Liquidity.TAKER;
        execution.cause = ReconcileCause.NULL_VAL;
        if (execution.tradeId < 0 || execution.price <= 0 || execution.quantity <= 0 ||
            Side.NULL_VAL == execution.side)
        {
            context.counters().increment(Counter.MESSAGES_REJECTED);
            return;
        }
        final boolean isQuote = isAscii(instrument.quoteAsset(), event, 'N');
        execution.feeAsset(event.buffer(), event.offset('N'), isQuote ? 0 : event.length('N'));
        setForeignId();
        publisher.filled(instrument.id(), execution);
    }

    private void setForeignId()
    {
        final boolean isForeign = 0 == orderId;
        if (isForeign)
        {
            context.counters().increment(Counter.FOREIGN_EVENTS);
        }
        execution.clientOrderId(event.buffer(), event.offset(idKey), isForeign ? event.length(idKey) : 0);
    }

    private void onForeignChange()
    {
        context.counters().increment(Counter.FOREIGN_EVENTS);
        reported.clear();
        reported.venueOrderId = venueOrderId;
        reported.price = price('p');
        reported.stopPrice = price('P');
        reported.quantity = quantity('q');
        reported.cumulativeQuantity = quantity('z');
        reported.venueTimeNs = timeNs;
        reported.side = OrderWords.side(event, 'S');
        reported.orderType = OrderWords.type(event, 'o');
        reported.timeInForce = OrderWords.timeInForce(event, 'f');
        reported.state = OrderWords.state(event, 'X');
        reported.clientOrderId(event.buffer(), event.offset(idKey), event.length(idKey));
        if (VenueOrderState.NULL_VAL != reported.state)
        {
            publisher.reported(instrument.id(), reported);
        }
    }

    private long remaining()
    {
        return Math.max(0, quantity('q') - quantity('z'));
    }

    private long price(final int key)
    {
        return event.decimalOrZero(key, instrument.priceScale());
    }

    private long quantity(final int key)
    {
        return event.decimalOrZero(key, instrument.quantityScale());
    }

    // ----------------------------------------------------------------------------------------------------- balances

    private void onAccountPosition()
    {
        final long updateTimeNs = event.timeNs('u');
        if (!event.has('B') || !event.at(cursor, 'B').accept('['))
        {
            context.counters().increment(Counter.MESSAGES_REJECTED);
            return;
        }
        while (row.read(cursor))
        {
            final long free = row.decimal('f', Instrument.MONEY_SCALE);
            final long locked = row.decimal('l', Instrument.MONEY_SCALE);
            if (row.length('a') > 0 && !Decimals.isError(free) && !Decimals.isError(locked) &&
                !balances.onEvent(row.buffer(), row.offset('a'), row.length('a'), free, locked, updateTimeNs))
            {
                stream.onMoneyMoved();
            }
            if (!cursor.accept(','))
            {
                return;
            }
        }
    }

    static boolean isAscii(final String text, final ObjectFields fields, final int key)
    {
        if (text.length() != fields.length(key))
        {
            return false;
        }
        for (int i = 0; i < text.length(); i++)
        {
            if (text.charAt(i) != (char)fields.buffer().getByte(fields.offset(key) + i))
            {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
