package org.lockstep.tools.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;

/**
 * Which market a journal directory holds, in a file beside the journal. One journal is one history: prices and times of
 * another market after it would be nonsense to every bot, and a replay could not tell.
 */
public final class MarketOrigin
{
    private static final String FILE_NAME = "market";

    private MarketOrigin()
    {
    }

    /**
     * Refuses a market that differs from what the directory holds, else notes it. A simulator that the process starts
     * by itself is another market each time, with books that know nothing of what was ordered before.
     *
     * @param directory of the journal, which this process has locked.
     * @param isEmpty   whether the journal holds nothing yet; then what a run before it meant to do does not matter.
     * @param isOrdered asked, of a journal that is not empty, whether it holds orders.
     * @param venues    about to be connected.
     * @throws CommandFailure when they do not fit.
     */
    public static void claim(
        final Path directory,
        final boolean isEmpty,
        final BooleanSupplier isOrdered,
        final List<LockstepConfig.VenueFeed> venues) throws IOException
    {
        if (!isEmpty && venues.stream().anyMatch(venue -> null != venue.simulated()) &&
            isOrdered.getAsBoolean())
        {
            throw new CommandFailure(ExitCode.USAGE, directory + " holds the orders of an earlier run, and the " +
                "simulator that a run with mode: simulator starts by itself has forgotten them: take another " +
                "directory, delete this one, or let lockstep simulate run beside and name its addresses (rest, " +
                "stream, api) under venues");
        }
        final Map<String, String> held = isEmpty ? new TreeMap<>() : read(directory.resolve(FILE_NAME));
        final Map<String, String> wanted = new LinkedHashMap<>();
        venues.forEach(venue -> wanted.put(venue.venue(), venue.market()));
        wanted.forEach((venue, market) ->
        {
            final String before = held.putIfAbsent(venue, market);
            if (null != before && !before.equals(market))
            {
                throw new CommandFailure(ExitCode.USAGE, directory + " holds events of " + venue + " from " + before +
                    ", and this run would add " + market +
                    " to them; take another directory (--dir, or journal.directory), or delete this one");
            }
        });
        final StringBuilder text = new StringBuilder();
        held.forEach((venue, market) -> text.append(venue).append(": ").append(market).append('\n'));
        DurableFile.write(directory.resolve(FILE_NAME), text.toString());
    }

    private static Map<String, String> read(final Path file) throws IOException
    {
        final Map<String, String> held = new TreeMap<>();
        if (Files.exists(file))
        {
            for (final String line : Files.readAllLines(file))
            {
                final int colon = line.indexOf(": ");
                if (colon > 0)
                {
                    held.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        }
        return held;
    }
}
