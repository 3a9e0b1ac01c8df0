package org.lockstep.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says becomes of orders when things fail: every row names tests, and they are there. */
class FailureTableTest
{
    private static final String HEADING = "## What happens to my orders";
    private static final int LEAST_ROWS = 10;
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(should\\w+))?`");

    private final Path root = Path.of(System.getProperty("lockstep.root"));

    @Test
    void shouldNameTestsThatExistInEveryRow() throws IOException
    {
        final Map<String, String> sources = testSources();
        final List<String> wrong = new ArrayList<>();

        final List<String> rows = rows();

        assertTrue(rows.size() >= LEAST_ROWS, rows::toString);
        for (final String row : rows)
        {
            final Matcher named = NAMED.matcher(row);
            boolean isNamed = false;
            while (named.find())
            {
                isNamed = true;
                final String source = sources.get(named.group(1));
                if (null == source || null != named.group(2) && !source.contains("void " + named.group(2) + "("))
                {
                    wrong.add("there is no " + named.group());
                }
            }
            if (!isNamed)
            {
                wrong.add("no test in: " + row);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private List<String> rows() throws IOException
    {
        final List<String> rows = new ArrayList<>();
        boolean isInside = false;
        for (final String line : Files.readAllLines(root.resolve("ARCHITECTURE.md")))
        {
            isInside = line.startsWith("## ") ? HEADING.equals(line) : isInside;
            if (isInside && line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| when this fails"))
            {
                rows.add(line);
            }
        }
        return rows;
    }

    private Map<String, String> testSources() throws IOException
    {
        final Map<String, String> sources = new HashMap<>();
        for (final String module : List.of("engine", "journal", "gateway", "tools"))
        {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java")))
            {
                for (final Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList())
                {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
