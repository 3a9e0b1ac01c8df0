package org.lockstep.gateway.client.http;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

import org.lockstep.gateway.client.view.JsonWriter;

/** Writes the OpenAPI document of what is served. */
final class OpenApi
{
    private OpenApi()
    {
    }

    static void write(final JsonWriter json, final String version)
    {
        json.beginObject()
            .field("openapi", "3.1.0")
            .name("info").beginObject()
            .field("title", "Lockstep client gateway")
            .field("version", version)
            .field("description", "Snapshots and commands. The stream is at /ws, or /api/stream as SSE. " +
                "Admins send admin_command over the WebSocket: orders, limits, the kill switch. The channel " +
                "orderbook takes levels (1, 5, 10, 20, 50 or 100); its prevOffset tells holes.")
            .endObject()
            .name("components").beginObject();
        Schemas.write(json.name("schemas").beginObject());
        json.endObject()
            .name("securitySchemes").beginObject()
            .name("token").beginObject()
            .field("type", "http").field("scheme", "bearer").field("bearerFormat", "JWT")
            .endObject().endObject().endObject()
            .name("servers").beginArray().beginObject()
            .field("url", "/").field("description", "the gateway that served this document").endObject().endArray()
            .name("paths").beginObject();
        final Set<String> paths = new LinkedHashSet<>();
        Route.ALL.forEach(route -> paths.add(route.path()));
        for (final String path : paths)
        {
            json.name(path).beginObject();
            Route.ALL.stream().filter(route -> route.path().equals(path)).forEach(route -> operation(json, route));
            json.endObject();
        }
        json.endObject().endObject();
    }

    private static void operation(final JsonWriter json, final Route route)
    {
        json.name(route.method().toLowerCase(Locale.ROOT)).beginObject()
            .field("summary", route.summary())
            .field("operationId", operationId(route));
        if (Route.Access.OPEN != route.access())
        {
            json.name("security").beginArray();
            if (Route.Access.METRICS == route.access())
            {
                json.beginObject().endObject();
            }
            json.beginObject().name("token").beginArray().endArray().endObject().endArray();
        }
        if ("POST".equals(route.method()))
        {
            body(json, route);
        }
        else if (!route.parameters().isEmpty())
        {
            json.name("parameters").beginArray();
            for (final Route.Parameter parameter : route.parameters())
            {
                json.beginObject()
                    .field("name", parameter.name()).field("in", "query").field("required", parameter.isRequired())
                    .field("description", parameter.description())
                    .name("schema").beginObject().field("type", "string");
                if (!parameter.values().isEmpty())
                {
                    json.name("enum").beginArray();
                    parameter.values().forEach(json::value);
                    json.endArray();
                }
                json.endObject().endObject();
            }
            json.endArray();
        }
        json.name("responses").beginObject();
        if ("/ws".equals(route.path()))
        {
            json.name("101").beginObject().field("description", route.summary()).endObject();
        }
        else
        {
            answer(json.name("200"), route, route.summary());
        }
        if ("/ready".equals(route.path()))
        {
            answer(json.name("503"), route, "The same, with what is in the way");
        }
        if ("/api/bot/connect".equals(route.path()))
        {
            answer(json.name("202"), route, "It is being started");
        }
        json.name("default").beginObject().field("description", "A problem (RFC 9457)")
            .name("content").beginObject().name("application/problem+json").beginObject()
            .name("schema").beginObject().field("$ref", "#/components/schemas/Problem").endObject()
            .endObject().endObject().endObject()
            .endObject().endObject();
    }

    private static void answer(final JsonWriter json, final Route route, final String description)
    {
        json.beginObject().field("description", description)
            .name("content").beginObject().name(route.contentType()).beginObject().name("schema");
        if (route.answer().contains(","))
        {
            json.beginObject().name("oneOf").beginArray();
            for (final String type : route.answer().split(","))
            {
                Schemas.type(json, type);
            }
            json.endArray().endObject();
        }
        else
        {
            Schemas.type(json, route.answer());
        }
        json.endObject().endObject().endObject();
    }

    private static void body(final JsonWriter json, final Route route)
    {
        json.name("parameters").beginArray().beginObject()
            .field("name", "Idempotency-Key").field("in", "header").field("required", false)
            .field("description", "the same key acts once")
            .name("schema").beginObject().field("type", "string").field("maxLength", 128).endObject()
            .endObject().endArray()
            .name("requestBody").beginObject().field("required", true)
            .name("content").beginObject().name("application/json").beginObject()
            .name("schema").beginObject().field("type", "object").name("required").beginArray();
        route.parameters().stream().filter(Route.Parameter::isRequired).forEach(
            parameter -> json.value(parameter.name()));
        json.endArray().name("properties").beginObject();
        for (final Route.Parameter parameter : route.parameters())
        {
            json.name(parameter.name()).beginObject()
                .field("type", "string").field("description", parameter.description()).endObject();
        }
        json.endObject().endObject().endObject().endObject().endObject();
    }

    private static String operationId(final Route route)
    {
        final StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        boolean isStart = true;
        for (final char c : route.path().replace("/api/", "/").toCharArray())
        {
            if (Character.isLetterOrDigit(c))
            {
                id.append(isStart ? Character.toUpperCase(c) : c);
                isStart = false;
            }
            else
            {
                isStart = true;
            }
        }
        return id.toString();
    }
}
