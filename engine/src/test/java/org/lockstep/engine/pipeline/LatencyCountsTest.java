package org.lockstep.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyCountsTest
{
    @Property
    void shouldEqualAHistogramWhateverIsRecorded(
        @ForAll @LongRange(min = -10, max = LatencyCounts.HIGHEST_NS + 10) final long[] latenciesNs,
        @ForAll @LongRange(min = 1, max = 300) final long times)
    {
        final LatencyCounts counts = new LatencyCounts();
        final Histogram expected = new Histogram(LatencyCounts.HIGHEST_NS, 3);

        for (final long latencyNs : latenciesNs)
        {
            counts.record(latencyNs, times);
            expected.recordValueWithCount(Math.max(0, Math.min(latencyNs, LatencyCounts.HIGHEST_NS)), times);
        }

        assertEquals(expected, counts.histogram());
    }

    @Test
    void shouldEqualAHistogramAtTheEdgesOfEveryPowerOfTwo()
    {
        final LatencyCounts counts = new LatencyCounts();
        final Histogram expected = new Histogram(LatencyCounts.HIGHEST_NS, 3);

        for (long edge = 1; edge < LatencyCounts.HIGHEST_NS; edge *= 2)
        {
            for (long value = edge - 1; value <= edge + 1; value++)
            {
                counts.record(value, 1);
                expected.recordValue(value);
            }
        }

        assertEquals(expected, counts.histogram());
    }
}
