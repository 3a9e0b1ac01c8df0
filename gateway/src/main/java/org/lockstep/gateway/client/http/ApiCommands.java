package org.lockstep.gateway.client.http;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.lockstep.gateway.client.auth.Identity;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.command.BotAction;
import org.lockstep.gateway.client.command.CommandReply;
import org.lockstep.gateway.client.port.VenueConnector;

/** What can be done over HTTP. */
final class ApiCommands
{
    private final ApiContext context;

    ApiCommands(final ApiContext context)
    {
        this.context = context;
    }

    void post(
        final String path,
        final Identity user,
        final String idempotencyKey,
        final JsonNode body,
        final HttpReply reply) throws Problem
    {
        final boolean isKnown = "/api/bot/start".equals(path) || "/api/bot/stop".equals(path) ||
            "/api/bot/connect".equals(path);
        if (!isKnown)
        {
            throw new Problem(HttpResponseStatus.NOT_FOUND, "not_found", "nothing takes POST here");
        }
        if (!user.role().allows(Role.OPERATOR))
        {
            throw new Problem(HttpResponseStatus.FORBIDDEN, "forbidden",
                "this needs the role operator, yours is " + user.role().code());
        }
        requireFields(path, body);
        switch (path)
        {
            case "/api/bot/start" -> bot(BotAction.START, user, idempotencyKey, body, reply);
            case "/api/bot/stop" -> bot(BotAction.STOP, user, idempotencyKey, body, reply);
            default -> connect(body, reply);
        }
    }

    /** What is not taken is refused and never ignored: it may have been meant to narrow what is done. */
    private static void requireFields(final String path, final JsonNode body) throws Problem
    {
        final List<String> names =
            Route.of("POST", path).parameters().stream().map(Route.Parameter::name).toList();
        for (final Map.Entry<String, JsonNode> field : body.properties())
        {
            if (!names.contains(field.getKey()))
            {
                throw new Problem(HttpResponseStatus.BAD_REQUEST, "invalid", field.getKey() +
                    " is not a field of this; allowed is " + String.join(", ", names), field.getKey(), 0);
            }
        }
    }

    private void bot(
        final BotAction action,
        final Identity user,
        final String idempotencyKey,
        final JsonNode body,
        final HttpReply reply) throws Problem
    {
        final String bot = text(body, "bot");
        context.sessions().commands().submit(context.sessions().hub().view(), user.reader(), idempotencyKey, action,
            bot, Map.of(), new CommandReply()
            {
                @Override
                public void onJournaled(final long sequence, final String requestId, final boolean isDuplicate)
                {
                    reply.json(HttpResponseStatus.OK, json -> json.beginObject()
                        .field("bot", bot)
                        .field("action", action.code())
                        .field("sequence", sequence)
                        .field("requestId", requestId)
                        .field("duplicate", isDuplicate)
                        .endObject());
                }

                @Override
                public void onRefused(
                    final String code, final String message, final String field, final long retryAfterMs)
                {
                    reply.problem(new Problem(status(code), code, message, field, retryAfterMs));
                }
            });
    }

    private void connect(final JsonNode body, final HttpReply reply) throws Problem
    {
        final String venue = text(body, "venue");
        final VenueConnector.Answer answer = context.ports().connector().connect(venue);
        if (null == answer)
        {
            throw new Problem(HttpResponseStatus.NOT_FOUND, "unknown_venue",
                "this process has no session with that venue", "venue", 0);
        }
        if (VenueConnector.Outcome.CLOSING == answer.outcome())
        {
            throw new Problem(HttpResponseStatus.SERVICE_UNAVAILABLE, "unavailable",
                "the process ends; its session with " + venue + " is " + answer.state());
        }
        final boolean isStarted = VenueConnector.Outcome.STARTED == answer.outcome();
        reply.json(isStarted ? HttpResponseStatus.ACCEPTED : HttpResponseStatus.OK, json -> json.beginObject()
            .field("venue", venue)
            .field("started", isStarted)
            .field("before", answer.before())
            .field("state", answer.state())
            .endObject());
    }

    private static HttpResponseStatus status(final String code)
    {
        return switch (code)
        {
            case "unknown_bot" -> HttpResponseStatus.NOT_FOUND;
            case "duplicate_id" -> HttpResponseStatus.CONFLICT;
            case "busy", "unavailable" -> HttpResponseStatus.SERVICE_UNAVAILABLE;
            case "unconfirmed" -> HttpResponseStatus.GATEWAY_TIMEOUT;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    private static String text(final JsonNode body, final String name) throws Problem
    {
        final JsonNode value = body.get(name);
        if (null == value || !value.isTextual() || value.textValue().isBlank())
        {
            throw new Problem(
                HttpResponseStatus.BAD_REQUEST, "invalid", name + " must be a string", name, 0);
        }
        return value.textValue();
    }
}
