package org.lockstep.gateway.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.event.codec.InstrumentDefinedDecoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.QuoteDecoder;
import org.lockstep.engine.event.codec.TimeSyncDecoder;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.net.ScriptedVenue.Reply;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.SessionState;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Limits;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig.Times;

class BinanceSubscriptionTest
{
    private final FeedFixture fixture = new FeedFixture();
    private final ScriptedVenue venue = fixture.venue;

    @AfterEach
    void close()
    {
        fixture.close();
    }

    @Test
    void shouldKeepASubscriptionThatIsPendingWhenANewConnectionTakesOver() throws Exception
    {
        fixture.startLive("BTCUSDT");
        venue.connection(0).acknowledges = false;

        final CompletableFuture<Instrument> added = fixture.feed.subscribe("ETHUSDT");
        Await.until("asked", () -> asked(venue.connection(0), "ethusdt@trade"));
        final CompletableFuture<Boolean> removed = fixture.feed.unsubscribe(0);
        Await.until("asked", () -> asked(venue.connection(0), "UNSUBSCRIBE"));
        venue.connection(0).send("{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1}}");

        assertEquals("ETHUSDT", added.get(60, TimeUnit.SECONDS).symbol());
        assertTrue(removed.get(60, TimeUnit.SECONDS));
        assertEquals(1, fixture.counters.plannedReconnects());
        assertEquals(0, fixture.counters.reconnects());
    }

    @Test
    void shouldServeEverybodyWhoSubscribesTheSameSymbol() throws Exception
    {
        fixture.startLive("BTCUSDT");

        final List<CompletableFuture<Instrument>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++)
        {
            all.add(fixture.feed.subscribe("ETHUSDT"));
        }

        for (final CompletableFuture<Instrument> each : all)
        {
            assertEquals(1, each.get(60, TimeUnit.SECONDS).id());
        }
        assertEquals(1, fixture.feed.subscribe("ETHUSDT").get(60, TimeUnit.SECONDS).id());
    }

    @Test
    void shouldFailASubscriptionThatIsRemovedBeforeItsBookIsInSync() throws Exception
    {
        fixture.startLive("BTCUSDT");
        venue.reply("/api/v3/depth", query -> new Reply(503, "down", Map.of()));

        final CompletableFuture<Instrument> added = fixture.feed.subscribe("ETHUSDT");
        Await.until("asked for a snapshot", () -> venue.requestCount("/api/v3/depth?symbol=ETHUSDT") > 0);
        final boolean isRemoved = fixture.feed.unsubscribe(1).get(60, TimeUnit.SECONDS);

        assertTrue(isRemoved);
        final ExecutionException ex = assertThrows(ExecutionException.class, () -> added.get(60, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, ex.getCause());
        assertTrue(ex.getMessage().contains("ETHUSDT was unsubscribed"), ex.getMessage());
    }

    @Test
    void shouldConfirmARemovalWhenItsConnectionIsLost() throws Exception
    {
        fixture.startLive("BTCUSDT", "ETHUSDT");
        venue.connection(0).acknowledges = false;

        final CompletableFuture<Boolean> removed = fixture.feed.unsubscribe(1);
        Await.until("asked", () -> asked(venue.connection(0), "UNSUBSCRIBE"));
        venue.connection(0).drop();

        assertTrue(removed.get(60, TimeUnit.SECONDS));
        Await.until("live", () -> SessionState.LIVE == fixture.feed.state());
        assertFalse(asked(venue.connection(1), "ethusdt"));
    }

    @Test
    void shouldFailOnlyTheSymbolThatTheVenueDoesNotList() throws Exception
    {
        fixture.startLive("BTCUSDT");
        venue.reply("/api/v3/exchangeInfo", Symbols.exchangeInfo(Set.of("NOSUCH")));

        final List<CompletableFuture<Instrument>> good = new ArrayList<>();
        good.add(fixture.feed.subscribe("AAAUSDT"));
        final CompletableFuture<Instrument> bad = fixture.feed.subscribe("NOSUCH");
        for (int i = 0; i < 6; i++)
        {
            good.add(fixture.feed.subscribe("S" + i + "XUSDT"));
        }

        for (final CompletableFuture<Instrument> each : good)
        {
            each.get(60, TimeUnit.SECONDS);
        }
        final ExecutionException ex = assertThrows(ExecutionException.class, () -> bad.get(60, TimeUnit.SECONDS));
        assertInstanceOf(IllegalArgumentException.class, ex.getCause());
        assertTrue(ex.getMessage().contains("NOSUCH"), ex.getMessage());
        assertEquals(8, fixture.directory.size());
    }

    @Test
    void shouldOpenAnotherConnectionWhenOneIsFull() throws Exception
    {
        final Limits limits = new Limits(10, 100, 1000, 100, 1_000_000, 300, 4, 10_000);
        fixture.startLive(config -> config.with(limits, FeedFixture.FAST), "BTCUSDT");

        final List<CompletableFuture<Instrument>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++)
        {
            all.add(fixture.feed.subscribe("S" + i + "XUSDT"));
        }
        for (final CompletableFuture<Instrument> each : all)
        {
            each.get(60, TimeUnit.SECONDS);
        }

        assertEquals(3, venue.connections.size());
        for (final ScriptedVenue.Connection connection : venue.connections)
        {
            final Set<String> streams = new HashSet<>();
            connection.texts.forEach(text ->
                streams.addAll(List.of(text.replaceAll(".*\\[|\\].*|\"", "").split(","))));
            assertEquals(10, streams.size(), connection.texts.toString());
        }
    }

    @Test
    void shouldShareRequestsAmongThoseWhoSubscribeTogether() throws Exception
    {
        fixture.startLive("BTCUSDT");
        final long requestsBefore = venue.requestCount("/api/v3/exchangeInfo");

        final List<CompletableFuture<Instrument>> all = new ArrayList<>();
        final CountDownLatch isAsked = new CountDownLatch(1);
        fixture.group.next().execute(() -> Await.until("asked", () -> 0 == isAsked.getCount()));
        for (int i = 0; i < 60; i++)
        {
            all.add(fixture.feed.subscribe("S" + (100 + i) + "USDT"));
        }
        isAsked.countDown();
        for (final CompletableFuture<Instrument> each : all)
        {
            each.get(60, TimeUnit.SECONDS);
        }

        final long requests = venue.requestCount("/api/v3/exchangeInfo") - requestsBefore;
        assertTrue(requests < 10, requests + " requests for 60 symbols");
        assertTrue(venue.connection(0).texts.size() < 15, venue.connection(0).texts.size() + " frames");
    }

    @Test
    void shouldHaltADelistedSymbolAndReloadTheOthers() throws Exception
    {
        final Times times = new Times(
            1, 20_000, 120_000, 60_000, 5, 20, 120_000, 60_000, 20, 86_400_000, 50, 1, 5, 60_000, 86_400_000, 1000);
        fixture.startLive(config -> config.with(FeedFixture.LIMITS, times), "BTCUSDT", "ETHUSDT", "XRPUSDT");

        venue.reply("/api/v3/exchangeInfo", query ->
        {
            final String asked = String.join(",", Symbols.symbols(query));
            return asked.contains("ETHUSDT") ?
                new Reply(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", Map.of()) :
                Reply.ok(Symbols.exchangeInfo().apply(query).body().replace("\"5.00000000\"", "\"7.00000000\""));
        });
        Await.until("reloaded", () -> 7_00000000L == instrument("BTCUSDT").minNotional() &&
            7_00000000L == instrument("XRPUSDT").minNotional());
        Await.until("halted", () -> InstrumentStatus.HALTED == instrument("ETHUSDT").status());

        final InstrumentDefinedDecoder definition = new InstrumentDefinedDecoder();
        Await.until("published", () -> fixture.frames.frames(InstrumentDefinedDecoder.TEMPLATE_ID).stream()
            .map(frame -> definition.wrapAndApplyHeader(frame, 0, new FrameHeaderDecoder()))
            .anyMatch(decoder -> InstrumentStatus.HALTED == decoder.status()));
        assertEquals(InstrumentStatus.TRADING, instrument("BTCUSDT").status());
    }

    @Test
    void shouldListEverySymbolTheVenueOffersAndLeaveOutOddities() throws Exception
    {
        fixture.startLive("BTCUSDT");
        venue.reply("/api/v3/exchangeInfo", query -> Reply.ok("{\"symbols\":[" + Symbols.description("AAAUSDT") +
            ",{\"symbol\":\"ODD\"}," + Symbols.description("BBBUSDT").replace("TRADING", "BREAK") + "]}"));

        final List<InstrumentDescriptor> listed = fixture.feed.listing().get(60, TimeUnit.SECONDS);
        final List<InstrumentDescriptor> again = fixture.feed.listing().get(60, TimeUnit.SECONDS);

        assertEquals(List.of("AAAUSDT", "BBBUSDT"), listed.stream().map(InstrumentDescriptor::symbol).toList());
        assertEquals(InstrumentStatus.HALTED, listed.get(1).status());
        assertEquals(listed, again);
        assertEquals(1, venue.requests.stream().filter("/api/v3/exchangeInfo"::equals).count());
    }

    @Test
    void shouldSayWhenTheListingCannotBeHadAndAskAgainNextTime() throws Exception
    {
        fixture.startLive("BTCUSDT");
        venue.reply("/api/v3/exchangeInfo", query -> Reply.ok("no JSON"));

        final ExecutionException ex =
            assertThrows(ExecutionException.class, () -> fixture.feed.listing().get(60, TimeUnit.SECONDS));
        venue.reply("/api/v3/exchangeInfo", query ->
            Reply.ok("{\"symbols\":[" + Symbols.description("AAAUSDT") + "]}"));

        assertInstanceOf(IllegalStateException.class, ex.getCause());
        assertEquals(1, fixture.feed.listing().get(60, TimeUnit.SECONDS).size());
    }

    @Test
    void shouldGoOnAfterAFaultThatIsNotAHaltedPipeline() throws Exception
    {
        fixture.startLive("BTCUSDT");
        Await.until("the clock's frame", () -> 1 == fixture.frames.frames(TimeSyncDecoder.TEMPLATE_ID).size());

        fixture.frames.failNext(new IllegalStateException("a fault"));
        venue.connection(0).send(FeedFixture.quote("BTCUSDT", 1));
        venue.connection(0).send(FeedFixture.quote("BTCUSDT", 2));
        Await.until("second quote", () -> 1 == fixture.frames.frames(QuoteDecoder.TEMPLATE_ID).size());

        assertEquals(1, fixture.counters.rejected(RejectKind.FAULT));
        assertEquals(SessionState.LIVE, fixture.feed.state());
    }

    @Test
    void shouldMeasureTheVenuesClockAndAgainWhenAsked() throws Exception
    {
        fixture.startLive("BTCUSDT");

        Await.until("measured", () -> fixture.feed.venueClock().isMeasured());
        final long firstNs = fixture.feed.venueClock().measuredAtNs();
        fixture.feed.venueClock().measureNow();
        Await.until("measured again", () -> fixture.feed.venueClock().measuredAtNs() > firstNs);

        assertEquals(5e9, fixture.feed.venueClock().offsetNs(), 2e6 + fixture.feed.venueClock().roundTripNs());
        assertTrue(fixture.feed.venueClock().roundTripNs() > 0);
        assertEquals(10, venue.requestCount("/api/v3/time"));
    }

    private Instrument instrument(final String symbol)
    {
        return fixture.directory.find(Venue.BINANCE, symbol);
    }

    private static boolean asked(final ScriptedVenue.Connection connection, final String what)
    {
        return connection.texts.stream().anyMatch(text -> text.contains(what));
    }
}
