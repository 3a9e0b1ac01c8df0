package org.lockstep.gateway.client.stream;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.engine.risk.RiskLimits;
import org.lockstep.engine.risk.RiskLimitsReader;
import org.lockstep.gateway.client.command.BotAction;
import org.lockstep.gateway.client.view.ClientView;

/**
 * Reads the fields of commands. What a command does not take is refused and never ignored: a field that was misspelt,
 * or is of another action, may be the one that was to narrow it.
 */
final class CommandFields
{
    private static final String MAX_DATA_AGE = RiskLimitsReader.PREFIX + "maxDataAge";
    /** As the configuration calls them; the engine's maxDataAgeNs is taken too. */
    private static final List<String> LIMITS =
        RiskLimitsReader.names().stream().map(name -> "maxDataAgeNs".equals(name) ? "maxDataAge" : name).toList();
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s|m)");
    private static final String[] MESSAGE = {"type", "id", "channel", "data", "timestamp"};

    private CommandFields()
    {
    }

    /** Refuses what stands beside the data of a command. */
    static void requireMessage(final JsonNode message) throws ProtocolException
    {
        only(message, "", message.path("type").asText(), MESSAGE);
    }

    /**
     * Refuses fields that an action does not take.
     *
     * @param prefix  of their names in errors.
     * @param what    takes them.
     * @param allowed names.
     */
    static void only(final JsonNode node, final String prefix, final String what, final String... allowed)
        throws ProtocolException
    {
        final List<String> names = Arrays.asList(allowed);
        for (final Map.Entry<String, JsonNode> field : node.properties())
        {
            if (!names.contains(field.getKey()))
            {
                throw invalid(prefix + field.getKey(), " is not a field of " + what + "; allowed " +
                    (1 == names.size() ? "is " : "are ") + String.join(", ", names));
            }
        }
    }

    /** @return id of the account that {@code data.account} names, or -1 without it. */
    static int accountId(final JsonNode data, final ClientView view) throws ProtocolException
    {
        if (!data.has("account"))
        {
            return -1;
        }
        final String name = MessageParser.text(data, "account", "data.account");
        final int accountId = view.accountId(name);
        if (accountId < 0)
        {
            throw new ProtocolException("unknown_account",
                "there is no account '" + name + "'; there are " + view.accountNames(), "data.account");
        }
        return accountId;
    }

    /** @return name of the bot that {@code data.bot} names, which is there, or an empty one without it. */
    static String bot(final JsonNode data, final List<String> known) throws ProtocolException
    {
        if (!data.has("bot"))
        {
            return "";
        }
        final String name = MessageParser.text(data, "bot", "data.bot");
        if (data.has("account"))
        {
            throw invalid("data.bot", " and data.account exclude each other");
        }
        if (!known.contains(name) && !ClientView.MANUAL.equals(name))
        {
            throw new ProtocolException(
                "unknown_bot", "there is no bot '" + name + "'; there are " + known, "data.bot");
        }
        return name;
    }

    static boolean flag(final JsonNode data, final String name) throws ProtocolException
    {
        final JsonNode value = data.get(name);
        if (null != value && !value.isBoolean())
        {
            throw invalid("data." + name, " must be true or false, found " + value);
        }
        return null != value && value.booleanValue();
    }

    /** @return limits by their names, each of them one that there is, with a value that it can have. */
    static Map<String, String> limits(final JsonNode data) throws ProtocolException
    {
        final JsonNode params = data.get("params");
        if (null == params || !params.isObject() || params.isEmpty())
        {
            throw invalid("data.params", " must be an object with at least one limit; there are " + LIMITS);
        }
        final Map<String, String> limits = new LinkedHashMap<>();
        for (final Map.Entry<String, JsonNode> entry : params.properties())
        {
            final String field = "data.params." + entry.getKey();
            if (!entry.getValue().isTextual() && !entry.getValue().isNumber())
            {
                throw invalid(field, " must be a number, in a string or not, or \"none\"");
            }
            String text = entry.getValue().asText();
            String key = entry.getKey().startsWith(RiskLimitsReader.PREFIX) ? entry.getKey() :
                RiskLimitsReader.PREFIX + entry.getKey();
            if (MAX_DATA_AGE.equals(key))
            {
                text = nanoseconds(text, field);
                key = MAX_DATA_AGE + "Ns";
            }
            final SortedMap<String, String> one = new TreeMap<>(Map.of(key, text));
            try
            {
                RiskLimitsReader.take(one, RiskLimits.BOT_DEFAULT);
            }
            catch (final IllegalArgumentException ex)
            {
                throw new ProtocolException("invalid", "data.params: " + ex.getMessage(), field);
            }
            limits.put(key.substring(RiskLimitsReader.PREFIX.length()), text);
        }
        return limits;
    }

    /** A time as the configuration has it. */
    private static String nanoseconds(final String text, final String field) throws ProtocolException
    {
        final Matcher matcher = TIME.matcher(text);
        if ("none".equals(text))
        {
            return text;
        }
        if (!matcher.matches())
        {
            throw invalid(field, " must be a time such as 500ms, 30s or 5m, or none, found '" + text + "'");
        }
        final long unit = switch (matcher.group(2))
        {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 60_000_000_000L;
        };
        return Long.toString(Long.parseLong(matcher.group(1)) * unit);
    }

    /** @return parameters of what is said to a bot: why, and of a kill, whether what it holds is to be closed. */
    static Map<String, String> botParameters(final BotAction action, final JsonNode data) throws ProtocolException
    {
        only(data, "data.", "bot_command", "bot", "action", "params");
        final Map<String, String> parameters = MessageParser.parameters(data);
        if (parameters.isEmpty())
        {
            return parameters;
        }
        final JsonNode params = data.get("params");
        if (BotAction.KILL == action)
        {
            only(params, "data.params.", action.code(), "reason", "flatten");
        }
        else
        {
            only(params, "data.params.", action.code(), "reason");
        }
        if (params.has("reason"))
        {
            MessageParser.text(params, "reason", "data.params.reason");
        }
        if (params.has("flatten") && !List.of("true", "false", "yes", "no").contains(params.get("flatten").asText()))
        {
            throw invalid("data.params.flatten", " must be true or false, found " + params.get("flatten"));
        }
        return parameters;
    }

    private static ProtocolException invalid(final String field, final String what)
    {
        return new ProtocolException("invalid", field + what, field);
    }
}
