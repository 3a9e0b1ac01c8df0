package org.lockstep.journal.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.journal.Frames;

class FrameTextTest
{
    private final FrameText text = new FrameText();
    private final Frames frames = new Frames();
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(Frame.MAX_LENGTH);

    @Test
    void shouldShowDecimalsOnceTheInstrumentIsKnown()
    {
        frames.quote(5, Frames.START_NS, 6_012_345);
        assertEquals("{\"sequence\":5,\"type\":\"Quote\",\"time\":1723118400000,\"source\":\"process\"," +
            "\"output\":false,\"instrumentId\":0,\"bidPriceMantissa\":6012345,\"bidQuantityMantissa\":5," +
            "\"askPriceMantissa\":6012346,\"askQuantityMantissa\":7,\"updateId\":6}",
            text.print(FrameFormat.JSON, frames.buffer(), 0));

        text.observe(new Frames().instrument(0, Frames.START_NS, 0, "BTCUSDT").buffer(), 0);

        assertEquals("{\"sequence\":5,\"type\":\"Quote\",\"time\":1723118400000,\"source\":\"process\"," +
            "\"output\":false,\"instrumentId\":0,\"instrument\":\"binance:BTCUSDT\",\"bidPrice\":\"60123.45\"," +
            "\"bidQuantity\":\"0.00005\",\"askPrice\":\"60123.46\",\"askQuantity\":\"0.00007\",\"updateId\":6}",
            text.print(FrameFormat.JSON, frames.buffer(), 0));
    }

    @Test
    void shouldShowInstrument()
    {
        frames.instrument(0, Frames.START_NS, 3, "BTCUSDT");

        final Map<String, Object> model = text.model(frames.buffer(), 0);

        assertEquals("0.01", model.get("tickSize"));
        assertEquals("5.00000000", model.get("minNotional"));
        assertEquals("binance", model.get("venue"));
        assertEquals("TRADING", model.get("status"));
        assertEquals("BTCUSDT", model.get("symbol"));
        assertEquals("USDT", model.get("quoteAsset"));
    }

    @Test
    void shouldShowGroups()
    {
        final BookDeltaEncoder delta = new BookDeltaEncoder();
        delta.wrap(buffer, Frame.HEADER_LENGTH).firstUpdateId(7).lastUpdateId(9).last(YesNo.YES).levelsCount(2)
            .next().price(100).quantity(5).side(Side.BUY).next().price(101).quantity(0).side(Side.SELL);
        header(BookDeltaEncoder.TEMPLATE_ID, BookDeltaEncoder.BLOCK_LENGTH, delta.encodedLength());
        text.observe(frames.instrument(0, Frames.START_NS, 0, "BTCUSDT").buffer(), 0);

        assertTrue(text.print(FrameFormat.JSON, buffer, 0).endsWith("\"last\":true,\"levels\":[" +
            "{\"price\":\"1.00\",\"quantity\":\"0.00005\",\"side\":\"BUY\"}," +
            "{\"price\":\"1.01\",\"quantity\":\"0.00000\",\"side\":\"SELL\"}]}"));
        assertTrue(text.print(FrameFormat.YAML, buffer, 0).contains("levels:\n  - {\"price\":\"1.00\","));
        assertTrue(text.print(FrameFormat.TEXT, buffer, 0).contains(
            "levels=[price=1.00 quantity=0.00005 side=BUY, price=1.01 quantity=0.00000 side=SELL]"));
    }

    @Test
    void shouldMaskSecretsAndEscapeText()
    {
        final CommandEncoder command = new CommandEncoder();
        command.wrap(buffer, Frame.HEADER_LENGTH).action(CommandAction.DEFINE_BOT).botId(-1).accountId(-1).orderId(0)
            .price(0).quantity(0).side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL)
            .parametersCount(2).next().key("apiSecret").value("hunter2").next().key("window").value("\"10\"\n\u0001");
        command.user("someone").requestId("r-1").botName("maker");
        header(CommandEncoder.TEMPLATE_ID, CommandEncoder.BLOCK_LENGTH, command.encodedLength());

        final String json = text.print(FrameFormat.JSON, buffer, 0);

        assertFalse(json.contains("hunter2"));
        assertTrue(json.contains("{\"key\":\"apiSecret\",\"value\":\"***\"}"), json);
        assertTrue(json.contains("\"value\":\"\\\"10\\\"\\n\\u0001\""), json);
        assertTrue(json.contains("\"side\":null"), json);
        assertTrue(json.endsWith("\"user\":\"someone\",\"requestId\":\"r-1\",\"botName\":\"maker\"}"), json);
    }

    @Test
    void shouldKnowEveryMessageOfTheSchema() throws java.io.IOException
    {
        final java.nio.file.Path schema = java.nio.file.Path.of(
            System.getProperty("lockstep.root"), "engine", "src", "main", "sbe", "lockstep.xml");
        final List<String> names = java.util.regex.Pattern.compile("<sbe:message name=\"(\\w+)\"")
            .matcher(java.nio.file.Files.readString(schema)).results().map(match -> match.group(1)).toList();

        assertEquals(names, text.typeNames());
    }

    @Test
    void shouldShowUnknownTemplateByItsNumber()
    {
        header(99, 0, 8);

        assertTrue(text.print(FrameFormat.TEXT, buffer, 0).startsWith("#-1 Template99 "));
    }

    private void header(final int templateId, final int blockLength, final int encodedLength)
    {
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + encodedLength, blockLength, templateId,
            FrameSource.venueLine(1, 0), 0, Frames.START_NS, Frames.START_NS, 0);
    }
}
