package org.lockstep.benchmarks.report;

import java.util.Locale;
import java.util.Map;

/** A drawing as inline SVG; colours come from the page's style, so that it follows a light or dark theme. */
final class Chart
{
    static final int WIDTH = 720;
    static final int COLOURS = 8;

    private static final double CHARACTER = 6.3;

    private final StringBuilder svg = new StringBuilder();
    private final int height;

    Chart(final int height, final String description)
    {
        this.height = height;
        svg.append("<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>".formatted(WIDTH, height,
            escaped(description)));
    }

    static String escaped(final String text)
    {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
            .replace("\"", "&quot;");
    }

    static double widthOf(final String text)
    {
        return text.length() * CHARACTER;
    }

    Chart line(final double x1, final double y1, final double x2, final double y2, final String style)
    {
        return add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' class='%s'/>", x1, y1, x2, y2, style);
    }

    Chart text(final double x, final double y, final String anchor, final String style, final String text)
    {
        return add("<text x='%.1f' y='%.1f' text-anchor='%s' class='%s'>%s</text>", x, y, anchor, style, escaped(text));
    }

    Chart bar(final double x, final double y, final double width, final double barHeight, final int colour,
        final String tip)
    {
        return add("<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='2' class='f%d'><title>%s</title></rect>",
            x, y, Math.max(1, width), barHeight, colour % COLOURS, escaped(tip));
    }

    Chart dot(final double x, final double y, final String style, final String tip)
    {
        return add("<circle cx='%.1f' cy='%.1f' r='4.5' class='%s'><title>%s</title></circle>", x, y, style,
            escaped(tip));
    }

    Chart path(final CharSequence points, final int colour, final boolean isDashed, final String tip)
    {
        return add("<polyline points='%s' class='s%d%s'><title>%s</title></polyline>", points, colour % COLOURS,
            isDashed ? " dashed" : "", escaped(tip));
    }

    /** A legend in lines at the lower edge; returns nothing, the caller leaves 18 px a line. */
    Chart legend(final double top, final Iterable<String> labels, final Map<String, Integer> colours)
    {
        double x = 0;
        double y = top;
        for (final String label : labels)
        {
            final double width = 24 + widthOf(label);
            if (x > 0 && x + width > WIDTH)
            {
                x = 0;
                y += 18;
            }
            bar(x + 4, y - 9, 10, 10, colours.get(label), label);
            text(x + 18, y, "start", "lab", label);
            x += width + 6;
        }
        return this;
    }

    static int legendLines(final Iterable<String> labels)
    {
        double x = 0;
        int lines = 1;
        for (final String label : labels)
        {
            final double width = 24 + widthOf(label);
            if (x > 0 && x + width > WIDTH)
            {
                x = 0;
                lines++;
            }
            x += width + 6;
        }
        return lines;
    }

    int height()
    {
        return height;
    }

    String end()
    {
        return svg + "</svg>";
    }

    private Chart add(final String format, final Object... values)
    {
        svg.append(format.formatted(values)).append('\n');
        return this;
    }

    static String point(final double x, final double y)
    {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
    }
}
