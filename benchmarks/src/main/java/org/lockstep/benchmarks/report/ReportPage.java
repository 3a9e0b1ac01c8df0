package org.lockstep.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** The report as one page that needs nothing else: no script, no network, light or dark as the reader's system is. */
final class ReportPage
{
    private static final int MAX_CURVES = Chart.COLOURS;
    private static final List<String> COUNTED =
        List.of("Frames", "Commands", "Connects", "Bars", "Messages", "Events");

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
        final JsonNode logs = program.path("hdr");
        final Map<String, Integer> colours = new LinkedHashMap<>();
        final Map<String, Map<String, Histogram>> curves = new LinkedHashMap<>();
        final Map<String, TreeMap<Double, double[]>> rates = new LinkedHashMap<>();
        final Map<String, Double> throughputs = new LinkedHashMap<>();
        final Map<String, Double> cpuThroughputs = new LinkedHashMap<>();
        final Map<String, Map<String, Double>> costs = new TreeMap<>();
        program.path("lanes").properties().forEach(entry ->
        {
            final String name = entry.getKey();
            final JsonNode lane = entry.getValue();
            final int at = name.indexOf(" @ ");
            final String of = at > 0 ? name.substring(0, at) : name;
            if (lane.has("ratePerSecond") && at > 0)
            {
                rates.computeIfAbsent(of, key -> new TreeMap<>()).put(
                    lane.path("ratePerSecond").asDouble(),
                    new double[]{lane.path("p50Ns").asDouble(), lane.path("p99Ns").asDouble()});
            }
            // At several rates: curves of each, where there is none without a rate.
            if (logs.has(name) && (at < 0 || !logs.has(of)))
            {
                final Map<String, Histogram> curve =
                    curves.computeIfAbsent(name.substring(of.length()), key -> new LinkedHashMap<>());
                if (curve.size() < MAX_CURVES)
                {
                    curve.put(of, histogram(logs.path(name).asText()));
                    colours.putIfAbsent(of, colours.size());
                }
            }
            if (lane.has("perSecond"))
            {
                throughputs.put(name, lane.path("perSecond").asDouble());
            }
            for (final String metric : new String[]{"perCpuSecond", "messagesPerCpuSecond"})
            {
                if (lane.has(metric) && at < 0)
                {
                    cpuThroughputs.put(name, lane.path(metric).asDouble());
                }
            }
            if (lane.has("nsPerOp"))
            {
                final int group = name.indexOf('.');
                costs.computeIfAbsent(name.substring(0, Math.max(0, group)).replace("Peers", ""),
                    key -> new TreeMap<>()).put(name.substring(group + 1), lane.path("nsPerOp").asDouble());
            }
        });
        rates.keySet().forEach(lane -> colours.putIfAbsent(lane, colours.size()));
        if (!colours.isEmpty())
        {
            throughputs.keySet().forEach(lane -> colours.putIfAbsent(lane, colours.size()));
        }
        final String from = isPaced(program) ? ", from when it was due" : "";
        curves.forEach((rate, lanes) -> figure(false, "Latency by percentile" + rate + from,
            () -> Charts.percentiles(lanes, colours)));
        figure(rates.isEmpty(), "Latency against rate; dashed: p99", () -> Charts.rates(rates, colours));
        figure(throughputs.isEmpty(), counted(program) + " a second; more is better",
            () -> Charts.bars(throughputs, false, colours));
        figure(cpuThroughputs.isEmpty(), counted(program) + " a second of processor time; more is better",
            () -> Charts.bars(cpuThroughputs, false, colours));
        costs.forEach((name, lanes) ->
            figure(false, name + ", time per operation; less is better", () -> Charts.bars(lanes, true, colours)));
        details(program);
    }

    /** Whether it sends at a rate; all else counts from what its lanes are named by. */
    private static boolean isPaced(final JsonNode program)
    {
        return Stream.concat(Stream.of(program.path("settings")), program.path("lanes").valueStream())
            .flatMap(node -> node.propertyStream()).anyMatch(entry -> entry.getKey().startsWith("rate"));
    }

    /** What its rates count, as its settings or metrics name it. */
    private static String counted(final JsonNode program)
    {
        final List<String> names = Stream.concat(Stream.of(program.path("settings")),
            program.path("lanes").valueStream()).flatMap(node -> node.propertyStream()).map(Map.Entry::getKey).toList();
        return COUNTED.stream().filter(word -> names.stream().anyMatch(name ->
            name.equalsIgnoreCase(word) || name.startsWith(word.toLowerCase(Locale.ROOT) + "Per")))
            .findFirst().orElse("Operations");
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
