package org.lockstep.gateway.venue.binance.orderentry;

import io.netty.handler.codec.http.HttpMethod;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.net.RestClient;
import org.lockstep.gateway.net.RestHandler;
import org.lockstep.gateway.net.RestRequest;
import org.lockstep.gateway.net.RestResponse;

/**
 * Signed requests over REST, for the time when there is no socket. Their answers are brought into the form of the
 * WebSocket API's. A request carries the time of its sending. Threading: the session's loop. Cold: allocates.
 */
final class RestOrders
{
    /** Takes the outcome of a request, exactly once. */
    interface Handler
    {
        /** The venue answered; the message is valid only during the call. */
        void onReply(ApiMessage reply);

        /** There is no answer; {@code isSent} false: the request certainly did not leave. */
        void onFailure(String reason, boolean isSent);
    }

    /** A request that could not leave within this time does not leave. */
    static final long MAX_QUEUE_NS = 2_000_000_000L;

    private final RestClient client;
    private final RequestSender sender;
    private final String apiKey;
    private final ApiMessage message = new ApiMessage();

    RestOrders(final RestClient client, final RequestSender sender, final String apiKey)
    {
        this.client = client;
        this.sender = sender;
        this.apiKey = apiKey;
    }

    /** Sends a request whose values are set; @return false when it was not taken, and the handler hears nothing. */
    boolean submit(
        final HttpMethod method,
        final String path,
        final RequestTemplate template,
        final int weight,
        final Handler handler)
    {
        return submit(method, path, sender.restParameters(template), weight, handler);
    }

    boolean submit(
        final HttpMethod method,
        final String path,
        final String parameters,
        final int weight,
        final Handler handler)
    {
        return client.submit(
            RestRequest.of(method, () -> path + '?' + sender.restQuery(parameters), weight, RequestPriority.ORDER)
                .withHeader("X-MBX-APIKEY", apiKey)
                .withMaxQueueNs(MAX_QUEUE_NS),
            new RestHandler()
            {
                @Override
                public void onResponse(final RestResponse response)
                {
                    final int length = response.body().readableBytes();
                    final byte[] body = new byte[length];
                    response.body().getBytes(response.body().readerIndex(), body);
                    message.readRest(response.status(), new UnsafeBuffer(body), length);
                    handler.onReply(message);
                }

                @Override
                public void onFailure(final String reason, final boolean isSent)
                {
                    handler.onFailure(reason, isSent);
                }
            });
    }

    void close()
    {
        client.close();
    }
}
