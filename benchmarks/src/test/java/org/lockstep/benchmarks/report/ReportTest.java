package org.lockstep.benchmarks.report;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportTest
{
    @TempDir
    private Path directory;

    @BeforeEach
    void measure() throws Exception
    {
        final Histogram histogram = new Histogram(3);
        for (int i = 1; i <= 1_000; i++)
        {
            histogram.recordValue(i * 100L);
        }
        final ResultFile result = ResultFile.begin("wire", directory.resolve("wire.json").toString());
        result.latency("ours <fast>", histogram).latency("ours @ 1000", histogram).latency("ours @ 5000", histogram);
        result.metric("ours @ 1000", "ratePerSecond", 1_000).metric("ours @ 5000", "ratePerSecond", 5_000);
        result.metric("ours <fast>", "perSecond", 5_000_000).metric("raw", "perSecond", 6_000_000);
        result.ratio("p50 over echo", 1.5, 1.2, Better.LOWER).ratio("times ccxt", 40, 20, Better.HIGHER);
        result.write();
        Files.writeString(directory.resolve("jmh.json"), """
            [{"benchmark":"a.micro.DecodeBenchmark.decode","params":{"kind":"TRADE"},
            "primaryMetric":{"score":100.0,"scoreError":"NaN"},
            "secondaryMetrics":{"gc.alloc.rate.norm":{"score":0.002}}},
            {"benchmark":"a.micro.DecodePeersBenchmark.decode","params":{"kind":"TRADE","library":"DSL_JSON"},
            "primaryMetric":{"score":290.0,"scoreError":1.0},"secondaryMetrics":{}}]""");
    }

    @Test
    void shouldShowEveryTargetAndPlotWhenResultsAreRead() throws Exception
    {
        report("new-baseline=" + directory.resolve("base.json.txt"));

        final String html = Files.readString(directory.resolve("report.html"));
        for (final String text : new String[]{"missed by 25 %", "decode trade, times as fast as DSL-JSON",
            "decode trade, B/op", "times ccxt", "ours &lt;fast&gt;", "Latency against rate", "Targets: 2 of 4 met"})
        {
            assertTrue(html.contains(text), text);
        }
        assertFalse(html.contains("src=") || html.contains("href="), "the page must need nothing else");
        int plots = 0;
        final Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
        while (svg.find())
        {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
                new InputSource(new StringReader(svg.group())));
            assertFalse(svg.group().contains("NaN"), svg.group());
            plots++;
        }
        assertEquals(5, plots, "targets, percentiles, rates, throughput, cost");
    }

    @Test
    void shouldTellDriftWhenABaselineIsThere() throws Exception
    {
        Files.writeString(directory.resolve("baseline.txt"),
            "{\"ratios\":{\"wire: p50 over echo\":1.0,\"wire: times ccxt\":39}}");
        final Run run = Run.read(directory, directory.resolve("baseline.txt"));

        final Ratio worse = run.ratios().stream().filter(ratio -> ratio.name().startsWith("p50")).findFirst().get();
        final Ratio same = run.ratios().stream().filter(ratio -> ratio.name().contains("ccxt")).findFirst().get();

        assertEquals("+50 % WORSE", worse.drift(SummaryTable.TOLERANCE_PERCENT));
        assertEquals("missed by 25 %", worse.verdict());
        assertEquals("+3 %", same.drift(SummaryTable.TOLERANCE_PERCENT));
        assertEquals("met", same.verdict());
    }

    private void report(final String... more) throws Exception
    {
        final String[] args = new String[more.length + 3];
        args[0] = "results=" + directory;
        args[1] = "html=" + directory.resolve("report.html");
        args[2] = "baseline=" + directory.resolve("none");
        System.arraycopy(more, 0, args, 3, more.length);
        Report.main(args);
    }
}
