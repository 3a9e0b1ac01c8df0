package org.lockstep.tools.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.position.Ledger;
import org.lockstep.engine.position.Position;
import org.lockstep.tools.config.LockstepConfig;

/** What one bot did, and how it does. One thread. */
final class BotRecord
{
    private final LockstepConfig.Bot config;
    private List<BacktestInstrument> instruments;
    private final List<RoundTrips> trips = new ArrayList<>();
    private final BacktestFigures figures;
    private final BotWatch watch = new BotWatch();
    private Bot bot;
    private Account account;
    private long orders;
    private long fills;
    private long refusals;
    private long realised;
    private long unrealised;
    private long fees;
    private String state;
    private String reason;

    /**
     * Before it starts.
     *
     * @param config      of the bot.
     * @param capital     of its account, 8 decimals.
     * @param instruments all; it keeps its own.
     * @param onTrip      gets each round trip that ended.
     */
    BotRecord(
        final LockstepConfig.Bot config,
        final long capital,
        final List<BacktestInstrument> instruments,
        final Consumer<RoundTrip> onTrip)
    {
        this.config = config;
        instruments(instruments);
        figures = new BacktestFigures(capital);
        for (final BacktestInstrument wanted : this.instruments)
        {
            trips.add(new RoundTrips(wanted.instrument(), trip ->
            {
                figures.onTrip(trip);
                onTrip.accept(trip);
            }));
        }
    }

    /** Its own of all instruments, with the bars that ran. */
    void instruments(final List<BacktestInstrument> all)
    {
        instruments = all.stream()
            .filter(wanted -> config.symbols().contains(wanted.instrument().qualifiedSymbol())).toList();
    }

    void bind(final Bot newBot, final Account newAccount)
    {
        bot = newBot;
        account = newAccount;
    }

    void onOrder()
    {
        orders++;
    }

    void onRefused()
    {
        refusals++;
    }

    void onFill(
        final long timeNs,
        final int instrumentId,
        final Side side,
        final long price,
        final long quantity,
        final long fee)
    {
        fills++;
        for (final RoundTrips trip : trips)
        {
            if (trip.instrument().id() == instrumentId)
            {
                trip.onFill(timeNs, side, price, quantity, fee);
            }
        }
    }

    void onBar(final long timeNs)
    {
        figures.onBar(timeNs, ledger().equity(), isInMarket());
        watch.onBar(timeNs, isShort(),
            figures.performance().capital() + account.risk().holdings().ledger().equity());
    }

    /** Notes how it stands before the session ends, which stops it. */
    void onEnd(final long timeNs)
    {
        figures.onEnd(timeNs, ledger().equity());
        realised = ledger().realisedPnl();
        unrealised = ledger().unrealisedPnl();
        fees = ledger().fees();
        state = bot.state().name();
        reason = bot.reason();
    }

    boolean isInMarket()
    {
        for (final RoundTrips trip : trips)
        {
            if (0 != quantity(trip.instrument()))
            {
                return true;
            }
        }
        return false;
    }

    private boolean isShort()
    {
        for (final RoundTrips trip : trips)
        {
            if (quantity(trip.instrument()) < 0)
            {
                return true;
            }
        }
        return false;
    }

    /** What it holds, mantissa; negative = short. */
    long quantity(final Instrument instrument)
    {
        final Position position = bot.risk().holdings().find(instrument.id());
        return null == position ? 0 : position.quantity();
    }

    Ledger ledger()
    {
        return bot.risk().holdings().ledger();
    }

    LockstepConfig.Bot config()
    {
        return config;
    }

    List<BacktestInstrument> instruments()
    {
        return instruments;
    }

    /** What has to be said besides its figures. */
    BotWatch watch()
    {
        return watch;
    }

    BacktestFigures figures()
    {
        return figures;
    }

    long orders()
    {
        return orders;
    }

    long fills()
    {
        return fills;
    }

    long refusals()
    {
        return refusals;
    }

    /** Profit before fees at the end, 8 decimals. */
    long realised()
    {
        return realised;
    }

    /** Profit of what is open at the end, 8 decimals. */
    long unrealised()
    {
        return unrealised;
    }

    /** At the end, 8 decimals. */
    long fees()
    {
        return fees;
    }

    /** How it stood at the end, before the session stopped it. */
    String state()
    {
        return state;
    }

    /** Why it stood so, or empty. */
    String reason()
    {
        return reason;
    }

    /** Its balance to begin with, 8 decimals. */
    static long capital(final LockstepConfig.Account account)
    {
        return Decimals.parse(account.parameters().getOrDefault("balance", "0"), Instrument.MONEY_SCALE);
    }
}
