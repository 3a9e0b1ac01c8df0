package org.lockstep.engine.instrument;

import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.InstrumentDefinedDecoder;
import org.lockstep.engine.event.codec.InstrumentDefinedEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;

/** An instrument as an {@code InstrumentDefined} frame, both ways. Stateless: any thread. Allocates. */
public final class InstrumentFrame
{
    private static final int TEXT_LENGTH_BYTES = InstrumentDefinedEncoder.symbolHeaderLength() +
        InstrumentDefinedEncoder.baseAssetHeaderLength() + InstrumentDefinedEncoder.quoteAssetHeaderLength();

    private InstrumentFrame()
    {
    }

    /**
     * Length of the frame of an instrument: ask before claiming a slot.
     *
     * @param instrument to encode.
     * @return bytes, header included.
     * @throws IllegalArgumentException when its names do not fit a frame.
     */
    public static int encodedLength(final Instrument instrument)
    {
        final int length = Frame.HEADER_LENGTH + InstrumentDefinedEncoder.BLOCK_LENGTH + TEXT_LENGTH_BYTES +
            utf8(instrument.symbol()).length + utf8(instrument.baseAsset()).length +
            utf8(instrument.quoteAsset()).length;
        if (length > Frame.MAX_LENGTH)
        {
            throw new IllegalArgumentException("names of " + instrument.symbol() + " make a frame of " + length +
                " bytes, allowed are " + Frame.MAX_LENGTH);
        }
        return length;
    }

    /**
     * Writes a whole frame; its sequence is left unset.
     *
     * @param instrument    to encode; {@link #encodedLength(Instrument)} has accepted it.
     * @param buffer        takes the frame.
     * @param offset        of the frame.
     * @param sourceId      who produces it, see {@code FrameSource}.
     * @param ingressTimeNs our clock, epoch ns.
     * @param venueTimeNs   venue's clock, epoch ns, 0 = none.
     * @return length of the frame, bytes.
     */
    public static int encode(
        final Instrument instrument,
        final MutableDirectBuffer buffer,
        final int offset,
        final int sourceId,
        final long ingressTimeNs,
        final long venueTimeNs)
    {
        final InstrumentDefinedEncoder encoder = new InstrumentDefinedEncoder()
            .wrap(buffer, offset + Frame.HEADER_LENGTH)
            .tickSize(instrument.tickSize())
            .lotSize(instrument.lotSize())
            .minQuantity(instrument.minQuantity())
            .maxQuantity(instrument.maxQuantity())
            .minNotional(instrument.minNotional())
            .venueId(instrument.venue().id())
            .priceScale((short)instrument.priceScale())
            .quantityScale((short)instrument.quantityScale())
            .status(instrument.status());
        final byte[] symbol = utf8(instrument.symbol());
        final byte[] baseAsset = utf8(instrument.baseAsset());
        final byte[] quoteAsset = utf8(instrument.quoteAsset());
        encoder.putSymbol(symbol, 0, symbol.length)
            .putBaseAsset(baseAsset, 0, baseAsset.length)
            .putQuoteAsset(quoteAsset, 0, quoteAsset.length);
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(buffer, offset, length, InstrumentDefinedEncoder.BLOCK_LENGTH,
            InstrumentDefinedEncoder.TEMPLATE_ID, sourceId, 0, ingressTimeNs, venueTimeNs, instrument.id());
        return length;
    }

    /**
     * Reads an instrument.
     *
     * @param buffer holds an {@code InstrumentDefined} frame.
     * @param offset of the frame.
     * @return the instrument, its id taken from the header.
     * @throws IllegalArgumentException when a field is out of its range or the venue or status is unknown.
     */
    public static Instrument decode(final DirectBuffer buffer, final int offset)
    {
        final InstrumentDefinedDecoder decoder = new InstrumentDefinedDecoder().wrap(
            buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset), Frame.version(buffer, offset));
        final Venue venue = Venue.byId(decoder.venueId());
        final InstrumentStatus status = decoder.status();
        final long tickSize = decoder.tickSize();
        final long lotSize = decoder.lotSize();
        final long minQuantity = decoder.minQuantity();
        final long maxQuantity = decoder.maxQuantity();
        final long minNotional = decoder.minNotional();
        final int priceScale = decoder.priceScale();
        final int quantityScale = decoder.quantityScale();
        final String symbol = decoder.symbol();
        final String baseAsset = decoder.baseAsset();
        final String quoteAsset = decoder.quoteAsset();
        if (null == venue)
        {
            throw new IllegalArgumentException(symbol + ": venue id " + decoder.venueId() + " is unknown");
        }
        if (InstrumentStatus.SBE_UNKNOWN == status || InstrumentStatus.NULL_VAL == status)
        {
            throw new IllegalArgumentException(symbol + ": status " + decoder.statusRaw() + " is unknown");
        }
        return new Instrument(
            Frame.instrumentId(buffer, offset), venue, symbol, baseAsset, quoteAsset, priceScale, quantityScale,
            tickSize, lotSize, minQuantity, maxQuantity, minNotional, status);
    }

    private static byte[] utf8(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
