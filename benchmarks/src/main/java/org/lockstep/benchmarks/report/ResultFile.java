package org.lockstep.benchmarks.report;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * What one benchmark program measured, as the file of its {@code json=} option: metrics of lanes, ratios with their
 * targets, settings, noise; the histograms lie beside it as HdrHistogram logs. Without a file it only collects. Names
 * of metrics end in their unit; a lane that was run at several rates is named {@code lane @ rate}, and has a metric
 * {@code ratePerSecond}; a throughput is {@code perSecond}.
 */
public final class ResultFile
{
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String SUFFIX = ".json";

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final Map<String, Histogram> histograms = new TreeMap<>();
    private final List<String> distrusted = new ArrayList<>();
    private final NoiseMeter noise;
    private final String path;

    private ResultFile(final String name, final String path, final NoiseMeter noise)
    {
        this.path = path;
        this.noise = noise;
        root.put("name", name);
        for (final String part : new String[]{"lanes", "ratios", "hdr", "settings"})
        {
            root.putObject(part);
        }
    }

    /** What was measured by others, without noise. */
    static ResultFile of(final String name)
    {
        return new ResultFile(name, "", null);
    }

    /**
     * Begins; noise is measured from here on.
     *
     * @param name of the program, lower case with dashes.
     * @param path of the file to write, or empty.
     * @return the result.
     */
    public static ResultFile begin(final String name, final String path)
    {
        if (!path.isEmpty() && !path.endsWith(SUFFIX))
        {
            throw new IllegalArgumentException("json: found '" + path + "', allowed a name that ends in " + SUFFIX);
        }
        final NoiseMeter noise = new NoiseMeter();
        noise.probe();
        return new ResultFile(name, path, noise);
    }

    /** Spins for 20 ms to see how noisy the machine is: call it before and after each lane. */
    public void probe()
    {
        noise.probe();
    }

    /**
     * Notes how it was run.
     *
     * @param name  of the setting.
     * @param value of it.
     * @return this.
     */
    public ResultFile setting(final String name, final Object value)
    {
        root.withObjectProperty("settings").putPOJO(name, value);
        return this;
    }

    /**
     * Notes a figure.
     *
     * @param lane  what was measured.
     * @param name  of the metric, its unit last, {@code p50Ns} or {@code perSecond}.
     * @param value of it; what is not finite is left out.
     * @return this.
     */
    public ResultFile metric(final String lane, final String name, final double value)
    {
        if (Double.isFinite(value))
        {
            root.withObjectProperty("lanes").withObjectProperty(lane).put(name, value);
        }
        return this;
    }

    /**
     * Notes latencies: {@code p50Ns, p90Ns, p99Ns, p999Ns, maxNs, count}, and keeps the histogram as a log.
     *
     * @param lane      what was measured.
     * @param histogram in ns.
     * @return this.
     */
    public ResultFile latency(final String lane, final Histogram histogram)
    {
        metric(lane, "p50Ns", histogram.getValueAtPercentile(50));
        metric(lane, "p90Ns", histogram.getValueAtPercentile(90));
        metric(lane, "p99Ns", histogram.getValueAtPercentile(99));
        metric(lane, "p999Ns", histogram.getValueAtPercentile(99.9));
        metric(lane, "maxNs", histogram.getMaxValue());
        histograms.put(lane, histogram.copy());
        return metric(lane, "count", histogram.getTotalCount());
    }

    /**
     * Notes a ratio that has a target.
     *
     * @param name   of it, as the table is to show it.
     * @param value  measured; what is not finite is left out.
     * @param target to reach.
     * @param better which way.
     * @return this.
     */
    public ResultFile ratio(final String name, final double value, final double target, final Better better)
    {
        if (Double.isFinite(value))
        {
            root.withObjectProperty("ratios").putObject(name)
                .put("value", value).put("target", target).put("better", better.text());
        }
        return this;
    }

    /**
     * Says why figures are not to be trusted, beside what the machine did besides.
     *
     * @param reason for people.
     * @return this.
     */
    public ResultFile distrust(final String reason)
    {
        distrusted.add(reason);
        return this;
    }

    /** Writes the file and the logs beside it, where a file was asked for. */
    public void write()
    {
        noise.probe();
        final ObjectNode seen = noise.result();
        distrusted.forEach(reason -> seen.withArrayProperty("noisy").add(reason));
        root.set("noise", seen);
        if (path.isEmpty())
        {
            return;
        }
        try
        {
            final Path file = Path.of(path).toAbsolutePath();
            Files.createDirectories(file.getParent());
            final String base = file.getFileName().toString();
            for (final Map.Entry<String, Histogram> entry : histograms.entrySet())
            {
                final String log = base.substring(0, base.length() - SUFFIX.length()) + "-" +
                    entry.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".hlog";
                root.withObjectProperty("hdr").put(entry.getKey(), log);
                writeLog(file.resolveSibling(log), entry.getKey(), entry.getValue());
            }
            MAPPER.writeValue(file.toFile(), root);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** @return what was collected; {@code noise} only once written. */
    public ObjectNode json()
    {
        return root;
    }

    private static void writeLog(final Path log, final String lane, final Histogram histogram) throws IOException
    {
        try (OutputStream out = new FileOutputStream(log.toFile()))
        {
            final HistogramLogWriter writer = new HistogramLogWriter(out);
            writer.outputComment("[" + lane + ", ns]");
            writer.outputLogFormatVersion();
            writer.outputLegend();
            histogram.setStartTimeStamp(0);
            histogram.setEndTimeStamp(1);
            writer.outputIntervalHistogram(histogram);
            writer.close();
        }
    }
}
