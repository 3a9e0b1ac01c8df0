package org.lockstep.tools.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A map of the configuration being read: typed look-ups that report instead of throwing, so that one check finds every
 * mistake, and {@link #finish()}, which reports the keys nobody asked for.
 */
final class ConfigSection
{
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]*)");
    private static final Map<String, Long> DURATIONS = units(
        "ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L,
        "h", 3_600_000_000_000L, "d", 86_400_000_000_000L);
    private static final Map<String, Long> SIZES = units(
        "b", 1L, "k", 1L << 10, "kb", 1L << 10, "m", 1L << 20, "mb", 1L << 20, "g", 1L << 30, "gb", 1L << 30,
        "t", 1L << 40, "tb", 1L << 40);

    private final ConfigNode node;
    private final String path;
    private final List<Finding> findings;
    private final Set<String> known = new LinkedHashSet<>();

    ConfigSection(final ConfigNode node, final String path, final List<Finding> findings)
    {
        this.node = node;
        this.path = path;
        this.findings = findings;
    }

    private static Map<String, Long> units(final Object... pairs)
    {
        final Map<String, Long> units = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2)
        {
            units.put((String)pairs[i], (Long)pairs[i + 1]);
        }
        return units;
    }

    int line()
    {
        return node.line();
    }

    int lineOf(final String key)
    {
        return node.lineOf(key);
    }

    String path(final String key)
    {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(final String key)
    {
        return node.map().containsKey(key);
    }

    void report(final String key, final String found, final String allowed, final String nearest)
    {
        findings.add(new Finding(node.lineOf(key), path(key), found, allowed, nearest));
    }

    String text(final String key, final String defaultValue)
    {
        return scalar(key, defaultValue, "text");
    }

    private String scalar(final String key, final String defaultValue, final String allowed)
    {
        final ConfigNode value = look(key);
        if (null == value || value.isBlank())
        {
            return defaultValue;
        }
        if (!value.isScalar())
        {
            report(key, value.kind(), allowed, null);
            return defaultValue;
        }
        return value.scalar();
    }

    String requiredText(final String key, final String allowed)
    {
        final String value = text(key, null);
        if (null == value)
        {
            findings.add(new Finding(node.line(), path(key), "nothing", allowed, null));
            return "";
        }
        return value;
    }

    String word(final String key, final String defaultValue, final List<String> allowed)
    {
        final String value = scalar(key, defaultValue, String.join(", ", allowed));
        if (null != value && !allowed.contains(value))
        {
            report(key, "'" + value + "'", String.join(", ", allowed), Nearest.of(value, allowed));
            return defaultValue;
        }
        return value;
    }

    long number(final String key, final long defaultValue, final long min, final long max)
    {
        final String allowed = "a whole number from " + min + " to " + max;
        final String value = scalar(key, null, allowed);
        if (null == value)
        {
            return defaultValue;
        }
        try
        {
            final long number = Long.parseLong(value.replace("_", ""));
            if (number >= min && number <= max)
            {
                return number;
            }
        }
        catch (final NumberFormatException ex)
        {
            // Reported below, together with a number out of range.
        }
        report(key, "'" + value + "'", allowed, null);
        return defaultValue;
    }

    String decimal(final String key, final String defaultValue, final String min, final String max)
    {
        final String allowed = "a number from " + min + " to " + max;
        final String value = scalar(key, null, allowed);
        if (null == value)
        {
            return defaultValue;
        }
        try
        {
            final BigDecimal number = new BigDecimal(value.replace("_", ""));
            if (number.compareTo(new BigDecimal(min)) >= 0 && number.compareTo(new BigDecimal(max)) <= 0)
            {
                return number.toPlainString();
            }
        }
        catch (final NumberFormatException ex)
        {
            // Reported below, together with a number out of range.
        }
        report(key, "'" + value + "'", allowed, null);
        return defaultValue;
    }

    boolean flag(final String key, final boolean defaultValue)
    {
        return "true".equals(word(key, Boolean.toString(defaultValue), List.of("true", "false")));
    }

    long durationNs(final String key, final long defaultNs, final long minNs, final long maxNs)
    {
        final String allowed = "a duration from " + durationText(minNs) + " to " + durationText(maxNs) +
            " with its unit (ns, us, ms, s, m, h, d)";
        return amount(key, defaultNs, minNs, maxNs, DURATIONS, allowed);
    }

    long sizeBytes(final String key, final long defaultBytes, final long minBytes, final long maxBytes)
    {
        return amount(key, defaultBytes, minBytes, maxBytes, SIZES,
            "a size from " + minBytes + " to " + maxBytes + " bytes with its unit (b, k, m, g, t)");
    }

    List<String> texts(final String key)
    {
        final ConfigNode value = look(key);
        final List<String> result = new ArrayList<>();
        if (null == value || value.isBlank())
        {
            return result;
        }
        if (!value.isList())
        {
            report(key, value.kind(), "a list, such as [BTCUSDT, ETHUSDT]", null);
            if (value.isScalar())
            {
                result.add(value.scalar());
            }
            return result;
        }
        for (final ConfigNode item : value.list())
        {
            if (item.isScalar() && !item.isBlank())
            {
                result.add(item.scalar());
            }
            else
            {
                findings.add(new Finding(item.line(), path(key), item.kind(), "text", null));
            }
        }
        return result;
    }

    ConfigSection section(final String key)
    {
        final ConfigNode value = look(key);
        if (null == value || value.isBlank())
        {
            return new ConfigSection(ConfigNode.emptyMap(node.lineOf(key)), path(key), findings);
        }
        if (!value.isMap())
        {
            report(key, value.kind(), "a map of keys and values", null);
            return new ConfigSection(ConfigNode.emptyMap(value.line()), path(key), findings);
        }
        return new ConfigSection(value, path(key), findings);
    }

    List<ConfigSection> sections(final String key)
    {
        final ConfigNode value = look(key);
        final List<ConfigSection> result = new ArrayList<>();
        if (null == value || value.isBlank())
        {
            return result;
        }
        if (!value.isList())
        {
            report(key, value.kind(), "a list", null);
            return result;
        }
        for (int i = 0; i < value.list().size(); i++)
        {
            final ConfigNode item = value.list().get(i);
            final String itemPath = path(key) + "[" + i + "]";
            if (item.isMap())
            {
                result.add(new ConfigSection(item, itemPath, findings));
            }
            else
            {
                findings.add(new Finding(item.line(), itemPath, item.kind(), "a map of keys and values", null));
            }
        }
        return result;
    }

    /** Every key of this map as text, for what only a strategy understands. */
    Map<String, String> allTexts()
    {
        final Map<String, String> result = new LinkedHashMap<>();
        for (final String key : node.map().keySet())
        {
            final String value = text(key, null);
            if (null != value)
            {
                result.put(key, value);
            }
        }
        return result;
    }

    Set<String> keys()
    {
        return node.map().keySet();
    }

    /** Marks a key as known without reading it. */
    void allow(final String key)
    {
        known.add(key);
    }

    /** Reports every key that no look-up asked for. */
    void finish()
    {
        for (final String key : node.map().keySet())
        {
            if (!known.contains(key))
            {
                report(key, "'" + key + "'", String.join(", ", known), Nearest.of(key, known));
            }
        }
    }

    private ConfigNode look(final String key)
    {
        known.add(key);
        return node.map().get(key);
    }

    private long amount(
        final String key,
        final long defaultValue,
        final long min,
        final long max,
        final Map<String, Long> units,
        final String allowed)
    {
        final String value = scalar(key, null, allowed);
        if (null == value)
        {
            return defaultValue;
        }
        final Matcher matcher = AMOUNT.matcher(value.trim());
        if (matcher.matches() && units.containsKey(matcher.group(2).toLowerCase(Locale.ROOT)))
        {
            final BigDecimal amount = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(units.get(matcher.group(2).toLowerCase(Locale.ROOT))));
            if (amount.compareTo(BigDecimal.valueOf(min)) >= 0 && amount.compareTo(BigDecimal.valueOf(max)) <= 0)
            {
                return amount.longValue();
            }
        }
        report(key, "'" + value + "'", allowed, null);
        return defaultValue;
    }

    private static String durationText(final long durationNs)
    {
        String text = durationNs + "ns";
        for (final Map.Entry<String, Long> unit : DURATIONS.entrySet())
        {
            if (durationNs >= unit.getValue() && 0 == durationNs % unit.getValue())
            {
                text = durationNs / unit.getValue() + unit.getKey();
            }
        }
        return text;
    }
}
