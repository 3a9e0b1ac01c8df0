package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.SimulatedKey;
import org.lockstep.tools.simulator.TradingConfig;
import org.lockstep.tools.simulator.binance.api.ApiKey;
import org.lockstep.tools.simulator.binance.exchange.Account;
import org.lockstep.tools.simulator.binance.exchange.Exchange;
import org.lockstep.tools.simulator.binance.exchange.Fees;
import org.lockstep.tools.simulator.market.E8;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The accounts of a simulator, the keys to them, and what they start with. Event loop only, once built. */
final class Accounts
{
    private static final long FIRST_UID = 1_000_001;
    private static final long WORTH = 100_000;
    private static final Map<String, Long> DOLLARS = Map.of("USDT", 1L, "USDC", 1L, "BTC", 64_000L, "ETH", 3_100L,
        "EUR", 1L);

    private final List<Account> accounts = new ArrayList<>();
    private final List<ApiKey> keys = new ArrayList<>();
    private final List<SimulatedKey> printed = new ArrayList<>();

    Accounts(final TradingConfig config)
    {
        final Fees fees = new Fees(toE8(config.makerFee()), toE8(config.takerFee()));
        for (int i = 1; i <= config.accounts(); i++)
        {
            accounts.add(new Account(FIRST_UID + i - 1, fees));
            addHmac(i, Integer.toString(i), false, true);
        }
        for (int i = 1; i <= config.accounts(); i++)
        {
            addEd25519(i);
        }
        addHmac(1, "WITHDRAWAL", true, true);
        addHmac(1, "READ-ONLY", false, false);
    }

    private void addHmac(
        final int account, final String suffix, final boolean mayWithdraw, final boolean mayTrade)
    {
        final String name = "SIMULATED-KEY-" + suffix;
        final String secret = "simulated-secret-" + suffix.toLowerCase(Locale.ROOT);
        final ApiKey key = ApiKey.hmac(
            name, accounts.get(account - 1), secret.getBytes(StandardCharsets.UTF_8), mayWithdraw);
        keys.add(mayTrade ? key : key.readOnly());
        printed.add(new SimulatedKey(account, name, secret, SimulatedKey.HMAC, mayWithdraw, mayTrade));
    }

    private void addEd25519(final int account)
    {
        try
        {
            final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            final String name = "SIMULATED-ED25519-KEY-" + account;
            keys.add(ApiKey.ed25519(name, accounts.get(account - 1), pair.getPublic(), false));
            printed.add(new SimulatedKey(account, name,
                Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()), SimulatedKey.ED25519, false));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("this Java knows no Ed25519", ex);
        }
    }

    List<ApiKey> keys()
    {
        return keys;
    }

    List<SimulatedKey> printed()
    {
        return printed;
    }

    List<Account> accounts()
    {
        return accounts;
    }

    /** Pays in what each account starts with: the named amounts, or about a hundred thousand of each asset traded. */
    void fund(final Exchange exchange, final List<MarketSymbol> symbols, final Map<String, BigDecimal> funds)
    {
        final Map<String, Long> amounts = new LinkedHashMap<>();
        funds.forEach((asset, amount) -> amounts.put(asset, toE8(amount)));
        if (funds.isEmpty())
        {
            for (final MarketSymbol symbol : symbols)
            {
                amounts.computeIfAbsent(symbol.quote(), asset -> WORTH / DOLLARS.getOrDefault(asset, 1L) * E8.ONE);
                amounts.computeIfAbsent(symbol.base(), asset -> DOLLARS.containsKey(asset) ?
                    Math.max(1, WORTH / DOLLARS.get(asset)) * E8.ONE :
                    amounts.get(symbol.quote()) / Math.max(1, symbol.priceE8()) * E8.ONE + E8.ONE);
            }
        }
        for (final Account account : accounts)
        {
            amounts.forEach((asset, amountE8) -> exchange.transfer(account, asset, amountE8));
        }
    }

    private static long toE8(final BigDecimal amount)
    {
        return amount.movePointRight(8).longValueExact();
    }
}
