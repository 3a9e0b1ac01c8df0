package org.lockstep.gateway.venue.binance.orderentry;

import io.netty.handler.codec.http.HttpMethod;
import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.gateway.net.RequestPriority;
import org.lockstep.gateway.net.RestClient;
import org.lockstep.gateway.net.RestHandler;
import org.lockstep.gateway.net.RestRequest;
import org.lockstep.gateway.net.RestResponse;
import org.lockstep.gateway.venue.OrderSessionCounters.Counter;
import org.lockstep.gateway.venue.binance.common.JsonCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the venue what the key may do, before anything else: a key that may withdraw is refused. Environments without
 * this question (the test network) are taken as they are. Threading: the session's loop. Cold.
 */
final class KeyCheck
{
    /** Told once how it went. */
    interface Listener
    {
        void onAccepted();

        void onRefused(String reason);

        /** It is not known; it may be tried again. */
        void onFailed(String reason);
    }

    private static final Logger LOG = LoggerFactory.getLogger(KeyCheck.class);
    private static final int NOT_FOUND = 404;
    private static final int BAD_TIMESTAMP = -1021;
    private static final int SERVER_TIME = ObjectFields.NAMED;
    private static final int ENABLE_WITHDRAWALS = ObjectFields.NAMED;

    private final AccountContext context;
    private final RestClient client;
    private final RestOrders rest;
    private final Listener listener;
    private final ApiMessage message = new ApiMessage();
    private final JsonCursor cursor = new JsonCursor();

    KeyCheck(final AccountContext context, final RestClient client, final RestOrders rest, final Listener listener)
    {
        this.context = context;
        this.client = client;
        this.rest = rest;
        this.listener = listener;
    }

    /** The request is signed, so the venue's time comes first. */
    void run()
    {
        final boolean isTaken = client.submit(RestRequest.get("/api/v3/time", 1, RequestPriority.ORDER),
            new RestHandler()
            {
                @Override
                public void onResponse(final RestResponse response)
                {
                    onTime(response);
                }

                @Override
                public void onFailure(final String reason, final boolean isSent)
                {
                    listener.onFailed(reason);
                }
            });
        if (!isTaken)
        {
            listener.onFailed("too many requests wait");
        }
    }

    private void onTime(final RestResponse response)
    {
        final byte[] body = new byte[response.body().readableBytes()];
        response.body().getBytes(response.body().readerIndex(), body);
        final ObjectFields fields = new ObjectFields("serverTime");
        message.readRest(response.status(), new UnsafeBuffer(body), body.length);
        if (!message.isSuccess() || !fields.read(message.result(cursor)) || 0 == fields.timeNs(SERVER_TIME))
        {
            listener.onFailed("the venue does not tell its time: " + response.excerpt());
            return;
        }
        context.offset().onSample(response.sentTimeNs(), response.receivedTimeNs(), fields.timeNs(SERVER_TIME));
        askRights();
    }

    private void askRights()
    {
        final boolean isTaken = rest.submit(HttpMethod.GET, "/sapi/v1/account/apiRestrictions",
            "recvWindow=" + context.config().recvWindowMs(), 1, new RestOrders.Handler()
            {
                @Override
                public void onReply(final ApiMessage reply)
                {
                    onRights(reply);
                }

                @Override
                public void onFailure(final String reason, final boolean isSent)
                {
                    listener.onFailed(reason);
                }
            });
        if (!isTaken)
        {
            listener.onFailed("too many requests wait");
        }
    }

    private void onRights(final ApiMessage reply)
    {
        final ObjectFields fields = new ObjectFields("enableWithdrawals");
        if (NOT_FOUND == reply.status())
        {
            LOG.warn("binance account {}: what the key may do cannot be asked here", context.config().accountId());
            listener.onAccepted();
        }
        else if (BAD_TIMESTAMP == reply.code())
        {
            context.counters().increment(Counter.CLOCK_REFUSALS);
            context.offset().distrust();
            listener.onFailed(reply.errorText());
        }
        else if (-2014 == reply.code() || -2015 == reply.code() || -1022 == reply.code())
        {
            listener.onRefused("the venue does not take the key: " + reply.errorText());
        }
        else if (!reply.isSuccess() || !fields.read(reply.result(cursor)))
        {
            listener.onFailed("what the key may do is not known: " + reply.errorText());
        }
        else if (fields.isTrue(ENABLE_WITHDRAWALS))
        {
            listener.onRefused(
                "the key may withdraw; make one that may only trade, or allow it in the configuration");
        }
        else
        {
            listener.onAccepted();
        }
    }
}
