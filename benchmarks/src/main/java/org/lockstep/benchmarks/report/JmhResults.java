package org.lockstep.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Brings JMH's JSON into the form of {@link ResultFile}, and forms the ratios that have targets. */
final class JmhResults
{
    private static final String[] KINDS = {"BOOK_TICKER", "TRADE", "DEPTH_10"};
    private static final String[] KIND_NAMES = {"bookTicker", "trade", "10-level depth"};
    private static final String[] LIBRARIES = {"JACKSON_TREE", "JACKSON_STREAMING", "DSL_JSON"};
    private static final String[] LIBRARY_NAMES = {"Jackson tree", "Jackson streaming", "DSL-JSON"};
    private static final double[] SPEED_UPS = {8, 4, 3};
    private static final double MAX_HOP = 1.5;
    private static final double ALLOCATION_NOISE = 0.5;

    private final ResultFile result = ResultFile.of("micro");
    private final Map<String, Double> scores = new TreeMap<>();
    private final Map<String, Double> errors = new TreeMap<>();
    private final Map<String, Double> medians = new TreeMap<>();
    private final Map<String, Double> allocations = new TreeMap<>();

    JmhResults(final JsonNode results)
    {
        for (final JsonNode entry : results)
        {
            read(entry);
        }
        decoders();
        for (final int batch : new int[]{1, 16, 64})
        {
            final String suffix = " batch=" + batch;
            final String ours = "HopBenchmark.journaledHopToBot" + suffix;
            final String ring = "HopBenchmark.rawDisruptor" + suffix;
            final String append = "HopBenchmark.rawChronicle" + suffix;
            ratio("ring + journal + bot over Disruptor + Chronicle, one thread, batch " + batch,
                median(ours) / (median(ring) + median(append)), interval(ours).over(interval(ring).plus(
                interval(append))), MAX_HOP, Better.LOWER);
        }
    }

    /** As a program would have written it. */
    ObjectNode result()
    {
        return result.json();
    }

    private void read(final JsonNode entry)
    {
        final String[] names = entry.path("benchmark").asText().split("\\.");
        final StringBuilder lane =
            new StringBuilder(names[names.length - 2]).append('.').append(names[names.length - 1]);
        entry.path("params").properties().forEach(parameter ->
            lane.append(' ').append(parameter.getKey()).append('=').append(parameter.getValue().asText()));
        final double score = entry.path("primaryMetric").path("score").asDouble();
        scores.put(lane.toString(), score);
        final double error = entry.path("primaryMetric").path("scoreError").asDouble(Double.NaN);
        errors.put(lane.toString(), error);
        final List<Double> iterations = new ArrayList<>();
        entry.path("primaryMetric").path("rawData").forEach(fork ->
            fork.forEach(iteration -> iterations.add(iteration.asDouble())));
        medians.put(lane.toString(), iterations.isEmpty() ? score :
            iterations.stream().sorted().skip(iterations.size() / 2).findFirst().orElse(score));
        result.metric(lane.toString(), "nsPerOp", score);
        result.metric(lane.toString(), "errorNs", error);
        final JsonNode allocated = entry.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
        if (allocated.isNumber())
        {
            // The harness itself allocates a few bytes an iteration.
            final double bytes = allocated.asDouble() < ALLOCATION_NOISE ? 0 : allocated.asDouble();
            allocations.put(lane.toString(), bytes);
            result.metric(lane.toString(), "bytesPerOp", bytes);
        }
    }

    private void decoders()
    {
        for (int kind = 0; kind < KINDS.length; kind++)
        {
            final String ours = "DecodeBenchmark.decode kind=" + KINDS[kind];
            for (int i = 0; i < LIBRARIES.length; i++)
            {
                final String theirs =
                    "DecodePeersBenchmark.decode kind=" + KINDS[kind] + " library=" + LIBRARIES[i];
                ratio("decode " + KIND_NAMES[kind] + ", times as fast as " + LIBRARY_NAMES[i],
                    score(theirs) / score(ours), interval(theirs).over(interval(ours)), SPEED_UPS[i], Better.HIGHER);
            }
            result.ratio("decode " + KIND_NAMES[kind] + ", B/op", allocations.getOrDefault(ours, Double.NaN), 0,
                Better.LOWER);
        }
    }

    private void ratio(final String name, final double value, final Interval interval, final double target,
        final Better better)
    {
        result.ratio(name, value, target, better);
        if (Double.isFinite(value))
        {
            result.json().withObjectProperty("ratios").withObjectProperty(name)
                .put("low", interval.low()).put("high", interval.high());
        }
    }

    /** By JMH's own error. */
    private Interval interval(final String lane)
    {
        return Interval.around(score(lane), errors.getOrDefault(lane, Double.NaN));
    }

    /** Of the iterations: one that a disk or a compiler disturbs would decide a mean. */
    private double median(final String lane)
    {
        return medians.getOrDefault(lane, Double.NaN);
    }

    private double score(final String lane)
    {
        return scores.getOrDefault(lane, Double.NaN);
    }
}
