package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.gateway.client.auth.Role;

/** What of a subscription is left when parts of it are taken back or asked for one after the other. */
class SubscriptionTest
{
    private final List<Long> ofBtc = new ArrayList<>();
    private GatewayFixture fixture;
    private WsClient client;
    private long nextTradeId;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start();
        client = fixture.client("ann", Role.VIEWER);
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldStopOneSymbolOutOfAll()
    {
        subscribe("market-data", "'symbol':'*','conflateMs':0");

        unsubscribe("market-data", "'symbol':'BTCUSDT'");

        fixture.world.append(frames -> frames.quote(Frames.BTC, 111, 112));
        fixture.world.append(frames -> frames.quote(Frames.ETH, 333, 334));
        awaitBid("3.33");
        assertEquals(List.of("ETHUSDT"), symbolsSinceUnsubscribed("market-data"));
    }

    @Test
    void shouldStopTheEventsOfOneSymbolOutOfAll()
    {
        subscribe("trades", "'symbol':'*'");

        unsubscribe("trades", "'symbol':'BTCUSDT'");

        fill(Frames.BTC);
        awaitOffset(fill(Frames.ETH));
        assertEquals(List.of("ETHUSDT"), symbolsSinceUnsubscribed("trades"));
    }

    @Test
    void shouldGoOnWithASymbolThatIsAskedForAgain()
    {
        subscribe("trades", "'symbol':'*'");
        unsubscribe("trades", "'symbol':'BTCUSDT'");

        subscribe("trades", "'symbol':'BTCUSDT'");

        awaitOffset(fill(Frames.BTC));
        awaitOffset(fill(Frames.ETH));
    }

    @Test
    void shouldEndAllWhenAllIsUnsubscribedWhateverWasNamed()
    {
        subscribe("trades", "'symbol':'BTCUSDT'");
        subscribe("trades", "'symbol':'*'");

        unsubscribe("trades", "'symbol':'*'");

        fill(Frames.BTC);
        subscribe("market-data", "'symbol':'ETHUSDT','conflateMs':0");
        fixture.world.append(frames -> frames.quote(Frames.ETH, 333, 334));
        awaitBid("3.33");
        assertEquals(List.of(), symbolsSinceUnsubscribed("trades"));
    }

    @Test
    void shouldStopOneIntervalOfBars()
    {
        subscribe("klines", "'symbol':'BTCUSDT','conflateMs':0");

        unsubscribe("klines", "'symbol':'BTCUSDT','interval':'1m'");

        bars(Frames.BTC, 100);
        client.await("5m", message -> "5m".equals(message.path("data").path("interval").asText()));
        assertTrue(since(client, "unsubscribed").stream().noneMatch(message ->
            "1m".equals(message.path("data").path("interval").asText())));
    }

    @Test
    void shouldEndWithTheLastInterval()
    {
        subscribe("klines", "'symbol':'BTCUSDT','interval':'1m','conflateMs':0");
        subscribe("klines", "'symbol':'ETHUSDT','interval':'5m','conflateMs':0");

        unsubscribe("klines", "'symbol':'BTCUSDT','interval':'1m'");

        bars(Frames.BTC, 100);
        bars(Frames.ETH, 200);
        client.await("5m", message -> "ETHUSDT".equals(message.path("data").path("symbol").asText()));
        assertEquals(List.of("ETHUSDT 5m"), since(client, "unsubscribed").stream()
            .filter(message -> WsClient.isData(message, "klines"))
            .map(message -> message.get("data").get("symbol").textValue() + " " +
                message.get("data").get("interval").textValue()).toList());
    }

    @Test
    void shouldKeepEachSymbolToTheIntervalsAskedForIt()
    {
        subscribe("klines", "'symbol':'BTCUSDT','interval':'1m','conflateMs':0");
        subscribe("klines", "'symbol':'ETHUSDT','interval':'5m','conflateMs':0");

        bars(Frames.BTC, 100);
        bars(Frames.ETH, 200);

        client.await("5m", message -> "ETHUSDT".equals(message.path("data").path("symbol").asText()));
        assertTrue(client.receivedData("klines").stream().map(message -> message.get("data")).allMatch(data ->
            "BTCUSDT".equals(data.get("symbol").textValue()) == "1m".equals(data.get("interval").textValue())));
    }

    @Test
    void shouldStillTellTheLastValueOfOneSymbolWhenAnotherIsUnsubscribed()
    {
        subscribe("market-data", "'symbols':['BTCUSDT','ETHUSDT'],'conflateMs':1000");
        fixture.world.append(frames -> frames.quote(Frames.ETH, 222, 223));
        awaitBid("2.22");
        fixture.awaitOffset(fixture.world.append(frames -> frames.quote(Frames.ETH, 333, 334)));

        unsubscribe("market-data", "'symbol':'BTCUSDT'");

        awaitBid("3.33");
    }

    @Test
    void shouldStillTellTheLastValueOfOneSymbolWhenAnotherChangesTheConflation()
    {
        final WsClient quick = fixture.client("bob", Role.VIEWER);
        quick.send("{'type':'subscribe','channel':'market-data','data':{'symbol':'BTCUSDT','conflateMs':0}}")
            .await("subscribed");
        subscribe("market-data", "'symbol':'BTCUSDT','conflateMs':10000");
        fixture.world.append(frames -> frames.quote(Frames.BTC, 222, 223));
        awaitBid("2.22");
        fixture.world.append(frames -> frames.quote(Frames.BTC, 333, 334));
        quick.await("3.33", message -> "3.33".equals(message.path("data").path("bid").asText()));

        subscribe("market-data", "'symbol':'ETHUSDT','conflateMs':0");

        awaitBid("3.33");
    }

    @Test
    void shouldStillSendWhatWasMissedWhenASymbolIsAskedForAgain()
    {
        final long before = fixture.world.lastSequence();
        for (int i = 0; i < 1_500; i++)
        {
            fill(Frames.BTC);
        }
        fixture.awaitOffset(fixture.world.lastSequence());

        client.send("{'type':'subscribe','channel':'trades','data':{'symbol':'BTCUSDT'," + sinceOf(before) + "}}");
        client.send("{'type':'subscribe','channel':'trades','data':{'symbols':['BTCUSDT','ETHUSDT']}}");

        awaitOffset(fill(Frames.BTC));
        assertEquals(ofBtc, offsets("BTCUSDT"));
    }

    @Test
    void shouldNotRepeatOneSymbolsEventsWhenAnotherAsksForItsPast()
    {
        final long before = fixture.world.lastSequence();
        subscribe("trades", "'symbol':'BTCUSDT'");
        final long ofEth = fill(Frames.ETH);
        awaitOffset(fill(Frames.BTC));

        subscribe("trades", "'symbol':'ETHUSDT'," + sinceOf(before));

        awaitOffset(ofEth);
        awaitOffset(fill(Frames.BTC));
        assertEquals(ofBtc, offsets("BTCUSDT"));
    }

    @Test
    void shouldLoseNothingWhenSymbolsAskForTheirPastOneAfterTheOther()
    {
        final long before = fixture.world.lastSequence();
        for (int i = 0; i < 1_500; i++)
        {
            fill(Frames.BTC);
            fill(Frames.ETH);
        }
        final long late = fixture.world.lastSequence();
        fixture.awaitOffset(late);

        client.send("{'type':'subscribe','channel':'trades','data':{'symbol':'BTCUSDT'," + sinceOf(before) + "}}");
        client.send("{'type':'subscribe','channel':'trades','data':{'symbol':'ETHUSDT'," + sinceOf(late - 1) + "}}");

        final long newest = fill(Frames.BTC);
        client.awaitAll(message -> isEvent(message, late), message -> isEvent(message, newest));
        assertEquals(ofBtc, offsets("BTCUSDT"));
        assertEquals(List.of(late), offsets("ETHUSDT"));
    }

    private List<Long> offsets(final String symbol)
    {
        return client.receivedData("trades").stream().map(message -> message.get("data"))
            .filter(data -> symbol.equals(data.get("symbol").textValue()) && !data.path("snapshot").asBoolean())
            .map(data -> data.get("offset").longValue()).toList();
    }

    private String sinceOf(final long offset)
    {
        return "'since':{'epoch':'" + fixture.gateway.epoch() + "','offset':" + offset + "}";
    }

    private long fill(final int instrumentId)
    {
        final long tradeId = ++nextTradeId;
        final long offset = fixture.world.append(frames -> frames.fill(5, 0, instrumentId, tradeId, 1));
        if (Frames.BTC == instrumentId)
        {
            ofBtc.add(offset);
        }
        return offset;
    }

    private void bars(final int instrumentId, final long close)
    {
        fixture.world.append(frames -> frames.bar(instrumentId, BarInterval.M1, 0, close, true));
        fixture.world.append(frames -> frames.bar(instrumentId, BarInterval.M5, 0, close, true));
    }

    private void subscribe(final String channel, final String data)
    {
        client.send("{'type':'subscribe','channel':'" + channel + "','data':{" + data + "}}").await("subscribed");
    }

    private void unsubscribe(final String channel, final String data)
    {
        client.send("{'type':'unsubscribe','channel':'" + channel + "','data':{" + data + "}}").await("unsubscribed");
    }

    private void awaitBid(final String bid)
    {
        client.await(bid, message -> bid.equals(message.path("data").path("bid").asText()));
    }

    /** Waits for an event, not for a snapshot that has it, which may come while earlier ones are still owed. */
    private void awaitOffset(final long offset)
    {
        client.await("offset " + offset, message -> isEvent(message, offset));
    }

    private static boolean isEvent(final JsonNode message, final long offset)
    {
        return WsClient.isData(message, "trades") && !message.path("data").path("snapshot").asBoolean() &&
            offset == message.path("data").path("offset").asLong();
    }

    private List<String> symbolsSinceUnsubscribed(final String channel)
    {
        return since(client, "unsubscribed").stream().filter(message -> WsClient.isData(message, channel))
            .map(message -> message.get("data").get("symbol").textValue()).distinct().toList();
    }

    private static List<JsonNode> since(final WsClient client, final String type)
    {
        final List<JsonNode> received = client.received();
        int index = received.size();
        while (!type.equals(received.get(--index).path("type").asText()))
        {
            assertTrue(index > 0);
        }
        return received.subList(index, received.size());
    }
}
