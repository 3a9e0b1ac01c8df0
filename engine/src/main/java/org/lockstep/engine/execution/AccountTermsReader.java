package org.lockstep.engine.execution;

import java.util.List;
import java.util.SortedMap;

import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.risk.RiskLimits;
import org.lockstep.engine.risk.RiskLimitsReader;

/**
 * Reads what an account is defined by: {@code venue} (binance), {@code mode} (paper, simulator or live; the
 * latter two differ only in where the process connects), {@code makerFeeBps} (10),
 * {@code takerFeeBps} (10), {@code latencyNs} (5000000), {@code balance} (100000), {@code asset} (USDT),
 * {@code priceProtectionBps} (500), {@code leverage} (1), {@code allowShort} (true), {@code selfTrade} (refuse or
 * cancel-resting),
 * {@code owner} (any text, for the gateway), and {@code limits.*}.
 */
final class AccountTermsReader
{
    private static final int BPS_TO_E6_SCALE = 2;
    private static final int LEVERAGE_SCALE = 2;
    private static final long MAX_LEVERAGE_E2 = 100_000;
    private static final long MAX_LATENCY_NS = 3_600_000_000_000L;

    private AccountTermsReader()
    {
    }

    static AccountTerms read(final SortedMap<String, String> texts)
    {
        final String venueCode = take(texts, "venue", "binance");
        final Venue venue = Venue.byCode(venueCode);
        if (null == venue)
        {
            throw new IllegalArgumentException("venue: found '" + venueCode + "', allowed the name of a venue");
        }
        final String mode = take(texts, "mode", "paper");
        if (!"paper".equals(mode) && !"simulator".equals(mode) && !"live".equals(mode))
        {
            throw new IllegalArgumentException("mode: found '" + mode + "', allowed paper, simulator or live");
        }
        take(texts, "owner", "");
        final AccountTerms terms = new AccountTerms(
            venue,
            mode,
            number(texts, "makerFeeBps", "10", BPS_TO_E6_SCALE, -100_000, 100_000),
            number(texts, "takerFeeBps", "10", BPS_TO_E6_SCALE, -100_000, 100_000),
            number(texts, "latencyNs", "5000000", 0, 0, MAX_LATENCY_NS),
            number(texts, "balance", "100000", Instrument.MONEY_SCALE, 0, Decimals.MAX_MANTISSA),
            take(texts, "asset", "USDT"),
            (int)number(texts, "priceProtectionBps", "500", 0, 0, 10_000),
            number(texts, "leverage", "1", LEVERAGE_SCALE, 1, MAX_LEVERAGE_E2),
            flag(texts, "allowShort", "true"),
            "cancel-resting".equals(word(texts, "selfTrade", List.of("refuse", "cancel-resting"))),
            RiskLimitsReader.take(texts, RiskLimits.ACCOUNT_DEFAULT));
        if (!texts.isEmpty())
        {
            throw new IllegalArgumentException(texts.firstKey() + ": found an unknown key, allowed venue, mode, " +
                "owner, makerFeeBps, takerFeeBps, latencyNs, balance, asset, priceProtectionBps, leverage, " +
                "allowShort, selfTrade, limits.*");
        }
        return terms;
    }

    private static String take(final SortedMap<String, String> texts, final String key, final String defaultText)
    {
        final String text = texts.remove(key);
        return null == text ? defaultText : text;
    }

    /** The first word is the default. */
    private static String word(final SortedMap<String, String> texts, final String key, final List<String> words)
    {
        final String text = take(texts, key, words.get(0));
        if (!words.contains(text))
        {
            throw new IllegalArgumentException(
                key + ": found '" + text + "', allowed " + String.join(" or ", words));
        }
        return text;
    }

    private static boolean flag(
        final SortedMap<String, String> texts, final String key, final String defaultText)
    {
        final String text = take(texts, key, defaultText);
        if (!"true".equals(text) && !"false".equals(text))
        {
            throw new IllegalArgumentException(key + ": found '" + text + "', allowed true or false");
        }
        return "true".equals(text);
    }

    private static long number(
        final SortedMap<String, String> texts,
        final String key,
        final String defaultText,
        final int scale,
        final long minimum,
        final long maximum)
    {
        final String text = take(texts, key, defaultText);
        final long value = Decimals.parse(text, scale);
        if (Decimals.isError(value) || value < minimum || value > maximum)
        {
            throw new IllegalArgumentException(key + ": found '" + text + "', allowed a number in [" +
                Decimals.toString(minimum, scale) + ", " + Decimals.toString(maximum, scale) + "]");
        }
        return value;
    }
}
