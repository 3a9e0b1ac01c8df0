package org.lockstep.gateway.client.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.IntHashSet;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.DataChannel;
import org.lockstep.gateway.client.view.Intervals;
import org.lockstep.gateway.client.view.StateRenderer;

/** Reads what clients send, with a bound on everything and errors that name the field. */
final class MessageParser
{
    private static final int MAX_NESTING = 16;
    private static final int MAX_ID_LENGTH = 128;
    private static final int MAX_SYMBOLS = 1_000;
    private static final String ALL = "*";
    private static final List<Integer> DEPTHS = List.of(1, 5, 10, 20, 50, 100);

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
        .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    JsonNode parse(final byte[] json) throws ProtocolException
    {
        final JsonNode node;
        try
        {
            node = mapper.readTree(json);
        }
        catch (final IOException ex)
        {
            throw new ProtocolException("malformed", "the message is not JSON of at most 16 levels", null);
        }
        if (null == node || !node.isObject())
        {
            throw new ProtocolException("malformed", "a message is a JSON object", null);
        }
        return node;
    }

    byte[] bytes(final JsonNode node)
    {
        try
        {
            return mapper.writeValueAsBytes(node);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    static String id(final JsonNode message) throws ProtocolException
    {
        final JsonNode id = message.get("id");
        if (null == id || id.isNull())
        {
            return null;
        }
        if (!id.isTextual() || id.textValue().length() > MAX_ID_LENGTH)
        {
            throw new ProtocolException("invalid", "id must be a string of at most 128 characters", "id");
        }
        return id.textValue();
    }

    static String text(final JsonNode node, final String name, final String field) throws ProtocolException
    {
        final JsonNode value = null == node ? null : node.get(name);
        if (null == value || !value.isTextual())
        {
            throw new ProtocolException("invalid", field + " must be a string", field);
        }
        return value.textValue();
    }

    static Map<String, String> parameters(final JsonNode data) throws ProtocolException
    {
        final Map<String, String> parameters = new LinkedHashMap<>();
        final JsonNode params = null == data ? null : data.get("params");
        if (null == params || params.isNull())
        {
            return parameters;
        }
        if (!params.isObject())
        {
            throw new ProtocolException("invalid", "data.params must be an object", "data.params");
        }
        for (final Map.Entry<String, JsonNode> entry : params.properties())
        {
            if (!entry.getValue().isValueNode())
            {
                throw new ProtocolException("invalid",
                    "data.params holds strings, numbers and booleans only", "data.params." + entry.getKey());
            }
            parameters.put(entry.getKey(), entry.getValue().asText());
        }
        return parameters;
    }

    static SubscribeWish wish(
        final JsonNode message,
        final String id,
        final ClientView view,
        final Predicate<String> couldBe,
        final int defaultConflateMs)
        throws ProtocolException
    {
        final String channelName = text(message, "channel", "channel");
        final DataChannel channel = DataChannel.byCode(channelName);
        if (null == channel)
        {
            throw new ProtocolException("unknown_channel", "there is no channel '" + channelName + "'", "channel");
        }
        final JsonNode data = message.get("data");
        if (null != data && !data.isObject() && !data.isNull())
        {
            throw new ProtocolException("invalid", "data must be an object", "data");
        }
        final List<String> symbols = symbols(data);
        final IntHashSet instrumentIds = new IntHashSet();
        final Map<String, String> missing = new LinkedHashMap<>();
        boolean isWide = !channel.hasSymbols();
        for (int i = 0; i < symbols.size(); i++)
        {
            isWide |= ALL.equals(symbols.get(i));
            if (channel.hasSymbols() && !ALL.equals(symbols.get(i)))
            {
                final IntArrayList ids = view.resolve(symbols.get(i));
                if (ids.isEmpty())
                {
                    final String field = data.has("symbol") ? "data.symbol" : "data.symbols[" + i + "]";
                    if (!couldBe.test(symbols.get(i)))
                    {
                        throw new ProtocolException(
                            "unknown_symbol", "there is no symbol '" + symbols.get(i) + "'", field);
                    }
                    missing.put(symbols.get(i), field);
                }
                ids.forEachInt(instrumentIds::add);
            }
        }
        final JsonNode since = null == data ? null : data.get("since");
        String sinceEpoch = null;
        long sinceOffset = -1;
        if (null != since && !since.isNull())
        {
            sinceEpoch = text(since, "epoch", "data.since.epoch");
            final JsonNode offset = since.get("offset");
            if (null == offset || !offset.isIntegralNumber() || !offset.canConvertToLong() || offset.longValue() < -1)
            {
                throw new ProtocolException(
                    "invalid", "data.since.offset must be a whole number from -1", "data.since.offset");
            }
            sinceOffset = offset.longValue();
        }
        return new SubscribeWish(id, channel, symbols, missing, isWide, instrumentIds, intervals(channel, data),
            conflateMs(data, defaultConflateMs), depth(data), sinceEpoch, sinceOffset);
    }

    private static List<String> symbols(final JsonNode data) throws ProtocolException
    {
        final List<String> symbols = new ArrayList<>();
        if (null != data && data.has("symbol"))
        {
            symbols.add(text(data, "symbol", "data.symbol"));
        }
        final JsonNode many = null == data ? null : data.get("symbols");
        if (null != many && !many.isNull())
        {
            if (!many.isArray() || many.size() > MAX_SYMBOLS)
            {
                throw new ProtocolException(
                    "invalid", "data.symbols must be an array of at most 1000 strings", "data.symbols");
            }
            for (int i = 0; i < many.size(); i++)
            {
                if (!many.get(i).isTextual())
                {
                    final String field = "data.symbols[" + i + "]";
                    throw new ProtocolException("invalid", field + " must be a string", field);
                }
                symbols.add(many.get(i).textValue());
            }
        }
        if (symbols.isEmpty())
        {
            symbols.add(ALL);
        }
        return symbols;
    }

    private static int intervals(final DataChannel channel, final JsonNode data) throws ProtocolException
    {
        final JsonNode interval = null == data ? null : data.get("interval");
        if (null == interval || interval.isNull())
        {
            return Intervals.ALL;
        }
        final int index = interval.isTextual() ? Intervals.NAMES.indexOf(interval.textValue()) : -1;
        if (index < 1)
        {
            throw new ProtocolException(
                "invalid", "data.interval must be one of 1m, 5m, 15m, 1h, 1d", "data.interval");
        }
        return DataChannel.KLINES == channel ? 1 << index : Intervals.ALL;
    }

    private static int depth(final JsonNode data) throws ProtocolException
    {
        final JsonNode levels = null == data ? null : data.get("levels");
        if (null == levels || levels.isNull())
        {
            return StateRenderer.DEFAULT_DEPTH;
        }
        if (!levels.isInt() || !DEPTHS.contains(levels.intValue()))
        {
            throw new ProtocolException("invalid", "data.levels must be one of " + DEPTHS, "data.levels");
        }
        return levels.intValue();
    }

    private static int conflateMs(final JsonNode data, final int defaultConflateMs) throws ProtocolException
    {
        final JsonNode conflate = null == data ? null : data.get("conflateMs");
        if (null == conflate || conflate.isNull())
        {
            return defaultConflateMs;
        }
        if (!conflate.isInt() || conflate.intValue() < 0 || conflate.intValue() > ConflationGroup.MAX_CONFLATE_MS)
        {
            throw new ProtocolException(
                "invalid", "data.conflateMs must be in [0, " + ConflationGroup.MAX_CONFLATE_MS + "]",
                "data.conflateMs");
        }
        return conflate.intValue();
    }
}
