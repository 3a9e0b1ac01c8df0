package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.gateway.venue.SessionState;

/** The engine's codes, states and sentences have words in every language of the page. */
class PageCodesTest
{
    @Test
    void shouldSayEveryCodeInPortuguese() throws IOException
    {
        final String text = page("portuguese.js");

        final List<String> missing = new ArrayList<>();
        for (final RejectReason reason : RejectReason.values())
        {
            if (RejectReason.NONE != reason &&
                !text.contains(reason.code() + ": ['" + reason.text() + "', '") &&
                !text.contains(reason.code() + ": [\"" + reason.text() + "\", '"))
            {
                missing.add(reason.name());
            }
        }
        for (final AlertCode code : AlertCode.values())
        {
            if (!text.contains(code.code() + ": '"))
            {
                missing.add(code.name());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void shouldSayEveryStateInPortuguese() throws IOException
    {
        final String phrases = page("portuguese.js");
        final String words = page("words.js");

        final List<String> missing = new ArrayList<>();
        Stream.of(AccountState.values(), FeedState.values(), BotState.values(), CommandAction.values())
            .flatMap(Stream::of).map(Enum::name)
            .filter(name -> !"NULL_VAL".equals(name) && !"SBE_UNKNOWN".equals(name))
            .filter(name -> !phrases.contains(name + ": '")).forEach(missing::add);
        for (final SessionState state : SessionState.values())
        {
            final String name = state.name().toLowerCase(Locale.ROOT);
            if (words.split("[ {]" + name + ": '", -1).length < 3)
            {
                missing.add(name);
            }
        }
        assertEquals(List.of(), missing);
    }

    /** A sentence that the engine has changed would silently come in English: one class must say all of its words. */
    @Test
    void shouldKnowOnlySentencesThatTheEngineSays() throws IOException
    {
        final List<Set<String>> said = wordsOfEngineClasses();
        final String text = page("portuguese.js");
        final Matcher sentences = Pattern.compile("(?m)^  \\['([^']+)',").matcher(
            text.substring(text.indexOf("const SENTENCES"), text.indexOf("const PHRASES")));

        final List<String> unknown = new ArrayList<>();
        int count = 0;
        while (sentences.find())
        {
            count++;
            final Set<String> words = words(sentences.group(1).replaceAll("\\{\\d:?}", " "));
            if (said.stream().noneMatch(ofClass -> ofClass.containsAll(words)))
            {
                unknown.add(sentences.group(1));
            }
        }
        assertTrue(count > 30, "sentences: " + count);
        assertEquals(List.of(), unknown);
    }

    private static Set<String> words(final String text)
    {
        final Set<String> words = new TreeSet<>(List.of(text.split("[^A-Za-z-]+")));
        words.remove("");
        return words;
    }

    private static List<Set<String>> wordsOfEngineClasses() throws IOException
    {
        final Pattern literal = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
        try (Stream<Path> files =
            Files.walk(Path.of(System.getProperty("lockstep.root"), "engine/src/main/java/org/lockstep/engine")))
        {
            return files.filter(file -> file.toString().endsWith(".java"))
                .map(file -> words(literal.matcher(read(file)).results()
                    .map(result -> result.group(1)).collect(Collectors.joining(" "))))
                .toList();
        }
    }

    private static String page(final String name) throws IOException
    {
        try (InputStream in = PageCodesTest.class.getResourceAsStream("page/" + name))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String read(final Path file)
    {
        try
        {
            return Files.readString(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
