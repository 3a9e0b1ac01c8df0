package org.lockstep.engine.execution;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.Outputs;
import org.lockstep.engine.event.codec.CancelRequestedEncoder;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.OrderListRequestedEncoder;
import org.lockstep.engine.event.codec.OrderUncertainEncoder;
import org.lockstep.engine.event.codec.QueryRequestedEncoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconciliationDifferenceEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.OrderView;

/** Encodes what only live venues need: questions, doubts, differences and order lists. Engine thread. */
abstract class VenueOutputs extends OrderOutputs
{
    private final QueryRequestedEncoder query = new QueryRequestedEncoder();
    private final OrderUncertainEncoder uncertain = new OrderUncertainEncoder();
    private final ReconciliationDifferenceEncoder difference = new ReconciliationDifferenceEncoder();
    private final OrderListRequestedEncoder list = new OrderListRequestedEncoder();
    private final CancelRequestedEncoder orphanCancel = new CancelRequestedEncoder();

    VenueOutputs(final Outputs outputs)
    {
        super(outputs);
    }

    /**
     * The venue is to be asked what became of an order.
     *
     * @param order         whose outcome is not known.
     * @param requestTimeNs engine time of the request in doubt.
     * @param attempt       from 1.
     */
    void queryRequested(final OrderView order, final long requestTimeNs, final int attempt)
    {
        final MutableDirectBuffer buffer = claim();
        query.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .venueOrderId(order.venueOrderId())
            .requestedTimeNs(requestTimeNs)
            .botId(order.botId())
            .accountId(order.accountId())
            .attempt(attempt)
            .generation(Math.max(order.generation(), order.askedGeneration()));
        commit(query.encodedLength(), QueryRequestedEncoder.BLOCK_LENGTH, QueryRequestedEncoder.TEMPLATE_ID,
            order.instrumentId());
    }

    /**
     * An order's outcome is not known, or is known again.
     *
     * @param order       the order.
     * @param isUncertain which.
     * @param sinceTimeNs engine time the doubt began.
     * @param reason      in words.
     */
    void orderUncertain(
        final OrderView order, final boolean isUncertain, final long sinceTimeNs, final CharSequence reason)
    {
        final MutableDirectBuffer buffer = claim();
        uncertain.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(order.orderId())
            .sinceTimeNs(sinceTimeNs)
            .botId(order.botId())
            .accountId(order.accountId())
            .uncertain(isUncertain ? YesNo.YES : YesNo.NO)
            .putReason(text, 0, encodeText(reason));
        commit(uncertain.encodedLength(), OrderUncertainEncoder.BLOCK_LENGTH, OrderUncertainEncoder.TEMPLATE_ID,
            order.instrumentId());
    }

    /**
     * Tells that an order's outcome is known again, if it was not before and is now.
     *
     * @param order          the order.
     * @param doubtedSinceNs engine time since when it was not known, 0 = it was.
     */
    void doubtEnded(final Order order, final long doubtedSinceNs)
    {
        if (0 != doubtedSinceNs && 0 == order.doubt().sinceNs())
        {
            orderUncertain(order, false, doubtedSinceNs, "");
        }
    }

    /**
     * The venue's books differed.
     *
     * @param orderId      0 = none of ours.
     * @param botId        -1 = none.
     * @param accountId    dense id.
     * @param instrumentId dense id, -1 = none.
     * @param kind         what differed.
     * @param cause        how it came out.
     * @param expected     by the engine.
     * @param actual       by the venue.
     * @param message      in words.
     */
    void difference(
        final long orderId,
        final int botId,
        final int accountId,
        final int instrumentId,
        final DifferenceKind kind,
        final ReconcileCause cause,
        final long expected,
        final long actual,
        final CharSequence message)
    {
        final MutableDirectBuffer buffer = claim();
        difference.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(orderId)
            .expected(expected)
            .actual(actual)
            .botId(botId)
            .accountId(accountId)
            .kind(kind)
            .cause(cause)
            .putText(text, 0, encodeText(message));
        commit(difference.encodedLength(), ReconciliationDifferenceEncoder.BLOCK_LENGTH,
            ReconciliationDifferenceEncoder.TEMPLATE_ID, instrumentId);
    }

    /**
     * A native order list goes out; its legs went out as OrderRequested.
     *
     * @param first    the limit leg.
     * @param second   the stop leg.
     * @param quantity of each, mantissa.
     */
    void orderListRequested(final OrderView first, final OrderView second, final long quantity)
    {
        final MutableDirectBuffer buffer = claim();
        list.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .listId(first.orderId())
            .firstOrderId(first.orderId())
            .secondOrderId(second.orderId())
            .price(first.price())
            .stopPrice(second.stopPrice())
            .stopLimitPrice(second.price())
            .quantity(quantity)
            .botId(first.botId())
            .accountId(first.accountId())
            .side(first.side());
        commit(list.encodedLength(), OrderListRequestedEncoder.BLOCK_LENGTH, OrderListRequestedEncoder.TEMPLATE_ID,
            first.instrumentId());
    }

    /**
     * An order that carries this journal's id but is not in it is to be taken back.
     *
     * @param orderId      client order id.
     * @param venueOrderId the venue's.
     * @param botId        by the id.
     * @param accountId    dense id.
     * @param instrumentId dense id.
     * @param generation   of the order at the venue.
     */
    void orphanCancelRequested(
        final long orderId,
        final long venueOrderId,
        final int botId,
        final int accountId,
        final int instrumentId,
        final int generation)
    {
        final MutableDirectBuffer buffer = claim();
        orphanCancel.wrap(buffer, offset + Frame.HEADER_LENGTH)
            .causeSequence(causeSequence)
            .orderId(orderId)
            .venueOrderId(venueOrderId)
            .botId(botId)
            .accountId(accountId)
            .generation(generation);
        commit(orphanCancel.encodedLength(), CancelRequestedEncoder.BLOCK_LENGTH, CancelRequestedEncoder.TEMPLATE_ID,
            instrumentId);
    }
}
