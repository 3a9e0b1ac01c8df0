package org.lockstep.tools.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The figures of one bot, or of all together.
 *
 * @param name        of the bot, or {@code total}.
 * @param strategy    of the bot, or empty.
 * @param state       at the end, or empty.
 * @param capital     8 decimals.
 * @param orders      that left.
 * @param refusals    orders that were refused.
 * @param expired     orders that ended with something left.
 * @param partly      those of them that had executed in part.
 * @param fills       executions.
 * @param realised    profit before fees, 8 decimals.
 * @param unrealised  profit of what is open at the last close, 8 decimals.
 * @param fees        8 decimals.
 * @param holdPercent what each of its instruments would have brought, on average, bought first and held.
 * @param held        positions at the end, in words.
 * @param figures     the rest.
 */
record BacktestColumn(
    String name,
    String strategy,
    String state,
    long capital,
    long orders,
    long refusals,
    long expired,
    long partly,
    long fills,
    long realised,
    long unrealised,
    long fees,
    double holdPercent,
    String held,
    BacktestFigures figures)
{
    static BacktestColumn of(final BotRecord record)
    {
        final List<String> held = new ArrayList<>();
        for (final BacktestInstrument wanted : record.instruments())
        {
            final long quantity = record.quantity(wanted.instrument());
            if (0 != quantity)
            {
                held.add(BacktestInstrument.plain(quantity, wanted.instrument().quantityScale()) + " " +
                    wanted.instrument().baseAsset());
            }
        }
        return new BacktestColumn(record.config().name(), record.config().strategy(),
            record.state().toLowerCase(Locale.ROOT), record.figures().performance().capital(), record.orders(),
            record.refusals(), record.watch().expired(), record.watch().partlyFilled(), record.fills(),
            record.realised(), record.unrealised(), record.fees(), holdPercent(record.instruments()),
            held.isEmpty() ? "nothing" : String.join(", ", held), record.figures());
    }

    static BacktestColumn total(final BacktestResult result)
    {
        final List<BotRecord> records = result.records();
        return new BacktestColumn("total", "", "", result.capital(), sum(records, BotRecord::orders),
            sum(records, BotRecord::refusals), sum(records, record -> record.watch().expired()),
            sum(records, record -> record.watch().partlyFilled()), sum(records, BotRecord::fills),
            sum(records, BotRecord::realised), sum(records, BotRecord::unrealised), sum(records, BotRecord::fees),
            holdPercent(result.plan().instruments().stream()
                .filter(wanted -> records.stream().anyMatch(record -> record.instruments().contains(wanted))).toList()),
            "", result.total());
    }

    /** Profit after fees, 8 decimals. */
    long net()
    {
        return realised + unrealised - fees;
    }

    private static double holdPercent(final List<BacktestInstrument> instruments)
    {
        return instruments.stream().mapToDouble(BacktestInstrument::holdPercent).average().orElse(Double.NaN);
    }

    private static long sum(final List<BotRecord> records, final ToLongFunction<BotRecord> amount)
    {
        return records.stream().mapToLong(amount).sum();
    }
}
