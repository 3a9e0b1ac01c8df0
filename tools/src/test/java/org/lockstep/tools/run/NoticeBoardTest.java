package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.AlertEncoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.DifferenceKind;
import org.lockstep.engine.event.codec.OrderRejectedEncoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.ReconciliationDifferenceEncoder;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.risk.RejectReason;

class NoticeBoardTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final int LENGTH = 256;

    private final Notices notices = new Notices();
    private final List<String> shown = new ArrayList<>();
    private final List<String> critical = new ArrayList<>();
    private final NoticeBoard board = new NoticeBoard(notices, id -> 3 == id ? "maker" : null, (isCritical, text) ->
    {
        shown.add(text);
        if (isCritical)
        {
            critical.add(text);
        }
    });
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);

    @Test
    void shouldShowEachKindAtOnceAndThenCountWhatFollows()
    {
        alert(3, 1003, AlertSeverity.WARNING, "refused 1");
        alert(3, 1000, AlertSeverity.CRITICAL, "bot failed");
        alert(3, 1007, AlertSeverity.INFO, "limits changed");
        difference("missed by us");
        board.poll(0);
        for (int i = 2; i <= 1_000; i++)
        {
            alert(3, 1003, AlertSeverity.WARNING, "refused " + i);
            board.poll(SECOND);
        }
        board.poll(9 * SECOND);

        assertEquals(List.of("maker: refused 1", "maker: bot failed",
            "the venue's books differed, balance: missed by us"), shown);
        assertEquals(List.of("maker: bot failed"), critical);

        board.poll(10 * SECOND);
        assertEquals("maker: refused 1000 (the last of 999 of this kind)", shown.get(3));
        assertEquals(4, shown.size());
        assertEquals(List.of("maker: bot failed"), board.lastCriticals());
        assertEquals(1_000, notices.warnings());
        assertEquals(1, notices.criticals());
        assertEquals(1, notices.infos());
        assertEquals(1, notices.differences());
    }

    @Test
    void shouldNameBotReasonAndCodeOfWhatIsRefusedAndCountWhatFollows()
    {
        refused(3, RejectReason.NOTIONAL_BELOW_MINIMUM, RequestKind.PLACE);
        refused(3, RejectReason.PRICE_COLLAR, RequestKind.REPLACE);
        board.poll(0);
        for (int i = 0; i < 40; i++)
        {
            refused(3, RejectReason.NOTIONAL_BELOW_MINIMUM, RequestKind.PLACE);
            board.poll(SECOND);
        }
        assertEquals(List.of("maker: order refused, notional is below the instrument's minimum (code 108)",
            "maker: replace refused, price is too far from the market (code 205)"), shown);

        board.poll(10 * SECOND);
        assertEquals("maker: order refused, notional is below the instrument's minimum (code 108)" +
            " (the last of 40 of this kind)", shown.get(2));
        assertEquals(3, shown.size());
        assertEquals(0, notices.warnings());
    }

    @Test
    void shouldNotShowThatACancelCameTooLate()
    {
        refused(3, RejectReason.UNKNOWN_INSTRUMENT, RequestKind.CANCEL);

        board.flush(0);

        assertEquals(List.of(), shown);
    }

    @Test
    void shouldShowARefusalOfTheVenueThatComesInButNoOtherInput()
    {
        encodeRefused(3, RejectReason.NOTIONAL_BELOW_MINIMUM, RequestKind.PLACE);
        notices.onInput(buffer, 0, Frame.length(buffer, 0));
        encodeAlert(3, 1003, AlertSeverity.WARNING, "never an input");
        notices.onInput(buffer, 0, Frame.length(buffer, 0));

        board.flush(0);

        assertEquals(List.of("maker: order refused, notional is below the instrument's minimum (code 108)"), shown);
    }

    @Test
    void shouldShowAtTheEndWhatWasHeldBack()
    {
        alert(-1, 1008, AlertSeverity.WARNING, "stale");
        alert(-1, 1008, AlertSeverity.WARNING, "gap");
        board.poll(0);

        board.flush(SECOND);

        assertEquals(List.of("stale", "gap"), shown);
    }

    @Test
    void shouldKeepStillAboutFeedsThatEndBecauseTheProcessDoes()
    {
        notices.stopping();
        alert(-1, 1008, AlertSeverity.WARNING, "feed of binance is STOPPED");
        alert(3, 1000, AlertSeverity.CRITICAL, "bot failed");

        board.flush(0);

        assertEquals(List.of("maker: bot failed"), shown);
        assertEquals(0, notices.warnings());
    }

    @Test
    void shouldShowWhatIsHeldBackBeforeItIsForgottenOverOthers()
    {
        alert(-1, 1003, AlertSeverity.WARNING, "shown");
        alert(-1, 1003, AlertSeverity.WARNING, "held back");
        board.poll(0);
        for (int code = 0; code < 300; code++)
        {
            alert(-1, 2_000 + code, AlertSeverity.WARNING, "other " + code);
        }
        board.poll(SECOND);

        assertEquals("shown", shown.get(0));
        assertEquals(1, shown.stream().filter("held back"::equals).count());
        assertEquals(302, shown.size());
    }

    @Test
    void shouldCountAndAllocateNothingWhenNobodyReads()
    {
        final int frames = 100_000;
        encodeAlert(3, 1003, AlertSeverity.WARNING, "refused");
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long id = Thread.currentThread().getId();
        publish(frames);
        long published = frames;
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 40 && allocated >= frames; round++)
        {
            final long before = threads.getThreadAllocatedBytes(id);
            publish(frames);
            allocated = threads.getThreadAllocatedBytes(id) - before;
            published += frames;
        }

        assertTrue(allocated < frames, allocated + " bytes");
        assertEquals(published, notices.warnings());
        assertTrue(notices.lost() > published - frames && notices.lost() < published, notices.lost() + " lost");
    }

    private void publish(final int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            notices.onFrame(buffer, 0, Frame.length(buffer, 0));
        }
    }

    private void alert(final int botId, final int code, final AlertSeverity severity, final String text)
    {
        encodeAlert(botId, code, severity, text);
        notices.onFrame(buffer, 0, Frame.length(buffer, 0));
    }

    private void encodeAlert(final int botId, final int code, final AlertSeverity severity, final String text)
    {
        final AlertEncoder alert = new AlertEncoder();
        alert.wrap(buffer, Frame.HEADER_LENGTH).botId(botId).accountId(0).code(code).severity(severity).text(text);
        header(AlertEncoder.TEMPLATE_ID, AlertEncoder.BLOCK_LENGTH, alert.encodedLength());
    }

    private void refused(final int botId, final RejectReason reason, final RequestKind request)
    {
        encodeRefused(botId, reason, request);
        notices.onFrame(buffer, 0, Frame.length(buffer, 0));
    }

    private void encodeRefused(final int botId, final RejectReason reason, final RequestKind request)
    {
        final OrderRejectedEncoder refusal = new OrderRejectedEncoder();
        refusal.wrap(buffer, Frame.HEADER_LENGTH).causeSequence(1).orderId(0).botId(botId).accountId(0)
            .code(reason.code()).request(request).putReason(reason.utf8(), 0, reason.utf8().length);
        header(OrderRejectedEncoder.TEMPLATE_ID, OrderRejectedEncoder.BLOCK_LENGTH, refusal.encodedLength());
    }

    private void difference(final String text)
    {
        final ReconciliationDifferenceEncoder difference = new ReconciliationDifferenceEncoder();
        difference.wrap(buffer, Frame.HEADER_LENGTH).botId(-1).accountId(0).kind(DifferenceKind.BALANCE)
            .cause(ReconcileCause.TIMER).text(text);
        header(ReconciliationDifferenceEncoder.TEMPLATE_ID, ReconciliationDifferenceEncoder.BLOCK_LENGTH,
            difference.encodedLength());
        notices.onFrame(buffer, 0, Frame.length(buffer, 0));
    }

    private void header(final int template, final int block, final int body)
    {
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + body, block, template, FrameSource.ENGINE, 0, 0, 0,
            Frame.NULL_INSTRUMENT_ID);
    }
}
