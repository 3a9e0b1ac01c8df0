package org.lockstep.gateway.venue.binance.rest;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufUtil;
import org.agrona.concurrent.EpochNanoClock;
import org.lockstep.gateway.net.RestClient;
import org.lockstep.gateway.net.RestHandler;
import org.lockstep.gateway.net.RestResponse;
import org.lockstep.gateway.net.WeightBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that market data needs, each counted against the weight budget before it is sent. After a 429 or 418
 * nothing is sent for as long as the venue says. Threading: the feed's loop. Cold.
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

    private static final Logger LOG = LoggerFactory.getLogger(BinanceRest.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final RestClient client;
    private final WeightBudget budget;
    private final EpochNanoClock clock;

    /**
     * Constructs the requests over a client.
     *
     * @param client          for the venue's host.
     * @param clock           epoch time.
     * @param weightPerMinute own ceiling.
     */
    public BinanceRest(final RestClient client, final EpochNanoClock clock, final int weightPerMinute)
    {
        this.client = client;
        this.clock = clock;
        this.budget = new WeightBudget(weightPerMinute, MINUTE_NS);
    }

    /**
     * Asks for instruments.
     *
     * @param symbols   which.
     * @param onSuccess takes the whole response.
     * @param onFailure told otherwise.
     * @return false when the budget has no room; then nothing was sent.
     */
    public boolean exchangeInfo(
        final List<String> symbols, final Consumer<JsonNode> onSuccess, final Failure onFailure)
    {
        final String list = "[\"" + String.join("\",\"", symbols) + "\"]";
        return json("/api/v3/exchangeInfo?symbols=" + encode(list), 20, (response, node) -> onSuccess.accept(node),
            onFailure);
    }

    /**
     * Asks for the venue's clock.
     *
     * @param onSuccess takes the response and its body.
     * @param onFailure told otherwise.
     * @return false when the budget has no room; then nothing was sent.
     */
    public boolean time(final JsonConsumer onSuccess, final Failure onFailure)
    {
        return json("/api/v3/time", 1, onSuccess, onFailure);
    }

    /**
     * Asks for the best bid and ask.
     *
     * @param symbol    of which instrument.
     * @param onSuccess takes the response and its body.
     * @param onFailure told otherwise.
     * @return false when the budget has no room; then nothing was sent.
     */
    public boolean bookTicker(final String symbol, final JsonConsumer onSuccess, final Failure onFailure)
    {
        return json("/api/v3/ticker/bookTicker?symbol=" + encode(symbol), 2, onSuccess, onFailure);
    }

    /**
     * Asks for the newest 1000 trades.
     *
     * @param symbol    of which instrument.
     * @param onSuccess takes the response and its body, oldest first.
     * @param onFailure told otherwise.
     * @return false when the budget has no room; then nothing was sent.
     */
    public boolean trades(final String symbol, final JsonConsumer onSuccess, final Failure onFailure)
    {
        return json("/api/v3/trades?limit=1000&symbol=" + encode(symbol), 25, onSuccess, onFailure);
    }

    /**
     * Asks for a book snapshot.
     *
     * @param symbol    of which instrument.
     * @param levels    per side.
     * @param onSuccess takes the response with its raw body.
     * @param onFailure told otherwise.
     * @return false when the budget has no room; then nothing was sent.
     */
    public boolean depth(
        final String symbol, final int levels, final Consumer<RestResponse> onSuccess, final Failure onFailure)
    {
        final int weight = levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1000 ? 50 : 250;
        return send("/api/v3/depth?symbol=" + encode(symbol) + "&limit=" + levels, weight, onSuccess, onFailure);
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

    private boolean json(
        final String path, final int weight, final JsonConsumer onSuccess, final Failure onFailure)
    {
        return send(path, weight, response ->
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

    private boolean send(
        final String path, final int weight, final Consumer<RestResponse> onSuccess, final Failure onFailure)
    {
        if (!budget.tryAcquire(weight, clock.nanoTime()))
        {
            return false;
        }
        client.get(path, new RestHandler()
        {
            @Override
            public void onResponse(final RestResponse response)
            {
                account(response);
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
            public void onFailure(final String reason)
            {
                onFailure.onFailure(0, reason);
            }
        });
        return true;
    }

    private void account(final RestResponse response)
    {
        final long nowNs = clock.nanoTime();
        final long used = response.number("X-MBX-USED-WEIGHT-1M");
        if (used >= 0)
        {
            budget.onReported(used, nowNs);
        }
        if (429 == response.status() || 418 == response.status())
        {
            final long seconds = Math.max(1, response.number("Retry-After"));
            LOG.warn("binance: HTTP {}, no requests for {} s", response.status(), seconds);
            budget.closeFor(seconds * SECOND_NS, nowNs);
        }
    }

    private static String encode(final String text)
    {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
