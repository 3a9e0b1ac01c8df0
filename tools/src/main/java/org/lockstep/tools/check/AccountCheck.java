package org.lockstep.tools.check;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.gateway.venue.Credentials;

/**
 * Tests an account's key: sign-in, permissions, balances, order limits, user data stream. Places no order. Run it once
 * the venue itself has been found reachable.
 */
public final class AccountCheck
{
    private static final long STREAM_TIMEOUT_MS = 10_000;
    private static final int SHOWN = 6;

    private final CheckSteps steps;
    private final Key key;
    private final URI api;
    private final URI address;
    private final Set<String> assets;
    private Credentials credentials;
    private SignedRest rest;
    private JsonNode account;

    /**
     * A key and what is expected of it.
     *
     * @param account           whose it is, for messages.
     * @param name              of the key in the keystore, or what else it is called.
     * @param credentials       hands out what signs, to be destroyed here; what it throws says what is wrong.
     * @param allowsWithdrawals whether it may have that right.
     */
    public record Key(String account, String name, Supplier<Credentials> credentials, boolean allowsWithdrawals)
    {
    }

    /**
     * A test to be run.
     *
     * @param rest   REST address.
     * @param api    address of the WebSocket API with its path.
     * @param key    to be tested.
     * @param assets that the account would trade.
     * @param steps  runs its steps.
     */
    public AccountCheck(
        final URI rest, final URI api, final Key key, final Set<String> assets, final CheckSteps steps)
    {
        this.address = rest;
        this.api = api;
        this.key = key;
        this.assets = assets;
        this.steps = steps;
    }

    /**
     * Tests whether the WebSocket API, where orders go, can be reached.
     *
     * @param api   its address with its path.
     * @param steps runs the steps.
     * @return whether it can.
     */
    public static boolean reach(final URI api, final CheckSteps steps)
    {
        return new Reach(steps).test("api", api);
    }

    /**
     * Runs all steps.
     *
     * @param isApiReached whether the WebSocket API can be reached.
     */
    public void run(final boolean isApiReached)
    {
        try
        {
            if (step("key", this::open) && step("sign-in", this::signIn))
            {
                step("permissions", this::permissions);
                step("balances", this::balances);
                step("order limits", this::orderLimits);
                if (isApiReached)
                {
                    step("user data", this::userData);
                }
            }
        }
        finally
        {
            if (null != credentials)
            {
                credentials.destroy();
            }
        }
    }

    private boolean step(final String name, final CheckSteps.Action action)
    {
        return steps.run(name, key.account(), "try again; if it stays so, look at the venue's status page", () ->
        {
            try
            {
                return action.run();
            }
            catch (final VenueRefusal ex)
            {
                throw new CheckSteps.Failure(ex.getMessage(), ex.advice(key.name()));
            }
        });
    }

    private CheckSteps.Found open() throws IOException
    {
        try
        {
            credentials = key.credentials().get();
        }
        catch (final RuntimeException ex)
        {
            throw new CheckSteps.Failure(ex.getMessage(), "'lockstep keys list' shows what there is, 'lockstep keys " +
                "add " + key.name() + "' adds it; --config, or --keystore, says which keystore is meant, " +
                "LOCKSTEP_KEYSTORE_PASSPHRASE, or --passphrase-file, what opens it");
        }
        rest = new SignedRest(address, credentials);
        return CheckSteps.Found.good(key.name() + ", " + rest.signer().describe());
    }

    private CheckSteps.Found signIn() throws IOException, InterruptedException
    {
        rest.synchronise();
        account = rest.account();
        if (null == account)
        {
            throw new CheckSteps.Failure("GET /api/v3/account is not there", "check the rest address");
        }
        return CheckSteps.Found.good("the key is taken; a " + account.path("accountType").asText("SPOT") + " account");
    }

    private CheckSteps.Found permissions() throws IOException, InterruptedException
    {
        final SignedRest.Rights rights = rest.rights();
        if (!rights.trade())
        {
            throw new CheckSteps.Failure("the key may not trade",
                "allow spot trading for it in the venue's API management, or make a key that may; " +
                "market data and mode: paper need no key");
        }
        if (!account.path("canTrade").asBoolean(true))
        {
            throw new CheckSteps.Failure("the account may not trade", "ask the venue why: the key itself may");
        }
        if (Boolean.TRUE.equals(rights.withdraw()) && !key.allowsWithdrawals())
        {
            throw new CheckSteps.Failure("the key may withdraw or transfer money, so a run refuses it",
                "make one that may only trade, or say allowWithdrawalKeys: true for the account");
        }
        final List<String> found = new ArrayList<>(List.of("may trade"));
        final List<String> minds = new ArrayList<>();
        if (null == rights.withdraw())
        {
            found.add("rights of the key are not told here");
        }
        else if (rights.withdraw())
        {
            found.add("may withdraw");
            minds.add("whoever has the key can take the money out: a bot needs none that may withdraw");
        }
        else
        {
            found.add("may not withdraw");
        }
        if (Boolean.TRUE.equals(rights.ipProtected()))
        {
            found.add("works from listed addresses only");
        }
        else if (null != rights.ipProtected())
        {
            found.add("works from any address");
            minds.add("restrict the key to this host's address in the venue's API management");
        }
        return new CheckSteps.Found(String.join(", ", found), minds.isEmpty() ? null : String.join("; ", minds));
    }

    private CheckSteps.Found balances()
    {
        final List<String> texts = new ArrayList<>();
        boolean hasAny = false;
        int others = 0;
        for (final JsonNode balance : account.path("balances"))
        {
            final String asset = balance.path("asset").asText();
            final BigDecimal free = new BigDecimal(balance.path("free").asText("0"));
            final BigDecimal locked = new BigDecimal(balance.path("locked").asText("0"));
            final boolean isTraded = assets.contains(asset);
            hasAny |= isTraded && free.signum() > 0;
            if (isTraded && texts.size() < SHOWN)
            {
                texts.add(asset + " " + plain(free) + (0 == locked.signum() ? "" : " (" + plain(locked) + " locked)"));
            }
            else
            {
                others++;
            }
        }
        if (others > 0)
        {
            texts.add(others + " other asset(s)");
        }
        return new CheckSteps.Found(texts.isEmpty() ? "none" : String.join(", ", texts), hasAny ? null :
            "nothing is free of what the configured symbols trade (" + String.join(", ", assets) +
            "): orders will be refused until something is paid in");
    }

    private CheckSteps.Found orderLimits() throws IOException, InterruptedException
    {
        final JsonNode limits = rest.orderLimits();
        if (null == limits || !limits.isArray())
        {
            return CheckSteps.Found.good("not told here");
        }
        final List<String> texts = new ArrayList<>();
        String advice = null;
        for (final JsonNode limit : limits)
        {
            final long count = limit.path("count").asLong();
            final long allowed = limit.path("limit").asLong();
            final int intervals = limit.path("intervalNum").asInt(1);
            texts.add(count + " of " + allowed + " in " + (1 == intervals ? "a " : intervals + " ") +
                limit.path("interval").asText().toLowerCase(java.util.Locale.ROOT) + (1 == intervals ? "" : "s"));
            if (2 * count >= allowed)
            {
                advice = "half of it is used already: something else trades on this account";
            }
        }
        return new CheckSteps.Found("orders " + String.join(", ", texts) + "; weight " +
            Math.max(0, rest.plain().usedWeight()) + " used by this address in this minute", advice);
    }

    private CheckSteps.Found userData() throws IOException, InterruptedException
    {
        try (TextSocket socket = TextSocket.open(rest.plain().http(), api))
        {
            socket.send(Map.of("id", "check", "method", "userDataStream.subscribe.signature",
                "params", rest.subscription()));
            final JsonNode reply = socket.next(STREAM_TIMEOUT_MS);
            if (null == reply)
            {
                throw new IOException("no answer within " + STREAM_TIMEOUT_MS / 1000 + " s");
            }
            if (200 != reply.path("status").asInt())
            {
                throw new VenueRefusal(reply.path("status").asInt(), reply.path("error").path("code").asInt(),
                    reply.path("error").path("msg").asText(reply.toString()));
            }
            return CheckSteps.Found.good("opened: fills and balances will be told");
        }
    }

    private static String plain(final BigDecimal amount)
    {
        return 0 == amount.signum() ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
