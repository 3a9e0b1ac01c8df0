package org.lockstep.gateway.client.view;

import java.util.ArrayList;
import java.util.List;

/** What bots and accounts come to, as numbers for monitoring: rounded, never to reckon with. Client event loop only. */
public final class Figures
{
    private static final int MONEY_SCALE = 8;

    private final ClientView view;

    /**
     * One bot.
     *
     * @param name            of it.
     * @param account         name of its account.
     * @param state           as the bot-status channel names it.
     * @param realisedPnl     money.
     * @param unrealisedPnl   money.
     * @param fees            money.
     * @param fills           executions.
     * @param ordersRequested sent.
     * @param ordersRefused   by risk or the venue.
     * @param openOrders      working ones.
     */
    public record Bot(
        String name,
        String account,
        String state,
        double realisedPnl,
        double unrealisedPnl,
        double fees,
        long fills,
        long ordersRequested,
        long ordersRefused,
        int openOrders)
    {
    }

    /**
     * What a bot holds.
     *
     * @param bot      name, {@code manual} for orders entered by hand.
     * @param account  name.
     * @param symbol   with its venue.
     * @param quantity negative when short.
     */
    public record Position(String bot, String account, String symbol, double quantity)
    {
    }

    /**
     * Money of an account.
     *
     * @param account name.
     * @param asset   of the money.
     * @param free    to trade with.
     * @param locked  by open orders.
     */
    public record Balance(String account, String asset, double free, double locked)
    {
    }

    /**
     * A kill switch.
     *
     * @param account name.
     * @param isOn    while nothing on the account may trade.
     */
    public record KillSwitch(String account, boolean isOn)
    {
    }

    /**
     * Reads a view.
     *
     * @param view to read.
     */
    public Figures(final ClientView view)
    {
        this.view = view;
    }

    /** @return true while the kill switch of everything is on. */
    public boolean isKilled()
    {
        return view.switches.isOn();
    }

    /** @return bots that a reader may see. */
    public List<Bot> bots(final Reader reader)
    {
        final List<Bot> figures = new ArrayList<>();
        for (final String name : view.botNames(reader))
        {
            final BotView bot = view.bots.get(name);
            figures.add(new Bot(name, account(bot.accountId), bot.state, money(bot.realisedPnl),
                money(bot.unrealisedPnl), money(bot.fees), bot.fills, bot.ordersRequested, bot.ordersRefused,
                view.orders.openCount(bot.id)));
        }
        return figures;
    }

    /** @return positions that a reader may see. */
    public List<Position> positions(final Reader reader)
    {
        final List<Position> figures = new ArrayList<>();
        for (final PositionView position : view.positions.values())
        {
            final InstrumentView instrument = view.market.instrument(position.instrumentId);
            if (null != instrument && view.admits(reader, position.accountId))
            {
                final String bot = view.bots.name(position.botId);
                figures.add(new Position(null == bot ? ClientView.MANUAL : bot, account(position.accountId),
                    view.qualifiedSymbol(position.instrumentId),
                    position.quantity / Math.pow(10, instrument.quantityScale)));
            }
        }
        return figures;
    }

    /** @return balances that a reader may see. */
    public List<Balance> balances(final Reader reader)
    {
        final List<Balance> figures = new ArrayList<>();
        for (final BalanceView balance : view.balances.values())
        {
            if (view.admits(reader, balance.accountId()))
            {
                figures.add(new Balance(account(balance.accountId()), balance.asset(), money(balance.free()),
                    money(balance.locked())));
            }
        }
        return figures;
    }

    /** @return kill switches of the accounts that a reader may see. */
    public List<KillSwitch> killSwitches(final Reader reader)
    {
        final List<KillSwitch> figures = new ArrayList<>();
        for (int id = 0; id < view.accounts.names().size(); id++)
        {
            if (view.admits(reader, id))
            {
                figures.add(new KillSwitch(account(id), view.switches.isOn(id)));
            }
        }
        return figures;
    }

    private String account(final int accountId)
    {
        final String name = view.accounts.name(accountId);
        return null == name ? Integer.toString(accountId) : name;
    }

    private static double money(final long mantissa)
    {
        return mantissa / Math.pow(10, MONEY_SCALE);
    }
}
