package org.lockstep.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class WideSumTest
{
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    @Test
    void shouldBeExactWhateverIsAddedAndTakenOff()
    {
        final long seed = 20_261_121L;
        final Random random = new Random(seed);
        final List<Long> added = new ArrayList<>();
        final WideSum sum = new WideSum();
        BigInteger expected = BigInteger.ZERO;

        for (int i = 0; i < 20_000; i++)
        {
            if (added.isEmpty() || random.nextInt(100) < 52)
            {
                final long amount = random.nextLong() >>> 1 + random.nextInt(63);
                added.add(amount);
                sum.add(amount);
                expected = expected.add(BigInteger.valueOf(amount));
            }
            else
            {
                final long amount = added.remove(random.nextInt(added.size()));
                sum.add(-amount);
                expected = expected.subtract(BigInteger.valueOf(amount));
            }
            assertEquals(MAX.min(expected).longValueExact(), sum.saturated(), "seed " + seed);
            if (!added.isEmpty())
            {
                final long amount = added.get(random.nextInt(added.size()));
                assertEquals(MAX.min(expected.subtract(BigInteger.valueOf(amount))).longValueExact(),
                    sum.saturatedWithout(amount), "seed " + seed);
            }
        }
    }
}
