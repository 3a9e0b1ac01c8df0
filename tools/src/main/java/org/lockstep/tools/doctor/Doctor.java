package org.lockstep.tools.doctor;

import java.nio.file.Path;
import java.util.function.Consumer;

import org.lockstep.tools.host.HostFiles;

/**
 * Examines a host. Reads settings below a root, and measures clock, idle loop, sleeps, loopback and disk of the machine
 * it runs on, for some five seconds. Threading: the caller's thread.
 */
public final class Doctor
{
    private static final long MS = 1_000_000L;
    private static final long SPIN_NS = 2_000 * MS;
    private static final long PARK_NS = 400 * MS;
    private static final long LOOPBACK_NS = 700 * MS;
    private static final long APPEND_NS = 1_000 * MS;
    private static final long SYNC_NS = 700 * MS;

    private final HostFiles files;
    private final Path directory;
    private final Consumer<Finding> sink;
    private int warnings;
    private int failures;

    /**
     * An examination.
     *
     * @param files     where settings are read.
     * @param directory of the journal; need not exist.
     * @param sink      told of each finding at once.
     */
    public Doctor(final HostFiles files, final Path directory, final Consumer<Finding> sink)
    {
        this.files = files;
        this.directory = directory;
        this.sink = sink;
    }

    /**
     * Looks at everything.
     *
     * @return whether Lockstep can run here; warnings do not prevent it.
     */
    public boolean run()
    {
        settings();
        new TimerExam(files, Runtime.getRuntime().availableProcessors(), SPIN_NS, PARK_NS).run(this::found);
        new LoopbackExam(LOOPBACK_NS).run(this::found);
        new DiskExam(directory, APPEND_NS, SYNC_NS).run(this::found);
        plan();
        return 0 == failures;
    }

    /** Reads what is set, without measuring. */
    void settings()
    {
        new CpuExam(files).run(this::found);
        new ClockExam(files, KernelClock::read).run(this::found);
        new MemoryExam(files).run(this::found);
        new LimitExam(files).run(this::found);
        new JvmExam().run(this::found);
    }

    void plan()
    {
        new PlanExam(files, Runtime.getRuntime().availableProcessors()).run(this::found);
    }

    /** @return findings that cost something. */
    public int warnings()
    {
        return warnings;
    }

    /** @return findings that keep Lockstep from running. */
    public int failures()
    {
        return failures;
    }

    private void found(final Finding finding)
    {
        warnings += Finding.Level.WARN == finding.level() ? 1 : 0;
        failures += Finding.Level.FAIL == finding.level() ? 1 : 0;
        sink.accept(finding);
    }
}
