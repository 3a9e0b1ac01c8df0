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
        // Whatever this machine does meanwhile.
        Files.writeString(directory.resolve("wire.json"), Files.readString(directory.resolve("wire.json"))
            .replaceFirst("\"noisy\" : \\[[^]]*]", "\"noisy\" : [ ]"));
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
        assertEquals(7, plots, "targets, percentiles of three, rates, throughput, cost");
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

    @Test
    void shouldMarkEveryVerdictOfAProgramWhenItWasNoisy() throws Exception
    {
        ResultFile.begin("loud", directory.resolve("loud.json").toString())
            .ratio("p50 of loud", 1, 1.2, Better.LOWER).distrust("the sender was late").write();

        final Run run = Run.read(directory, directory.resolve("none"));

        assertEquals("met (noisy)", ratio(run, "p50 of loud").verdict());
        assertEquals("met", ratio(run, "times ccxt").verdict());
        assertTrue(run.total().startsWith("3 of 5 met, 2 of them for sure"), run.total());
    }

    @Test
    void shouldLeaveVerdictOpenWhenTheErrorReachesTheTarget() throws Exception
    {
        Files.writeString(directory.resolve("jmh.json"), jmh("TRADE", "100.0", "3.0", "290.0", "6.0")
            .replaceFirst("]$", ",") + jmh("DEPTH_10", "100.0", "1.0", "290.0", "1.0").substring(1)
            .replaceFirst("]$", ",") + jmh("BOOK_TICKER", "100.0", "1.0", "320.0", "\"NaN\"").substring(1));

        final Run run = Run.read(directory, directory.resolve("none"));

        assertEquals("missed, within the error", ratio(run, "decode trade, times as fast as DSL-JSON").verdict());
        assertEquals("missed by 3 %", ratio(run, "decode 10-level depth, times as fast as DSL-JSON").verdict());
        assertEquals("met, error unknown", ratio(run, "decode bookTicker, times as fast as DSL-JSON").verdict());
        assertFalse(ratio(run, "decode bookTicker, times as fast as DSL-JSON").isTrusted());
    }

    @Test
    void shouldSayWhatTheBaselineIsWhenItIsNoisyOrLacksARow() throws Exception
    {
        ResultFile.begin("loud", directory.resolve("loud.json").toString())
            .ratio("p50 of loud", 1, 1.2, Better.LOWER).distrust("the sender was late").write();
        report("new-baseline=" + directory.resolve("base.txt"), "commit=abc", "date=2026-11-21", "mode=full");
        ResultFile.begin("loud", directory.resolve("loud.json").toString())
            .ratio("p50 of loud", 1, 1.2, Better.LOWER).ratio("p99 of loud", 1, 1.2, Better.LOWER).write();

        final Run run = Run.read(directory, directory.resolve("base.txt"));

        assertTrue(run.baseline().startsWith("commit abc, 2026-11-21, full; noisy in it: "), run.baseline());
        assertTrue(run.baseline().contains("loud"), run.baseline());
        assertEquals("new", run.drift(ratio(run, "p99 of loud")));
        assertEquals("+0 %", run.drift(ratio(run, "p50 of loud")));
    }

    @Test
    void shouldGiveJmhItsNoiseWhenThatWasNotedBeside() throws Exception
    {
        ResultFile.begin("micro, noise", directory.resolve("micro.json").toString()).distrust("of a test").write();

        final Run run = Run.read(directory, directory.resolve("none"));
        report();

        assertTrue(ratio(run, "decode trade, B/op").isNoisy());
        assertFalse(Files.readString(directory.resolve("report.html")).contains("micro, noise"));
    }

    @Test
    void shouldDrawALaneInOneColourWhenItHasSeveralCharts() throws Exception
    {
        final Histogram histogram = new Histogram(3);
        histogram.recordValue(1_000);
        ResultFile.begin("echo", directory.resolve("wire.json").toString())
            .latency("bare echo @ 1000", histogram).metric("bare echo @ 1000", "ratePerSecond", 1_000)
            .latency("tick to order @ 1000", histogram).metric("tick to order @ 1000", "ratePerSecond", 1_000)
            .latency("sender lateness @ 1000", histogram).metric("tick to order", "perSecond", 9)
            .metric("tick to order", "messagesPerCpuSecond", 7).write();

        report();

        final String html = Files.readString(directory.resolve("report.html"));
        assertTrue(html.contains("Latency by percentile @ 1000, from when it was due"), "title");
        assertTrue(html.contains("Messages a second; more is better"), "unit");
        assertTrue(html.contains("Messages a second of processor time; more is better"), "unit");
        assertTrue(html.contains("class='s0'><title>bare echo: p50"), "a curve");
        assertTrue(html.contains("class='s1'><title>tick to order: p50"), "a curve");
        assertTrue(html.contains("class='s1'><title>tick to order, p50"), "a line against the rate");
        assertTrue(html.contains("class='f1'><title>tick to order: 9.00"), "a bar");
        assertTrue(html.indexOf("<title>sender lateness: p50") > html.indexOf("<title>tick to order: p50"), "last");
    }

    private static Ratio ratio(final Run run, final String name)
    {
        return run.ratios().stream().filter(ratio -> name.equals(ratio.name())).findFirst().orElseThrow();
    }

    private static String jmh(final String kind, final String ours, final String oursError, final String theirs,
        final String theirsError)
    {
        return """
            [{"benchmark":"a.micro.DecodeBenchmark.decode","params":{"kind":"%s"},
            "primaryMetric":{"score":%s,"scoreError":%s},"secondaryMetrics":{}},
            {"benchmark":"a.micro.DecodePeersBenchmark.decode","params":{"kind":"%s","library":"DSL_JSON"},
            "primaryMetric":{"score":%s,"scoreError":%s},"secondaryMetrics":{}}]""".formatted(kind, ours, oursError,
            kind, theirs, theirsError);
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
