package org.lockstep.gateway.venue.binance.orderentry;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.ScriptedVenue;

/** A loopback Binance trading interface that answers as the test says. What a test leaves alone goes well. */
final class TradingScript implements AutoCloseable
{
    /** One request, as received. */
    record Request(ScriptedVenue.Connection connection, long id, String method, JsonNode params, String text)
    {
        String param(final String name)
        {
            return params.path(name).asText();
        }
    }

    /** Says nothing. */
    static final Function<Request, String> SILENCE = request -> null;

    static final ObjectMapper MAPPER = new ObjectMapper();

    final ScriptedVenue venue = new ScriptedVenue();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    volatile String rateLimits = "";
    volatile long clockSkewMs;
    private final Map<String, Function<Request, String>> answers = new ConcurrentHashMap<>();

    TradingScript()
    {
        venue.onText = this::onText;
        venue.reply("/api/v3/time", query -> ScriptedVenue.Reply.ok("{\"serverTime\":" + serverMs() + "}"));
        venue.reply("/sapi/v1/account/apiRestrictions",
            query -> ScriptedVenue.Reply.ok("{\"ipRestrict\":false,\"enableWithdrawals\":false}"));
        answer("time", request -> ok("{\"serverTime\":" + serverMs() + "}"));
        answer("session.logon", request -> ok("{\"apiKey\":\"k\",\"authorizedSince\":1,\"serverTime\":" +
            System.currentTimeMillis() + ",\"userDataStream\":false}"));
        answer("userDataStream.subscribe", request -> ok("{\"subscriptionId\":0}"));
        answer("userDataStream.subscribe.signature", request -> ok("{\"subscriptionId\":0}"));
        answer("openOrders.status", request -> ok("[]"));
        answer("myTrades", request -> ok("[]"));
        answer("account.status", request -> ok("{\"canTrade\":true,\"updateTime\":1700000000000,\"balances\":" +
            "[{\"asset\":\"BTC\",\"free\":\"1.50000000\",\"locked\":\"0.25000000\"}]}"));
    }

    long serverMs()
    {
        return System.currentTimeMillis() + clockSkewMs;
    }

    static String ok(final String result)
    {
        return "\"status\":200,\"result\":" + result;
    }

    static String error(final int status, final int code, final String message)
    {
        return "\"status\":" + status + ",\"error\":{\"code\":" + code + ",\"msg\":\"" + message + "\"}";
    }

    void answer(final String method, final Function<Request, String> answer)
    {
        answers.put(method, answer);
    }

    List<Request> of(final String method)
    {
        return requests.stream().filter(request -> method.equals(request.method())).toList();
    }

    Request await(final String method, final int index)
    {
        Await.until(method + " " + index, () -> of(method).size() > index);
        return of(method).get(index);
    }

    void reply(final Request request, final String answer)
    {
        request.connection().send("{\"id\":" + request.id() + "," + answer + rateLimits + "}");
    }

    /** Sends an event on the newest connection. */
    void event(final String event)
    {
        last().send("{\"subscriptionId\":0,\"event\":" + event + "}");
    }

    ScriptedVenue.Connection last()
    {
        return venue.connections.get(venue.connections.size() - 1);
    }

    static JsonNode json(final String text)
    {
        try
        {
            return MAPPER.readTree(text);
        }
        catch (final JsonProcessingException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        venue.close();
    }

    private void onText(final ScriptedVenue.Connection connection, final String text)
    {
        final JsonNode node = json(text);
        final Request request = new Request(
            connection, node.path("id").asLong(), node.path("method").asText(), node.path("params"), text);
        requests.add(request);
        final String answer = answers.getOrDefault(request.method(), SILENCE).apply(request);
        if (null != answer)
        {
            reply(request, answer);
        }
    }
}
