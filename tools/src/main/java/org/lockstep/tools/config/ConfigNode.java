package org.lockstep.tools.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * A YAML value that remembers its line: a scalar, a list or a map. Built once from Jackson's token stream.
 */
final class ConfigNode
{
    private final int line;
    private final String scalar;
    private final List<ConfigNode> list;
    private final Map<String, ConfigNode> map;
    private final Map<String, Integer> keyLines;

    private ConfigNode(
        final int line,
        final String scalar,
        final List<ConfigNode> list,
        final Map<String, ConfigNode> map,
        final Map<String, Integer> keyLines)
    {
        this.line = line;
        this.scalar = scalar;
        this.list = list;
        this.map = map;
        this.keyLines = keyLines;
    }

    static ConfigNode emptyMap(final int line)
    {
        return new ConfigNode(line, null, null, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** A map of one key and its scalar, for text that did not come from a file. */
    static ConfigNode single(final String key, final String value)
    {
        final ConfigNode map = emptyMap(1);
        map.map.put(key, new ConfigNode(1, value, null, null, null));
        return map;
    }

    /** Reads the value the parser stands on. */
    static ConfigNode read(final JsonParser parser, final List<Finding> findings, final String path) throws IOException
    {
        final int line = parser.currentTokenLocation().getLineNr();
        final JsonToken token = parser.currentToken();
        if (JsonToken.START_OBJECT == token)
        {
            return readMap(parser, line, findings, path);
        }
        if (JsonToken.START_ARRAY == token)
        {
            final List<ConfigNode> items = new ArrayList<>();
            while (JsonToken.END_ARRAY != parser.nextToken())
            {
                items.add(read(parser, findings, path + "[" + items.size() + "]"));
            }
            return new ConfigNode(line, null, items, null, null);
        }
        return new ConfigNode(line, JsonToken.VALUE_NULL == token ? "" : parser.getText(), null, null, null);
    }

    private static ConfigNode readMap(
        final JsonParser parser, final int line, final List<Finding> findings, final String path) throws IOException
    {
        final Map<String, ConfigNode> entries = new LinkedHashMap<>();
        final Map<String, Integer> lines = new LinkedHashMap<>();
        while (JsonToken.END_OBJECT != parser.nextToken())
        {
            final String key = parser.currentName();
            final int keyLine = parser.currentTokenLocation().getLineNr();
            final String keyPath = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            final ConfigNode value = read(parser, findings, keyPath);
            if (null != entries.put(key, value))
            {
                findings.add(new Finding(keyLine, keyPath, "'" + key + "' a second time (first at line " +
                    lines.get(key) + ")", "each key once", null));
            }
            lines.put(key, keyLine);
        }
        return new ConfigNode(line, null, null, entries, lines);
    }

    int line()
    {
        return line;
    }

    /** Line of a key of a map. */
    int lineOf(final String key)
    {
        return null != keyLines && keyLines.containsKey(key) ? keyLines.get(key) : line;
    }

    boolean isScalar()
    {
        return null != scalar;
    }

    boolean isMap()
    {
        return null != map;
    }

    boolean isList()
    {
        return null != list;
    }

    /** A key with nothing behind it reads as an empty scalar: for a map or a list that means an empty one. */
    boolean isBlank()
    {
        return null != scalar && scalar.isEmpty();
    }

    String scalar()
    {
        return scalar;
    }

    List<ConfigNode> list()
    {
        return list;
    }

    Map<String, ConfigNode> map()
    {
        return map;
    }

    String kind()
    {
        return isMap() ? "a map" : isList() ? "a list" : "'" + scalar + "'";
    }
}
