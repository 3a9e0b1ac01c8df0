package org.lockstep.tools.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Small files of {@code /proc} and {@code /sys}, below a root. What is missing, unreadable or no number is null: a
 * kernel without a feature has no file for it.
 */
public final class HostFiles
{
    private static final int MAX_BYTES = 4 << 20;

    private final Path root;

    /**
     * Files below a root.
     *
     * @param root holds {@code proc} and {@code sys}; {@code /} for the machine itself.
     */
    public HostFiles(final Path root)
    {
        this.root = root;
    }

    /** @return the machine's own. */
    public static HostFiles ofThisHost()
    {
        return new HostFiles(Path.of("/"));
    }

    /**
     * Reads a file.
     *
     * @param path such as {@code proc/self/status}.
     * @return its text without white space around it, or null.
     */
    public String text(final String path)
    {
        try (var in = Files.newInputStream(root.resolve(path)))
        {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
        }
        catch (final IOException | SecurityException ex)
        {
            return null;
        }
    }

    /**
     * Reads a file's lines.
     *
     * @param path such as {@code proc/cpuinfo}.
     * @return its lines, none when it cannot be read.
     */
    public List<String> lines(final String path)
    {
        final String text = text(path);
        return null == text ? List.of() : text.lines().toList();
    }

    /**
     * Reads a file that holds one whole number.
     *
     * @param path such as {@code proc/sys/vm/swappiness}.
     * @return it, or null.
     */
    public Long number(final String path)
    {
        return parse(text(path));
    }

    /**
     * Finds a value in a file of {@code name: value} lines.
     *
     * @param path such as {@code proc/self/status}.
     * @param name left of the colon.
     * @return what is right of it, or null.
     */
    public String field(final String path, final String name)
    {
        for (final String line : lines(path))
        {
            final int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equals(name))
            {
                return line.substring(colon + 1).strip();
            }
        }
        return null;
    }

    /**
     * Finds a size in a file of {@code name: value kB} lines.
     *
     * @param path such as {@code proc/meminfo}.
     * @param name left of the colon.
     * @return bytes, or null.
     */
    public Long bytes(final String path, final String name)
    {
        final String value = field(path, name);
        final Long number = null == value ? null : parse(value.replace("kB", "").strip());
        return null == number ? null : Long.valueOf(value.endsWith("kB") ? number << 10 : number);
    }

    /**
     * Finds the chosen word in a file such as {@code always [madvise] never}.
     *
     * @param path of the file.
     * @return the word in brackets, the whole when there are none, or null.
     */
    public String chosen(final String path)
    {
        final String text = text(path);
        if (null == text)
        {
            return null;
        }
        final int from = text.indexOf('[');
        final int to = text.indexOf(']');
        return from >= 0 && to > from ? text.substring(from + 1, to) : text;
    }

    /**
     * Lists a directory.
     *
     * @param path   such as {@code sys/devices/system/node}.
     * @param prefix of the names wanted.
     * @return sorted names, none when there is no such directory.
     */
    public List<String> names(final String path, final String prefix)
    {
        try (Stream<Path> entries = Files.list(root.resolve(path)))
        {
            return entries.map(entry -> entry.getFileName().toString())
                .filter(name -> name.startsWith(prefix)).sorted().toList();
        }
        catch (final IOException ex)
        {
            return List.of();
        }
    }

    /**
     * Whether something is there.
     *
     * @param path of a file or directory.
     * @return whether it exists.
     */
    public boolean exists(final String path)
    {
        return Files.exists(root.resolve(path));
    }

    private static Long parse(final String text)
    {
        try
        {
            return null == text ? null : Long.valueOf(text);
        }
        catch (final NumberFormatException ex)
        {
            return null;
        }
    }
}
