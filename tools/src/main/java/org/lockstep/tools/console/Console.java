package org.lockstep.tools.console;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Where results go: text for people, or with {@code --json} one object a line and nothing else. Colour only on a
 * terminal and never when {@code NO_COLOR} is set.
 */
public final class Console
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PrintStream out;
    private final boolean json;
    private final boolean colour;
    private final boolean interactive;

    /**
     * A console on a stream.
     *
     * @param out         standard output.
     * @param json        whether JSON lines are wanted.
     * @param interactive whether a person watches a terminal.
     */
    public Console(final PrintStream out, final boolean json, final boolean interactive)
    {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
        this.json = json;
        this.interactive = interactive && !json;
        this.colour = this.interactive && null == System.getenv("NO_COLOR");
    }

    /**
     * The process's own console.
     *
     * @param json whether JSON lines are wanted.
     * @return it.
     */
    public static Console standard(final boolean json)
    {
        final boolean terminal = "1".equals(System.getenv("LOCKSTEP_TTY"));
        return new Console(System.out, json, terminal);
    }

    /** @return whether JSON lines are wanted. */
    public boolean json()
    {
        return json;
    }

    /** @return whether a progress bar makes sense. */
    public boolean interactive()
    {
        return interactive;
    }

    /**
     * Prints a line for people; nothing in JSON mode.
     *
     * @param text the line.
     */
    public void line(final String text)
    {
        if (!json)
        {
            out.println(text);
        }
    }

    /**
     * Prints one JSON object; nothing in text mode.
     *
     * @param event  value of {@code event}, first in the object.
     * @param fields the rest, in order.
     */
    public void event(final String event, final Map<String, ?> fields)
    {
        if (json)
        {
            final Map<String, Object> all = new java.util.LinkedHashMap<>();
            all.put("event", event);
            all.putAll(fields);
            try
            {
                out.println(MAPPER.writeValueAsString(all));
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    /**
     * Prints a line in either mode, as it is.
     *
     * @param text the line.
     */
    public void raw(final String text)
    {
        out.println(text);
    }

    /** @return text in bold, where colour is on. */
    public String bold(final String text)
    {
        return paint("1", text);
    }

    /** @return text in green, where colour is on. */
    public String green(final String text)
    {
        return paint("32", text);
    }

    /** @return text in red, where colour is on. */
    public String red(final String text)
    {
        return paint("31", text);
    }

    /** @return dimmed text, where colour is on. */
    public String dim(final String text)
    {
        return paint("2", text);
    }

    /**
     * A progress bar, silent unless a person watches.
     *
     * @param label what is going on.
     * @return it; close it when done.
     */
    public Progress progress(final String label)
    {
        return new Progress(interactive ? out : null, label);
    }

    private String paint(final String code, final String text)
    {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
