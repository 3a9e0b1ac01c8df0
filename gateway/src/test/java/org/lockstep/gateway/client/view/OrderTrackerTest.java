package org.lockstep.gateway.client.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.OrderAcceptedEncoder;
import org.lockstep.engine.event.codec.OrderCanceledEncoder;
import org.lockstep.engine.event.codec.OrderFilledEncoder;
import org.lockstep.engine.event.codec.OrderRejectedEncoder;
import org.lockstep.engine.event.codec.OrderReplacedEncoder;
import org.lockstep.engine.event.codec.OrderReportedEncoder;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.OrderUncertainEncoder;
import org.lockstep.engine.event.codec.ReconciliationDifferenceEncoder;
import org.lockstep.engine.event.codec.ReplaceRequestedEncoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;

class OrderTrackerTest
{
    private static final long ORDER = 11;
    private static final int BOT = 1;
    private static final int ACCOUNT = 3;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    private final List<String> orderEvents = new ArrayList<>();
    private final ClientView view = new ClientView(new ViewListener()
    {
        @Override
        public void onState(final DataChannel channel, final long key, final int instrumentId)
        {
            // Not of interest here.
        }

        @Override
        public void onEvent(
            final DataChannel channel, final int instrumentId, final DirectBuffer frame, final int offset)
        {
            if (DataChannel.ORDERS == channel)
            {
                orderEvents.add(render(channel, frame, offset));
            }
        }

        @Override
        public void onCommand(final String user, final String requestId, final long sequence)
        {
            // Nor this.
        }
    });
    private final EventRenderer renderer = new EventRenderer(view);
    private long sequence;

    @Test
    void shouldEndAPartlyFilledReplacedOrderWithItsLastExecutionAlthoughTheVenueCountsAnew()
    {
        request(10);
        accept();
        fill(1, 4, 4);
        askReplace(12);
        replace(12, 1);
        assertOrder("partiallyFilled", 4, false);

        fill(2, 8, 8);

        assertOrder("filled", 12, true);
        assertLastEvent("\"status\":\"filled\"", "\"filledQuantity\":\"12\"");
    }

    @Test
    void shouldAddAMissedExecutionThatIsToldWithoutItsSum()
    {
        request(10);
        accept();
        fill(1, 4, 4);

        fill(2, 3, 0);

        assertOrder("partiallyFilled", 7, false);
        assertLastEvent("\"status\":\"partiallyFilled\"", "\"filledQuantity\":\"7\"");
    }

    @Test
    void shouldCountAnExecutionOnceHoweverOftenItIsTold()
    {
        request(10);
        accept();
        fill(1, 4, 4);

        fill(1, 4, 0);
        assertOrder("partiallyFilled", 4, false);

        fill(2, 6, 10);
        fill(2, 6, 0);
        assertOrder("filled", 10, true);
    }

    @Test
    void shouldRenderAnEarlierExecutionAsItWasWhenItCame()
    {
        request(10);
        accept();
        fill(1, 4, 4);
        fill(2, 6, 10);

        fill(1, 4, 0);

        assertLastEvent("\"status\":\"partiallyFilled\"", "\"filledQuantity\":\"4\"");
    }

    @Test
    void shouldStayOpenWhenTheQuantityIsFilledThatAReplaceIsAboutToRaise()
    {
        request(10);
        accept();
        askReplace(15);
        fill(1, 10, 10);
        assertOrder("partiallyFilled", 10, false);

        replace(15, 1);
        assertOrder("partiallyFilled", 10, false);
        fill(2, 5, 5);
        assertOrder("filled", 15, true);
    }

    @Test
    void shouldEndWhenAReplaceLeavesNothingToFill()
    {
        request(10);
        accept();
        fill(1, 4, 4);

        replace(4, 1);

        assertOrder("filled", 4, true);
    }

    @Test
    void shouldEndWithTheEngineWhenTheVenueSaysSoOnlyWhenAsked()
    {
        request(10);
        accept();
        fill(1, 4, 4);
        final long report = report(VenueOrderState.CANCELED, 10, 4, 0);
        assertOrder("partiallyFilled", 4, false);

        differ(report, DifferenceKind.MISSED_END, 6, 0, "CANCELED");

        assertOrder("canceled", 4, true);
        assertEquals(0, view.orders.openCount(BOT));
        assertLastEvent("\"status\":\"canceled\"");
    }

    @Test
    void shouldTakeTheTermsOfAReplaceThatOnlyAReportTellsOf()
    {
        request(10);
        accept();
        askReplace(8);
        final long report = report(VenueOrderState.FILLED, 8, 8, 1);
        fill(1, 8, 0);
        differ(report, DifferenceKind.MISSED_END, 2, 0, "FILLED");

        assertOrder("filled", 8, true);
        assertEquals(8, order().quantity);
    }

    @Test
    void shouldGoOnWhenItsPredecessorEndedWhileAReplaceIsInDoubt()
    {
        request(10);
        accept();
        askReplace(12);
        uncertain(YesNo.YES);

        cancel();
        assertOrder("pendingReplace", 0, false);
        report(VenueOrderState.CANCELED, 10, 0, 0);
        assertOrder("pendingReplace", 0, false);

        final long report = report(VenueOrderState.WORKING, 12, 0, 1);
        differ(report, DifferenceKind.MISSED_STATE, 0, 0, "the venue has it, working");
        uncertain(YesNo.NO);
        assertOrder("new", 0, false);
        assertEquals(12, order().quantity);
    }

    @Test
    void shouldEndAnOrderThatNeverArrivedAndTakeItUpAgainWhenItDid()
    {
        request(10);
        uncertain(YesNo.YES);
        report(VenueOrderState.NOT_FOUND, 0, 0, 0);
        assertOrder("pendingNew", 0, false);

        differ(report(VenueOrderState.NOT_FOUND, 0, 0, 0), DifferenceKind.NEVER_ARRIVED, 10, 0, "never");
        assertOrder("rejected", 0, true);

        fill(1, 4, 4);
        differ(sequence, DifferenceKind.REAPPEARED, 0, 6, "it did");
        assertOrder("partiallyFilled", 4, false);
        assertEquals(1, view.orders.openCount(BOT));

        cancel();
        assertOrder("canceled", 4, true);
        assertEquals(0, view.orders.openCount(BOT));
    }

    @Test
    void shouldStayCanceledWhenAnExecutionComesLate()
    {
        request(10);
        accept();
        cancel();

        fill(1, 4, 4);
        assertOrder("canceled", 4, true);
        fill(2, 6, 10);
        assertOrder("filled", 10, true);
    }

    @Test
    void shouldLetAnOrderGoOnWhoseCancelIsRefusedBeforeItsAcceptance()
    {
        request(10);

        refuse(RequestKind.CANCEL);
        assertOrder("pendingNew", 0, false);
        refuse(RequestKind.PLACE);
        assertOrder("rejected", 0, true);
    }

    @Test
    void shouldShowDifferencesOfAnAccountToItsOwnerAlone()
    {
        request(10);
        accept();
        final long report = report(VenueOrderState.CANCELED, 10, 0, 0);
        differ(report, DifferenceKind.MISSED_END, 10, 0, "CANCELED");

        assertFalse(view.admits(new Reader("stranger", false), buffer, 0));
        assertTrue(view.admits(new Reader("admin", true), buffer, 0));
    }

    private OrderView order()
    {
        return view.orders.order(ORDER);
    }

    private void assertOrder(final String status, final long filled, final boolean isClosed)
    {
        assertEquals(status, order().status);
        assertEquals(filled, order().filledQuantity);
        assertEquals(isClosed, order().isClosed);
    }

    private void assertLastEvent(final String... parts)
    {
        final String last = orderEvents.get(orderEvents.size() - 1);
        for (final String part : parts)
        {
            assertTrue(last.contains(part), last);
        }
    }

    private void request(final long quantity)
    {
        new OrderRequestedEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER).quantity(quantity).botId(BOT)
            .accountId(ACCOUNT).side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC);
        give(OrderRequestedEncoder.TEMPLATE_ID, OrderRequestedEncoder.BLOCK_LENGTH);
    }

    private void accept()
    {
        new OrderAcceptedEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER);
        give(OrderAcceptedEncoder.TEMPLATE_ID, OrderAcceptedEncoder.BLOCK_LENGTH);
    }

    private void fill(final long tradeId, final long quantity, final long cumulative)
    {
        new OrderFilledEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER).tradeId(tradeId)
            .quantity(quantity).cumulativeQuantity(cumulative);
        give(OrderFilledEncoder.TEMPLATE_ID, OrderFilledEncoder.BLOCK_LENGTH);
    }

    private void askReplace(final long quantity)
    {
        new ReplaceRequestedEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER).quantity(quantity);
        give(ReplaceRequestedEncoder.TEMPLATE_ID, ReplaceRequestedEncoder.BLOCK_LENGTH);
    }

    private void replace(final long quantity, final int generation)
    {
        new OrderReplacedEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER).quantity(quantity)
            .generation(generation);
        give(OrderReplacedEncoder.TEMPLATE_ID, OrderReplacedEncoder.BLOCK_LENGTH);
    }

    private void cancel()
    {
        new OrderCanceledEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER).reason("");
        give(OrderCanceledEncoder.TEMPLATE_ID, OrderCanceledEncoder.BLOCK_LENGTH);
    }

    private void refuse(final RequestKind request)
    {
        new OrderRejectedEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER).botId(BOT).request(request)
            .reason("");
        give(OrderRejectedEncoder.TEMPLATE_ID, OrderRejectedEncoder.BLOCK_LENGTH);
    }

    private long report(
        final VenueOrderState state, final long quantity, final long cumulative, final int generation)
    {
        new OrderReportedEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER).quantity(quantity)
            .cumulativeQuantity(cumulative).state(state).generation(generation).conclusive(YesNo.NO)
            .clientOrderId("");
        return give(OrderReportedEncoder.TEMPLATE_ID, OrderReportedEncoder.BLOCK_LENGTH);
    }

    private void differ(
        final long cause, final DifferenceKind kind, final long expected, final long actual, final String text)
    {
        new ReconciliationDifferenceEncoder().wrap(buffer, Frame.HEADER_LENGTH).causeSequence(cause).orderId(ORDER)
            .expected(expected).actual(actual).botId(BOT).accountId(ACCOUNT).kind(kind).text(text);
        give(ReconciliationDifferenceEncoder.TEMPLATE_ID, ReconciliationDifferenceEncoder.BLOCK_LENGTH);
    }

    private void uncertain(final YesNo isUncertain)
    {
        new OrderUncertainEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(ORDER).botId(BOT).accountId(ACCOUNT)
            .uncertain(isUncertain).reason("");
        give(OrderUncertainEncoder.TEMPLATE_ID, OrderUncertainEncoder.BLOCK_LENGTH);
    }

    private String render(final DataChannel channel, final DirectBuffer frame, final int offset)
    {
        final JsonWriter json = new JsonWriter();
        json.beginObject();
        renderer.render(channel, frame, offset, json);
        json.endObject();
        return json.toString();
    }

    private long give(final int template, final int block)
    {
        sequence++;
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + block + 256, block, template, FrameSource.ENGINE, 0, 0, 0,
            0);
        Frame.sequence(buffer, 0, sequence);
        view.onFrame(buffer, 0, Frame.length(buffer, 0));
        return sequence;
    }
}
