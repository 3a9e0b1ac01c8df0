package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import com.microsoft.playwright.WebSocketRoute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lockstep.gateway.client.auth.Role;

/** The page when its connection has trouble, in a real browser whose clock is moved on. */
class PageConnectionTest
{
    private static final int LOOKS = 20;

    @RegisterExtension
    private static final Chromium CHROMIUM = new Chromium();

    private TestWorld world;
    private GatewayFixture fixture;
    private BrowserPage page;

    @BeforeEach
    void start() throws Exception
    {
        world = GatewayFixture.aWorld();
        fixture = GatewayFixture.start(world, UnaryOperator.identity());
        page = BrowserPage.open(CHROMIUM.browser());
    }

    @AfterEach
    void stop()
    {
        page.close();
        fixture.close();
    }

    @Test
    void shouldFallBackAndComeBackWithoutALostOrDoubledFillWhenTheGatewayIsKilled() throws Exception
    {
        page.page.clock().install();
        page.signIn(fixture, "ann", Role.ADMIN);
        page.tab("fills");
        fills(1, 3);
        page.page.waitForCondition(() -> page.count("#fills tbody tr") == 3);

        fixture.close();
        page.awaitLight("wait");
        fills(4, 6);
        moveOnUntil("closed");
        assertTrue(page.at("#link-text").textContent().startsWith("Offline"));
        world.append(frames -> frames.sessionStarted(2));
        fills(7, 9);
        restart();
        moveOnUntil("open");

        page.page.waitForCondition(() -> page.count("#fills tbody tr") >= 9);
        assertEquals(expectedTrades(9), trades());
        page.at("#link").click();
        assertTrue(page.count("#link-list li") >= 4);
        page.assertNoConsoleErrorsButOfTheNetwork();
    }

    @Test
    void shouldTakeTheStreamWhenSocketsAreBlockedAndReturnByItself()
    {
        final AtomicBoolean isBlocked = new AtomicBoolean();
        final WebSocketRoute[] open = new WebSocketRoute[1];
        page.page.routeWebSocket("**/ws", socket ->
        {
            if (isBlocked.get())
            {
                socket.close();
            }
            else
            {
                socket.connectToServer();
                open[0] = socket;
            }
        });
        page.page.clock().install();
        page.signIn(fixture, "ann", Role.ADMIN);
        page.tab("fills");
        fills(1, 2);
        page.page.waitForCondition(() -> page.count("#fills tbody tr") == 2);

        isBlocked.set(true);
        open[0].close();
        moveOnUntil("fallback");
        page.awaitText("#link-text", "Fallback: stream");
        fills(3, 4);
        page.page.waitForCondition(() -> page.count("#fills tbody tr") == 4);
        assertTrue(page.bot("maker-btc").locator("button[data-action='kill']").isDisabled());
        page.press("maker-btc", "stop");
        page.awaitText(page.bot("maker-btc").locator(".tag"), "stopped");
        isBlocked.set(false);
        moveOnUntil("open");
        fills(5, 6);

        page.page.waitForCondition(() -> page.count("#fills tbody tr") >= 6);
        assertEquals(expectedTrades(6), trades());
        page.assertNoConsoleErrorsButOfTheNetwork();
    }

    @Test
    void shouldAskForATokenWhenItHasExpiredAndGoOnWithoutLosingAnything()
    {
        // As long as this machine needs to have the page there, several times over.
        final long beforeNs = System.nanoTime();
        page.signIn(fixture, "ann", Role.ADMIN);
        page.close();
        page = BrowserPage.open(CHROMIUM.browser());
        final Duration lifetime = Duration.ofSeconds(6).plusNanos(5 * (System.nanoTime() - beforeNs));
        page.signIn(fixture, GatewayFixture.MINTER.mint("ann", Role.ADMIN, lifetime, null, null));
        page.tab("fills");
        fills(1, 2);
        page.page.waitForCondition(() -> page.count("#fills tbody tr") == 2);

        page.at("#sign-in").waitFor();
        page.awaitText("#sign-in-error", "Your session has expired. Sign in again; nothing is lost.");
        page.awaitLight("closed");
        fills(3, 4);
        page.at("#token").fill(GatewayFixture.token("ann", Role.ADMIN));
        page.page.keyboard().press("Enter");

        page.awaitLight("open");
        page.page.waitForCondition(() -> page.count("#fills tbody tr") >= 4);
        assertEquals(expectedTrades(4), trades());
        assertFalse(page.at("#sign-in").isVisible());
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldRefuseABadTokenInWords()
    {
        page.page.navigate(fixture.url("/#token=nonsense"));

        page.at("#sign-in-error:not(:empty)").waitFor();

        assertTrue(page.at("#sign-in-error").textContent().contains("not a signed JWT"));
        assertFalse(page.page.url().contains("nonsense"));
        assertFalse(page.at("#desk").isVisible());
    }

    @Test
    void shouldMarkWhatIsOldAsStale()
    {
        page.page.clock().install();
        world.append(frames -> frames.quote(Frames.BTC, 6_000_000, 6_000_010));
        page.signIn(fixture, "ann", Role.VIEWER);
        page.at("#markets tr[data-symbol='binance:BTCUSDT']:not(.stale)").waitFor();

        page.page.clock().fastForward(32_000);
        page.at("#markets tr.stale[data-symbol='binance:BTCUSDT']").waitFor();
        world.append(frames -> frames.quote(Frames.BTC, 6_000_100, 6_000_110));

        page.at("#markets tr[data-symbol='binance:BTCUSDT']:not(.stale)").waitFor();
    }

    /**
     * Moves the page's clock past one wait after the other, until the light has a colour; and looks several times
     * before each, so that what is done at this machine's speed is not late by the page's clock.
     */
    private void moveOnUntil(final String state)
    {
        final int[] looks = {0};
        page.page.waitForCondition(() ->
        {
            if (0 == looks[0]++ % LOOKS)
            {
                page.page.clock().fastForward(2_000);
            }
            return state.equals(page.at("#light").getAttribute("data-state"));
        });
    }

    private void restart() throws IOException
    {
        final int port = fixture.gateway.port();
        fixture = GatewayFixture.start(world, config -> config.withPort(port));
    }

    private void fills(final int from, final int to)
    {
        for (int i = from; i <= to; i++)
        {
            final int trade = i;
            world.append(frames -> frames.fill(trade, 0, Frames.BTC, trade, 100_000));
        }
    }

    /** Newest first, as they stand on the page. */
    @SuppressWarnings("unchecked")
    private List<String> trades()
    {
        return (List<String>)page.at("#fills tbody tr").evaluateAll("rows => rows.map(row => row.dataset.trade)");
    }

    private static List<String> expectedTrades(final int count)
    {
        return IntStream.rangeClosed(1, count).mapToObj(i -> Integer.toString(count + 1 - i)).toList();
    }
}
