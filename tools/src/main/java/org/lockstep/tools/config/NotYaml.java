package org.lockstep.tools.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where and why a text is not YAML, from what the parser says in many lines. */
final class NotYaml
{
    private static final Pattern TAB_BEFORE_TEXT = Pattern.compile("^ *\\t\\s*[^\\s#]");
    private static final Pattern PLACE = Pattern.compile("^ in .*, line (\\d+), column \\d+:$");
    private static final String ADVICE_NOBODY_NEEDS = " \\(Do not use .* for indentation\\)";
    private static final String END = "end of stream";

    private NotYaml()
    {
    }

    /**
     * The one finding about such a text.
     *
     * @param text    of the file.
     * @param message of the parser: sentences, each followed by its place and an excerpt.
     * @return with the line of a tab, which nobody sees; else of the problem, or where that began which never ends.
     */
    static Finding finding(final String text, final String message)
    {
        final String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++)
        {
            if (TAB_BEFORE_TEXT.matcher(lines[i]).find())
            {
                return new Finding(i + 1, "", "a tab before the text", "spaces: YAML takes no tabs there", null);
            }
        }
        final List<String> sentences = new ArrayList<>();
        final List<Integer> places = new ArrayList<>();
        for (final String line : String.valueOf(message).split("\n"))
        {
            final Matcher place = PLACE.matcher(line);
            if (place.matches())
            {
                places.add(Integer.valueOf(place.group(1)));
            }
            else if (!line.isBlank() && !line.startsWith(" "))
            {
                sentences.add(line.replaceAll(ADVICE_NOBODY_NEEDS, "").stripTrailing());
            }
        }
        final String told = String.join(": ", sentences);
        final int which = told.endsWith(END) ? 0 : places.size() - 1;
        return new Finding(places.isEmpty() ? 0 : places.get(which), "", "text that is not YAML (" + told + ")",
            "YAML", null);
    }
}
