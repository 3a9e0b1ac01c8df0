package org.lockstep.journal.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.agrona.DirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.AccountStatusDecoder;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.AlgoStatusDecoder;
import org.lockstep.engine.event.codec.BalanceChangedDecoder;
import org.lockstep.engine.event.codec.BarClosedDecoder;
import org.lockstep.engine.event.codec.BookDeltaDecoder;
import org.lockstep.engine.event.codec.BookSnapshotDecoder;
import org.lockstep.engine.event.codec.BotStatusDecoder;
import org.lockstep.engine.event.codec.CancelRequestedDecoder;
import org.lockstep.engine.event.codec.CommandDecoder;
import org.lockstep.engine.event.codec.FeedStatusDecoder;
import org.lockstep.engine.event.codec.HistoricalBarDecoder;
import org.lockstep.engine.event.codec.InstrumentDefinedDecoder;
import org.lockstep.engine.event.codec.MarkPriceDecoder;
import org.lockstep.engine.event.codec.OrderAcceptedDecoder;
import org.lockstep.engine.event.codec.OrderCanceledDecoder;
import org.lockstep.engine.event.codec.OrderExpiredDecoder;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.OrderListRequestedDecoder;
import org.lockstep.engine.event.codec.OrderRejectedDecoder;
import org.lockstep.engine.event.codec.OrderReplacedDecoder;
import org.lockstep.engine.event.codec.OrderReportedDecoder;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.OrderUncertainDecoder;
import org.lockstep.engine.event.codec.OutcomeUnknownDecoder;
import org.lockstep.engine.event.codec.PositionChangedDecoder;
import org.lockstep.engine.event.codec.PositionReportedDecoder;
import org.lockstep.engine.event.codec.QueryRequestedDecoder;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.ReconciliationDecoder;
import org.lockstep.engine.event.codec.ReconciliationDifferenceDecoder;
import org.lockstep.engine.event.codec.ReplaceRequestedDecoder;
import org.lockstep.engine.event.codec.SessionStartedDecoder;
import org.lockstep.engine.event.codec.SessionStoppingDecoder;
import org.lockstep.engine.event.codec.SignalDecoder;
import org.lockstep.engine.event.codec.StateHashDecoder;
import org.lockstep.engine.event.codec.TickerDecoder;
import org.lockstep.engine.event.codec.TimeSyncDecoder;
import org.lockstep.engine.event.codec.TimerDecoder;
import org.lockstep.engine.event.codec.TradeDecoder;
import org.lockstep.engine.event.codec.TradesReconciledDecoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Venue;

/**
 * Makes frames readable. Prices and quantities become decimals once the {@code InstrumentDefined} frame of their
 * instrument has been {@link #observe observed}; before that they are shown as {@code ...Mantissa}. Times are epoch
 * milliseconds. Order ids are strings in JSON, since they do not fit a double. Values of command parameters that look
 * like credentials are masked. One thread.
 */
public final class FrameText
{
    private static final Pattern SECRET = Pattern.compile("(?i).*(secret|passw|passphrase|token|private|api.?key).*");
    private static final String DECODER = "Decoder";
    private static final String NULL_ENUM = "NULL_VAL";
    private static final String UNKNOWN_ENUM = "SBE_UNKNOWN";
    private static final long NANOS_PER_MILLI = 1_000_000;

    private record Message(String name, MessageDecoderFlyweight decoder, List<Member> members)
    {
    }

    private record Scales(String symbol, int price, int quantity)
    {
        static final Scales UNKNOWN = new Scales(null, -1, -1);
    }

    private final Map<Integer, Message> messages = new HashMap<>();
    private final Map<Integer, Scales> instruments = new HashMap<>();
    private final InstrumentDefinedDecoder instrumentDecoder = new InstrumentDefinedDecoder();

    /** Knows every message of the schema and no instrument yet. */
    public FrameText()
    {
        List.of(new InstrumentDefinedDecoder(), new QuoteDecoder(), new TradeDecoder(), new BookSnapshotDecoder(),
            new BookDeltaDecoder(), new BarClosedDecoder(), new TickerDecoder(), new MarkPriceDecoder(),
            new FeedStatusDecoder(), new HistoricalBarDecoder(), new OrderAcceptedDecoder(),
            new OrderRejectedDecoder(), new OrderFilledDecoder(), new OrderCanceledDecoder(),
            new OrderReplacedDecoder(), new OrderExpiredDecoder(), new BalanceChangedDecoder(),
            new PositionReportedDecoder(), new OrderReportedDecoder(), new OutcomeUnknownDecoder(),
            new ReconciliationDecoder(), new TradesReconciledDecoder(), new AccountStatusDecoder(),
            new TimeSyncDecoder(), new TimerDecoder(), new CommandDecoder(), new SessionStartedDecoder(),
            new SessionStoppingDecoder(), new OrderRequestedDecoder(), new CancelRequestedDecoder(),
            new ReplaceRequestedDecoder(), new SignalDecoder(), new BotStatusDecoder(),
            new PositionChangedDecoder(), new AlertDecoder(), new StateHashDecoder(),
            new OrderListRequestedDecoder(), new QueryRequestedDecoder(), new ReconciliationDifferenceDecoder(),
            new AlgoStatusDecoder(), new OrderUncertainDecoder()).forEach(this::add);
    }

    private void add(final MessageDecoderFlyweight decoder)
    {
        final String type = decoder.getClass().getSimpleName();
        messages.put(decoder.sbeTemplateId(), new Message(
            type.substring(0, type.length() - DECODER.length()), decoder, Member.of(decoder.getClass())));
    }

    /**
     * Learns scales from a frame if it defines an instrument; call it for frames that are not printed as well.
     *
     * @param buffer holds the frame.
     * @param offset of the frame's header.
     */
    public void observe(final DirectBuffer buffer, final int offset)
    {
        if (InstrumentDefinedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            instrumentDecoder.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            final Venue venue = Venue.byId(instrumentDecoder.venueId());
            final int priceScale = instrumentDecoder.priceScale();
            final int quantityScale = instrumentDecoder.quantityScale();
            instruments.put(Frame.instrumentId(buffer, offset), new Scales(
                (null == venue ? "?" : venue.code()) + ":" + instrumentDecoder.symbol(), priceScale, quantityScale));
        }
    }

    /**
     * Name of a frame's type.
     *
     * @param templateId from the frame's header.
     * @return as in the schema, such as {@code Quote}; {@code Template99} when unknown.
     */
    public String typeName(final int templateId)
    {
        final Message message = messages.get(templateId);
        return null == message ? "Template" + templateId : message.name;
    }

    /** @return names of all types in the order of their template ids. */
    public List<String> typeNames()
    {
        return messages.keySet().stream().sorted().map(this::typeName).toList();
    }

    /**
     * Writes a frame out.
     *
     * @param format how.
     * @param buffer holds the frame.
     * @param offset of the frame's header.
     * @return one line without its end, or for YAML a document with a leading {@code ---}.
     */
    public String print(final FrameFormat format, final DirectBuffer buffer, final int offset)
    {
        final Map<String, Object> model = model(buffer, offset);
        return switch (format)
        {
            case TEXT -> ModelWriter.text(model);
            case JSON -> ModelWriter.json(model);
            case YAML -> ModelWriter.yaml(model);
        };
    }

    /**
     * A frame as names and values, header first; values are strings, numbers, booleans, and lists of such maps.
     *
     * @param buffer holds the frame.
     * @param offset of the frame's header.
     * @return the model, in the order of the schema.
     */
    public Map<String, Object> model(final DirectBuffer buffer, final int offset)
    {
        observe(buffer, offset);
        final int templateId = Frame.templateId(buffer, offset);
        final int instrumentId = Frame.instrumentId(buffer, offset);
        final Scales scales = instruments.getOrDefault(instrumentId, Scales.UNKNOWN);
        final Map<String, Object> model = new LinkedHashMap<>();
        model.put("sequence", Frame.sequence(buffer, offset));
        model.put("type", typeName(templateId));
        model.put("time", Frame.ingressTimeNs(buffer, offset) / NANOS_PER_MILLI);
        if (0 != Frame.venueTimeNs(buffer, offset))
        {
            model.put("venueTime", Frame.venueTimeNs(buffer, offset) / NANOS_PER_MILLI);
        }
        model.put("source", source(Frame.sourceId(buffer, offset)));
        model.put("output", Frame.isOutput(buffer, offset));
        if (Frame.NULL_INSTRUMENT_ID != instrumentId)
        {
            model.put("instrumentId", (long)instrumentId);
            if (null != scales.symbol)
            {
                model.put("instrument", scales.symbol);
            }
        }
        final Message message = messages.get(templateId);
        if (null == message)
        {
            model.put("bytes", (long)Frame.length(buffer, offset));
            return model;
        }
        message.decoder.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
            Frame.version(buffer, offset));
        fill(model, message.decoder, message.members, scales, Frame.version(buffer, offset));
        return model;
    }

    private void fill(
        final Map<String, Object> model,
        final Object decoder,
        final List<Member> members,
        final Scales scales,
        final int version)
    {
        for (final Member member : members)
        {
            if (member.sinceVersion() > version)
            {
                continue;
            }
            final Object value = member.read(decoder);
            switch (member.kind())
            {
                case FIELD -> putField(model, member, value, scales);
                case TEXT -> model.put(member.name(), value);
                case GROUP -> model.put(member.name(), entries(
                    (Iterable<?>)value, member.members(), scales, version));
                default -> throw new AssertionError(member.kind());
            }
        }
    }

    private List<Map<String, Object>> entries(
        final Iterable<?> group, final List<Member> members, final Scales scales, final int version)
    {
        final List<Map<String, Object>> entries = new ArrayList<>();
        for (final Object entry : group)
        {
            final Map<String, Object> model = new LinkedHashMap<>();
            fill(model, entry, members, scales, version);
            if (model.get("key") instanceof final String key && SECRET.matcher(key).matches())
            {
                model.put("value", "***");
            }
            entries.add(model);
        }
        return entries;
    }

    private static void putField(
        final Map<String, Object> model, final Member member, final Object value, final Scales scales)
    {
        if (value instanceof final YesNo yesNo && YesNo.NULL_VAL != yesNo)
        {
            model.put(member.name(), YesNo.YES == yesNo);
        }
        else if (value instanceof final Enum<?> constant)
        {
            final boolean isSet = !NULL_ENUM.equals(constant.name()) && !UNKNOWN_ENUM.equals(constant.name());
            model.put(member.name(), isSet ? constant.name() : null);
        }
        else if (value.equals(member.nullValue()))
        {
            model.put(member.name(), null);
        }
        else if ("venueId".equals(member.name()))
        {
            final Venue venue = Venue.byId(((Number)value).intValue());
            model.put("venue", null == venue ? null : venue.code());
        }
        else
        {
            Units.put(model, member.name(), ((Number)value).longValue(), scales.price, scales.quantity);
        }
    }

    private static String source(final int sourceId)
    {
        return switch (sourceId)
        {
            case FrameSource.ENGINE -> "engine";
            case FrameSource.CLOCK -> "clock";
            case FrameSource.CLIENT -> "client";
            case FrameSource.PROCESS -> "process";
            default -> venueSource(sourceId);
        };
    }

    private static String venueSource(final int sourceId)
    {
        for (final Venue venue : Venue.values())
        {
            final int line = sourceId - FrameSource.venueLine(venue.id(), 0);
            if (line >= 0 && line < 16)
            {
                return venue.code() + "#" + line;
            }
        }
        return String.format(Locale.ROOT, "source%d", sourceId);
    }
}
