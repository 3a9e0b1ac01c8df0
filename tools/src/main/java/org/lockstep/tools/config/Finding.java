package org.lockstep.tools.config;

/**
 * One mistake in a configuration file.
 *
 * @param line    from 1, 0 = the whole file.
 * @param key     dotted path, such as {@code bots[0].strategy}.
 * @param found   what stands there.
 * @param allowed what may stand there.
 * @param nearest the known word closest to what was found, or null.
 */
public record Finding(int line, String key, String found, String allowed, String nearest)
{
    /**
     * For people.
     *
     * @param file name to begin with.
     * @return one line.
     */
    public String describe(final String file)
    {
        return file + (0 == line ? "" : ":" + line) + ": " + (key.isEmpty() ? "" : key + ": ") + "found " + found +
            ", allowed: " + allowed + (null == nearest ? "" : "; did you mean '" + nearest + "'?");
    }
}
