package org.lockstep.engine.bot;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.agrona.DirectBuffer;
import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.CommandDecoder;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.AccountTerms;
import org.lockstep.engine.execution.Accounts;
import org.lockstep.engine.execution.OrderDesk;
import org.lockstep.engine.execution.OutputProxy;
import org.lockstep.engine.market.Market;
import org.lockstep.engine.market.Markets;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.order.Orders;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.OrderIntent;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.engine.risk.RiskLimitsReader;
import org.lockstep.engine.risk.RiskSubject;
import org.lockstep.engine.state.StateWriter;

/**
 * Decodes Command frames and carries them out. A command that cannot be carried out changes nothing and answers with an
 * Alert that says why (an order that risk refuses: with its OrderRejected); its request id may be used again. One with
 * the request id of a command that was carried out acts not at all. Threading: the engine thread. Allocates.
 */
final class CommandAdapter
{
    /** A refusal that has gone out already. */
    private static final String TOLD = "";

    private final Markets markets;
    private final Accounts accounts;
    private final Orders orders;
    private final OrderDesk desk;
    private final OutputProxy outputs;
    private final Bots bots;
    private final BotLifecycle lifecycle;
    private final RequestIds requestIds = new RequestIds();
    private final CommandDecoder command = new CommandDecoder();
    private final OrderIntent intent = new OrderIntent();

    CommandAdapter(
        final Markets markets,
        final Accounts accounts,
        final Orders orders,
        final OrderDesk desk,
        final OutputProxy outputs,
        final Bots bots,
        final BotLifecycle lifecycle)
    {
        this.markets = markets;
        this.accounts = accounts;
        this.orders = orders;
        this.desk = desk;
        this.outputs = outputs;
        this.bots = bots;
        this.lifecycle = lifecycle;
    }

    void onCommand(final DirectBuffer buffer, final int offset)
    {
        command.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
            Frame.version(buffer, offset));
        final SortedMap<String, String> parameters = new TreeMap<>();
        final CommandDecoder.ParametersDecoder group = command.parameters();
        while (group.hasNext())
        {
            group.next();
            final String key = group.key();
            parameters.put(key, group.value());
        }
        final String user = command.user();
        final String requestId = command.requestId();
        final String name = command.botName();
        if (requestIds.isKnown(user, requestId))
        {
            return;
        }
        String refusal;
        try
        {
            refusal = execute(Frame.instrumentId(buffer, offset), parameters, user, name);
        }
        catch (final IllegalArgumentException ex)
        {
            refusal = ex.getMessage();
        }
        if (null == refusal)
        {
            requestIds.remember(user, requestId);
        }
        else if (!TOLD.equals(refusal))
        {
            outputs.alert(command.botId(), command.accountId(), AlertCode.COMMAND_REFUSED.code(),
                AlertSeverity.WARNING, command.action() + (name.isEmpty() ? "" : " " + name) + " refused: " + refusal +
                (requestId.isEmpty() ? "" : " (request " + requestId + ")"));
        }
    }

    void describe(final StateWriter out)
    {
        requestIds.describe(out);
    }

    /** Null when done, else why not. */
    private String execute(
        final int instrumentId, final SortedMap<String, String> parameters, final String user, final String name)
    {
        return switch (command.action())
        {
            case DEFINE_ACCOUNT -> defineAccount(name, parameters);
            case DEFINE_BOT -> defineBot(name, parameters);
            case SET_LIMITS -> setLimits(name, parameters);
            case SUBMIT_ORDER -> submitOrder(instrumentId, parameters);
            case CANCEL_ORDER, CANCEL_ALGO -> cancelOrder();
            case KILL_SWITCH_ON -> killSwitch(true, name, who(user, parameters), isFlattening(parameters));
            case KILL_SWITCH_OFF -> killSwitch(false, name, who(user, parameters), false);
            case START_BOT, PAUSE_BOT, RESUME_BOT, STOP_BOT -> steer(name, who(user, parameters));
            case KILL_BOT -> killBot(name, who(user, parameters), isFlattening(parameters));
            // Carried out by the feeds: their frames say what came of it.
            case SUBSCRIBE_INSTRUMENT, UNSUBSCRIBE_INSTRUMENT -> null;
            default -> "unknown action";
        };
    }

    private String defineAccount(final String name, final SortedMap<String, String> parameters)
    {
        final String given = parameters.remove("name");
        final String accountName = null != given ? given : name;
        if (!isName(accountName))
        {
            return "name: found '" + accountName + "', allowed 1 to 40 of letters, digits, - and _";
        }
        final AccountTerms terms = AccountTerms.read(parameters);
        final Account known = accounts.byName(accountName);
        if (null != known && null != known.terms().conflict(terms))
        {
            return known.terms().conflict(terms);
        }
        final Account account = accounts.define(accountName, terms);
        if (null == account)
        {
            return "there are " + Accounts.MAX_COUNT + " accounts already";
        }
        if (account.terms().isPaper())
        {
            outputs.balanceChanged(account);
        }
        return null;
    }

    private String defineBot(final String name, final SortedMap<String, String> parameters)
    {
        return isName(name) ? lifecycle.define(name, BotDefinition.read(parameters)) :
            "name: found '" + name + "', allowed 1 to 40 of letters, digits, - and _";
    }

    private String setLimits(final String name, final SortedMap<String, String> parameters)
    {
        final Bot bot = findBot(name);
        final Account account = accounts.find(command.accountId());
        final RiskSubject subject = null != bot ? bot.risk() : null != account ? account.risk() : null;
        if (null == subject)
        {
            return "neither bot nor account is defined";
        }
        final SortedMap<String, String> prefixed = new TreeMap<>();
        for (final var entry : parameters.entrySet())
        {
            final String key = entry.getKey();
            prefixed.put(
                key.startsWith(RiskLimitsReader.PREFIX) ? key : RiskLimitsReader.PREFIX + key, entry.getValue());
        }
        subject.limits(RiskLimitsReader.take(prefixed, subject.limits()));
        outputs.alert(null != bot ? bot.id() : -1, null != bot ? bot.accountId() : account.id(),
            AlertCode.LIMITS_CHANGED.code(), AlertSeverity.INFO,
            "limits of " + (null != bot ? bot.name() : account.name()) + " changed: " + parameters);
        return null;
    }

    private String submitOrder(final int instrumentId, final SortedMap<String, String> parameters)
    {
        final int accountId =
            command.accountId() < 0 && 1 == accounts.count() ? 0 : command.accountId();
        if (parameters.containsKey("type"))
        {
            final Market market = markets.find(instrumentId);
            return null == market ? RejectReason.UNKNOWN_INSTRUMENT.text() : submitAlgo(accountId, AlgoOrderReader.read(
                market.instrument(), command.side(), command.quantity(), command.price(), parameters));
        }
        intent.of(Bot.MANUAL_ID, accountId, instrumentId).order(
            command.side(), command.orderType(), command.timeInForce(), command.price(), command.quantity())
            .stop(Math.max(0, command.stopPrice()));
        return desk.submit(intent) > 0 ? null : TOLD;
    }

    private String submitAlgo(final int accountId, final AlgoOrder order)
    {
        return lifecycle.algos().submit(Bot.MANUAL_ID, accountId, order) > 0 ? null : TOLD;
    }

    private String cancelOrder()
    {
        if (null != lifecycle.algos().find(command.orderId()))
        {
            final int refusal = lifecycle.algos().cancel(command.orderId(), -1);
            return 0 == refusal ? null : RejectReason.byCode(refusal).text();
        }
        final Order order = orders.find(command.orderId());
        if (null == order)
        {
            return RejectReason.UNKNOWN_ORDER.text();
        }
        final int result = desk.cancel(order);
        return 0 == result ? null : RejectReason.byCode(result).text();
    }

    private String killSwitch(
        final boolean isOn, final String name, final String who, final boolean flatten)
    {
        final Bot bot = findBot(name);
        if (null != bot)
        {
            if (isOn)
            {
                lifecycle.killSwitches().kill(bot, AlertCode.BOT_KILLED.code(), "by " + who, flatten);
            }
            else
            {
                lifecycle.killSwitches().revive(bot, who);
            }
            return null;
        }
        if (!name.isEmpty() || command.botId() >= 0)
        {
            return "bot is not defined";
        }
        final Account account = accounts.find(command.accountId());
        if (null == account && command.accountId() >= 0)
        {
            return "account is not defined";
        }
        lifecycle.killSwitches().turn(isOn, account, who, flatten);
        return null;
    }

    private String killBot(final String name, final String who, final boolean flatten)
    {
        final Bot bot = findBot(name);
        if (null == bot)
        {
            return "bot is not defined";
        }
        lifecycle.killSwitches().kill(bot, AlertCode.BOT_KILLED.code(), "by " + who, flatten);
        return null;
    }

    private String steer(final String name, final String who)
    {
        final Bot bot = findBot(name);
        if (null == bot)
        {
            return "bot is not defined";
        }
        if (Bot.MANUAL_ID == bot.id())
        {
            return "manual orders cannot be steered";
        }
        switch (command.action())
        {
            case START_BOT:
                return lifecycle.start(bot);
            case PAUSE_BOT:
                return lifecycle.pause(bot);
            case RESUME_BOT:
                return lifecycle.resume(bot);
            default:
                return lifecycle.stop(bot, "stopped by " + who);
        }
    }

    private static boolean isFlattening(final SortedMap<String, String> parameters)
    {
        final String text = parameters.getOrDefault("flatten", "no");
        if (!List.of("yes", "no", "true", "false").contains(text))
        {
            throw new IllegalArgumentException("flatten: found '" + text + "', allowed yes or no");
        }
        return "yes".equals(text) || "true".equals(text);
    }

    /** Who, and why when the command says so. */
    private static String who(final String user, final SortedMap<String, String> parameters)
    {
        final String reason = parameters.get("reason");
        return null == reason || reason.isBlank() ? user : user + ": " + reason;
    }

    private Bot findBot(final String name)
    {
        return name.isEmpty() ? bots.find(command.botId()) : bots.byName(name);
    }

    private static boolean isName(final String name)
    {
        boolean isName = !name.isEmpty() && name.length() <= 40;
        for (int i = 0; i < name.length() && isName; i++)
        {
            final char c = name.charAt(i);
            isName = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || '-' == c || '_' == c;
        }
        return isName;
    }
}
