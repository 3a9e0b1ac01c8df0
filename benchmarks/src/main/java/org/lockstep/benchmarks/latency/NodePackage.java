package org.lockstep.benchmarks.latency;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Peers that run on Node: one package each, installed by npm where the benchmarks are built, and kept there. */
public final class NodePackage
{
    private static final long INSTALL_SECONDS = 180;

    private NodePackage()
    {
    }

    /**
     * Installs a package unless that was done before.
     *
     * @param name   with its version, {@code ws@8.18.0}.
     * @param script a resource of the benchmarks that uses it.
     * @param args   of the script.
     * @return the command, or null when there is no Node here or the package cannot be had.
     */
    public static List<String> command(final String name, final String script, final String... args)
    {
        final Path directory = Path.of(System.getProperty("lockstep.node", "benchmarks/target/node"),
            name.replaceAll("[^a-z0-9.]", "-")).toAbsolutePath();
        try
        {
            Files.createDirectories(directory);
            if (!Files.exists(directory.resolve("installed")))
            {
                if (!isInstalled(directory, name))
                {
                    return null;
                }
                Files.writeString(directory.resolve("installed"), name);
            }
            try (InputStream source = NodePackage.class.getResourceAsStream("/node/" + script))
            {
                Files.copy(source, directory.resolve(script), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return null;
        }
        final List<String> command = new ArrayList<>(List.of("node", directory.resolve(script).toString()));
        command.addAll(List.of(args));
        return command;
    }

    private static boolean isInstalled(final Path directory, final String name)
        throws IOException, InterruptedException
    {
        Files.writeString(directory.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}");
        try
        {
            final Process npm = new ProcessBuilder(
                "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", name)
                .directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("npm.log").toFile()).start();
            if (npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS))
            {
                return 0 == npm.exitValue();
            }
            npm.destroyForcibly();
        }
        catch (final IOException ex)
        {
            Files.writeString(directory.resolve("npm.log"), "no npm: " + ex.getMessage());
        }
        return false;
    }
}
