package org.lockstep.gateway.venue.binance.rest;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufUtil;
import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.net.RestClient;
import org.lockstep.gateway.net.RestHandler;
import org.lockstep.gateway.net.RestRequest;
import org.lockstep.gateway.net.RestResponse;

/**
 * The requests that market data needs, with their weights and how urgent they are. They wait in the client's queue
 * until the venue's limits let them go. Threading: the feed's loop. Cold.
 */
public final class BinanceRest
{
    /** Says that a request did not reach the venue or was refused by it. */
    public interface Failure
    {
        /**
         * The request failed.
         *
         * @param status HTTP status, 0 = no answer.
         * @param reason for people.
         */
        void onFailure(int status, String reason);
    }

    /** Request weight of a question for the best bid and ask. */
    public static final int QUOTE_WEIGHT = 2;

    /** Request weight of a question for trades. */
    public static final int TRADES_WEIGHT = 25;

    /** Request weight of a question for bars. */
    public static final int BARS_WEIGHT = 2;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RestClient client;

    /**
     * Constructs the requests over a client.
     *
     * @param client for the venue's host, behind a gate that knows the venue's limits.
     */
    public BinanceRest(final RestClient client)
    {
        this.client = client;
    }

    /**
     * Asks for instruments.
     *
     * @param symbols   which.
     * @param onSuccess takes the whole response.
     * @param onFailure told otherwise.
     * @return false when the queue has no room; then nobody is told anything.
     */
    public boolean exchangeInfo(
        final List<String> symbols, final Consumer<JsonNode> onSuccess, final Failure onFailure)
    {
        final String list = "[\"" + String.join("\",\"", symbols) + "\"]";
        return json(RestRequest.get("/api/v3/exchangeInfo?symbols=" + encode(list), 20, RequestPriority.COLD),
            (response, node) -> onSuccess.accept(node), onFailure);
    }

    /**
     * Asks for every instrument the venue lists.
     *
     * @param onSuccess takes the response with its raw body.
     * @param onFailure told otherwise.
     * @return false when the queue has no room; then nobody is told anything.
     */
    public boolean exchangeInfo(final Consumer<RestResponse> onSuccess, final Failure onFailure)
    {
        return send(RestRequest.get("/api/v3/exchangeInfo", 20, RequestPriority.COLD), onSuccess, onFailure);
    }

    /**
     * Asks for the venue's clock.
     *
     * @param onSuccess takes the response and its body.
     * @param onFailure told otherwise.
     * @return false when the queue has no room; then nobody is told anything.
     */
    public boolean time(final JsonConsumer onSuccess, final Failure onFailure)
    {
        return json(RestRequest.get("/api/v3/time", 1, RequestPriority.COLD), onSuccess, onFailure);
    }

    /**
     * Asks for the best bid and ask; a newer question for the same instrument replaces one that waits.
     *
     * @param symbol    of which instrument.
     * @param onSuccess takes the response and its body.
     * @param onFailure told otherwise.
     * @return false when the queue has no room; then nobody is told anything.
     */
    public boolean bookTicker(final String symbol, final JsonConsumer onSuccess, final Failure onFailure)
    {
        final String target = "/api/v3/ticker/bookTicker?symbol=" + encode(symbol);
        return json(RestRequest.get(target, QUOTE_WEIGHT, RequestPriority.POLL).withKey("quote " + symbol), onSuccess,
            onFailure);
    }

    /**
     * Asks for the newest 1000 trades; a newer question as urgent for the same instrument replaces one that waits.
     *
     * @param symbol    of which instrument.
     * @param priority  how urgent.
     * @param maxWaitMs how long it may wait to be sent before it fails, 0 = as long as it takes.
     * @param onSuccess takes the response and its body, oldest first.
     * @param onFailure told otherwise.
     * @return false when the queue has no room; then nobody is told anything.
     */
    public boolean trades(
        final String symbol,
        final RequestPriority priority,
        final long maxWaitMs,
        final JsonConsumer onSuccess,
        final Failure onFailure)
    {
        return json(RestRequest.get("/api/v3/trades?limit=1000&symbol=" + encode(symbol), TRADES_WEIGHT, priority)
            .withKey("trades " + symbol).withMaxQueueNs(maxWaitMs * 1_000_000), onSuccess, onFailure);
    }

    /**
     * Asks for the newest bars; a newer question for the same instrument and interval replaces one that waits.
     *
     * @param symbol    of which instrument.
     * @param interval  as the venue names it.
     * @param limit     how many, up to 1000.
     * @param onSuccess takes the response and its body, oldest first, the open one last.
     * @param onFailure told otherwise.
     * @return false when the queue has no room; then nobody is told anything.
     */
    public boolean bars(
        final String symbol,
        final String interval,
        final int limit,
        final JsonConsumer onSuccess,
        final Failure onFailure)
    {
        final String target = "/api/v3/klines?symbol=" + encode(symbol) + "&interval=" + interval + "&limit=" + limit;
        return json(RestRequest.get(target, BARS_WEIGHT, RequestPriority.COLD)
            .withKey("bars " + interval + " " + symbol), onSuccess, onFailure);
    }

    /**
     * Asks for a book snapshot; a newer question as urgent for the same instrument replaces one that waits.
     *
     * @param symbol    of which instrument.
     * @param levels    per side.
     * @param priority  how urgent.
     * @param onSuccess takes the response with its raw body.
     * @param onFailure told otherwise.
     * @return false when the queue has no room; then nobody is told anything.
     */
    public boolean depth(
        final String symbol,
        final int levels,
        final RequestPriority priority,
        final Consumer<RestResponse> onSuccess,
        final Failure onFailure)
    {
        final String target = "/api/v3/depth?symbol=" + encode(symbol) + "&limit=" + levels;
        return send(RestRequest.get(target, depthWeight(levels), priority).withKey("depth " + symbol), onSuccess,
            onFailure);
    }

    /**
     * Request weight of a book snapshot.
     *
     * @param levels per side.
     * @return its weight.
     */
    public static int depthWeight(final int levels)
    {
        return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1000 ? 50 : 250;
    }

    /**
     * Forgets a book snapshot that waits to be asked for; nobody is told.
     *
     * @param symbol   of which instrument.
     * @param priority it waits with.
     */
    public void cancelDepth(final String symbol, final RequestPriority priority)
    {
        client.cancel(priority, "depth " + symbol);
    }

    /**
     * Forgets the polls of an instrument that wait to be sent; nobody is told.
     *
     * @param symbol of which instrument.
     */
    public void cancelPolls(final String symbol)
    {
        client.cancel(RequestPriority.POLL, "quote " + symbol);
        client.cancel(RequestPriority.POLL, "trades " + symbol);
        client.cancel(RequestPriority.POLL, "depth " + symbol);
    }

    /** Closes the connection; what waits fails. */
    public void close()
    {
        client.close();
    }

    /** Takes a response together with its parsed body. */
    @FunctionalInterface
    public interface JsonConsumer
    {
        /**
         * Takes it.
         *
         * @param response as received, valid during the call.
         * @param body     parsed.
         */
        void accept(RestResponse response, JsonNode body);
    }

    private boolean json(final RestRequest request, final JsonConsumer onSuccess, final Failure onFailure)
    {
        return send(request, response ->
        {
            final JsonNode body;
            try
            {
                body = MAPPER.readTree(ByteBufUtil.getBytes(response.body()));
            }
            catch (final IOException ex)
            {
                onFailure.onFailure(response.status(), "no JSON: " + response.excerpt());
                return;
            }
            onSuccess.accept(response, body);
        }, onFailure);
    }

    private boolean send(final RestRequest request, final Consumer<RestResponse> onSuccess, final Failure onFailure)
    {
        return client.submit(request, new RestHandler()
        {
            @Override
            public void onResponse(final RestResponse response)
            {
                if (response.isSuccess())
                {
                    onSuccess.accept(response);
                }
                else
                {
                    onFailure.onFailure(response.status(), response.excerpt());
                }
            }

            @Override
            public void onFailure(final String reason, final boolean isSent)
            {
                onFailure.onFailure(0, reason);
            }
        });
    }

    private static String encode(final String text)
    {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
