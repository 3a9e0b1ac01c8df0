package org.lockstep.engine.pipeline;

import java.util.function.BooleanSupplier;

import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Carries out a {@link ThreadPlan}: starts the engine's own thread, or lends the engine to the feed's event loop.
 * <p>
 * Threading: {@link #start()} and {@link #close()} by the thread that composes the process; {@link #pollOnLoop()} by
 * the one event loop of the feed.
 */
public final class EngineRunner implements AutoCloseable
{
    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 50_000;

    private final ThreadPlan plan;
    private final EngineProcessor processor;
    private final InputRing ring;
    private final ErrorHandler errorHandler;
    private final Runnable onThread;
    private AgentRunner agentRunner;
    private volatile boolean closed;

    /**
     * Assigns; nothing starts.
     *
     * @param plan         to carry out.
     * @param processor    to poll.
     * @param ring         the processor's.
     * @param errorHandler told of what should not happen.
     */
    public EngineRunner(
        final ThreadPlan plan,
        final EngineProcessor processor,
        final InputRing ring,
        final ErrorHandler errorHandler)
    {
        this(plan, processor, ring, errorHandler, EngineRunner::nothing);
    }

    /**
     * Assigns; nothing starts.
     *
     * @param plan         to carry out.
     * @param processor    to poll.
     * @param ring         the processor's.
     * @param errorHandler told of what should not happen.
     * @param onThread     run once on the engine's own thread before it polls: such as pinning it. Must not throw.
     */
    public EngineRunner(
        final ThreadPlan plan,
        final EngineProcessor processor,
        final InputRing ring,
        final ErrorHandler errorHandler,
        final Runnable onThread)
    {
        this.plan = plan;
        this.processor = processor;
        this.ring = ring;
        this.errorHandler = errorHandler;
        this.onThread = onThread;
    }

    /** Starts the engine's thread, if the plan has one. */
    public void start()
    {
        if (ThreadPlan.Mode.FEED_LOOP != plan.mode())
        {
            final IdleStrategy idle = ThreadPlan.Mode.DEDICATED_SPIN == plan.mode() ?
                BusySpinIdleStrategy.INSTANCE : new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
            agentRunner = new AgentRunner(idle, errorHandler, null, new ProcessorAgent());
            AgentRunner.startOnThread(agentRunner, runnable -> new Thread(() ->
            {
                onThread.run();
                runnable.run();
            }, "lockstep-engine"));
        }
    }

    /**
     * Under the feed-loop plan, names the loop's thread as the one that runs the engine.
     *
     * @param loopThread the feed's event loop.
     */
    public void adoptLoop(final Thread loopThread)
    {
        ring.drainOn(loopThread, this::pollOnLoop);
    }

    /** Runs the engine until the ring is empty; under the feed-loop plan, on the loop's thread. */
    public void pollOnLoop()
    {
        if (ThreadPlan.Mode.FEED_LOOP == plan.mode())
        {
            while (!closed && processor.poll() > 0)
            {
                Thread.onSpinWait();
            }
        }
    }

    /**
     * Waits until everything published so far has been run.
     *
     * @param timeoutNs how long to wait.
     * @param abandon   asked meanwhile; true ends the wait.
     * @return true when the ring is empty.
     */
    public boolean awaitDrained(final long timeoutNs, final BooleanSupplier abandon)
    {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (!processor.isDrained())
        {
            if (System.nanoTime() - deadlineNs >= 0 || abandon.getAsBoolean())
            {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    /**
     * Stops the engine's thread and waits for it; what is still in the ring is not run. Under the feed-loop plan the
     * batch in hand is the last, and the loop has to be waited for before the journal closes.
     */
    @Override
    public void close()
    {
        closed = true;
        if (null != agentRunner)
        {
            agentRunner.close();
        }
        ring.halt("closed");
    }

    private static void nothing()
    {
        // Left to the scheduler.
    }

    private final class ProcessorAgent implements Agent
    {
        @Override
        public int doWork()
        {
            return processor.poll();
        }

        @Override
        public String roleName()
        {
            return "lockstep-engine";
        }
    }
}
