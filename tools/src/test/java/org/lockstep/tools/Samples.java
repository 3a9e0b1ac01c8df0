package org.lockstep.tools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real recorded messages that lie beside a checkout, not in it. */
public final class Samples
{
    private Samples()
    {
    }

    /**
     * A file of samples; the calling test is skipped, and says so, when it is not there.
     *
     * @param name of the file.
     * @return where it is.
     */
    public static Path binance(final String name)
    {
        final Path file =
            Path.of(System.getProperty("lockstep.root"), "../shared/venues/binance/samples", name).normalize();
        final boolean isThere = Files.isReadable(file);
        if (!isThere)
        {
            System.err.println("SKIPPED: no samples at " + file);
        }
        assumeTrue(isThere, () -> "no samples at " + file);
        return file;
    }
}
