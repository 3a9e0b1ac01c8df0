package org.lockstep.tools.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads secrets that the configuration names but does not hold: {@code ...File}, or {@code ...Env}. */
final class Secrets
{
    private Secrets()
    {
    }

    /** @return the secret, or null when none is named, or the one named is not there, which is reported. */
    static String read(final ConfigSection section, final String key)
    {
        final String fileKey = key + "File";
        final String envKey = key + "Env";
        final String file = section.text(fileKey, null);
        final String variable = section.text(envKey, null);
        if (null != file && null != variable)
        {
            section.report(envKey, "both " + fileKey + " and " + envKey, "one of them", null);
            return null;
        }
        if (null != file)
        {
            return ofFile(section, fileKey, Path.of(file));
        }
        if (null == variable)
        {
            return null;
        }
        final String value = System.getenv(variable);
        if (null == value || value.isBlank())
        {
            section.report(envKey, "'" + variable + "', which is not set", "a variable of the environment", null);
        }
        return value;
    }

    private static String ofFile(final ConfigSection section, final String key, final Path file)
    {
        try
        {
            final String text = Files.readString(file).strip();
            if (!text.isEmpty())
            {
                return text;
            }
            section.report(key, "'" + file + "', which is empty", "a file that holds the secret", null);
        }
        catch (final IOException ex)
        {
            section.report(key, "'" + file + "', which cannot be read", "a file that holds the secret", null);
        }
        return null;
    }
}
