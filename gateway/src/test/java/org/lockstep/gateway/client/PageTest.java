package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.port.VenueSession;

/** What the page shows and does, in a real browser. */
class PageTest
{
    private static final String CHART = "import('/vendor/echarts.js')" +
        ".then(charts => charts.getInstanceByDom(document.getElementById('chart')))";
    private static final String BTC_PRICE = "#markets tr[data-symbol='binance:BTCUSDT'] b";

    @RegisterExtension
    private static final Chromium CHROMIUM = new Chromium();

    private GatewayFixture fixture;
    private BrowserPage page;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), UnaryOperator.identity());
        fixture.world.append(frames -> frames.quote(Frames.BTC, 6_000_000, 6_000_010));
        fixture.world.append(frames -> frames.trade(Frames.BTC, 6_000_010, 1));
        page = BrowserPage.open(CHROMIUM.browser());
    }

    @AfterEach
    void stop()
    {
        page.close();
        fixture.close();
    }

    @Test
    void shouldShowPricesMoving()
    {
        page.signIn(fixture, "ann", Role.VIEWER);
        page.awaitText(BTC_PRICE, "60\u202f000.10");

        fixture.world.append(frames -> frames.trade(Frames.BTC, 6_012_345, 2));

        page.awaitText(BTC_PRICE, "60\u202f123.45");
        page.awaitText("#chart-last", "60\u202f123.45");
        page.awaitText("#link-text", "Live");
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldStopAndStartABot()
    {
        page.signIn(fixture, "ann", Role.ADMIN);

        page.press("maker-btc", "stop");
        page.awaitText(page.bot("maker-btc").locator(".tag"), "stopped");
        page.press("maker-btc", "start");
        page.awaitText(page.bot("maker-btc").locator(".tag"), "running");

        assertEquals(List.of("STOP_BOT maker-btc by ann", "START_BOT maker-btc by ann"), fixture.world.actions());
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldAskBeforeItKillsABot()
    {
        page.signIn(fixture, "ann", Role.ADMIN);

        page.press("maker-btc", "kill");
        page.page.keyboard().press("Escape");
        page.press("maker-btc", "kill");
        page.at("dialog.ask button[data-answer='no']").click();
        assertEquals(List.of(), fixture.world.actions());
        page.press("maker-btc", "kill");
        page.at("dialog.ask button[data-answer='yes']").click();

        page.awaitText(page.bot("maker-btc").locator(".tag"), "killed");
        assertEquals(List.of("KILL_BOT maker-btc by ann"), fixture.world.actions());
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldNotOfferCommandsToAViewer()
    {
        page.signIn(fixture, "ann", Role.VIEWER);
        page.awaitText(page.bot("maker-btc").locator(".tag"), "running");

        assertEquals(0, page.count("#bots button[data-action]"));
        assertFalse(page.at("#kill-switch").isVisible());
        assertFalse(page.at("#new-order").isVisible());
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldRefuseACommandOfAViewerWhoMadeTheButtonAppear() throws Exception
    {
        page.signIn(fixture, "ann", Role.VIEWER);

        final Object code = page.page.evaluate("import('/lockstep-client.js').then(m => " +
            "m.LockstepClient.shared({token: 'the one in use'}).command('maker-btc', 'stop')).catch(e => e.code)");

        assertEquals("forbidden", code);
        assertEquals(List.of(), fixture.world.actions());
    }

    @Test
    void shouldShowFillsOnceAndPnl()
    {
        page.signIn(fixture, "ann", Role.ADMIN);
        fixture.world.append(frames -> frames.orderRequested(5, 0, Frames.BTC, 6_000_050, 100_000));
        fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 77, 100_000));
        fixture.world.append(frames -> frames.botStatus(0, "maker-btc", BotState.RUNNING, 1_234_000_000L, 1));

        page.tab("fills");
        page.awaitText("#fills tbody tr td:nth-child(6)", "60\u202f000.50");
        page.awaitText("#total-pnl", "+12.33");

        assertEquals(1, page.count("#fills tbody tr"));
        page.tab("orders");
        page.awaitText("#orders tbody tr .tag", "filled");
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldShowWhatRoundsToNothingWithoutASign()
    {
        fixture.world.append(frames -> frames.botStatus(0, "maker-btc", BotState.RUNNING, -2_000L, 0));

        page.signIn(fixture, "ann", Role.ADMIN);

        page.awaitText("#bots article[data-bot='grid-eth'] .pnl", "0.00");
        page.awaitText("#bots article[data-bot='maker-btc'] dd >> nth=0", "0.00");
        assertEquals("", page.at("#bots article[data-bot='maker-btc'] dd").first().evaluate("node => node.className"));
    }

    @Test
    void shouldShowTheBookAndKeepItWhole()
    {
        fixture.world.append(frames -> frames.bookSnapshot(Frames.BTC, 6_000_000, 6_000_010));
        page.signIn(fixture, "ann", Role.VIEWER);
        page.awaitText("#ladder .rung.bid span >> nth=0", "60\u202f000.00");

        fixture.world.append(frames -> frames.bookDelta(Frames.BTC, 6_000_005, 30_000, Side.BUY));
        page.awaitText("#ladder .rung.bid span >> nth=0", "60\u202f000.05");
        fixture.world.append(frames -> frames.bookDelta(Frames.BTC, 6_000_005, 0, Side.BUY));

        page.awaitText("#ladder .rung.bid span >> nth=0", "60\u202f000.00");
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldDrawCandles()
    {
        for (int i = 0; i < 12; i++)
        {
            final int minute = i;
            fixture.world.append(frames -> frames.bar(
                Frames.BTC, BarInterval.M1, minute * 60_000L, 6_000_000 + minute * 100, true));
        }
        page.signIn(fixture, "ann", Role.VIEWER);

        page.at("#chart canvas").waitFor();

        page.page.waitForCondition(() ->
            "Chart of BTCUSDT, 1m: last 60\u202f011.00".equals(page.at("#chart").getAttribute("aria-label")));
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldKeepTheNewestBarInSightUnlessSomebodyLooksBack()
    {
        bars(0, 250);
        page.signIn(fixture, "ann", Role.VIEWER);
        page.at("#chart canvas").waitFor();
        awaitWindow("100..249 of 250");

        bars(250, 253);
        awaitWindow("103..252 of 253");
        page.page.evaluate(CHART +
            ".then(chart => chart.dispatchAction({ type: 'dataZoom', startValue: 20, endValue: 90 }))");
        bars(253, 255);
        awaitWindow("20..90 of 255");
        page.assertNoConsoleErrors();
    }

    private void bars(final int from, final int to)
    {
        for (int i = from; i < to; i++)
        {
            final int minute = i;
            fixture.world.append(frames -> frames.bar(
                Frames.BTC, BarInterval.M1, minute * 60_000L, 6_000_000 + minute * 100, true));
        }
    }

    private void awaitWindow(final String window)
    {
        page.page.waitForCondition(() -> window.equals(page.page.evaluate(CHART + ".then(chart => chart?.getOption())" +
            ".then(now => now?.dataZoom ? `${now.dataZoom[0].startValue}..${now.dataZoom[0].endValue} of " +
            "${now.xAxis[0].data.length}` : '')")));
    }

    @Test
    void shouldNotShowPricesThatNoFeedRenewsAsThoseOfTheMarket()
    {
        page.signIn(fixture, "ann", Role.VIEWER);
        page.awaitText("#chart-last", "60\u202f000.10");
        assertFalse(page.at("#chart-feed").isVisible());

        fixture.world.append(frames -> frames.feed(Frames.BTC, FeedState.RECONNECTING, "connection lost"));
        page.awaitText("#chart-feed", "reconnecting");
        awaitOpacityOfTheBook("0.45");

        fixture.world.append(frames -> frames.feed(Frames.BTC, FeedState.CONNECTED, ""));
        page.awaitText("#chart-feed", "");
        awaitOpacityOfTheBook("1");
        page.assertNoConsoleErrors();
    }

    private void awaitOpacityOfTheBook(final String opacity)
    {
        page.page.waitForCondition(() -> opacity.equals(
            page.at("#ladder").evaluate("ladder => getComputedStyle(ladder).opacity")));
    }

    @Test
    void shouldSayThatItLoadsUntilItKnowsThatThereIsNothing()
    {
        final Map<String, String> nothing = Map.of("positions", "All flat.", "orders", "No order yet.",
            "fills", "No fill yet.", "signals", "No signal yet.", "alerts", "Nothing to report.",
            "bots", "No bot is defined.");
        final List<WebSocketFrame> held = new ArrayList<>();
        final List<WebSocketRoute> sockets = new ArrayList<>();
        page.page.routeWebSocket("**/ws", socket ->
        {
            sockets.add(socket);
            socket.connectToServer().onMessage(frame ->
            {
                if (frame.text().contains("\"type\":\"data\""))
                {
                    held.add(frame);
                }
                else
                {
                    socket.send(frame.text());
                }
            });
        });

        page.signIn(fixture, "nobody", Role.VIEWER);

        nothing.keySet().forEach(panel -> page.awaitText("#" + panel + "-empty", "Loading \u2026"));
        assertTrue(page.at("#bots-empty").boundingBox().y < page.at("#alerts-empty").boundingBox().y / 2);
        page.page.waitForCondition(() -> held.stream().anyMatch(frame -> frame.text().contains("system-health")));
        // More may come while these are sent.
        List.copyOf(held).forEach(frame -> sockets.get(0).send(frame.text()));
        nothing.forEach((panel, text) -> page.awaitText("#" + panel + "-empty", text));
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldShowEverythingAboutABot()
    {
        busyDay();
        page.signIn(fixture, "ann", Role.ADMIN);
        page.tab("positions");
        page.awaitText("#positions tbody tr td:nth-child(1)", "maker-btc");

        page.at("article[data-bot='maker-btc'] .name").click();

        page.at("dialog.sheet").waitFor();
        page.page.waitForCondition(() -> page.count("dialog.sheet tbody tr") > 3);
        page.page.keyboard().press("Escape");
        page.page.waitForCondition(() -> page.count("dialog.sheet") == 0);
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldPlaceAnOrderAndStopEverythingForAnAdmin()
    {
        page.signIn(fixture, "ann", Role.ADMIN);
        page.awaitText(BTC_PRICE, "60\u202f000.10");

        page.at("#new-order").click();
        page.at(".order-form [data-side='sell']").click();
        page.at(".order-form [name='quantity']").fill("0.5");
        page.at(".order-form [name='price']").fill("61000.001");
        page.at(".order-form button[type='submit']").click();
        page.awaitText(".order-form .error", "Price: at most 2 decimals");
        page.at(".order-form [name='price']").fill("61000");
        page.at(".order-form button[type='submit']").click();
        page.page.waitForCondition(() -> fixture.world.actions().size() == 1);
        final long command = fixture.world.lastSequence();
        fixture.world.append(frames -> frames.causedBy(command).orderRequested(5, 0, Frames.BTC, 6_100_000, 50_000));
        page.page.waitForCondition(() -> page.count(".order-form") == 0);
        page.at("#kill-switch").click();
        page.at("dialog.ask button[data-answer='on']").click();
        page.page.waitForCondition(() -> fixture.world.actions().size() == 2);
        fixture.world.append(frames -> frames.killSwitch("kill switch of everything on by ann"));
        page.awaitText("#kill-switch", "Kill switch is on");

        assertEquals(List.of("SUBMIT_ORDER by ann SELL 50000 of 0 LIMIT 6100000 GTC account 0",
            "KILL_SWITCH_ON by ann account -1"), fixture.world.actions());
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldTakeAmountsAsTheyAreWrittenInTheLanguageOfThePage()
    {
        page.close();
        page = BrowserPage.open(CHROMIUM.browser(), ColorScheme.DARK, 1440, 900, "pt-BR");
        page.signIn(fixture, "ann", Role.ADMIN);
        page.awaitText(BTC_PRICE, "60.000,10");
        page.at("#new-order").click();
        page.at(".order-form [name='quantity']").fill("0,5");
        page.at(".order-form [name='price']").fill("61.000");
        page.at(".order-form button[type='submit']").click();
        assertEquals(false, page.at(".order-form [name='price']").evaluate("node => node.validity.valid"));
        assertEquals(List.of(), fixture.world.actions());

        page.at(".order-form [name='price']").fill("61000,5");
        page.at(".order-form button[type='submit']").click();

        page.page.waitForCondition(() -> fixture.world.actions().size() == 1);
        assertEquals(List.of("SUBMIT_ORDER by ann BUY 50000 of 0 LIMIT 6100050 GTC account 0"),
            fixture.world.actions());
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldTellAlertsThatRepeatOnceWithTheirCountAlsoWhenTheyAlternate()
    {
        page.signIn(fixture, "ann", Role.ADMIN);
        for (int i = 0; i < 3; i++)
        {
            fixture.world.append(frames -> frames.orderRejected(3, 0, Frames.BTC, "would take liquidity"));
            fixture.world.append(frames -> frames.orderRejected(4, 1, Frames.ETH, "would take liquidity"));
        }

        page.page.waitForCondition(() -> page.count("#alerts li.warning") == 2 &&
            page.at("#alerts").textContent().chars().filter(c -> '×' == c).count() == 2);

        page.awaitText("#alerts li >> nth=0 >> small", "×3");
        page.awaitText("#alerts li >> nth=1 >> small", "×3");
    }

    @Test
    void shouldSayHowToGetATokenInFull()
    {
        page.page.navigate(fixture.url("/"));

        page.awaitText("#sign-in-hint", "Paste a token. lockstep token --user NAME --role ROLE --config FILE makes " +
            "one; for a demo, --dir DIR instead of --config FILE.");
    }

    @Test
    void shouldMarkTheFillsOfABarBesideItOnceASide()
    {
        fixture.world.append(frames -> frames.bar(Frames.BTC, BarInterval.M1, 60_000L, 6_000_000, false));
        page.signIn(fixture, "ann", Role.ADMIN);
        page.at("#chart canvas").waitFor();

        final Object marks = page.page.evaluate("import('/chart.js').then(({ perBar }) => JSON.stringify(perBar(" +
            "[1, 2, 3, 4, 5, 6].map(i => ({ time: i, side: i < 6 ? 'buy' : 'sell', text: 'f' + i })), () => 7)))");

        assertEquals("[{\"index\":7,\"side\":\"buy\",\"texts\":[\"f5\",\"f4\",\"f3\",\"f2\",\"+ 1\"]}," +
            "{\"index\":7,\"side\":\"sell\",\"texts\":[\"f6\"]}]", marks);
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldRankTheMarket()
    {
        busyDay();
        page.signIn(fixture, "ann", Role.VIEWER);

        page.tab("scanner");

        page.page.waitForCondition(() -> page.count("#scanner tbody tr") == 2);
        page.at("#scanner th button").nth(1).click();
        page.awaitText("#scanner tbody tr td:nth-child(2) >> nth=0", "BTCUSDT");
        page.at("#scanner th button").nth(1).click();
        page.awaitText("#scanner tbody tr td:nth-child(2) >> nth=0", "ETHUSDT");
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldSpeakPortugueseToWhoDoesAndSwitch()
    {
        page.close();
        page = BrowserPage.open(CHROMIUM.browser(), ColorScheme.DARK, 1440, 900, "pt-BR");
        page.signIn(fixture, "ann", Role.ADMIN);
        page.awaitText("#h-bots", "Robôs");
        page.awaitText(page.bot("maker-btc").locator(".tag"), "ativo");
        page.awaitText(BTC_PRICE, "60.000,10");
        assertEquals("pt-BR", page.page.evaluate("document.documentElement.lang"));
        fixture.world.append(frames -> frames.killSwitch(-1, true, "of everything, by bob"));
        page.awaitText("#kill-switch", "Parada geral ativa");
        page.page.waitForCondition(() -> page.at("#alerts").textContent().contains("parada: of everything, by bob"));
        fixture.world.append(frames -> frames.killSwitch(-1, true, "kill switch of everything on by bob"));
        page.page.waitForCondition(() -> page.at("#alerts").textContent().contains("parada geral ativada por bob"));

        page.at("#language").click();

        page.page.waitForCondition(() ->
            page.at("#alerts").textContent().contains("kill switch of everything on by bob"));
        assertFalse(page.at("#alerts").textContent().contains("parada"));

        page.awaitText("#h-bots", "Bots");
        page.awaitText(page.bot("maker-btc").locator(".tag"), "running");
        page.awaitText(BTC_PRICE, "60\u202f000.10");
        assertEquals("en", page.page.evaluate("document.documentElement.lang"));
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldHaveTheSameWordsInBothLanguages()
    {
        page.page.navigate(fixture.url("/"));

        final Object missing = page.page.evaluate("import('/words.js').then(({ WORDS }) => {" +
            "const [en, pt] = [WORDS.en, WORDS['pt-BR']].map(words => Object.keys(words).sort().join());" +
            "const used = [...document.querySelectorAll('[data-t]')].map(node => node.dataset.t);" +
            "return [en === pt, used.filter(key => !(key in WORDS.en)).join()].join(' ') })");

        assertEquals("true ", missing);
    }

    @Test
    void shouldBeUsableWithTheKeyboardAlone()
    {
        page.signIn(fixture, "ann", Role.ADMIN);
        page.awaitText(page.bot("maker-btc").locator(".tag"), "running");

        page.at("#blotter-tabs [role=tab]").first().focus();
        page.page.keyboard().press("ArrowRight");
        assertEquals("orders", page.page.evaluate("document.activeElement.dataset.tab"));
        assertTrue(page.at("#orders-panel").isVisible());
        assertFalse(page.at("#positions-panel").isVisible());
        page.bot("maker-btc").locator("button[data-action='stop']").focus();
        page.page.keyboard().press("Enter");

        page.awaitText(page.bot("maker-btc").locator(".tag"), "stopped");
        page.page.waitForCondition(() -> "start".equals(page.page.evaluate("document.activeElement.dataset.action")));
        assertEquals("solid", page.page.evaluate("getComputedStyle(document.activeElement).outlineStyle"));
    }

    @Test
    void shouldFitAPhoneAndShowLight()
    {
        page.close();
        page = BrowserPage.open(CHROMIUM.browser(), ColorScheme.LIGHT, 390, 844, "en-US");
        busyDay();
        page.signIn(fixture, "ann", Role.ADMIN);
        page.awaitText(BTC_PRICE, "60\u202f000.10");
        assertEquals("light", page.page.evaluate("document.documentElement.dataset.theme"));

        for (final String view : List.of("markets", "chart", "bots", "blotter", "side"))
        {
            page.at("#views [data-view='" + view + "']").click();
            assertEquals(0, page.overflowPx(), view);
            final Object sideways = page.page.evaluate("[...document.querySelectorAll('.scroll')].filter(node => " +
                "node.offsetParent && node.scrollWidth > node.clientWidth + 1).map(node => node.id).join()");
            assertEquals("", sideways, view);
            page.screenshot("phone-light-" + view);
        }
        page.at("#views [data-view='bots']").click();
        page.at("article[data-bot='maker-btc'] .name").click();
        page.at("dialog.sheet tbody tr").first().waitFor();
        assertEquals(0, page.at("dialog.sheet").evaluate("node => node.scrollWidth - node.clientWidth"));
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldServeEveryPartOfThePage() throws Exception
    {
        final Path root = Path.of(System.getProperty("lockstep.root"));
        try (Stream<Path> files = Files.list(
            root.resolve("gateway/src/main/resources/org/lockstep/gateway/client/page")))
        {
            for (final Path file : (Iterable<Path>)files::iterator)
            {
                assertEquals(200, fixture.get("/" + file.getFileName(), null).statusCode(), file.toString());
            }
        }
    }

    private void busyDay()
    {
        fixture.world.venueSessions(List.of(
            new VenueSession("binance", "market", "live", true, 0, 412_490, 412_400, 90, 0, 0, 1)));
        fixture.world.append(frames -> frames.ticker(Frames.BTC, 5_890_000, 6_000_010));
        fixture.world.append(frames -> frames.ticker(Frames.ETH, 256_000, 250_100));
        fixture.world.append(frames -> frames.quote(Frames.ETH, 250_090, 250_110));
        fixture.world.append(frames -> frames.trade(Frames.ETH, 250_100, 9));
        fixture.world.append(frames -> frames.timeSync(1_250_000, 34_800_000));
        fixture.world.append(frames -> frames.botStatus(0, "maker-btc", BotState.RUNNING, 8_130_000_000L, 24));
        fixture.world.append(frames -> frames.botStatus(1, "grid-eth", BotState.PAUSED, -213_000_000L, 6));
        fixture.world.append(frames -> frames.position(0, Frames.BTC, 25_000, 5_995_013));
        for (int i = 0; i < 12; i++)
        {
            final int order = i;
            fixture.world.append(frames -> frames.orderRequested(order, order % 2, order % 2, 6_000_050, 25_000));
            fixture.world.append(frames -> frames.orderAccepted(order, order % 2, order % 2));
            if (i % 3 != 0)
            {
                fixture.world.append(frames -> frames.fill(order, order % 2, order % 2, 70 + order, 25_000));
            }
        }
        fixture.world.append(frames -> frames.orderRejected(3, 1, Frames.ETH, "order notional above the limit"));
        fixture.world.append(frames -> frames.signal(0, Frames.BTC, "skew"));
        fixture.world.append(frames -> frames.feed(-1, FeedState.RECONNECTING, "connection reset"));
        fixture.world.append(frames -> frames.feed(-1, FeedState.CONNECTED, "connected again"));
        fixture.world.append(frames -> frames.alert(0, "kill switch armed by ann"));
    }
}
