package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.port.VenueConnector;
import org.lockstep.gateway.client.port.VenueSession;

/** What is answered is what the OpenAPI document says, to the last field. */
class OpenApiTest
{
    private static final Set<String> KEYWORDS = Set.of("type", "properties", "required", "items", "$ref", "oneOf",
        "pattern", "format", "additionalProperties", "description");

    private final List<String> wrong = new ArrayList<>();
    private GatewayFixture fixture;
    private JsonNode document;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start(GatewayFixture.aWorld(), UnaryOperator.identity());
        final TestWorld world = fixture.world;
        world.venueSessions(List.of(new VenueSession("binance", "market", "live", true, 0, 100, 90, 10, 0, 0, 1)));
        world.connectAnswer(VenueConnector.Outcome.RUNNING, "live", "live");
        world.append(frames -> frames.quote(Frames.BTC, 6_000_000, 6_000_010));
        world.append(frames -> frames.trade(Frames.BTC, 6_000_010, 1));
        world.append(frames -> frames.ticker(Frames.BTC, 5_890_000, 6_000_010));
        for (int i = 0; i < 30; i++)
        {
            final int bar = i;
            world.append(frames -> frames.bar(
                Frames.BTC, BarInterval.M15, 900_000L * bar, 6_000_000 + 100 * (bar % 7), true));
        }
        world.append(frames -> frames.orderRequested(5, 0, Frames.BTC, 6_000_050, 100_000));
        world.append(frames -> frames.orderAccepted(5, 0, Frames.BTC));
        world.append(frames -> frames.fill(5, 0, Frames.BTC, 77, 100_000));
        world.append(frames -> frames.orderRequested(6, 0, Frames.BTC, 6_000_050, 100_000));
        world.append(frames -> frames.orderRefused(3, 0, Frames.BTC, "daily loss"));
        world.append(frames -> frames.position(0, Frames.BTC, 100_000, 6_000_050));
        world.append(frames -> frames.balance("USDT", 1_000_000_000_000L));
        world.append(frames -> frames.defineBot("maker-btc", "spreadBps", "2.5"));
        fixture.awaitOffset(world.lastSequence());
        document = GatewayFixture.json(fixture.get("/api/openapi.json", null).body());
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldAnswerAsTheDocumentSays() throws Exception
    {
        final Map<String, String> queries = Map.of(
            "/api/bot/status", "?bot=maker-btc",
            "/api/strategy-performance", "?curve=true",
            "/api/orders", "?status=all");
        final Set<String> checked = new TreeSet<>();
        for (final Map.Entry<String, JsonNode> path : document.get("paths").properties())
        {
            final JsonNode content = path.getValue().path("get").path("responses").path("200").path("content");
            if (content.has("application/json"))
            {
                check(path.getKey(), fixture.get(path.getKey() + queries.getOrDefault(path.getKey(), ""), token()));
                checked.add(path.getKey());
            }
        }
        check("/api/bot/status", fixture.get("/api/bot/status", token()));
        check("/api/bot/stop", fixture.post("/api/bot/stop", token(), "k", "{\"bot\":\"maker-btc\"}"));
        check("/api/bot/start", fixture.post("/api/bot/start", token(), "l", "{\"bot\":\"maker-btc\"}"));
        check("/api/bot/connect", fixture.post("/api/bot/connect", token(), null, "{\"venue\":\"binance\"}"));

        assertEquals(List.of(), wrong);
        assertTrue(checked.size() >= 15, checked.toString());
    }

    @Test
    void shouldHaveSomethingOfEverythingInTheAnswersThatAreChecked() throws Exception
    {
        for (final String path : List.of("/api/market/snapshot,symbols", "/api/klines,symbols", "/api/bots,bots",
            "/api/market-scanner,instruments", "/api/strategy-performance,strategies", "/api/positions,positions",
            "/api/orders,orders", "/api/balances,balances", "/api/accounts,accounts"))
        {
            final String[] parts = path.split(",");
            final JsonNode answer = GatewayFixture.json(fixture.get(parts[0], token()).body());

            assertTrue(answer.get(parts[1]).size() > 0, path);
        }
    }

    @Test
    void shouldDescribeProblemsAsTheyAreTold() throws Exception
    {
        final JsonNode schema = document.at("/components/schemas/Problem");

        validate(GatewayFixture.json(fixture.get("/api/orders?status=foo", token()).body()), schema, "problem");
        validate(GatewayFixture.json(fixture.get("/api/orders", null).body()), schema, "problem");

        assertEquals(List.of(), wrong);
    }

    @Test
    void shouldSayWhereItIsServedAndWhichValuesAParameterTakes()
    {
        assertEquals("/", document.at("/servers/0/url").textValue());
        for (final JsonNode parameter : document.at("/paths/~1api~1orders/get/parameters"))
        {
            assertEquals("[\"open\",\"all\",\"filled\",\"canceled\",\"rejected\",\"expired\"]",
                parameter.at("/schema/enum").toString());
        }
    }

    @Test
    void shouldFindWhatDiffersFromItsSchema()
    {
        final JsonNode schema = document.at("/components/schemas/Balance");

        validate(GatewayFixture.json("{\"account\":0,\"accountName\":null,\"asset\":\"A\",\"free\":\"x\"," +
            "\"locked\":\"1\",\"odd\":1}"), schema, "$");

        assertEquals(List.of("$.account: 0 is no string", "$.free: \"x\" has not the pattern",
            "$.odd is not in the document", "$.offset is missing"), wrong.stream().sorted().toList());
    }

    private void check(final String path, final HttpResponse<String> answer)
    {
        assertEquals(200, answer.statusCode(), path + " " + answer.body());
        final JsonNode operation = document.get("paths").get(path);
        final JsonNode schema = (operation.has("get") ? operation.get("get") : operation.get("post"))
            .get("responses").get("200").get("content").get("application/json").get("schema");
        validate(GatewayFixture.json(answer.body()), schema, path);
    }

    /** The part of JSON Schema that the document uses; any other keyword is a mistake. */
    private void validate(final JsonNode value, final JsonNode schema, final String where)
    {
        schema.fieldNames().forEachRemaining(keyword ->
            assertTrue(KEYWORDS.contains(keyword), "this test does not know " + keyword));
        if (schema.has("$ref"))
        {
            final JsonNode target = document.at(schema.get("$ref").textValue().substring(1));
            assertTrue(target.isObject(), schema.toString());
            if (!"Document".equals(schema.get("$ref").textValue().replaceAll(".*/", "")))
            {
                validate(value, target, where);
            }
            return;
        }
        if (schema.has("oneOf"))
        {
            oneOf(value, schema.get("oneOf"), where);
            return;
        }
        if (!types(schema.get("type")).contains(type(value)) &&
            !("integer".equals(type(value)) && types(schema.get("type")).contains("number")))
        {
            wrong.add(where + ": " + value + " is no " + schema.get("type").asText());
            return;
        }
        if (schema.has("pattern") && value.isTextual() &&
            !Pattern.matches(schema.get("pattern").textValue(), value.textValue()))
        {
            wrong.add(where + ": " + value + " has not the pattern");
        }
        schema.path("required").forEach(name ->
        {
            if (!value.has(name.textValue()))
            {
                wrong.add(where + "." + name.textValue() + " is missing");
            }
        });
        if (value.isObject())
        {
            for (final Map.Entry<String, JsonNode> field : value.properties())
            {
                final JsonNode known = schema.has("additionalProperties") ? schema.get("additionalProperties") :
                    schema.path("properties").get(field.getKey());
                if (null == known)
                {
                    wrong.add(where + "." + field.getKey() + " is not in the document");
                }
                else
                {
                    validate(field.getValue(), known, where + "." + field.getKey());
                }
            }
        }
        if (value.isArray() && schema.has("items"))
        {
            value.forEach(item -> validate(item, schema.get("items"), where + "[]"));
        }
    }

    private void oneOf(final JsonNode value, final JsonNode schemas, final String where)
    {
        final List<String> before = new ArrayList<>(wrong);
        int matching = 0;
        for (final JsonNode schema : schemas)
        {
            wrong.clear();
            validate(value, schema, where);
            matching += wrong.isEmpty() ? 1 : 0;
        }
        wrong.clear();
        wrong.addAll(before);
        if (1 != matching)
        {
            wrong.add(where + " is " + matching + " of those that it can be");
        }
    }

    private static Set<String> types(final JsonNode type)
    {
        final Set<String> types = new HashSet<>();
        if (type.isArray())
        {
            type.forEach(one -> types.add(one.textValue()));
        }
        else
        {
            types.add(type.textValue());
        }
        return types;
    }

    private static String type(final JsonNode value)
    {
        return switch (value.getNodeType())
        {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case ARRAY -> "array";
            case OBJECT -> "object";
            default -> value.isIntegralNumber() ? "integer" : "number";
        };
    }

    private static String token()
    {
        return GatewayFixture.token("ann", Role.ADMIN);
    }
}
