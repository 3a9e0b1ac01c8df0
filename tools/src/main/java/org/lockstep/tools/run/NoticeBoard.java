package org.lockstep.tools.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.ReconciliationDifferenceDecoder;
import org.lockstep.engine.event.codec.RequestKind;

/**
 * Shows alerts, refusals and differences to a person: each kind at once when it is new, and then at most once in ten
 * seconds with the number of those it stands for. Threading: one thread.
 */
final class NoticeBoard
{
    /** Where a line goes. */
    @FunctionalInterface
    interface Lines
    {
        /**
         * Takes a line.
         *
         * @param isCritical whether somebody should act.
         * @param text       without an end of line.
         */
        void line(boolean isCritical, String text);
    }

    static final long QUIET_NS = 10_000_000_000L;
    private static final int KEPT = 5;
    private static final int MAX_KINDS = 256;

    private final Notices notices;
    private final IntFunction<String> botNames;
    private final Lines lines;
    private final AlertDecoder alert = new AlertDecoder();
    private final ReconciliationDifferenceDecoder difference = new ReconciliationDifferenceDecoder();
    private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Deque<String> criticals = new ArrayDeque<>();
    private long nowNs;

    /** What is alike: the same code of the same bot. */
    private static final class Kind
    {
        private boolean isCritical;
        private String text;
        private long shownNs;
        private long held;
    }

    NoticeBoard(final Notices notices, final IntFunction<String> botNames, final Lines lines)
    {
        this.notices = notices;
        this.botNames = botNames;
        this.lines = lines;
    }

    /** Shows what has come and what was held back for long enough. */
    void poll(final long newNowNs)
    {
        nowNs = newNowNs;
        notices.poll(this::onNotice);
        kinds.values().forEach(kind ->
        {
            if (kind.held > 0 && nowNs - kind.shownNs >= QUIET_NS)
            {
                show(kind);
            }
        });
    }

    /** Shows all that is still held back. */
    void flush(final long newNowNs)
    {
        poll(newNowNs);
        kinds.values().stream().filter(kind -> kind.held > 0).forEach(this::show);
    }

    /** The last critical alerts, oldest first. */
    List<String> lastCriticals()
    {
        return List.copyOf(criticals);
    }

    private void onNotice(
        final int template, final MutableDirectBuffer buffer, final int offset, final int length)
    {
        final int body = offset + Frame.HEADER_LENGTH;
        final int block = Frame.blockLength(buffer, offset);
        final int version = Frame.version(buffer, offset);
        if (AlertDecoder.TEMPLATE_ID == template)
        {
            alert.wrap(buffer, body, block, version);
            final boolean isCritical = AlertSeverity.CRITICAL == alert.severity();
            final int botId = alert.botId();
            final int code = alert.code();
            final String text = of(botId) + alert.text();
            if (isCritical)
            {
                remember(text);
            }
            put("alert " + code + ' ' + botId + ' ' + isCritical, isCritical, text);
        }
        else if (OrderRejectedDecoder.TEMPLATE_ID == template)
        {
            rejected.wrap(buffer, body, block, version);
            final String what = RequestKind.REPLACE == rejected.request() ? "replace refused" : "order refused";
            final int botId = rejected.botId();
            final int code = rejected.code();
            put(what + ' ' + code + ' ' + botId, false,
                of(botId) + what + ", " + rejected.reason() + " (code " + code + ')');
        }
        else
        {
            difference.wrap(buffer, body, block, version);
            final String kind = difference.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            final int botId = difference.botId();
            put("difference " + kind + ' ' + botId, false,
                of(botId) + "the venue's books differed, " + kind + ": " + difference.text());
        }
    }

    private void put(final String key, final boolean isCritical, final String text)
    {
        Kind kind = kinds.get(key);
        final boolean isNew = null == kind;
        if (isNew)
        {
            if (kinds.size() >= MAX_KINDS)
            {
                forgetOldest();
            }
            kind = new Kind();
            kind.isCritical = isCritical;
            kinds.put(key, kind);
        }
        kind.text = text;
        kind.held++;
        if (isNew || nowNs - kind.shownNs >= QUIET_NS)
        {
            show(kind);
        }
    }

    private void forgetOldest()
    {
        final Iterator<Kind> all = kinds.values().iterator();
        final Kind oldest = all.next();
        all.remove();
        if (oldest.held > 0)
        {
            show(oldest);
        }
    }

    private void show(final Kind kind)
    {
        lines.line(kind.isCritical, kind.text + (kind.held > 1 ?
            String.format(Locale.ROOT, " (the last of %,d of this kind)", kind.held) : ""));
        kind.held = 0;
        kind.shownNs = nowNs;
    }

    private void remember(final String text)
    {
        if (!text.equals(criticals.peekLast()))
        {
            if (criticals.size() >= KEPT)
            {
                criticals.removeFirst();
            }
            criticals.addLast(text);
        }
    }

    private String of(final int botId)
    {
        final String name = botId < 0 ? null : botNames.apply(botId);
        return null == name ? "" : name + ": ";
    }
}
