package org.lockstep.tools.backtest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;

/** A CSV file of results: round trips, or equity at each bar. One thread. */
final class ResultFile implements AutoCloseable
{
    private final BufferedWriter writer;

    private String last = "";

    private ResultFile(final Writer writer)
    {
        this.writer = new BufferedWriter(writer);
    }

    /** Begins a file of round trips; null stays null: nobody wants it. */
    static ResultFile trades(final Path file) throws IOException
    {
        return begin(file,
            "bot,symbol,side,entryTime,exitTime,quantity,entryPrice,exitPrice,fees,result");
    }

    /** Begins a file of equity; null stays null: nobody wants it. */
    static ResultFile equity(final Path file, final List<BotRecord> records) throws IOException
    {
        final StringBuilder names = new StringBuilder("time,total");
        records.forEach(record -> names.append(',').append(quoted(record.config().name())));
        return begin(file, names.toString());
    }

    void trip(final String bot, final RoundTrip trip)
    {
        final Instrument instrument = trip.instrument();
        final String prices = "%." + instrument.priceScale() + "f";
        line(String.join(",", quoted(bot), instrument.qualifiedSymbol(), trip.isLong() ? "long" : "short",
            BarTimes.text(trip.openedNs()), BarTimes.text(trip.closedNs()),
            Decimals.toString(trip.quantity(), instrument.quantityScale()),
            String.format(Locale.ROOT, prices, trip.entryPrice()),
            String.format(Locale.ROOT, prices, trip.exitPrice()), money(trip.fees()), money(trip.result())));
    }

    /**
     * Writes the equity at a time: of the accounts, and of each bot as if it had its account alone. The same twice is
     * written once.
     *
     * @param timeNs  epoch ns.
     * @param total   of all, 8 decimals.
     * @param records by bot.
     */
    void equity(final long timeNs, final long total, final List<BotRecord> records)
    {
        final StringBuilder text = new StringBuilder(BarTimes.text(timeNs)).append(',').append(money(total));
        for (final BotRecord record : records)
        {
            text.append(',').append(money(record.figures().performance().capital() + record.ledger().equity()));
        }
        if (!last.contentEquals(text))
        {
            last = text.toString();
            line(last);
        }
    }

    @Override
    public void close() throws IOException
    {
        writer.close();
    }

    private static ResultFile begin(final Path file, final String names) throws IOException
    {
        if (null == file)
        {
            return null;
        }
        final ResultFile result = new ResultFile(Files.newBufferedWriter(file));
        result.line(names);
        return result;
    }

    private void line(final String text)
    {
        try
        {
            writer.write(text);
            writer.write('\n');
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static String money(final long amount)
    {
        return Decimals.toString(amount, Instrument.MONEY_SCALE);
    }

    private static String quoted(final String text)
    {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
