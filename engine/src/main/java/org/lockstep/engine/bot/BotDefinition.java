package org.lockstep.engine.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lockstep.engine.risk.RiskLimits;
import org.lockstep.engine.risk.RiskLimitsReader;
import org.lockstep.engine.state.StateWriter;

/**
 * What a bot is defined by. Two definitions with the same texts are the same.
 *
 * @param strategy   name of the strategy.
 * @param account    name of the account.
 * @param symbols    qualified symbols, {@code venue:SYMBOL}; one without venue takes the account's.
 * @param limits     risk limits.
 * @param isCancelingOnFeedLoss whether resting orders are taken back when the feed of their instrument is lost.
 * @param protection of its positions.
 * @param parameters of the strategy.
 * @param texts      all of it, as it was given.
 */
record BotDefinition(
    String strategy,
    String account,
    List<String> symbols,
    RiskLimits limits,
    boolean isCancelingOnFeedLoss,
    ProtectionTerms protection,
    SortedMap<String, String> parameters,
    SortedMap<String, String> texts)
{
    private static final int MAX_SYMBOLS = 256;

    /**
     * Reads {@code strategy}, {@code account}, {@code symbols}, {@code onFeedLoss} ({@code cancel} or {@code keep}),
     * {@code limits.*}, {@code protect.*}; the rest is the strategy's.
     */
    static BotDefinition read(final SortedMap<String, String> texts)
    {
        final SortedMap<String, String> rest = new TreeMap<>(texts);
        final String strategy = required(rest, "strategy", "the name of a strategy");
        final String account = required(rest, "account", "the name of an account");
        final List<String> symbols = new ArrayList<>();
        for (final String symbol : required(rest, "symbols", "symbols separated by commas").split(","))
        {
            final String trimmed = symbol.trim();
            if (!trimmed.isEmpty() && !symbols.contains(trimmed))
            {
                symbols.add(trimmed);
            }
        }
        if (symbols.isEmpty() || symbols.size() > MAX_SYMBOLS)
        {
            throw new IllegalArgumentException(
                "symbols: found " + symbols.size() + " symbols, allowed 1 to " + MAX_SYMBOLS);
        }
        final RiskLimits limits = RiskLimitsReader.take(rest, RiskLimits.BOT_DEFAULT);
        final String onFeedLoss = rest.containsKey("onFeedLoss") ? rest.remove("onFeedLoss") : "cancel";
        if (!"cancel".equals(onFeedLoss) && !"keep".equals(onFeedLoss))
        {
            throw new IllegalArgumentException("onFeedLoss: found '" + onFeedLoss + "', allowed cancel or keep");
        }
        final ProtectionTerms protection = ProtectionTerms.take(rest);
        return new BotDefinition(strategy, account, List.copyOf(symbols), limits, "cancel".equals(onFeedLoss),
            protection, rest, new TreeMap<>(texts));
    }

    boolean isSameAs(final BotDefinition other)
    {
        return texts.equals(other.texts);
    }

    void describe(final StateWriter out)
    {
        for (final Map.Entry<String, String> entry : texts.entrySet())
        {
            out.field("key", entry.getKey());
            out.field("value", entry.getValue());
        }
    }

    private static String required(final SortedMap<String, String> texts, final String key, final String allowed)
    {
        final String text = texts.remove(key);
        if (null == text || text.isBlank())
        {
            throw new IllegalArgumentException(key + ": found nothing, allowed " + allowed);
        }
        return text;
    }
}
