package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.binance.exchange.Account;
import org.lockstep.tools.simulator.binance.exchange.Balance;

import java.util.Comparator;

/** Accounts and their rights in the shapes of the venue's replies. Stateless. */
final class AccountReplies
{
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long E8_PER_BASIS_POINT = 10_000;

    private AccountReplies()
    {
    }

    static ObjectNode account(final ApiKey key, final boolean omitZero, final boolean micros)
    {
        final Account account = key.account();
        final ObjectNode reply = JSON.objectNode()
            .put("makerCommission", account.fees().makerE8() / E8_PER_BASIS_POINT)
            .put("takerCommission", account.fees().takerE8() / E8_PER_BASIS_POINT)
            .put("buyerCommission", 0)
            .put("sellerCommission", 0);
        rates(reply.putObject("commissionRates"), account);
        reply.put("canTrade", true)
            .put("canWithdraw", key.mayWithdraw())
            .put("canDeposit", true)
            .put("brokered", false)
            .put("requireSelfTradePrevention", false)
            .put("preventSor", false)
            .put("updateTime", Text.time(account.updatedUs(), micros))
            .put("accountType", "SPOT");
        final ArrayNode balances = reply.putArray("balances");
        account.balances().stream().sorted(Comparator.comparing(Balance::asset))
            .filter(balance -> !omitZero || balance.freeE8() + balance.lockedE8() > 0)
            .forEach(balance -> balances.addObject()
                .put("asset", balance.asset())
                .put("free", Text.decimal(balance.freeE8()))
                .put("locked", Text.decimal(balance.lockedE8())));
        reply.putArray("permissions").add("SPOT");
        return reply.put("uid", account.uid());
    }

    private static void rates(final ObjectNode node, final Account account)
    {
        node.put("maker", Text.decimal(account.fees().makerE8()))
            .put("taker", Text.decimal(account.fees().takerE8()))
            .put("buyer", Text.decimal(0))
            .put("seller", Text.decimal(0));
    }

    static ObjectNode commission(final Account account, final String symbol)
    {
        final ObjectNode reply = JSON.objectNode().put("symbol", symbol);
        rates(reply.putObject("standardCommission"), account);
        for (final String kind : new String[]{"specialCommission", "taxCommission"})
        {
            reply.putObject(kind).put("maker", Text.decimal(0)).put("taker", Text.decimal(0))
                .put("buyer", Text.decimal(0)).put("seller", Text.decimal(0));
        }
        discount(reply);
        return reply;
    }

    static ObjectNode commissionForOrder(final Account account)
    {
        final ObjectNode reply = JSON.objectNode();
        reply.putObject("standardCommissionForOrder")
            .put("maker", Text.decimal(account.fees().makerE8()))
            .put("taker", Text.decimal(account.fees().takerE8()));
        for (final String kind : new String[]{"specialCommissionForOrder", "taxCommissionForOrder"})
        {
            reply.putObject(kind).put("maker", Text.decimal(0)).put("taker", Text.decimal(0));
        }
        discount(reply);
        return reply;
    }

    private static void discount(final ObjectNode reply)
    {
        reply.putObject("discount").put("enabledForAccount", false).put("enabledForSymbol", false)
            .put("discountAsset", "BNB").put("discount", Text.decimal(0));
    }

    static ObjectNode restrictions(final ApiKey key, final long createdMs)
    {
        return JSON.objectNode()
            .put("ipRestrict", false)
            .put("createTime", createdMs)
            .put("enableReading", true)
            .put("enableWithdrawals", key.mayWithdraw())
            .put("enableInternalTransfer", false)
            .put("enableMargin", false)
            .put("enableFutures", false)
            .put("permitsUniversalTransfer", false)
            .put("enableVanillaOptions", false)
            .put("enableFixApiTrade", false)
            .put("enableFixReadOnly", false)
            .put("enableSpotAndMarginTrading", key.mayTrade())
            .put("enablePortfolioMarginTrading", false);
    }
}
