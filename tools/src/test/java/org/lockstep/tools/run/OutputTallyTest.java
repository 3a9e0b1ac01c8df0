package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.BotStatusEncoder;
import org.lockstep.engine.event.codec.OrderAcceptedEncoder;
import org.lockstep.engine.event.codec.OrderCanceledEncoder;
import org.lockstep.engine.event.codec.OrderExpiredEncoder;
import org.lockstep.engine.event.codec.OrderFilledEncoder;
import org.lockstep.engine.event.codec.OrderRejectedEncoder;
import org.lockstep.engine.event.codec.OrderReplacedEncoder;
import org.lockstep.engine.event.codec.OrderReportedEncoder;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.ReconciliationDifferenceEncoder;
import org.lockstep.engine.event.codec.ReplaceRequestedEncoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.VenueOrderState;
import org.lockstep.engine.event.codec.YesNo;

class OutputTallyTest
{
    private static final int BOT = 1;

    private final OutputTally tally = new OutputTally();
    private long lastTradeId;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    private final OrderRequestedEncoder requested = new OrderRequestedEncoder();
    private final OrderReplacedEncoder replaced = new OrderReplacedEncoder();
    private final OrderFilledEncoder filled = new OrderFilledEncoder();
    private final OrderCanceledEncoder canceled = new OrderCanceledEncoder();
    private final OrderExpiredEncoder expired = new OrderExpiredEncoder();
    private final OrderAcceptedEncoder accepted = new OrderAcceptedEncoder();
    private final OrderRejectedEncoder rejected = new OrderRejectedEncoder();

    @Test
    void shouldTellFiguresOfThisRunApartFromThoseOfTheJournal()
    {
        tally.before(BOT, 50, 7, 3);

        status(BOT, 120, 9, 5);
        status(BOT + 1, 30, 2, 1);

        final OutputTally.Bot old = tally.bots().get(0);
        final OutputTally.Bot fresh = tally.bots().get(1);
        assertEquals(111, old.pnl());
        assertEquals(5, old.fills());
        assertEquals(new OutputTally.Figures(61, 2, 2), old.inThisRun());
        assertEquals(new OutputTally.Figures(28, 2, 1), fresh.inThisRun());
    }

    private void status(final int botId, final long realisedPnl, final long fees, final long fills)
    {
        final BotStatusEncoder status = new BotStatusEncoder();
        status.wrap(buffer, Frame.HEADER_LENGTH).botId(botId).state(BotState.RUNNING).realisedPnl(realisedPnl)
            .unrealisedPnl(0).fees(fees).fills(fills).botName("bot").strategyName("grid").reason("");
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + status.encodedLength(), BotStatusEncoder.BLOCK_LENGTH,
            BotStatusEncoder.TEMPLATE_ID, FrameSource.ENGINE, 0, 0, 0, Frame.NULL_INSTRUMENT_ID);
        tally.onFrame(buffer, 0, Frame.length(buffer, 0));
    }

    @Test
    void shouldCountEachOrderOfThisRunOnce()
    {
        request(11, 5);
        accept(11);
        fill(11, 2);
        fill(11, 3);
        request(12, 5);
        accept(12);
        fill(12, 2);
        cancel(12);
        cancel(12);
        request(13, 5);
        reject(13);
        reject(14);
        request(15, 5);
        accept(15);
        refuse(15, RequestKind.REPLACE);

        assertCounts(5, 1, 1, 2, 1);
    }

    @Test
    void shouldLetAnOrderGoOnWhenItsCancelOrReplaceIsRefused()
    {
        request(11, 5);
        refuse(11, RequestKind.CANCEL);
        refuse(11, RequestKind.REPLACE);
        assertCounts(1, 0, 0, 0, 1);

        refuse(11, RequestKind.PLACE);
        assertCounts(1, 0, 0, 1, 0);
    }

    @Test
    void shouldNotCountOrdersOfEarlierRunsThatEndInThisOne()
    {
        replace(7, 3);
        fill(7, 3);
        cancel(8);
        request(11, 5);
        replace(11, 3);
        fill(11, 3);

        assertCounts(1, 1, 0, 0, 0);
    }

    @Test
    void shouldForgetOrdersWhoseEndOvertookTheirAcceptance()
    {
        request(11, 5);
        fill(11, 5);
        accept(11);
        accept(7);

        assertCounts(1, 1, 0, 0, 0);
    }

    @Test
    void shouldCountAPartlyFilledReplacedOrderAsFilledAlthoughTheVenueCountsAnew()
    {
        request(11, 10);
        accept(11);
        fill(11, 4);
        replace(11, 12);
        fill(11, 8);

        assertCounts(1, 1, 0, 0, 0);
    }

    @Test
    void shouldCountAnOrderAsFilledWhenAReplaceToMoreIsRefusedBecauseItWasExecuted()
    {
        request(11, 10);
        fill(11, 4);
        askReplace(11, 14);
        fill(11, 6);
        assertCounts(1, 0, 0, 0, 1);

        refuse(11, RequestKind.REPLACE);
        assertCounts(1, 1, 0, 0, 0);
    }

    @Test
    void shouldCountAnExecutionOnceHoweverOftenItIsTold()
    {
        request(11, 10);
        fill(11, 501, 5);
        fill(11, 501, 5);
        assertCounts(1, 0, 0, 0, 1);

        fill(11, 502, 5);
        assertCounts(1, 1, 0, 0, 0);
    }

    @Test
    void shouldWaitForTheEngineToSayThatAReportedEndIsTheOrders()
    {
        request(11, 10);
        accept(11);
        report(11, VenueOrderState.CANCELED);
        assertCounts(1, 0, 0, 0, 1);

        differ(11, DifferenceKind.MISSED_END, "CANCELED");
        assertCounts(1, 0, 1, 0, 0);
    }

    @Test
    void shouldCountWhatNeverArrivedAsRejectedUntilItReappears()
    {
        request(11, 10);
        report(11, VenueOrderState.NOT_FOUND);
        assertCounts(1, 0, 0, 0, 1);
        differ(11, DifferenceKind.NEVER_ARRIVED, "never");
        assertCounts(1, 0, 0, 1, 0);

        differ(11, DifferenceKind.REAPPEARED, "it did");
        assertCounts(1, 0, 0, 0, 1);
        fill(11, 10);
        assertCounts(1, 1, 0, 0, 0);
    }

    @Test
    void shouldCountReplacesBesideTheOrdersTheyAreOf()
    {
        request(11, 10);
        accept(11);
        replace(11, 12, 1);
        replace(11, 12, 1);
        replace(11, 14, 2);
        replace(7, 3, 1);
        assertCounts(1, 0, 0, 0, 1);
        assertEquals(2, tally.replaced());

        request(12, 10);
        replace(12, 9);
        replace(12, 8);
        assertEquals(4, tally.replaced());
    }

    @Test
    void shouldAddUpWhateverComesInWhateverOrder()
    {
        final Random random = new Random(42);
        for (int i = 0; i < 20_000; i++)
        {
            final long order = 1 + random.nextInt(200);
            switch (random.nextInt(8))
            {
                case 0, 1 -> request(order, 5);
                case 2 -> replace(order, 1 + random.nextInt(5));
                case 3 -> fill(order, 1 + random.nextInt(5));
                case 4 -> cancel(order);
                case 5 -> expire(order);
                case 6 -> accept(order);
                default -> reject(order);
            }
            assertEquals(tally.requested(),
                tally.filled() + tally.canceled() + tally.rejected() + tally.open(), "after " + i);
        }
    }

    private void assertCounts(
        final long wantedRequested, final long wantedFilled, final long wantedCanceled, final long wantedRejected,
        final long wantedOpen)
    {
        assertEquals(wantedRequested, tally.requested(), "requested");
        assertEquals(wantedFilled, tally.filled(), "filled");
        assertEquals(wantedCanceled, tally.canceled(), "canceled");
        assertEquals(wantedRejected, tally.rejected(), "rejected");
        assertEquals(wantedOpen, tally.open(), "open");
    }

    private void request(final long order, final long quantity)
    {
        requested.wrap(buffer, Frame.HEADER_LENGTH).orderId(order).quantity(quantity).botId(BOT);
        give(OrderRequestedEncoder.TEMPLATE_ID, OrderRequestedEncoder.BLOCK_LENGTH);
    }

    private void askReplace(final long order, final long quantity)
    {
        new ReplaceRequestedEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(order).quantity(quantity);
        give(ReplaceRequestedEncoder.TEMPLATE_ID, ReplaceRequestedEncoder.BLOCK_LENGTH);
    }

    private void replace(final long order, final long quantity)
    {
        replace(order, quantity, 0);
    }

    private void replace(final long order, final long quantity, final int generation)
    {
        replaced.wrap(buffer, Frame.HEADER_LENGTH).orderId(order).quantity(quantity).generation(generation);
        give(OrderReplacedEncoder.TEMPLATE_ID, OrderReplacedEncoder.BLOCK_LENGTH);
    }

    /** Its sum is as a venue's may be: of no use. */
    private void fill(final long order, final long quantity)
    {
        fill(order, ++lastTradeId, quantity);
    }

    private void fill(final long order, final long tradeId, final long quantity)
    {
        filled.wrap(buffer, Frame.HEADER_LENGTH).orderId(order).tradeId(tradeId).quantity(quantity)
            .cumulativeQuantity(0);
        give(OrderFilledEncoder.TEMPLATE_ID, OrderFilledEncoder.BLOCK_LENGTH);
    }

    private void report(final long order, final VenueOrderState state)
    {
        new OrderReportedEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(order).state(state).quantity(10)
            .generation(0).conclusive(YesNo.NO).clientOrderId("");
        give(OrderReportedEncoder.TEMPLATE_ID, OrderReportedEncoder.BLOCK_LENGTH);
    }

    private void differ(final long order, final DifferenceKind kind, final String text)
    {
        new ReconciliationDifferenceEncoder().wrap(buffer, Frame.HEADER_LENGTH).orderId(order).botId(BOT).kind(kind)
            .text(text);
        give(ReconciliationDifferenceEncoder.TEMPLATE_ID, ReconciliationDifferenceEncoder.BLOCK_LENGTH);
    }

    private void cancel(final long order)
    {
        canceled.wrap(buffer, Frame.HEADER_LENGTH).orderId(order);
        give(OrderCanceledEncoder.TEMPLATE_ID, OrderCanceledEncoder.BLOCK_LENGTH);
    }

    private void expire(final long order)
    {
        expired.wrap(buffer, Frame.HEADER_LENGTH).orderId(order);
        give(OrderExpiredEncoder.TEMPLATE_ID, OrderExpiredEncoder.BLOCK_LENGTH);
    }

    private void accept(final long order)
    {
        accepted.wrap(buffer, Frame.HEADER_LENGTH).orderId(order);
        give(OrderAcceptedEncoder.TEMPLATE_ID, OrderAcceptedEncoder.BLOCK_LENGTH);
    }

    private void reject(final long order)
    {
        refuse(order, RequestKind.PLACE);
    }

    private void refuse(final long order, final RequestKind request)
    {
        rejected.wrap(buffer, Frame.HEADER_LENGTH).orderId(order).botId(BOT).request(request);
        give(OrderRejectedEncoder.TEMPLATE_ID, OrderRejectedEncoder.BLOCK_LENGTH);
    }

    private void give(final int template, final int block)
    {
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + block + 256, block, template, FrameSource.ENGINE, 0, 0, 0,
            Frame.NULL_INSTRUMENT_ID);
        tally.onFrame(buffer, 0, Frame.length(buffer, 0));
    }
}
