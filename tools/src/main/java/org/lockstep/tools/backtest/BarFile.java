package org.lockstep.tools.backtest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.tools.console.CommandFailure;

/**
 * One file of bars, plain, gzipped or the first CSV file of a zip archive, read line by line: texts of the columns that
 * matter, and the time. One thread.
 */
final class BarFile implements AutoCloseable
{
    private static final CsvFactory CSV = CsvFactory.builder()
        .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
        .enable(CsvParser.Feature.TRIM_SPACES)
        .build();
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_COLUMNS = 64;
    private static final int LONGEST_SHOWN = 40;
    private static final int LEAST_TIME_DIGITS = 10;

    private final Path path;
    private final CsvParser parser;
    private final List<String> cells = new ArrayList<>();
    private BarLayout layout;
    private boolean isFirstHeld;
    private long line;
    private long openTimeNs;

    private BarFile(final Path path, final CsvParser parser)
    {
        this.path = path;
        this.parser = parser;
    }

    /** Opens a file and finds out about its columns. */
    static BarFile open(final Path path) throws IOException
    {
        if (Files.isDirectory(path))
        {
            throw BadBars.at(path, 0, "a directory", "a CSV file, also gzipped or zipped");
        }
        if (Files.exists(path) && !Files.isRegularFile(path))
        {
            throw BadBars.at(path, 0, "a pipe or a device", "a file, since it is read twice");
        }
        final InputStream in;
        try
        {
            in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
        }
        catch (final NoSuchFileException ex)
        {
            throw BadBars.at(path, 0, "no such file", "a CSV file of bars, also gzipped or zipped");
        }
        catch (final AccessDeniedException ex)
        {
            throw BadBars.at(path, 0, "a file that may not be read", "a readable one");
        }
        try
        {
            final BarFile file = new BarFile(path, CSV.createParser(BarStream.unpacked(path, in)));
            file.begin();
            return file;
        }
        catch (final IOException ex)
        {
            in.close();
            throw unreadable(path, 0, ex);
        }
        catch (final RuntimeException ex)
        {
            in.close();
            throw ex;
        }
    }

    /** Goes to the next bar; false at the end of the file. */
    boolean next() throws IOException
    {
        if (isFirstHeld)
        {
            isFirstHeld = false;
        }
        else if (!readLine())
        {
            return false;
        }
        if (cells.size() != layout.width())
        {
            throw wrong(BarLayout.columns(cells.size()), layout.width() + ", as in the first line");
        }
        openTimeNs = BarTimes.parseNs(cells.get(layout.time()));
        if (BarTimes.NONE == openTimeNs)
        {
            throw wrong("the time " + shown(cells.get(layout.time())), BarTimes.ALLOWED);
        }
        return true;
    }

    /** Epoch ns at which the bar opens. */
    long openTimeNs()
    {
        return openTimeNs;
    }

    /** Line of the bar it is at, from 1. */
    long line()
    {
        return line;
    }

    /** Epoch ns up to which the bar goes as the exchange says, {@link BarTimes#NONE} when it does not. */
    long closeTimeNs()
    {
        final String text = layout.closeTime() < 0 ? "" : cells.get(layout.closeTime());
        return text.length() < LEAST_TIME_DIGITS ? BarTimes.NONE : BarTimes.parseNs(text);
    }

    String openPrice()
    {
        return cells.get(layout.open());
    }

    String highPrice()
    {
        return cells.get(layout.high());
    }

    String lowPrice()
    {
        return cells.get(layout.low());
    }

    String closePrice()
    {
        return cells.get(layout.close());
    }

    String volume()
    {
        return cells.get(layout.volume());
    }

    /** Number of trades, 0 when it is not told or is no number: nothing depends on it. */
    long tradeCount()
    {
        final long count = layout.count() < 0 ? 0 : Decimals.parse(cells.get(layout.count()), 0);
        return Math.max(0, count);
    }

    /** What is wrong with the bar it is at. */
    CommandFailure wrong(final String found, final String allowed)
    {
        return BadBars.at(path, line, found, allowed);
    }

    static String shown(final String text)
    {
        return text.isEmpty() ? "nothing" :
            "'" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text) + "'";
    }

    @Override
    public void close()
    {
        try
        {
            parser.close();
        }
        catch (final IOException ex)
        {
            // It was only read.
        }
    }

    private static CommandFailure unreadable(final Path path, final long line, final IOException ex)
    {
        return BadBars.at(path, line, "what cannot be read (" + ex.getMessage() + ")",
            "a whole CSV file in UTF-8, plain, gzipped or zipped");
    }

    private void begin() throws IOException
    {
        if (!readLine())
        {
            throw BadBars.at(path, 0, "an empty file", "a CSV file of bars");
        }
        layout = BarLayout.of(path, line, cells);
        isFirstHeld = !BarLayout.isNamed(cells);
    }

    private boolean readLine() throws IOException
    {
        cells.clear();
        try
        {
            JsonToken token = parser.nextToken();
            if (null == token)
            {
                return false;
            }
            line = parser.currentTokenLocation().getLineNr();
            for (token = parser.nextToken(); JsonToken.END_ARRAY != token && null != token; token = parser.nextToken())
            {
                if (cells.size() == MAX_COLUMNS)
                {
                    throw wrong("more than " + MAX_COLUMNS + " columns", "at most so many");
                }
                if (cells.isEmpty())
                {
                    line = parser.currentTokenLocation().getLineNr();
                }
                cells.add(parser.getText());
            }
            return true;
        }
        catch (final JsonProcessingException ex)
        {
            throw BadBars.at(path, null == ex.getLocation() ? line : ex.getLocation().getLineNr(),
                "text that is no CSV (" + ex.getOriginalMessage() + ")", "values between commas");
        }
        catch (final IOException ex)
        {
            throw unreadable(path, line, ex);
        }
    }
}
