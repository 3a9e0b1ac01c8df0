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

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.port.VenueSession;

/** The page in a real browser. Runs where Chromium is installed; in CI it must be. */
class PageTest
{
    private static final String[] CHROMIUM =
    {
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"
    };

    private static Playwright playwright;
    private static Browser browser;
    private final List<String> consoleErrors = new ArrayList<>();
    private GatewayFixture fixture;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch()
    {
        Path executable = null;
        for (final String candidate : CHROMIUM)
        {
            executable = null == executable && Files.isExecutable(Path.of(candidate)) ? Path.of(candidate) : executable;
        }
        assertFalse(null == executable && "true".equals(System.getenv("CI")), "CI must have Chromium installed");
        Assumptions.assumeTrue(null != executable, "Chromium is not installed");
        playwright = Playwright.create(new Playwright.CreateOptions()
            .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
            .setExecutablePath(executable)
            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    @AfterAll
    static void quit()
    {
        if (null != playwright)
        {
            playwright.close();
        }
    }

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), UnaryOperator.identity());
        fixture.world.append(frames -> frames.quote(Frames.BTC, 6_000_000, 6_000_010));
        fixture.world.append(frames -> frames.trade(Frames.BTC, 6_000_010, 1));
        open(ColorScheme.DARK, 1440, 900);
    }

    @AfterEach
    void stop()
    {
        if (null != context)
        {
            context.close();
        }
        fixture.close();
    }

    @Test
    void shouldShowPricesMoving()
    {
        signIn("ann", Role.VIEWER);
        final Locator last = page.locator("#markets tr[data-symbol='BTCUSDT binance'] td:nth-child(2)");
        await(last, "60\u202f000.10");

        fixture.world.append(frames -> frames.trade(Frames.BTC, 6_012_345, 2));

        await(last, "60\u202f123.45");
        assertEquals("live", page.locator("#link-text").textContent());
        assertEquals(List.of(), consoleErrors);
    }

    @Test
    void shouldStopAndStartABot()
    {
        signIn("ann", Role.OPERATOR);
        final Locator card = page.locator("article[data-bot='maker-btc']");

        card.locator("button[data-action='stop']").click();
        await(card.locator(".tag"), "stopped");
        card.locator("button[data-action='start']").click();
        await(card.locator(".tag"), "running");

        assertEquals(List.of("STOP_BOT maker-btc by ann", "START_BOT maker-btc by ann"), fixture.world.actions());
        assertEquals(List.of(), consoleErrors);
    }

    @Test
    void shouldNotOfferCommandsToAViewer()
    {
        signIn("ann", Role.VIEWER);
        await(page.locator("article[data-bot='maker-btc'] .tag"), "running");

        assertEquals(0, page.locator("#bots button").count());
        assertEquals(List.of(), consoleErrors);
    }

    @Test
    void shouldShowFillsOnceAndPnl()
    {
        signIn("ann", Role.VIEWER);
        fixture.world.append(frames -> frames.orderRequested(5, 0, Frames.BTC, 6_000_050, 100_000));
        fixture.world.append(frames -> frames.fill(5, 0, Frames.BTC, 77, 100_000));
        fixture.world.append(frames -> frames.botStatus(0, "maker-btc", BotState.RUNNING, 1_234_000_000L, 1));

        await(page.locator("#fills tbody tr td:nth-child(6)"), "60\u202f000.50");
        await(page.locator("#total-pnl"), "+12.33");

        assertEquals(1, page.locator("#fills tbody tr").count());
        await(page.locator("#orders tbody tr .tag"), "filled");
        assertEquals(List.of(), consoleErrors);
    }

    @Test
    void shouldRefuseABadTokenInWords()
    {
        page.navigate(fixture.url("/#token=nonsense"));

        page.locator("#sign-in-error:not(:empty)").waitFor();
        assertTrue(page.locator("#sign-in-error").textContent().contains("not a signed JWT"));
        assertFalse(page.url().contains("nonsense"));
        assertFalse(page.locator("#desk").isVisible());
    }

    @Test
    void shouldFitAPhoneAndShowLight() throws Exception
    {
        context.close();
        open(ColorScheme.LIGHT, 390, 844);
        busyDay();
        signIn("ann", Role.OPERATOR);
        page.locator("#fills tbody tr").first().waitFor();
        page.locator("#latency tbody tr").first().waitFor();

        final Object overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");

        assertEquals(0, ((Number)overflow).intValue());
        assertEquals("light", page.evaluate("document.documentElement.dataset.theme"));
        screenshot("phone-light");
        context.close();
        open(ColorScheme.DARK, 1440, 900);
        signIn("bob", Role.OPERATOR);
        page.locator("#fills tbody tr").first().waitFor();
        page.locator("#latency tbody tr").first().waitFor();
        for (int i = 0; i < 40; i++)
        {
            final int step = i;
            fixture.world.append(frames -> frames.trade(Frames.BTC, 6_000_000 + (step * 7919) % 4_001, 100 + step));
            fixture.world.append(frames -> frames.trade(Frames.ETH, 250_000 + (step * 104_729) % 907, 100 + step));
            page.waitForTimeout(170);
        }
        screenshot("desktop-dark");
        assertEquals(List.of(), consoleErrors);
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

    private void open(final ColorScheme scheme, final int width, final int height)
    {
        context = browser.newContext(new Browser.NewContextOptions()
            .setColorScheme(scheme).setViewportSize(width, height));
        page = context.newPage();
        page.onConsoleMessage(message ->
        {
            if ("error".equals(message.type()))
            {
                consoleErrors.add(message.text());
            }
        });
        page.onPageError(consoleErrors::add);
    }

    private void signIn(final String user, final Role role)
    {
        page.navigate(fixture.url("/#token=" + GatewayFixture.token(user, role)));
        page.locator("#desk").waitFor();
    }

    private void await(final Locator locator, final String text)
    {
        locator.waitFor();
        GatewayFixture.awaitTrue("the page shows " + text, () -> text.equals(locator.textContent()));
    }

    private void screenshot(final String name)
    {
        page.screenshot(new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", name + ".png")).setFullPage(true));
    }
}
