package org.lockstep.benchmarks.peers;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.lockstep.benchmarks.peers.flow.ExchangeCoreFlow;

/** Runs exchange-core in a process of its own, with its own libraries. */
final class ExchangeCorePeer
{
    private static final String LIBRARIES = "benchmarks/peers/exchange-core/target/lib";

    private ExchangeCorePeer()
    {
    }

    /** Runs it with the arguments of its program; returns its rates by lane. */
    static Map<String, Rates> run(final Object... args)
    {
        final Path classes = classes();
        return LaneProcess.run(classes + System.getProperty("path.separator") + libraries(classes).resolve("*"),
            ExchangeCoreFlow.class, args);
    }

    private static Path classes()
    {
        try
        {
            return Path.of(ExchangeCoreFlow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        }
        catch (final URISyntaxException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static Path libraries(final Path classes)
    {
        for (Path directory = classes.getParent(); null != directory; directory = directory.getParent())
        {
            if (Files.isDirectory(directory.resolve(LIBRARIES)))
            {
                return directory.resolve(LIBRARIES);
            }
        }
        throw new IllegalStateException("found no " + LIBRARIES + " above " + classes + ": build the benchmarks first");
    }
}
