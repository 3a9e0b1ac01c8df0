package org.lockstep.tools.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads symbols: those of a venue, and those among them that a bot trades. */
final class VenueSymbols
{
    private static final int MAX_LENGTH = 40;

    private VenueSymbols()
    {
    }

    /** A venue's symbols, in upper case from here on, so that one small letter is one finding. */
    static List<String> read(final ConfigSection section)
    {
        final List<String> symbols = new ArrayList<>();
        for (final String symbol : section.texts("symbols"))
        {
            final String upper = symbol.toUpperCase(Locale.ROOT);
            if (symbol.length() > MAX_LENGTH || symbol.matches(".*[\\s@/\"\\\\].*") || !symbol.equals(upper))
            {
                section.report("symbols", "'" + symbol + "'",
                    "the venue's own symbols in upper case, such as BTCUSDT", nearest(symbol));
            }
            if (symbols.contains(upper))
            {
                section.report("symbols", "'" + symbol + "' more than once", "each symbol once", null);
            }
            symbols.add(upper);
        }
        if (symbols.isEmpty())
        {
            section.report("symbols", "no symbol", "at least one, such as [BTCUSDT]", null);
        }
        return symbols;
    }

    /** The symbols of a bot with their venue; without one it is the first. */
    static List<String> ofBot(final ConfigSection section, final List<LockstepConfig.VenueFeed> venues)
    {
        final List<String> known = venues.stream()
            .flatMap(venue -> venue.symbols().stream().map(symbol -> venue.venue() + ":" + symbol)).toList();
        final List<String> qualified = new ArrayList<>();
        for (final String symbol : section.texts("symbols"))
        {
            final boolean isBare = !symbol.contains(":");
            final String full = isBare && !venues.isEmpty() ? venues.get(0).venue() + ":" + symbol : symbol;
            if (!known.isEmpty() && !known.contains(full))
            {
                final String nearest = Nearest.of(full, known);
                section.report("symbols", "'" + symbol + "'",
                    "symbols listed under venues: " + String.join(", ", known),
                    null == nearest || !isBare ? nearest : nearest.substring(nearest.indexOf(':') + 1));
            }
            qualified.add(full);
        }
        if (qualified.isEmpty())
        {
            section.report("symbols", "no symbol", "at least one of " + String.join(", ", known), null);
        }
        return qualified;
    }

    /** What other people write as btc-usdt or BTC/USDT is BTCUSDT here. */
    private static String nearest(final String symbol)
    {
        final String bare = symbol.replaceAll("[\\s@/_-]", "").toUpperCase(Locale.ROOT);
        return bare.matches("[A-Z0-9]{2," + MAX_LENGTH + "}") && !bare.equals(symbol) ? bare : null;
    }
}
