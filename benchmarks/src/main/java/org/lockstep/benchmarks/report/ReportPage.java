package org.lockstep.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** The report as one page that needs nothing else: no script, no network, light or dark as the reader's system is. */
final class ReportPage
{
    private static final int MAX_CURVES = Chart.COLOURS;

    private final StringBuilder html = new StringBuilder();
    private final Run run;

    ReportPage(final Run run, final Map<String, String> head)
    {
        this.run = run;
        html.append("<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' ")
            .append("content='width=device-width,initial-scale=1'><title>Lockstep benchmarks</title><style>")
            .append(style()).append("</style><main><h1>Lockstep benchmarks</h1><dl>");
        head.forEach((name, value) -> html.append("<dt>").append(name).append("</dt><dd>")
            .append(Chart.escaped(value)).append("</dd>"));
        if (!run.baseline().isEmpty())
        {
            html.append("<dt>baseline</dt><dd>").append(Chart.escaped(run.baseline())).append("</dd>");
        }
        html.append("</dl>");
        noise();
        table();
        html.append("<h2>Before and after</h2><p>How much of each target is reached; right of the line it is met. ")
            .append("Hollow: the committed baseline; pale: noisy, or within the error. ")
            .append("Point at a dot for its figures.</p><figure>")
            .append(Charts.targets(run.ratios())).append("</figure>");
        run.programs().forEach(this::program);
        html.append("</main></html>");
    }

    String html()
    {
        return html.toString();
    }

    private void noise()
    {
        if (run.noise().isEmpty())
        {
            html.append("<p class='calm'>The machine was quiet while this was measured.</p>");
            return;
        }
        html.append("<div class='warning'><strong>The machine was too noisy to trust these figures.</strong><ul>");
        run.noise().forEach(line -> html.append("<li>").append(Chart.escaped(line)).append("</li>"));
        html.append("</ul></div>");
    }

    private void table()
    {
        html.append("<h2>Targets: ").append(run.total())
            .append("</h2><div class='scroll'><table><thead><tr><th>measure<th>value<th>target<th>verdict")
            .append("<th>baseline<th>drift</thead>");
        for (final Ratio ratio : run.ratios())
        {
            html.append("<tr><td>").append(Chart.escaped(ratio.name())).append("<td class='n'>")
                .append(SummaryTable.number(ratio.value())).append("<td class='n'>")
                .append(Better.LOWER == ratio.better() ? "≤ " : "≥ ").append(SummaryTable.number(ratio.target()))
                .append("<td class='").append(ratio.isTrusted() ? ratio.isMet() ? "good" : "bad" : "doubt")
                .append(ratio.isMet() ? "'>✓ " : "'>✗ ").append(ratio.verdict())
                .append("<td class='n'>")
                .append(Double.isFinite(ratio.baseline()) ? SummaryTable.number(ratio.baseline()) : "")
                .append("<td class='n'>").append(run.drift(ratio));
        }
        html.append("</table></div>");
    }

    private void program(final JsonNode program)
    {
        html.append("<h2>").append(Chart.escaped(program.path("name").asText())).append("</h2>");
        final Map<String, Histogram> curves = new LinkedHashMap<>();
        final Map<String, TreeMap<Double, double[]>> rates = new LinkedHashMap<>();
        final Map<String, Double> throughputs = new LinkedHashMap<>();
        final Map<String, Map<String, Double>> costs = new TreeMap<>();
        program.path("lanes").properties().forEach(entry ->
        {
            final String name = entry.getKey();
            final JsonNode lane = entry.getValue();
            final int at = name.indexOf(" @ ");
            if (lane.has("ratePerSecond") && at > 0)
            {
                rates.computeIfAbsent(name.substring(0, at), key -> new TreeMap<>()).put(
                    lane.path("ratePerSecond").asDouble(),
                    new double[]{lane.path("p50Ns").asDouble(), lane.path("p99Ns").asDouble()});
            }
            else if (program.path("hdr").has(name) && curves.size() < MAX_CURVES)
            {
                curves.put(name, histogram(program.path("hdr").path(name).asText()));
            }
            if (lane.has("perSecond"))
            {
                throughputs.put(name, lane.path("perSecond").asDouble());
            }
            if (lane.has("nsPerOp"))
            {
                final int group = name.indexOf('.');
                costs.computeIfAbsent(name.substring(0, Math.max(0, group)).replace("Peers", ""),
                    key -> new TreeMap<>()).put(name.substring(group + 1), lane.path("nsPerOp").asDouble());
            }
        });
        figure(curves.isEmpty(), "Latency from the intended time of sending, by percentile",
            () -> Charts.percentiles(curves));
        figure(rates.isEmpty(), "Latency against rate; dashed: p99", () -> Charts.rates(rates));
        figure(throughputs.isEmpty(), "A second; more is better", () -> Charts.bars(throughputs, false));
        costs.forEach((name, lanes) ->
            figure(false, name + ", time per operation; less is better", () -> Charts.bars(lanes, true)));
        details(program);
    }

    private void details(final JsonNode program)
    {
        html.append("<details><summary>All figures, settings and noise</summary><div class='scroll'><table>");
        program.path("lanes").properties().forEach(lane ->
        {
            html.append("<tr><td>").append(Chart.escaped(lane.getKey())).append("<td>");
            lane.getValue().properties().forEach(metric -> html.append(metric.getKey()).append(" <b>")
                .append(SummaryTable.number(metric.getValue().asDouble())).append("</b> &ensp;"));
        });
        html.append("</table></div><pre>").append(Chart.escaped("settings " + program.path("settings") + "\nnoise " +
            program.path("noise"))).append("</pre></details>");
    }

    private void figure(final boolean isEmpty, final String caption, final Supplier<String> chart)
    {
        if (!isEmpty)
        {
            html.append("<figure><figcaption>").append(Chart.escaped(caption)).append("</figcaption>")
                .append(chart.get()).append("</figure>");
        }
    }

    private Histogram histogram(final String file)
    {
        final Path path = run.directory().resolve(file);
        try (HistogramLogReader reader = new HistogramLogReader(path.toFile()))
        {
            final EncodableHistogram histogram = reader.nextIntervalHistogram();
            return null == histogram ? new Histogram(3) : (Histogram)histogram;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static String style()
    {
        try (InputStream stream = ReportPage.class.getResourceAsStream("report.css"))
        {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
