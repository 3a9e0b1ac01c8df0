package org.lockstep.gateway.client.http;

import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.Figures;
import org.lockstep.gateway.client.view.Reader;

/**
 * Figures of bots and accounts for Prometheus, of those that whoever scrapes may see: accounts are kept apart here too.
 * Client event loop only.
 */
final class BotMetrics
{
    private static final Reader NOBODY = new Reader("", false);

    private final PrometheusRegistry registry;
    private final Figures figures;
    private Reader reader = NOBODY;

    BotMetrics(final PrometheusRegistry registry, final ClientView view)
    {
        this.registry = registry;
        figures = new Figures(view);
        GaugeWithCallback.builder()
            .name("lockstep_kill_switch")
            .help("1 while the kill switch of everything is on")
            .callback(callback -> callback.call(figures.isKilled() ? 1 : 0))
            .register(registry);
        gauge("pnl", "Result with what is open, less fees",
            bot -> bot.realisedPnl() + bot.unrealisedPnl() - bot.fees());
        gauge("realised_pnl", "Result of what is closed", Figures.Bot::realisedPnl);
        gauge("unrealised_pnl", "Result of what is open", Figures.Bot::unrealisedPnl);
        gauge("fees", "Fees paid", Figures.Bot::fees);
        gauge("open_orders", "Orders that work", Figures.Bot::openOrders);
        counter("fills", "Executions", Figures.Bot::fills);
        counter("orders_requested", "Orders sent", Figures.Bot::ordersRequested);
        counter("orders_refused", "Orders that risk or the venue refused", Figures.Bot::ordersRefused);
        gauge("lockstep_bot_state", "1, with the state of the bot", callback -> figures.bots(reader).forEach(
            bot -> callback.call(1, bot.name(), bot.account(), bot.state())), "bot", "account", "state");
        gauge("lockstep_bot_position", "Quantity held", callback -> figures.positions(reader).forEach(
            position -> callback.call(position.quantity(), position.bot(), position.account(), position.symbol())),
            "bot", "account", "symbol");
        gauge("lockstep_account_kill_switch", "1 while nothing on the account may trade",
            callback -> figures.killSwitches(reader).forEach(
                killSwitch -> callback.call(killSwitch.isOn() ? 1 : 0, killSwitch.account())), "account");
        gauge("lockstep_account_free", "Money to trade with", callback -> figures.balances(reader).forEach(
            balance -> callback.call(balance.free(), balance.account(), balance.asset())), "account", "asset");
        gauge("lockstep_account_locked", "Money that open orders hold", callback -> figures.balances(reader).forEach(
            balance -> callback.call(balance.locked(), balance.account(), balance.asset())), "account", "asset");
    }

    /** Whose bots and accounts the scrapes from now on show; null for nobody's. */
    void readBy(final Reader newReader)
    {
        reader = null == newReader ? NOBODY : newReader;
    }

    private void gauge(final String name, final String help, final ToDoubleFunction<Figures.Bot> figure)
    {
        gauge("lockstep_bot_" + name, help, callback -> figures.bots(reader).forEach(
            bot -> callback.call(figure.applyAsDouble(bot), bot.name(), bot.account())), "bot", "account");
    }

    private void gauge(
        final String name,
        final String help,
        final Consumer<GaugeWithCallback.Callback> callback,
        final String... labels)
    {
        GaugeWithCallback.builder().name(name).help(help).labelNames(labels).callback(callback).register(registry);
    }

    private void counter(final String name, final String help, final ToDoubleFunction<Figures.Bot> figure)
    {
        CounterWithCallback.builder()
            .name("lockstep_bot_" + name)
            .help(help)
            .labelNames("bot", "account")
            .callback(callback -> figures.bots(reader).forEach(
                bot -> callback.call(figure.applyAsDouble(bot), bot.name(), bot.account())))
            .register(registry);
    }
}
