package org.lockstep.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The exact figure: without a compiler in the process the virtual machine adds nothing of its own (see
 * {@link ThreadAllocation}), and there is no escape analysis to hide what the code allocates either.
 */
class InterpretedAllocationTest
{
    private static final int WARM_UP_FRAMES = 100_000;
    private static final int FRAMES = 50_000;
    private static final long TIME_OUT_S = 300;

    @Test
    void shouldAllocateNotOneByteWhenNothingIsCompiled() throws IOException, InterruptedException
    {
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("lockstep.root"), "tools", "jvm.options"),
            "-Xint", "-Xmx256m", "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Child.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertTrue(process.waitFor(TIME_OUT_S, TimeUnit.SECONDS));
        assertEquals("bytes 0 fills true", said);
    }

    static final class Child
    {
        private Child()
        {
        }

        /** Runs the load and says what it allocated once warm. */
        public static void main(final String[] args)
        {
            final TradingLoad load = new TradingLoad();
            ThreadAllocation.allocatedIn(WARM_UP_FRAMES, load::next);
            final long fillCount = load.fillCount("maker");

            final long bytes = ThreadAllocation.allocatedIn(FRAMES, load::next);

            System.out.println("bytes " + bytes + " fills " + (load.fillCount("maker") > fillCount + 100));
        }
    }
}
