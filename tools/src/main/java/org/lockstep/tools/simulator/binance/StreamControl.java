package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The control messages of a stream socket: SUBSCRIBE and its relatives. Event loop only. */
final class StreamControl
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader READER = MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String METHODS =
        "`SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`";
    private static final int UNKNOWN_PROPERTY = 0;
    private static final int WRONG_TYPE = 1;
    private static final int INVALID_REQUEST = 2;
    private static final int INVALID_JSON = 3;
    private static final int TOO_MANY = 4;
    private static final int ID_LENGTH_MAX = 36;

    private final Counters counters;
    private final Hub hub;
    private final LongSupplier timeMs;

    StreamControl(final Hub hub, final LongSupplier timeMs)
    {
        this.hub = hub;
        this.counters = hub.counters();
        this.timeMs = timeMs;
    }

    void onRequest(final StreamConnection connection, final ByteBuf content)
    {
        final byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        final JsonNode request;
        try
        {
            request = READER.readTree(bytes);
        }
        catch (final IOException ex)
        {
            error(connection, INVALID_JSON, "Invalid JSON: expected value at line 1 column 1", null);
            return;
        }
        final JsonNode id = request.get("id");
        if (!request.isObject() || !request.path("method").isTextual())
        {
            error(connection, INVALID_REQUEST,
                "Invalid request: missing field `method` at line 1 column " + bytes.length, id);
        }
        else if (!isValidId(id))
        {
            error(connection, INVALID_REQUEST,
                "Invalid request: request ID must be a 64-bit signed integer, " +
                    "a string of at most 36 characters or null", null);
        }
        else
        {
            dispatch(connection, request, id);
        }
    }

    private static boolean isValidId(final JsonNode id)
    {
        return null == id || id.isNull() || id.canConvertToLong() && id.isIntegralNumber() ||
            id.isTextual() && id.textValue().length() <= ID_LENGTH_MAX;
    }

    private void dispatch(final StreamConnection connection, final JsonNode request, final JsonNode id)
    {
        final String method = request.get("method").textValue();
        final JsonNode params = request.path("params");
        switch (method)
        {
            case "SUBSCRIBE" -> subscribe(connection, params, id);
            case "UNSUBSCRIBE" -> unsubscribe(connection, params, id);
            case "LIST_SUBSCRIPTIONS" -> result(connection, MAPPER.valueToTree(connection.subscriptions()), id);
            case "SET_PROPERTY" -> setProperty(connection, params, id);
            case "GET_PROPERTY" -> getProperty(connection, params, id);
            default -> error(connection, INVALID_REQUEST,
                "Invalid request: unknown variant `" + method + "`, expected one of " + METHODS, id);
        }
    }

    private void subscribe(final StreamConnection connection, final JsonNode params, final JsonNode id)
    {
        final List<StreamName> names = new ArrayList<>();
        for (final JsonNode param : params)
        {
            final StreamName name = param.isTextual() ? StreamName.parse(param.textValue()) : null;
            if (null == name)
            {
                error(connection, INVALID_REQUEST, "Invalid request: invalid stream", null);
                connection.close(WebSocketCloseStatus.POLICY_VIOLATION, "Invalid request");
                return;
            }
            names.add(name);
        }
        if (!params.isArray() || names.isEmpty())
        {
            error(connection, INVALID_REQUEST, "Invalid request: missing field `params`", id);
        }
        else if (!connection.subscribe(names))
        {
            error(connection, TOO_MANY, "Too many subscriptions", id);
        }
        else
        {
            result(connection, MAPPER.nullNode(), id);
            hub.consumersChanged();
        }
    }

    private void unsubscribe(final StreamConnection connection, final JsonNode params, final JsonNode id)
    {
        if (!params.isArray())
        {
            error(connection, INVALID_REQUEST, "Invalid request: missing field `params`", id);
            return;
        }
        final List<String> names = new ArrayList<>();
        params.forEach(param -> names.add(param.asText()));
        connection.unsubscribe(names);
        result(connection, MAPPER.nullNode(), id);
        hub.consumersChanged();
    }

    private void setProperty(final StreamConnection connection, final JsonNode params, final JsonNode id)
    {
        if (!params.path(0).isTextual())
        {
            error(connection, INVALID_REQUEST, "Invalid request: property name must be a string", id);
        }
        else if (!"combined".equals(params.get(0).textValue()))
        {
            error(connection, UNKNOWN_PROPERTY, "Unknown property", id);
        }
        else if (!params.path(1).isBoolean())
        {
            error(connection, WRONG_TYPE, "Invalid value type: expected Boolean", id);
        }
        else
        {
            connection.combined(params.get(1).booleanValue());
            result(connection, MAPPER.nullNode(), id);
        }
    }

    private void getProperty(final StreamConnection connection, final JsonNode params, final JsonNode id)
    {
        if (!params.path(0).isTextual())
        {
            error(connection, INVALID_REQUEST, "Invalid request: property name must be a string", id);
        }
        else if (!"combined".equals(params.get(0).textValue()))
        {
            error(connection, UNKNOWN_PROPERTY, "Unknown property", id);
        }
        else
        {
            result(connection, MAPPER.getNodeFactory().booleanNode(connection.isCombined()), id);
        }
    }

    /** Says that the connection is about to end. */
    void announceShutdown(final StreamConnection connection)
    {
        final String event = "{\"e\":\"serverShutdown\",\"E\":" + timeMs.getAsLong() + '}';
        send(connection, connection.isCombined() ? "{\"stream\":\"!serverShutdown\",\"data\":" + event + '}' : event);
    }

    private void result(final StreamConnection connection, final JsonNode result, final JsonNode id)
    {
        send(connection, "{\"result\":" + result + ",\"id\":" + (null == id ? "null" : id.toString()) + '}');
    }

    private void error(final StreamConnection connection, final int code, final String message, final JsonNode id)
    {
        final ObjectNode reply = MAPPER.createObjectNode();
        reply.putObject("error").put("code", code).put("msg", message);
        if (null != id)
        {
            reply.set("id", id);
        }
        send(connection, reply.toString());
    }

    private void send(final StreamConnection connection, final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        connection.sendText(bytes, 0, bytes.length);
        counters.controlReplies++;
    }
}
