package org.lockstep.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.benchmarks.latency.Host;
import org.lockstep.benchmarks.latency.Options;

/** Makes of the files of a run the page and the printed table, or a new baseline. */
public final class Report
{
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Report()
    {
    }

    /**
     * Reports.
     *
     * @param args {@code results=} directory, {@code baseline=} file, {@code html=} file to write, {@code commit=},
     *             {@code mode=} and {@code seconds=} for the head; {@code new-baseline=} file to write as well.
     * @throws IOException if a file cannot be read or written.
     */
    public static void main(final String... args) throws IOException
    {
        Locale.setDefault(Locale.ROOT);
        final Options options = new Options(args);
        final Path results = Path.of(options.text("results", "."));
        final Path baseline = Path.of(options.text("baseline", "baseline.json"));
        final String html = options.text("html", "");
        final String newBaseline = options.text("new-baseline", "");
        final Map<String, String> head = new LinkedHashMap<>();
        for (final String name : new String[]{"commit", "mode", "seconds", "date"})
        {
            head.put(name, options.text(name, "unknown"));
        }
        options.finish("results, baseline, html, new-baseline, commit, mode, seconds, date");
        final String[] host = Host.describe().split(System.lineSeparator());
        head.put("host", host[0].replace("host: ", ""));
        head.put("jvm", host[1].replace("jvm:  ", ""));

        final Run run = Run.read(results, baseline);
        SummaryTable.print(run, System.out);
        if (!html.isEmpty())
        {
            Files.writeString(Path.of(html), new ReportPage(run, head).html(), StandardCharsets.UTF_8);
            System.out.println("report: " + html);
        }
        if (!newBaseline.isEmpty())
        {
            writeBaseline(Path.of(newBaseline), run, head);
        }
    }

    private static void writeBaseline(final Path file, final Run run, final Map<String, String> head)
        throws IOException
    {
        final ObjectNode root = MAPPER.createObjectNode();
        head.forEach(root::put);
        final ArrayNode noisy = root.putArray("noisy");
        run.noisy().forEach(noisy::add);
        final ObjectNode ratios = root.putObject("ratios");
        run.ratios().forEach(ratio -> ratios.put(ratio.key(), Math.round(ratio.value() * 1e4) / 1e4));
        MAPPER.writeValue(file.toFile(), root);
        System.out.println("new baseline: " + file + (run.noisy().isEmpty() ? "" :
            "; NOISY in it, and noted so: " + String.join(", ", run.noisy())));
    }
}
