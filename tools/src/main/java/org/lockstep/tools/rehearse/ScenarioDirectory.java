package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Files of a scenario: the journal while it runs, and after a failure all that helps to understand it. */
final class ScenarioDirectory
{
    private final Path path;

    ScenarioDirectory(final Path parent, final long seed, final int repetition)
    {
        path = parent.resolve("seed-" + seed + (0 == repetition ? "" : "-" + (repetition + 1)));
    }

    Path path()
    {
        return path;
    }

    Path journal()
    {
        return path.resolve("journal");
    }

    void create() throws IOException
    {
        delete(path);
        Files.createDirectories(path);
    }

    /** Writes beside the journal what the venue has, what was planned, what was fired, and what differs. */
    void keep(
        final ScenarioPlan plan, final List<JsonNode> books, final JsonNode faults, final List<String> differences)
        throws IOException
    {
        for (int i = 0; i < books.size(); i++)
        {
            Files.writeString(path.resolve("venue-" + (i + 1) + ".json"), books.get(i).toPrettyString() + "\n");
        }
        Files.writeString(path.resolve("faults.json"), faults.toPrettyString() + "\n");
        Files.write(path.resolve("differences.txt"), differences);
        final List<String> lines = new ArrayList<>();
        lines.add("seed " + plan.seed() + ", threads " + plan.threads() + ", orders over REST " + plan.restFallback());
        for (final PlannedLife life : plan.lives())
        {
            lines.add("life of " + life.requests() + " requests, then " +
                (life.isLast() ? "rest" : life.crash().label() + " at " + life.crashAt() + ", " + life.delayUs() +
                " us later"));
            life.faults().forEach(fault -> lines.add("  " + fault.name() + " " + fault.json()));
        }
        Files.write(path.resolve("plan.txt"), lines);
    }

    void delete() throws IOException
    {
        delete(path);
    }

    /** Deletes a directory with all in it, if it is there. */
    static void delete(final Path directory) throws IOException
    {
        if (!Files.exists(directory))
        {
            return;
        }
        try (Stream<Path> files = Files.walk(directory))
        {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
            {
                Files.deleteIfExists(file);
            }
        }
        catch (final NoSuchFileException ex)
        {
            // Somebody else was quicker.
            Files.deleteIfExists(directory);
        }
    }
}
