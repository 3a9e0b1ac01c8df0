package org.lockstep.benchmarks.report;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ResultFileTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldWriteWhatWasMeasuredWhenAFileIsAskedFor() throws Exception
    {
        final File file = directory.resolve("deep/wire.json").toFile();
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(1_000, 98);
        histogram.recordValueWithCount(50_000, 2);

        final ResultFile result = ResultFile.begin("wire", file.getPath());
        result.setting("rate", 10_000).latency("bare echo", histogram).metric("bare echo", "perSecond", Double.NaN);
        result.probe();
        result.ratio("p50 over bare echo", 1.5, 1.25, Better.LOWER).write();

        final JsonNode json = new ObjectMapper().readTree(file);
        assertEquals("wire", json.path("name").asText());
        assertEquals(10_000, json.path("settings").path("rate").asInt());
        final JsonNode lane = json.path("lanes").path("bare echo");
        assertEquals(1_000, lane.path("p50Ns").asInt(), 1);
        assertEquals(50_000, lane.path("p99Ns").asInt(), 50);
        assertEquals(100, lane.path("count").asInt());
        assertFalse(lane.has("perSecond"), "what is no number");
        assertEquals("lower", json.path("ratios").path("p50 over bare echo").path("better").asText());
        assertEquals(1.25, json.path("ratios").path("p50 over bare echo").path("target").asDouble());
        assertEquals(3, json.path("noise").path("probes").asInt());
        final File log = new File(file.getParentFile(), json.path("hdr").path("bare echo").asText());
        try (HistogramLogReader reader = new HistogramLogReader(log))
        {
            assertEquals(100, ((Histogram)reader.nextIntervalHistogram()).getTotalCount());
        }
    }

    @Test
    void shouldRefuseAFileWhenItIsNotNamedJson()
    {
        final IllegalArgumentException refused =
            assertThrows(IllegalArgumentException.class, () -> ResultFile.begin("wire", "out.txt"));

        assertTrue(refused.getMessage().contains("'out.txt'"), refused.getMessage());
    }

    @Test
    void shouldSayWhatWasTooMuchWhenTheMachineIsNoisy()
    {
        assertEquals(List.of(), NoiseMeter.reasons(0.05, 0.5, 0.5));
        assertEquals(3, NoiseMeter.reasons(1.2, 5, 9).size());
        assertTrue(NoiseMeter.reasons(1.2, 0, 0).get(0).contains("1.20 cores"));
    }
}
