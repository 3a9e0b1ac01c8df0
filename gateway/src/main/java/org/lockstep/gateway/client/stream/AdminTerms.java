package org.lockstep.gateway.client.stream;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.agrona.collections.IntArrayList;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.gateway.client.command.CommandTerms;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.Reader;
import org.lockstep.gateway.client.view.Scales;

/**
 * Reads what only an admin may ask for: orders entered by hand, limits, the kill switch. What the engine then refuses
 * comes as an alert or as a rejected order, as with every command.
 */
final class AdminTerms
{
    private static final String PREFIX = "data.";
    private static final Map<String, Side> SIDES = Map.of("buy", Side.BUY, "sell", Side.SELL);
    private static final Map<String, OrderType> TYPES = Map.of(
        "limit", OrderType.LIMIT, "market", OrderType.MARKET, "limitMaker", OrderType.LIMIT_MAKER);
    private static final Map<String, TimeInForce> TIMES = Map.of(
        "gtc", TimeInForce.GTC, "ioc", TimeInForce.IOC, "fok", TimeInForce.FOK);

    private AdminTerms()
    {
    }

    static CommandTerms read(final String action, final JsonNode data, final ClientView view, final Reader reader)
        throws ProtocolException
    {
        return switch (action)
        {
            case "submit_order" -> order(data, view);
            case "cancel_order" ->
            {
                CommandFields.only(data, PREFIX, action, "action", "orderId");
                yield CommandTerms.cancel(id(data, "orderId"));
            }
            case "kill_switch_on" ->
            {
                CommandFields.only(data, PREFIX, action, "action", "account", "bot", "flatten", "reason");
                yield killSwitch(CommandAction.KILL_SWITCH_ON, data, view, reader);
            }
            case "kill_switch_off" ->
            {
                CommandFields.only(data, PREFIX, action, "action", "account", "bot", "reason");
                yield killSwitch(CommandAction.KILL_SWITCH_OFF, data, view, reader);
            }
            case "set_limits" -> limits(data, view, reader);
            default -> throw new ProtocolException("invalid", "data.action must be submit_order, cancel_order, " +
                "kill_switch_on, kill_switch_off or set_limits, found '" + action + "'", "data.action");
        };
    }

    private static CommandTerms killSwitch(
        final CommandAction action, final JsonNode data, final ClientView view, final Reader reader)
        throws ProtocolException
    {
        final Map<String, String> parameters = new TreeMap<>();
        if (CommandFields.flag(data, "flatten"))
        {
            parameters.put("flatten", "yes");
        }
        if (data.has("reason"))
        {
            parameters.put("reason", MessageParser.text(data, "reason", "data.reason"));
        }
        return CommandTerms.of(action, CommandFields.bot(data, view.botNames(reader)),
            CommandFields.accountId(data, view), parameters);
    }

    private static CommandTerms limits(final JsonNode data, final ClientView view, final Reader reader)
        throws ProtocolException
    {
        CommandFields.only(data, PREFIX, "set_limits", "action", "account", "bot", "params");
        final String bot = CommandFields.bot(data, view.botNames(reader));
        if (bot.isEmpty() && !data.has("account"))
        {
            throw new ProtocolException(
                "invalid", "data.bot or data.account must say whose limits they are", "data.bot");
        }
        return CommandTerms.of(CommandAction.SET_LIMITS, bot, CommandFields.accountId(data, view),
            CommandFields.limits(data));
    }

    private static CommandTerms order(final JsonNode data, final ClientView view) throws ProtocolException
    {
        CommandFields.only(data, PREFIX, "submit_order", "action", "symbol", "side", "orderType", "quantity", "price",
            "timeInForce", "account");
        if (!data.has("account") && view.accountNames().size() > 1)
        {
            throw new ProtocolException(
                "invalid", "data.account must be one of " + view.accountNames(), "data.account");
        }
        final String symbol = MessageParser.text(data, "symbol", "data.symbol");
        final IntArrayList ids = "*".equals(symbol) ? new IntArrayList() : view.resolve(symbol);
        if (1 != ids.size())
        {
            throw new ProtocolException("unknown_symbol", ids.isEmpty() ? "there is no symbol '" + symbol + "'" :
                "several venues have '" + symbol + "'; write venue:" + symbol, "data.symbol");
        }
        final int instrumentId = ids.getInt(0);
        final Scales scales = new Scales(view);
        final OrderType type = oneOf(data, "orderType", TYPES, null);
        final TimeInForce time = oneOf(data, "timeInForce", TIMES, OrderType.MARKET == type ? "ioc" : "gtc");
        if (OrderType.MARKET == type && data.has("price"))
        {
            throw new ProtocolException(
                "invalid", "data.price must not be there: a market order has none", "data.price");
        }
        final long price = OrderType.MARKET == type ? 0 :
            amount(data, "price", text -> scales.price(instrumentId, text));
        return CommandTerms.order(CommandFields.accountId(data, view), instrumentId,
            oneOf(data, "side", SIDES, null), type, time, price,
            amount(data, "quantity", text -> scales.quantity(instrumentId, text)));
    }

    private static long id(final JsonNode data, final String name) throws ProtocolException
    {
        final String text = MessageParser.text(data, name, "data." + name);
        if (!text.matches("\\d{1,18}"))
        {
            throw new ProtocolException("invalid", "data." + name + " must be a number in a string", "data." + name);
        }
        return Long.parseLong(text);
    }

    private static <T> T oneOf(
        final JsonNode data, final String name, final Map<String, T> values, final String standard)
        throws ProtocolException
    {
        final boolean isStandard = null != standard && !data.has(name);
        final T value = values.get(isStandard ? standard : MessageParser.text(data, name, "data." + name));
        if (null == value)
        {
            throw new ProtocolException("invalid", "data." + name + " must be one of " +
                String.join(", ", new TreeMap<>(values).keySet()), "data." + name);
        }
        return value;
    }

    private static long amount(final JsonNode data, final String name, final Amount amount) throws ProtocolException
    {
        try
        {
            return amount.read(MessageParser.text(data, name, "data." + name));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ProtocolException("invalid", "data." + name + " " + ex.getMessage(), "data." + name);
        }
    }

    @FunctionalInterface
    private interface Amount
    {
        long read(String text);
    }
}
