package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The query of a request, read with the venue's rules and refusals. Event loop only. */
final class RestParameters
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern LEGAL_SYMBOL =
        Pattern.compile("[\\w\\-._&&[^a-z]]{1,50}", Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, List<String>> query;

    RestParameters(final Map<String, List<String>> query)
    {
        this.query = query;
    }

    boolean has(final String name)
    {
        return query.containsKey(name);
    }

    /** A parameter that must be there. */
    String required(final String name) throws RestException
    {
        final String value = optional(name);
        if (null == value || value.isEmpty())
        {
            throw RestException.missing(name);
        }
        return value;
    }

    /** A parameter, or null. */
    String optional(final String name) throws RestException
    {
        final List<String> values = query.get(name);
        if (null != values && values.size() > 1)
        {
            throw new RestException(-1101, "Duplicate values for parameter '" + name + "'.");
        }
        return null == values ? null : values.get(0);
    }

    String symbol() throws RestException
    {
        final String symbol = required("symbol");
        if (!LEGAL_SYMBOL.matcher(symbol).matches())
        {
            throw new RestException(-1100, "Illegal characters found in parameter 'symbol'; " +
                "legal range is '^[\\\\w\\\\-._&&[^a-z]]{1,50}$'.");
        }
        return symbol;
    }

    /** The {@code symbol} or {@code symbols} asked for; empty when neither is there. */
    List<String> symbols() throws RestException
    {
        if (has("symbol") && has("symbols"))
        {
            throw new RestException(-1128, "Combination of optional parameters invalid. Recommendation: " +
                "'symbol' or 'symbols'");
        }
        if (has("symbol"))
        {
            return List.of(symbol());
        }
        final List<String> symbols = new ArrayList<>();
        if (has("symbols"))
        {
            try
            {
                final JsonNode list = MAPPER.readTree(required("symbols"));
                list.forEach(symbol -> symbols.add(symbol.asText()));
            }
            catch (final IOException ex)
            {
                throw illegalSymbols();
            }
            if (symbols.isEmpty())
            {
                throw illegalSymbols();
            }
        }
        return symbols;
    }

    private static RestException illegalSymbols()
    {
        return new RestException(-1100, "Illegal characters found in parameter 'symbols'; " +
            "legal range is a JSON array of symbols.");
    }

    /** A whole number, with a default; bounded from above as the venue does it. */
    int limit(final int standard, final int highest) throws RestException
    {
        final long limit = number("limit", standard);
        if (limit < 1)
        {
            throw new RestException(-1130, "Data sent for parameter 'limit' is not valid.");
        }
        return (int)Math.min(limit, highest);
    }

    long number(final String name, final long standard) throws RestException
    {
        final String text = optional(name);
        if (null == text)
        {
            return standard;
        }
        if (text.isEmpty())
        {
            throw new RestException(-1105, "Parameter '" + name + "' was empty.");
        }
        if (!text.matches("-?[0-9]{1,18}"))
        {
            throw new RestException(-1100, "Illegal characters found in parameter '" + name +
                "'; legal range is '^[0-9]{1,20}$'.");
        }
        return Long.parseLong(text);
    }
}
