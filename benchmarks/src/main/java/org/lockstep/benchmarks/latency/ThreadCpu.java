package org.lockstep.benchmarks.latency;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

import io.netty.channel.EventLoop;

/** Processor time of one event loop's thread, user and kernel: less noisy than what it got done in a time. */
final class ThreadCpu
{
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long threadId;

    ThreadCpu(final EventLoop loop)
    {
        threadId = loop.submit(() -> Thread.currentThread().getId()).syncUninterruptibly().getNow();
    }

    long ns()
    {
        return THREADS.getThreadCpuTime(threadId);
    }
}
