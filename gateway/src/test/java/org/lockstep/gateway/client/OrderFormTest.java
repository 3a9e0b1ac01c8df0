package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lockstep.gateway.client.auth.Role;

/** Orders entered on the page, in a real browser. */
class OrderFormTest
{
    @RegisterExtension
    private static final Chromium CHROMIUM = new Chromium();

    private GatewayFixture fixture;
    private BrowserPage page;

    @BeforeEach
    void start() throws Exception
    {
        final TestWorld world = GatewayFixture.aWorld();
        world.append(frames -> frames.defineAccount("savings", "bob"));
        world.append(frames -> frames.quote(Frames.BTC, 6_000_000, 6_000_010));
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
    void shouldAskOnWhichOfSeveralAccountsAnOrderIs()
    {
        open();
        assertEquals("", page.at(".order-form [name='account']").inputValue());
        assertEquals(List.of("\u2013", "paper", "savings"),
            page.at(".order-form [name='account'] option").allTextContents());

        page.at(".order-form [name='quantity']").fill("0.5");
        page.at(".order-form [name='price']").fill("61000");
        page.at(".order-form button[type='submit']").click();
        assertEquals(false, page.at(".order-form [name='account']").evaluate("node => node.validity.valid"));
        page.at(".order-form [name='account']").selectOption("savings");
        page.at(".order-form button[type='submit']").click();
        page.page.waitForCondition(() -> !fixture.world.actions().isEmpty());
        final long command = fixture.world.lastSequence();
        fixture.world.append(frames -> frames.account(1).causedBy(command)
            .orderRequested(5, 99, Frames.BTC, 6_100_000, 50_000));

        page.page.waitForCondition(() -> page.count(".order-form") == 0);
        assertEquals(List.of("SUBMIT_ORDER by ann BUY 50000 of 0 LIMIT 6100000 GTC account 1"),
            fixture.world.actions());
        page.assertNoConsoleErrors();
    }

    @Test
    void shouldSayInTheFormWhyTheEngineRefusedTheOrder()
    {
        open();
        page.at(".order-form [name='account']").selectOption("paper");
        page.at(".order-form [name='quantity']").fill("0.5");
        page.at(".order-form [name='price']").fill("61000");
        page.at(".order-form button[type='submit']").click();
        page.page.waitForCondition(() -> !fixture.world.actions().isEmpty());
        final long command = fixture.world.lastSequence();
        fixture.world.append(frames -> frames.orderRefused(command, 99, Frames.BTC, "a limit of the desk"));

        page.page.waitForCondition(() ->
            page.at(".order-form .error").textContent().contains("a limit of the desk"));
        page.page.keyboard().press("Escape");
        page.tab("orders");
        page.awaitText("#orders tbody tr td:nth-child(2)", "manual \u00b7 paper");
        page.awaitText("#orders tbody tr .tag", "rejected");
    }

    @Test
    void shouldShowThatABotIsRefused()
    {
        page.signIn(fixture, "ann", Role.ADMIN);
        fixture.world.append(frames -> frames.orderRefused(3, 0, Frames.BTC, "daily loss"));
        fixture.world.append(frames -> frames.orderRefused(3, 0, Frames.BTC, "daily loss"));

        page.awaitText(page.bot("maker-btc").locator(".refusals"), "orders refused: 2");
    }

    @Test
    void shouldReleaseTheKillSwitchOnlyWhileItIsOn()
    {
        page.signIn(fixture, "ann", Role.ADMIN);
        page.awaitText("#kill-switch", "Kill switch");
        page.at("#kill-switch").click();
        page.at("dialog.ask button[data-answer='on']").waitFor();
        assertEquals(0, page.count("dialog.ask button[data-answer='off']"));
        page.page.keyboard().press("Escape");
        fixture.world.append(frames -> frames.killSwitch("kill switch of everything on by ann"));
        page.awaitText("#kill-switch", "Kill switch is on");

        page.at("#kill-switch").click();
        page.at("dialog.ask button[data-answer='off']").click();

        page.page.waitForCondition(() -> !fixture.world.actions().isEmpty());
        assertEquals(List.of("KILL_SWITCH_OFF by ann account -1"), fixture.world.actions());
    }

    @Test
    void shouldSayInTheLanguageOfThePageWhichFieldIsWrong()
    {
        page.close();
        page = BrowserPage.open(CHROMIUM.browser(), ColorScheme.DARK, 1440, 900, "pt-BR");
        open();
        page.at(".order-form [name='account']").selectOption("savings");
        page.at(".order-form [name='quantity']").fill("0,5");
        page.at(".order-form [name='price']").fill("61000,001");
        page.at(".order-form button[type='submit']").click();

        page.awaitText(".order-form .error", "Pre\u00e7o: no m\u00e1ximo 2 casas decimais");
    }

    private void open()
    {
        page.signIn(fixture, "ann", Role.ADMIN);
        page.page.waitForCondition(() -> page.count("#markets tr[data-symbol='binance:BTCUSDT']") == 1);
        page.at("#new-order").click();
        page.at(".order-form [name='account']").waitFor();
    }
}
