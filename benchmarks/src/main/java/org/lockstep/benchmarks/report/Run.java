package org.lockstep.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** All results of one run: the files of a directory. */
final class Run
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JMH = "jmh.json";

    private final Path directory;
    private final List<JsonNode> programs = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();

    private Run(final Path directory)
    {
        this.directory = directory;
    }

    /** Reads what programs and JMH wrote, and the baseline if there is one. */
    static Run read(final Path directory, final Path baselineFile) throws IOException
    {
        final Run run = new Run(directory);
        final JsonNode baseline = Files.exists(baselineFile) ?
            MAPPER.readTree(baselineFile.toFile()).path("ratios") : MAPPER.createObjectNode();
        final List<Path> files;
        try (Stream<Path> stream = Files.list(directory))
        {
            files = stream.filter(file -> file.toString().endsWith(".json"))
                .sorted(Comparator.comparingLong(file -> file.toFile().lastModified())).toList();
        }
        for (final Path file : files)
        {
            final JsonNode json = MAPPER.readTree(file.toFile());
            run.add(JMH.equals(file.getFileName().toString()) ? new JmhResults(json).result() : json, baseline);
        }
        return run;
    }

    private void add(final JsonNode program, final JsonNode baseline)
    {
        programs.add(program);
        program.path("ratios").properties().forEach(entry ->
        {
            final String name = program.path("name").asText();
            ratios.add(Ratio.of(name, entry.getKey(), entry.getValue(),
                baseline.path(name + ": " + entry.getKey()).asDouble(Double.NaN)));
        });
    }

    Path directory()
    {
        return directory;
    }

    List<JsonNode> programs()
    {
        return programs;
    }

    List<Ratio> ratios()
    {
        return ratios;
    }

    /** What made the machine too noisy to be trusted, program by program; empty when nothing did. */
    List<String> noise()
    {
        final List<String> noise = new ArrayList<>();
        for (final JsonNode program : programs)
        {
            final List<String> reasons = new ArrayList<>();
            program.path("noise").path("noisy").forEach(reason -> reasons.add(reason.asText()));
            if (!reasons.isEmpty())
            {
                noise.add(program.path("name").asText() + ": " + String.join(", ", reasons));
            }
        }
        return noise;
    }
}
