package org.lockstep.tools.simulator.market;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plausible symbols with plausible prices and steps, the most active first. Immutable, any thread. */
public final class SymbolCatalog
{
    private static final String[] QUOTES = {"USDT", "USDC", "BTC", "ETH", "EUR", "TRY"};
    private static final double[] QUOTE_PRICES = {1, 1, 64_000, 3_100, 1.08, 0.029};
    private static final String ASSETS =
        "BTC 64000 ETH 3100 SOL 152 XRP 0.58 BNB 585 DOGE 0.124 ADA 0.39 TRX 0.152 AVAX 27 LINK 13.4 " +
        "SUI 1.62 TON 6.6 DOT 5.4 LTC 66 BCH 355 NEAR 4.7 UNI 7.1 ICP 8.9 APT 6.4 FIL 4.2 " +
        "ARB 0.61 OP 1.48 ATOM 5.3 ETC 19.2 XLM 0.098 HBAR 0.058 INJ 19.5 STX 1.55 IMX 1.33 VET 0.0241 " +
        "AAVE 121 MKR 2010 GRT 0.158 ALGO 0.129 SAND 0.262 MANA 0.281 AXS 5.05 FTM 0.44 EGLD 29.5 THETA 1.31 " +
        "RUNE 4.05 SEI 0.31 TIA 5.7 FET 1.12 RENDER 5.6 WLD 1.88 JUP 0.91 PYTH 0.31 ENA 0.33 PENDLE 3.4 " +
        "LDO 1.11 CRV 0.27 SNX 1.42 COMP 47 DYDX 1.18 GMX 24.6 ENS 19.4 CHZ 0.057 GALA 0.0196 FLOW 0.57 " +
        "KAVA 0.31 ROSE 0.067 ZIL 0.0149 IOTA 0.136 NEO 10.4 QTUM 2.41 XTZ 0.69 DASH 24.4 ZEC 33 BAT 0.171 " +
        "ENJ 0.152 ANKR 0.0253 CELO 0.49 ONE 0.0118 HOT 0.00152 SHIB 0.0000138 PEPE 0.0000081 FLOKI 0.000128 " +
        "BONK 0.0000192 WIF 1.61 ";

    private static final Map<String, Double> PRICES = prices();

    private SymbolCatalog()
    {
    }

    /**
     * Takes the first symbols.
     *
     * @param count [1, 480], bounded by how many there are.
     * @return as many symbols.
     */
    public static List<MarketSymbol> first(final int count)
    {
        final List<MarketSymbol> symbols = new ArrayList<>();
        for (int i = 0; i < QUOTES.length; i++)
        {
            for (final Map.Entry<String, Double> asset : PRICES.entrySet())
            {
                if (symbols.size() == count)
                {
                    return symbols;
                }
                final boolean crossed = asset.getKey().equals(QUOTES[i]) ||
                    ("ETH".equals(QUOTES[i]) && "BTC".equals(asset.getKey()));
                if (!crossed)
                {
                    symbols.add(symbol(asset.getKey(), QUOTES[i], asset.getValue() / QUOTE_PRICES[i], symbols.size()));
                }
            }
        }
        return symbols;
    }

    /**
     * Finds symbols by name; an asset that is not in the catalog gets a price from its name.
     *
     * @param names such as {@code BTCUSDT}; the quote asset must be USDT, USDC, BTC, ETH, EUR or TRY.
     * @return one symbol for each name, in that order.
     */
    public static List<MarketSymbol> named(final List<String> names)
    {
        final List<MarketSymbol> symbols = new ArrayList<>();
        for (final String name : names)
        {
            int quote = -1;
            for (int i = 0; i < QUOTES.length && quote < 0; i++)
            {
                quote = name.endsWith(QUOTES[i]) && name.length() > QUOTES[i].length() ? i : -1;
            }
            if (quote < 0 || !name.matches("[A-Z0-9]{4,20}"))
            {
                throw new IllegalArgumentException("symbol '" + name +
                    "' must be upper case and end with one of " + String.join(", ", QUOTES));
            }
            final String base = name.substring(0, name.length() - QUOTES[quote].length());
            final double unknown = 0.1 + 100 * SeededRandom.hash(0, base.hashCode());
            symbols.add(symbol(base, QUOTES[quote],
                PRICES.getOrDefault(base, unknown) / QUOTE_PRICES[quote], symbols.size()));
        }
        return symbols;
    }

    private static MarketSymbol symbol(final String base, final String quote, final double price, final int rank)
    {
        long tickE8 = E8.ONE / 100;
        while (tickE8 > 1 && tickE8 * 20_000.0 > price * E8.ONE)
        {
            tickE8 /= 10;
        }
        long stepE8 = E8.ONE;
        while (stepE8 > E8.ONE / 100_000 && stepE8 / 10 * tickE8 >= E8.ONE && price * stepE8 > 2.0 * E8.ONE)
        {
            stepE8 /= 10;
        }
        final long ticks = Math.max(100, Math.round(price * E8.ONE / tickE8));
        return new MarketSymbol(base + quote, base, quote, tickE8, stepE8, ticks * tickE8, 1.0 / (1.5 + rank));
    }

    private static Map<String, Double> prices()
    {
        final Map<String, Double> prices = new LinkedHashMap<>();
        final String[] words = ASSETS.trim().split(" ");
        for (int i = 0; i < words.length; i += 2)
        {
            prices.put(words[i], Double.valueOf(words[i + 1]));
        }
        return prices;
    }
}
