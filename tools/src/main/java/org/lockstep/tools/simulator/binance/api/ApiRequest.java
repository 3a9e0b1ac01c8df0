package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request on the WebSocket API.
 *
 * @param idJson     as written, {@code null} when there was none.
 * @param method     or null.
 * @param parameters by name; numbers as written, strings without quotes, anything else as JSON.
 */
record ApiRequest(String idJson, String method, Map<String, String> parameters)
{
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Reads a request; a text that is none has no method. */
    static ApiRequest parse(final byte[] bytes) throws IOException
    {
        String idJson = "null";
        String method = null;
        final Map<String, String> parameters = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(bytes))
        {
            if (JsonToken.START_OBJECT != parser.nextToken())
            {
                throw new IOException("not an object");
            }
            while (JsonToken.END_OBJECT != parser.nextToken())
            {
                final String name = parser.currentName();
                final JsonToken value = parser.nextToken();
                if ("id".equals(name))
                {
                    idJson = copy(parser);
                }
                else if ("method".equals(name) && JsonToken.VALUE_STRING == value)
                {
                    method = parser.getText();
                }
                else if ("params".equals(name) && JsonToken.START_OBJECT == value)
                {
                    readParameters(parser, parameters);
                }
                else
                {
                    parser.skipChildren();
                }
            }
            if (null != parser.nextToken())
            {
                throw new IOException("more than one value");
            }
        }
        return new ApiRequest(idJson, method, parameters);
    }

    private static void readParameters(final JsonParser parser, final Map<String, String> parameters)
        throws IOException
    {
        while (JsonToken.END_OBJECT != parser.nextToken())
        {
            final String name = parser.currentName();
            final JsonToken value = parser.nextToken();
            final String text = value.isStructStart() ? copy(parser) : parser.getText();
            if (JsonToken.VALUE_NULL != value)
            {
                parameters.put(name, text);
            }
        }
    }

    /** The current value as JSON, numbers as written. */
    private static String copy(final JsonParser parser) throws IOException
    {
        if (parser.currentToken().isNumeric())
        {
            return parser.getText();
        }
        final StringWriter text = new StringWriter();
        try (var generator = FACTORY.createGenerator(text))
        {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
