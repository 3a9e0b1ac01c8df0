package org.lockstep.tools.simulator.binance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.SimulatorConfig;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Lets XChange, an independent Java client of the real exchange, trade on the simulator. Needs mvn with a registry. */
@Timeout(900)
class XChangeCompatibilityTest
{
    private static final Path ROOT = Path.of(System.getProperty("lockstep.root"));
    private static final Path SOURCE = ROOT.resolve("tools/src/test/xchange");
    private static final Path PROJECT = ROOT.resolve("tools/target/xchange");
    private static final long FETCH_SECONDS = 300;
    private static final long RUN_SECONDS = 300;

    @Test
    void shouldServeXChangeWhenItTrades() throws Exception
    {
        assumeTrue(isOnPath("mvn"), "skipped: mvn is not on the PATH");
        assumeTrue(fetch(), "skipped: mvn could not fetch XChange, see " + PROJECT.resolve("mvn.log"));

        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(200)))
        {
            final Path log = PROJECT.resolve("trading.log");
            final SimulatedKey key = simulator.addresses().key(1, SimulatedKey.HMAC);
            final int exitCode = run(RUN_SECONDS, log,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", "lib/*",
                "BinanceTrading.java", simulator.addresses().rest(), key.key(), key.secret());

            final String output = Files.readString(log);
            assertEquals(0, exitCode, output);
            assertTrue(output.endsWith("ok\n"), output);
        }
    }

    private static boolean isOnPath(final String command)
    {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    /** Copies what the project file names, unless that was done before. */
    private static boolean fetch() throws IOException, InterruptedException
    {
        final Path fetched = PROJECT.resolve("fetched-pom.xml");
        Files.createDirectories(PROJECT);
        try (Stream<Path> files = Files.list(SOURCE))
        {
            for (final Path file : (Iterable<Path>)files::iterator)
            {
                Files.copy(file, PROJECT.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (Files.exists(fetched) && -1 == Files.mismatch(SOURCE.resolve("pom.xml"), fetched))
        {
            return true;
        }
        final int exitCode = run(FETCH_SECONDS, PROJECT.resolve("mvn.log"), "mvn", "-q", "-B",
            "dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=lib");
        if (0 == exitCode)
        {
            Files.copy(SOURCE.resolve("pom.xml"), fetched, StandardCopyOption.REPLACE_EXISTING);
        }
        return 0 == exitCode;
    }

    private static int run(final long seconds, final Path log, final String... command)
        throws IOException, InterruptedException
    {
        final Process process = new ProcessBuilder(List.of(command))
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS))
        {
            process.destroyForcibly().waitFor();
            return -1;
        }
        return process.exitValue();
    }
}
