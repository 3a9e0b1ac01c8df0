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

/** Lets ccxt, an independent client of the real exchange, use the simulator. Needs Node, and npm with a registry. */
@Timeout(900)
class CcxtCompatibilityTest
{
    private static final Path ROOT = Path.of(System.getProperty("lockstep.root"));
    private static final Path SOURCE = ROOT.resolve("tools/src/test/node");
    private static final Path PROJECT = ROOT.resolve("tools/target/ccxt");
    private static final long INSTALL_SECONDS = 300;
    private static final long RUN_SECONDS = 240;

    @Test
    void shouldServeCcxtWhenItLoadsMarketsAndWatchesStreams() throws Exception
    {
        assumeTrue(isOnPath("node") && isOnPath("npm"), "skipped: node and npm are not on the PATH");
        assumeTrue(install(), "skipped: npm could not fetch ccxt, see " + PROJECT.resolve("npm.log"));

        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(20).withEventsPerSecond(2_000)))
        {
            final Path log = PROJECT.resolve("binance.log");
            final int exitCode = run(RUN_SECONDS, log, "node", "binance.js",
                simulator.addresses().rest(), simulator.addresses().stream(), "BTC/USDT");

            final String output = Files.readString(log);
            assertEquals(0, exitCode, output);
            assertTrue(output.endsWith("ok\n"), output);
        }
    }

    @Test
    void shouldServeCcxtWhenItTradesAndWatchesItsOrdersAndBalances() throws Exception
    {
        assumeTrue(isOnPath("node") && isOnPath("npm"), "skipped: node and npm are not on the PATH");
        assumeTrue(install(), "skipped: npm could not fetch ccxt, see " + PROJECT.resolve("npm.log"));

        try (BinanceSimulator simulator = BinanceSimulator.start(
            SimulatorConfig.defaults().withSymbolCount(2).withEventsPerSecond(200)))
        {
            final Path log = PROJECT.resolve("binance-trading.log");
            final SimulatedKey key = simulator.addresses().key(1, SimulatedKey.HMAC);
            final int exitCode = run(RUN_SECONDS, log, "node", "binance-trading.js", simulator.addresses().rest(),
                simulator.addresses().stream(), simulator.addresses().api(), key.key(), key.secret(), "BTC/USDT");

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

    /** Installs what the lock file says, unless that was done before. */
    private static boolean install() throws IOException, InterruptedException
    {
        final Path lock = SOURCE.resolve("package-lock.json");
        final Path installed = PROJECT.resolve("installed-lock.json");
        Files.createDirectories(PROJECT);
        try (Stream<Path> files = Files.list(SOURCE))
        {
            for (final Path file : (Iterable<Path>)files.filter(Files::isRegularFile)::iterator)
            {
                Files.copy(file, PROJECT.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (Files.exists(installed) && -1 == Files.mismatch(lock, installed))
        {
            return true;
        }
        final int exitCode = run(INSTALL_SECONDS, PROJECT.resolve("npm.log"),
            "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        if (0 == exitCode)
        {
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
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
