package org.lockstep.benchmarks.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Prints JMH's JSON results as a table, and what a journaled hop and append cost in terms of the raw limits. */
public final class Summary
{
    private static final String HOP = "HopBenchmark.";
    private static final String APPEND = "AppendBenchmark.append";

    private final Map<String, Double> scores = new TreeMap<>();

    private Summary()
    {
    }

    /**
     * Prints.
     *
     * @param args path of the JSON file.
     * @throws IOException if it cannot be read.
     */
    public static void main(final String... args) throws IOException
    {
        System.out.println(Host.describe());
        print(System.out, new ObjectMapper().readTree(Path.of(args[0]).toFile()));
    }

    /**
     * Prints.
     *
     * @param out     takes the tables.
     * @param results as JMH writes them.
     */
    public static void print(final PrintStream out, final Iterable<JsonNode> results)
    {
        new Summary().print(out, results, "%-38s %-34s %10s %9s %9s%n");
    }

    private void print(final PrintStream out, final Iterable<JsonNode> results, final String format)
    {
        out.printf(format, "benchmark", "parameters", "ns/op", "+-", "B/op");
        for (final JsonNode result : results)
        {
            final String[] names = result.path("benchmark").asText().split("\\.");
            final String name = names[names.length - 2] + "." + names[names.length - 1];
            final StringBuilder parameters = new StringBuilder();
            result.path("params").properties().forEach(entry ->
                parameters.append(entry.getKey()).append('=').append(entry.getValue().asText()).append(' '));
            final double score = result.path("primaryMetric").path("score").asDouble();
            final double error = result.path("primaryMetric").path("scoreError").asDouble();
            final JsonNode allocated = result.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
            scores.put((name + " " + parameters).trim(), score);
            out.printf(format, name, parameters.toString().trim(), "%.1f".formatted(score), "%.1f".formatted(error),
                allocated.isMissingNode() ? "" : "%.3f".formatted(allocated.asDouble()));
        }
        out.println();
        for (final int batch : new int[]{1, 16, 64})
        {
            final String suffix = " batch=" + batch;
            final double raw = score(HOP + "rawDisruptor" + suffix) + score(HOP + "rawChronicle" + suffix);
            out.printf("batch %2d: journaled hop / (raw Disruptor + raw Chronicle) = %.2f, to bot %.2f; " +
                "journal append / raw Chronicle = %.2f%n", batch, score(HOP + "journaledHop" + suffix) / raw,
                score(HOP + "journaledHopToBot" + suffix) / raw,
                score(APPEND + suffix + " target=JOURNAL") / score(APPEND + suffix + " target=RAW_CHRONICLE"));
        }
    }

    private double score(final String key)
    {
        return scores.getOrDefault(key, Double.NaN);
    }
}
