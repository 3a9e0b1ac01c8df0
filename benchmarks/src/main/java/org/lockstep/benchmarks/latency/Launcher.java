package org.lockstep.benchmarks.latency;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts real processes through the launcher, with the bots of this module on their class path. */
public final class Launcher
{
    private static final long BUILD_SECONDS = 300;

    private final String command;
    private final Path scratch;

    /**
     * A launcher.
     *
     * @param command path of it.
     * @param scratch takes its log.
     */
    public Launcher(final String command, final Path scratch)
    {
        this.command = command;
        this.scratch = scratch;
    }

    /**
     * Lets it build what has changed, which is no part of a start.
     *
     * @throws IOException          if it cannot be run.
     * @throws InterruptedException if interrupted.
     */
    public void build() throws IOException, InterruptedException
    {
        final Path log = scratch.resolve("build.log");
        final Process process = new ProcessBuilder(command, "--version").redirectErrorStream(true)
            .redirectOutput(log.toFile()).start();
        if (!process.waitFor(BUILD_SECONDS, TimeUnit.SECONDS) || 0 != process.exitValue())
        {
            process.destroy();
            throw new IllegalStateException("'" + command + " --version' failed: " + Files.readString(log));
        }
    }

    /**
     * Prepares a process.
     *
     * @param arguments of the command.
     * @return to be started.
     */
    public ProcessBuilder prepare(final String... arguments)
    {
        final List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("LOCKSTEP_CLASSPATH", ownJar());
        return builder;
    }

    /** Where this class is: the bots of the process are loaded from there. */
    private static String ownJar()
    {
        final String own = Launcher.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return new File(own).getAbsolutePath();
    }
}
