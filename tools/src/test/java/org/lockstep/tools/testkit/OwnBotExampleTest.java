package org.lockstep.tools.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.grid.GridFactory;

/** The example of CONTRIBUTING.md: compiled against the class path alone, found as a service, and its check run. */
class OwnBotExampleTest
{
    private static final Path EXAMPLE = Path.of(System.getProperty("lockstep.root"), "tools/examples/own-bot");

    @TempDir
    private Path classes;

    @Test
    void shouldCompileTheExampleFindItAndPassItsOwnCheck() throws Exception
    {
        compile();

        final URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader()))
        {
            assertTrue(ServiceLoader.load(StrategyFactory.class, loader).stream()
                .anyMatch(provider -> "dip".equals(provider.get().name())));
            loader.loadClass("org.example.bot.DipCheck").getMethod("main", String[].class)
                .invoke(null, (Object)new String[0]);
        }
    }

    @Test
    void shouldComeToTheSameStateFromTheSameInputsAndToAnotherFromOthers()
    {
        assertEquals(grid("50010.00").stateHash(), grid("50010.00").stateHash());
        assertNotEquals(grid("50010.00").stateHash(), grid("50020.00").stateHash());
        assertTrue(grid("50010.00").orders().size() > 2, () -> grid("50010.00").orders().toString());
    }

    @Test
    void shouldTellRefusalsAndRefuseParametersThatTheStrategyDoes()
    {
        final StrategyBench bench = StrategyBench.of(
            new GridFactory(), "quantity", "0.01", "limits.maxOrderNotional", "1");

        bench.quote("50000.00", "50000.02").after(1_000).quote("50000.00", "50000.02");

        assertEquals("order notional exceeds the bot's limit", bench.refusals().get(0));
        assertEquals(List.of(), bench.fills());
        assertThrows(IllegalArgumentException.class, () -> StrategyBench.of(new GridFactory(), "levels", "none"));
        assertThrows(IllegalArgumentException.class, () -> bench.quote("dear", "dearer"));
    }

    private static StrategyBench grid(final String price)
    {
        return StrategyBench.of(new GridFactory(), "levels", "2", "notional", "100")
            .quote("50000.00", "50000.02").after(1_000).quote(price, "50030.00").after(1_000);
    }

    private void compile() throws IOException
    {
        final List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none",
            "-Xlint:all,-path,-options", "-Werror", "-cp", System.getProperty("java.class.path"), "-d",
            classes.toString()));
        try (Stream<Path> files = Files.walk(EXAMPLE))
        {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().forEach(arguments::add);
        }
        final ByteArrayOutputStream messages = new ByteArrayOutputStream();
        final int exitCode = ToolProvider.getSystemJavaCompiler()
            .run(null, null, messages, arguments.toArray(new String[0]));
        assertEquals(0, exitCode, () -> messages.toString(StandardCharsets.UTF_8));
        final Path service = Path.of("META-INF/services", StrategyFactory.class.getName());
        Files.createDirectories(classes.resolve(service).getParent());
        Files.copy(EXAMPLE.resolve("src").resolve(service), classes.resolve(service));
    }
}
