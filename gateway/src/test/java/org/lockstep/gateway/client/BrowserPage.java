package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.lockstep.gateway.client.auth.Role;

/** The page in a real browser: needs Chromium, in CI it must be there. One thread. */
final class BrowserPage implements AutoCloseable
{
    private static final double TIMEOUT_MS = 60_000;

    private final List<String> consoleErrors = new ArrayList<>();
    private final BrowserContext context;
    final Page page;

    private BrowserPage(final BrowserContext context)
    {
        this.context = context;
        context.setDefaultTimeout(TIMEOUT_MS);
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

    static BrowserPage open(final Browser browser)
    {
        return open(browser, ColorScheme.DARK, 1440, 900, "en-US");
    }

    static BrowserPage open(
        final Browser browser, final ColorScheme scheme, final int width, final int height, final String locale)
    {
        return new BrowserPage(browser.newContext(new Browser.NewContextOptions()
            .setColorScheme(scheme).setViewportSize(width, height).setLocale(locale)));
    }

    void signIn(final GatewayFixture fixture, final String user, final Role role)
    {
        signIn(fixture, GatewayFixture.token(user, role));
    }

    void signIn(final GatewayFixture fixture, final String token)
    {
        page.navigate(fixture.url("/#token=" + token));
        page.locator("#desk").waitFor();
        awaitLight("open");
    }

    Locator at(final String selector)
    {
        return page.locator(selector);
    }

    Locator bot(final String name)
    {
        return page.locator("article[data-bot='" + name + "']");
    }

    void press(final String bot, final String action)
    {
        bot(bot).locator("button[data-action='" + action + "']").click();
    }

    void tab(final String name)
    {
        page.locator("[role=tab][data-tab='" + name + "']").click();
    }

    void awaitText(final String selector, final String text)
    {
        awaitText(page.locator(selector), text);
    }

    void awaitText(final Locator locator, final String text)
    {
        locator.waitFor(new Locator.WaitForOptions().setState(
            WaitForSelectorState.ATTACHED));
        page.waitForCondition(() -> text.equals(locator.textContent().strip()));
    }

    /** open = green, wait = yellow, fallback = blue, closed = red. */
    void awaitLight(final String state)
    {
        page.waitForCondition(() -> state.equals(page.locator("#light").getAttribute("data-state")));
    }

    int count(final String selector)
    {
        return page.locator(selector).count();
    }

    int overflowPx()
    {
        return ((Number)page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).intValue();
    }

    void screenshot(final String name)
    {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    void assertNoConsoleErrors()
    {
        assertEquals(List.of(), consoleErrors);
    }

    /** What the browser itself reports of a gateway that is not there does not count, all else does. */
    void assertNoConsoleErrorsButOfTheNetwork()
    {
        consoleErrors.removeIf(text -> text.contains("net::ERR_") || text.contains("WebSocket connection to"));
        assertNoConsoleErrors();
    }

    @Override
    public void close()
    {
        context.close();
    }
}
