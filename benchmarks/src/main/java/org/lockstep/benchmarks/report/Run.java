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
import com.fasterxml.jackson.databind.node.ObjectNode;

/** All results of one run: the files of a directory. */
final class Run
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JMH = "jmh.json";
    private static final String NOISE = ", noise";

    private final Path directory;
    private final JsonNode baseline;
    private final List<JsonNode> programs = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();

    private Run(final Path directory, final JsonNode baseline)
    {
        this.directory = directory;
        this.baseline = baseline;
    }

    /** Reads what programs and JMH wrote, and the baseline if there is one. */
    static Run read(final Path directory, final Path baselineFile) throws IOException
    {
        final Run run = new Run(directory, Files.exists(baselineFile) ?
            MAPPER.readTree(baselineFile.toFile()) : MAPPER.createObjectNode());
        final List<Path> files;
        try (Stream<Path> stream = Files.list(directory))
        {
            files = stream.filter(file -> file.toString().endsWith(".json"))
                .sorted(Comparator.comparingLong(file -> file.toFile().lastModified())).toList();
        }
        for (final Path file : files)
        {
            final JsonNode json = MAPPER.readTree(file.toFile());
            run.programs.add(JMH.equals(file.getFileName().toString()) ? new JmhResults(json).result() : json);
        }
        run.joinNoise();
        run.programs.forEach(run::ratios);
        return run;
    }

    /** What was noted beside a program that writes its own form, JMH, belongs to that program. */
    private void joinNoise()
    {
        for (final JsonNode program : List.copyOf(programs))
        {
            final String name = program.path("name").asText();
            final String of = name.substring(0, Math.max(0, name.length() - NOISE.length()));
            if (name.endsWith(NOISE))
            {
                programs.stream().filter(other -> of.equals(other.path("name").asText())).findFirst().ifPresent(other ->
                {
                    ((ObjectNode)other).set("noise", program.path("noise"));
                    ((ObjectNode)other).set("settings", program.path("settings"));
                    programs.remove(program);
                });
            }
        }
    }

    private void ratios(final JsonNode program)
    {
        program.path("ratios").properties().forEach(entry ->
        {
            final String name = program.path("name").asText();
            ratios.add(Ratio.of(name, entry.getKey(), entry.getValue(),
                baseline.path("ratios").path(name + ": " + entry.getKey()).asDouble(Double.NaN), isNoisy(program)));
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

    /** Which run the baseline is of; empty without one. */
    String baseline()
    {
        if (baseline.isEmpty())
        {
            return "";
        }
        final List<String> noisy = new ArrayList<>();
        baseline.path("noisy").forEach(program -> noisy.add(program.asText()));
        return "commit %s, %s, %s%s".formatted(baseline.path("commit").asText("unknown"),
            baseline.path("date").asText("unknown"), baseline.path("mode").asText("unknown"),
            noisy.isEmpty() ? "" : "; noisy in it: " + String.join(", ", noisy));
    }

    /** Change since the baseline; "new" where there is one that does not hold the ratio. */
    String drift(final Ratio ratio)
    {
        return !baseline.isEmpty() && Double.isNaN(ratio.baseline()) ? "new" :
            ratio.drift(SummaryTable.TOLERANCE_PERCENT);
    }

    /** "38 of 60 targets met", and how many of these are sure. */
    String total()
    {
        final long met = ratios.stream().filter(Ratio::isMet).count();
        final long sure = ratios.stream().filter(ratio -> ratio.isMet() && ratio.isTrusted()).count();
        return "%d of %d met".formatted(met, ratios.size()) + (sure == met ? "" :
            ", %d of them for sure (not noisy, and by more than the error)".formatted(sure));
    }

    /** Names of programs whose figures are not to be trusted. */
    List<String> noisy()
    {
        return programs.stream().filter(Run::isNoisy).map(program -> program.path("name").asText()).toList();
    }

    private static boolean isNoisy(final JsonNode program)
    {
        return !program.path("noise").path("noisy").isEmpty();
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
