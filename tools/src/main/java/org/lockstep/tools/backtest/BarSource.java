package org.lockstep.tools.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.lockstep.engine.instrument.Venue;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/**
 * Where the bars of a symbol are.
 *
 * @param venue  it trades at.
 * @param symbol the venue's own, upper case.
 * @param files  once {@link #sorted()}, in the order of their times.
 */
record BarSource(Venue venue, String symbol, List<Path> files)
{
    private static final String ALLOWED =
        "SYMBOL=FILE[,FILE...] such as BTCUSDT=BTCUSDT-1h.csv or binance:BTCUSDT=january.zip,february.zip";

    /**
     * Reads the options.
     *
     * @param texts as typed.
     * @param usual the venue of symbols that name none.
     */
    static List<BarSource> parse(final List<String> texts, final Venue usual)
    {
        final List<BarSource> sources = new ArrayList<>();
        for (final String text : texts)
        {
            final int equals = text.indexOf('=');
            final List<Path> files = equals < 1 ? List.of() : files(text.substring(equals + 1));
            if (files.isEmpty())
            {
                throw new CommandFailure(ExitCode.USAGE, "--bars: found '" + text + "', allowed: " + ALLOWED);
            }
            final String name = text.substring(0, equals).trim();
            final int colon = name.indexOf(':');
            final Venue venue = colon < 0 ? usual : Venue.byCode(name.substring(0, colon).toLowerCase(Locale.ROOT));
            final String symbol = name.substring(colon + 1).toUpperCase(Locale.ROOT);
            if (null == venue || symbol.isEmpty())
            {
                throw new CommandFailure(ExitCode.USAGE, "--bars: found '" + name + "', allowed: a symbol such as " +
                    "BTCUSDT, or one with its venue such as " + usual.code() + ":BTCUSDT");
            }
            final BarSource source = new BarSource(venue, symbol, files);
            if (sources.stream().anyMatch(known -> known.qualifiedSymbol().equals(source.qualifiedSymbol())))
            {
                throw new CommandFailure(ExitCode.USAGE, "--bars: found " + source.qualifiedSymbol() +
                    " twice, allowed: once, its files with commas between");
            }
            sources.add(source);
        }
        return sources;
    }

    /** The same with its files by the times of their first bars. */
    BarSource sorted() throws IOException
    {
        if (files.size() < 2)
        {
            return this;
        }
        final Map<Path, Long> times = new HashMap<>();
        for (final Path file : files)
        {
            try (BarFile bars = BarFile.open(file))
            {
                times.put(file, bars.next() ? bars.openTimeNs() : Long.MIN_VALUE);
            }
        }
        return new BarSource(venue, symbol, files.stream().sorted(Comparator.comparing(times::get)).toList());
    }

    /** A file's name may have commas itself. */
    private static List<Path> files(final String names)
    {
        return !names.isBlank() && Files.exists(Path.of(names)) ? List.of(Path.of(names)) :
            Arrays.stream(names.split(",")).filter(name -> !name.isBlank()).map(name -> Path.of(name.trim())).toList();
    }

    /** With the venue before it, as configurations name it. */
    String qualifiedSymbol()
    {
        return venue.code() + ":" + symbol;
    }
}
