package org.lockstep.benchmarks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.benchmarks.micro.DecodePeersBenchmark;
import org.lockstep.engine.event.Frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PeerDecoderTest
{
    @ParameterizedTest
    @CsvSource({
        "BOOK_TICKER, JACKSON_TREE", "BOOK_TICKER, JACKSON_STREAMING", "BOOK_TICKER, DSL_JSON",
        "TRADE, JACKSON_TREE", "TRADE, JACKSON_STREAMING", "TRADE, DSL_JSON",
        "DEPTH_10, JACKSON_TREE", "DEPTH_10, JACKSON_STREAMING", "DEPTH_10, DSL_JSON"})
    void shouldPublishTheFramesOfTheFeedWhenAPeerDecodes(
        final VenueMessages.Kind kind, final DecodePeersBenchmark.Library library)
    {
        final SlotPublisher ours = new SlotPublisher();
        final SlotPublisher theirs = new SlotPublisher();
        final VenueMessages messages = new VenueMessages(ours);
        final MessageTexts texts = new MessageTexts(false);
        final long setUp = ours.published();
        for (int i = 0; i < 3; i++)
        {
            messages.send(kind, SampleMarket.START_NS);
            texts.next(kind);
            library.decoder(theirs).onMessage(texts.bytes(kind), SampleMarket.START_NS);
        }

        assertEquals(setUp + 3, ours.published());
        assertEquals(3, theirs.published());
        for (int i = 0; i < 3; i++)
        {
            assertEquals(frame(ours, setUp + i), frame(theirs, i), kind + " " + i);
        }
    }

    private static String frame(final SlotPublisher publisher, final long claim)
    {
        final int offset = publisher.offset(claim);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < Frame.length(publisher.buffer(), offset); i++)
        {
            text.append("%02x".formatted(publisher.buffer().getByte(offset + i)));
        }
        return text.toString();
    }
}
