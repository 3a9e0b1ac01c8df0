package org.lockstep.gateway.venue.binance.orderentry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A request of the WebSocket API, all but its variables written beforehand, both as the JSON that is sent and as the
 * payload that is signed: the parameters sorted by name, joined by {@code &}. Immutable. Allocation: none but at
 * construction.
 */
final class RequestTemplate
{
    /** A parameter whose value comes with each request. */
    record Variable(int index, boolean isQuoted)
    {
    }

    private static final byte[] HEAD = "{\"id\":".getBytes(StandardCharsets.US_ASCII);

    private final byte[][] json;
    private final byte[][] payload;
    private final int[] variables;

    private RequestTemplate(final byte[][] json, final byte[][] payload, final int[] variables)
    {
        this.json = json;
        this.payload = payload;
        this.variables = variables;
    }

    static Builder of(final String method)
    {
        return new Builder(method);
    }

    /** Writes the JSON up to where the signature or the end belongs; @return bytes written. */
    int encodeJson(final long id, final RequestValues values, final MutableDirectBuffer target)
    {
        target.putBytes(0, HEAD);
        int position = HEAD.length;
        position += target.putNaturalLongAscii(position, id);
        return encode(json, values, target, position);
    }

    /** Writes what is signed; @return bytes written. */
    int encodePayload(final RequestValues values, final UnsafeBuffer target)
    {
        return encode(payload, values, target, 0);
    }

    private int encode(
        final byte[][] segments, final RequestValues values, final MutableDirectBuffer target, final int offset)
    {
        int position = offset;
        for (int i = 0; i < segments.length; i++)
        {
            target.putBytes(position, segments[i]);
            position += segments[i].length;
            if (i < variables.length)
            {
                position += values.copy(variables[i], target, position);
            }
        }
        return position;
    }

    /** Collects parameters. Cold. */
    static final class Builder
    {
        private final String method;
        private final Map<String, Object> parameters = new TreeMap<>();

        private Builder(final String method)
        {
            this.method = method;
        }

        /** A constant in quotes; null leaves it out. */
        Builder text(final String name, final String value)
        {
            if (null != value)
            {
                parameters.put(name, '"' + value + '"');
            }
            return this;
        }

        /** A constant without quotes. */
        Builder literal(final String name, final String value)
        {
            parameters.put(name, value);
            return this;
        }

        Builder variable(final String name, final int index)
        {
            final boolean isQuoted = RequestValues.TIMESTAMP != index && RequestValues.NUMBER != index;
            parameters.put(name, new Variable(index, isQuoted));
            return this;
        }

        RequestTemplate build()
        {
            final List<byte[]> json = new ArrayList<>();
            final List<byte[]> payload = new ArrayList<>();
            final List<Integer> variables = new ArrayList<>();
            final StringBuilder jsonText = new StringBuilder(",\"method\":\"" + method + "\",\"params\":{");
            final StringBuilder payloadText = new StringBuilder();
            boolean isFirst = true;
            boolean isQuoteOpen = false;
            for (final Map.Entry<String, Object> parameter : parameters.entrySet())
            {
                jsonText.append(isQuoteOpen ? "\"" : "").append(isFirst ? "\"" : ",\"").append(parameter.getKey())
                    .append("\":");
                payloadText.append(isFirst ? "" : "&").append(parameter.getKey()).append('=');
                isFirst = false;
                isQuoteOpen = false;
                if (parameter.getValue() instanceof Variable variable)
                {
                    isQuoteOpen = variable.isQuoted();
                    json.add(utf8(jsonText.append(isQuoteOpen ? "\"" : "")));
                    payload.add(utf8(payloadText));
                    variables.add(variable.index());
                    jsonText.setLength(0);
                    payloadText.setLength(0);
                }
                else
                {
                    final String constant = (String)parameter.getValue();
                    jsonText.append(constant);
                    payloadText.append(
                        constant.startsWith("\"") ? constant.substring(1, constant.length() - 1) : constant);
                }
            }
            json.add(utf8(jsonText.append(isQuoteOpen ? "\"" : "")));
            payload.add(utf8(payloadText));
            return new RequestTemplate(json.toArray(new byte[0][]), payload.toArray(new byte[0][]),
                variables.stream().mapToInt(Integer::intValue).toArray());
        }

        private static byte[] utf8(final StringBuilder text)
        {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
