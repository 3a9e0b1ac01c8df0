package org.lockstep.tools.backtest;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/**
 * What options say of instruments, by qualified symbol: no venue is asked.
 *
 * @param ticks        price steps.
 * @param lots         quantity steps.
 * @param minNotionals least value of an order, quote currency.
 */
record InstrumentTerms(
    Map<String, BigDecimal> ticks, Map<String, BigDecimal> lots, Map<String, BigDecimal> minNotionals)
{
    private static final int MAX_DECIMALS = 8;
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000L);

    static InstrumentTerms parse(
        final List<String> ticks,
        final List<String> lots,
        final List<String> minNotionals,
        final List<BarSource> sources)
    {
        return new InstrumentTerms(
            parse("--tick", ticks, sources, number -> number.signum() > 0),
            parse("--lot", lots, sources, number -> number.signum() > 0),
            parse("--min-notional", minNotionals, sources, number -> number.signum() >= 0));
    }

    private static Map<String, BigDecimal> parse(
        final String option,
        final List<String> texts,
        final List<BarSource> sources,
        final Predicate<BigDecimal> isInRange)
    {
        final Map<String, BigDecimal> terms = new HashMap<>();
        for (final String text : texts)
        {
            final int equals = text.indexOf('=');
            final BarSource source = equals < 1 ? null : source(text.substring(0, equals), sources);
            final BigDecimal number = null == source ? null : number(text.substring(equals + 1));
            if (null == number || !isInRange.test(number))
            {
                throw new CommandFailure(ExitCode.USAGE, option + ": found '" + text + "', allowed: a symbol of " +
                    "--bars and a number with at most " + MAX_DECIMALS + " decimals, such as " +
                    (sources.isEmpty() ? "BTCUSDT" : sources.get(0).symbol()) + "=0.01");
            }
            terms.put(source.qualifiedSymbol(), number);
        }
        return terms;
    }

    private static BarSource source(final String name, final List<BarSource> sources)
    {
        final String wanted = name.trim();
        return sources.stream().filter(source -> source.symbol().equals(wanted.toUpperCase(Locale.ROOT)) ||
            source.qualifiedSymbol().equalsIgnoreCase(wanted)).findFirst().orElse(null);
    }

    private static BigDecimal number(final String text)
    {
        if (!text.trim().matches("\\d{1,10}(\\.\\d{1,18})?"))
        {
            return null;
        }
        final BigDecimal number = new BigDecimal(text.trim()).stripTrailingZeros();
        return number.scale() > MAX_DECIMALS || number.compareTo(MOST) > 0 ? null : number;
    }
}
