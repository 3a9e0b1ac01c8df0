package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs the tests of the JavaScript client in Node, against real gateways. Needs Node, and npm with a registry for what
 * the tests use; in CI both must be there.
 */
@Timeout(900)
class JavaScriptClientTest
{
    private static final Path ROOT = Path.of(System.getProperty("lockstep.root"));
    private static final Path SOURCE = ROOT.resolve("gateway/src/test/js");
    private static final Path PAGE = ROOT.resolve("gateway/src/main/resources/org/lockstep/gateway/client/page");
    private static final Path PROJECT = ROOT.resolve("gateway/target/js");
    private static final long INSTALL_SECONDS = 300;
    private static final long RUN_SECONDS = 480;

    @BeforeAll
    static void prepare() throws Exception
    {
        final boolean isRequired = "true".equals(System.getenv("CI"));
        final boolean hasNode = isOnPath("node") && isOnPath("npm");
        assertTrue(hasNode || !isRequired, "CI must have node and npm installed");
        assumeTrue(hasNode, "skipped: node and npm are not on the PATH");
        final boolean isInstalled = install();
        assertTrue(isInstalled || !isRequired, "npm could not fetch what the tests need, see " + PROJECT);
        assumeTrue(isInstalled, "skipped: npm could not fetch what the tests need, see " + PROJECT);
    }

    @Test
    void shouldPassItsOwnTestsWhenTalkingToARealGateway() throws Exception
    {
        final Path log = PROJECT.resolve("node.log");
        final List<String> command = new ArrayList<>(List.of("node", "--test", "--test-concurrency=4"));
        try (Stream<Path> files = Files.list(PROJECT))
        {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".test.js")).sorted()
                .forEach(command::add);
        }

        final int exitCode;
        try (GatewayControl control = new GatewayControl())
        {
            exitCode = run(RUN_SECONDS, log, control.url(), command);
        }

        final String output = Files.readString(log);
        assertEquals(0, exitCode, output);
        assertTrue(output.contains("pass ") && !output.contains("pass 0"), output);
    }

    @Test
    void shouldHoldTheTypesItPromises() throws Exception
    {
        final Path log = PROJECT.resolve("tsc.log");

        final int exitCode = run(RUN_SECONDS, log, "", List.of("node", "node_modules/typescript/bin/tsc", "-p", "."));

        assertEquals(0, exitCode, Files.readString(log));
    }

    private static boolean isOnPath(final String command)
    {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    /** Copies the tests and the page beside what the lock file says, which is installed unless that was done before. */
    private static boolean install() throws IOException, InterruptedException
    {
        copy(SOURCE, PROJECT);
        copy(PAGE, PROJECT.resolve("page"));
        final Path lock = SOURCE.resolve("package-lock.json");
        final Path installed = PROJECT.resolve("installed-lock.json");
        if (Files.exists(installed) && -1 == Files.mismatch(lock, installed))
        {
            return true;
        }
        final int exitCode = run(INSTALL_SECONDS, PROJECT.resolve("npm.log"), "",
            List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"));
        if (0 == exitCode)
        {
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return 0 == exitCode;
    }

    private static void copy(final Path from, final Path to) throws IOException
    {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from))
        {
            for (final Path file : (Iterable<Path>)files.filter(Files::isRegularFile)::iterator)
            {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static int run(
        final long seconds, final Path log, final String controlUrl, final List<String> command)
        throws IOException, InterruptedException
    {
        final ProcessBuilder builder = new ProcessBuilder(command)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
        builder.environment().put("GATEWAY_CONTROL", controlUrl);
        final Process process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS))
        {
            process.destroyForcibly().waitFor();
            return -1;
        }
        return process.exitValue();
    }
}
