package org.lockstep.tools.check;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs the steps of a test, times them, and tells of each as it ends. */
public final class CheckSteps
{
    private final Consumer<CheckStep> onStep;
    private boolean allPassed = true;

    /**
     * Steps to come.
     *
     * @param onStep told of each as it ends.
     */
    public CheckSteps(final Consumer<CheckStep> onStep)
    {
        this.onStep = onStep;
    }

    /** What a step found, and what to mind about it. */
    record Found(String detail, String advice)
    {
        static Found good(final String detail)
        {
            return new Found(detail, null);
        }
    }

    /** Does a step. */
    @FunctionalInterface
    interface Action
    {
        /** What it returns is shown, what it throws is the failure. */
        Found run() throws IOException, InterruptedException;
    }

    /** A failure with advice of its own. */
    static final class Failure extends IOException
    {
        private static final long serialVersionUID = 1L;

        private final String advice;

        Failure(final String detail, final String advice)
        {
            super(detail);
            this.advice = advice;
        }
    }

    /** @return whether all have passed so far. */
    public boolean allPassed()
    {
        return allPassed;
    }

    /**
     * Runs one.
     *
     * @param name    of the step.
     * @param account whose key it is about, or null.
     * @param advice  what to try when it fails and the failure knows nothing better.
     * @param action  does it.
     * @return whether it passed.
     */
    boolean run(final String name, final String account, final String advice, final Action action)
    {
        final long startNs = System.nanoTime();
        String detail;
        String hint = advice;
        boolean passed = false;
        try
        {
            final Found found = action.run();
            detail = found.detail();
            hint = found.advice();
            passed = true;
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            detail = "interrupted";
        }
        catch (final Failure ex)
        {
            detail = ex.getMessage();
            hint = ex.advice;
        }
        catch (final IOException | RuntimeException ex)
        {
            detail = ex.getClass().getSimpleName() + (null == ex.getMessage() ? "" : ": " + ex.getMessage());
        }
        allPassed &= passed;
        onStep.accept(new CheckStep(name, account, passed, (System.nanoTime() - startNs) / 1e6, detail, hint));
        return passed;
    }

    static <T> T await(final CompletableFuture<T> future, final long timeoutMs)
        throws IOException, InterruptedException
    {
        try
        {
            return future.get(timeoutMs, TimeUnit.MILLISECONDS);
        }
        catch (final ExecutionException ex)
        {
            throw ex.getCause() instanceof IOException cause ? cause :
                new IOException(String.valueOf(ex.getCause().getMessage()), ex);
        }
        catch (final TimeoutException ex)
        {
            throw new IOException("nothing within " + timeoutMs / 1000 + " s", ex);
        }
    }
}
