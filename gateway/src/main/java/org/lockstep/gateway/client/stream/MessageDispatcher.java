package org.lockstep.gateway.client.stream;

import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.command.BotAction;
import org.lockstep.gateway.client.command.CommandReply;
import org.lockstep.gateway.client.view.JsonWriter;
import org.lockstep.gateway.client.view.Reader;

/** Serves the messages of one client. Client event loop only. */
final class MessageDispatcher
{
    private static final int MAX_FORBIDDEN = 20;
    private static final int MAX_ORDERS = 1_000;

    private final SessionContext context;
    private final WebSocketSession connection;
    private final MessageParser parser = new MessageParser();
    private int forbidden;

    MessageDispatcher(final SessionContext context, final WebSocketSession connection)
    {
        this.context = context;
        this.connection = connection;
    }

    JsonNode parse(final byte[] json) throws ProtocolException
    {
        return parser.parse(json);
    }

    void dispatch(final JsonNode message, final String id) throws ProtocolException
    {
        final String type = MessageParser.text(message, "type", "type");
        final JsonNode data = message.get("data");
        switch (type)
        {
            case "auth" -> connection.onToken(MessageParser.text(data, "token", "data.token"), id);
            case "subscribe" -> context.hub().subscribe(
                session(), wish(message, id, context.hub().bridge()::couldBe));
            case "unsubscribe" -> context.hub().unsubscribe(session(), wish(message, id, symbol -> false));
            case "refresh_data" -> refresh(id);
            case "bot_command" ->
            {
                require(Role.OPERATOR, type);
                CommandFields.requireMessage(message);
                botCommand(data, id);
            }
            case "admin_command" ->
            {
                require(Role.ADMIN, type);
                CommandFields.requireMessage(message);
                adminCommand(data, id);
            }
            case "ping" -> reply("pong", data, id);
            case "echo" -> reply("echo", data, id);
            case "pong" ->
            {
                return;     // whatever a client sends proves that it is there
            }
            default -> throw new ProtocolException("unknown_type", "there is no message type '" + type + "'", "type");
        }
    }

    private ClientSession session()
    {
        return connection.session();
    }

    private SubscribeWish wish(final JsonNode message, final String id, final Predicate<String> couldBe)
        throws ProtocolException
    {
        return MessageParser.wish(message, id, context.hub().view(), couldBe, context.limits().conflateMs());
    }

    private void require(final Role role, final String what) throws ProtocolException
    {
        if (!session().identity().role().allows(role))
        {
            if (++forbidden > MAX_FORBIDDEN)
            {
                session().close(CloseCode.FORBIDDEN, "the role is not enough");
            }
            throw new ProtocolException("forbidden", what + " needs the role " + role.code() + ", yours is " +
                session().identity().role().code(), "type");
        }
    }

    private void refresh(final String id) throws ProtocolException
    {
        require(Role.OPERATOR, "refresh_data");
        context.hub().send(session(), "data_update", null, id, json ->
        {
            json.name("user").beginObject()
                .field("user", session().identity().user())
                .field("role", session().identity().role().code())
                .endObject();
            final Reader reader = session().reader();
            context.hub().states().balances(reader, json.name("balances"));
            context.hub().states().positions(reader, json.name("positions"));
            context.hub().states().orders(reader, "open", MAX_ORDERS, json.name("orders"));
            context.hub().states().bots(reader, json.name("bots"));
            json.field("epoch", context.hub().view().epoch()).field("offset", context.hub().view().sequence());
        });
    }

    private void botCommand(final JsonNode data, final String id) throws ProtocolException
    {
        final String bot = MessageParser.text(data, "bot", "data.bot");
        final String actionName = MessageParser.text(data, "action", "data.action");
        final BotAction action = BotAction.byCode(actionName);
        if (null == action)
        {
            throw new ProtocolException("invalid",
                "data.action must be start, stop, pause, resume or kill, found '" + actionName + "'", "data.action");
        }
        final Map<String, String> parameters = CommandFields.botParameters(action, data);
        final ClientSession session = session();
        context.commands().submit(context.hub().view(), session.reader(), id, action, bot, parameters,
            new CommandReply()
            {
                @Override
                public void onJournaled(final long sequence, final String requestId, final boolean isDuplicate)
                {
                    context.hub().send(session, "ack", null, id, json -> json
                        .field("sequence", sequence)
                        .field("offset", sequence)
                        .field("requestId", requestId)
                        .field("bot", bot)
                        .field("action", action.code())
                        .field("duplicate", isDuplicate));
                }

                @Override
                public void onRefused(
                    final String code, final String message, final String field, final long retryAfterMs)
                {
                    final String where = "bot".equals(field) ? "data.bot" : field;
                    context.hub().sendError(session, id, new ProtocolError(code, message, where, retryAfterMs));
                }
            });
    }

    private void adminCommand(final JsonNode data, final String id) throws ProtocolException
    {
        final String action = MessageParser.text(data, "action", "data.action");
        final ClientSession session = session();
        context.commands().submit(context.hub().view(), session.reader(), id,
            AdminTerms.read(action, data, context.hub().view(), session.reader()), new CommandReply()
            {
                @Override
                public void onJournaled(final long sequence, final String requestId, final boolean isDuplicate)
                {
                    context.hub().send(session, "ack", null, id, json -> json
                        .field("sequence", sequence)
                        .field("offset", sequence)
                        .field("requestId", requestId)
                        .field("action", action)
                        .field("duplicate", isDuplicate));
                }

                @Override
                public void onRefused(
                    final String code, final String message, final String field, final long retryAfterMs)
                {
                    context.hub().sendError(session, id, new ProtocolError(code, message, field, retryAfterMs));
                }
            });
    }

    private void reply(final String type, final JsonNode data, final String id)
    {
        final byte[] raw = null == data ? null : parser.bytes(data);
        context.hub().sendRaw(session(), type, id, raw);
    }

    /** Writes what a client sent back to it. */
    static void writeRaw(final JsonWriter json, final byte[] raw)
    {
        if (null == raw)
        {
            json.value((String)null);
        }
        else
        {
            json.raw(raw, 0, raw.length);
        }
    }
}
