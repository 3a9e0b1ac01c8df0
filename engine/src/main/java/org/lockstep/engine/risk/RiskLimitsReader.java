package org.lockstep.engine.risk;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;

/**
 * Reads limits from texts: {@code limits.maxOrderQuantity}, {@code limits.maxOrderNotional},
 * {@code limits.maxPosition}, {@code limits.maxExposure}, {@code limits.maxOpenOrders}, {@code limits.priceCollarBps},
 * {@code limits.maxOrderRate}, {@code limits.maxDailyLoss}, {@code limits.maxDrawdown}, {@code limits.maxDataAgeNs},
 * {@code limits.maxTypicalMultiple}.
 * A number, or {@code none}.
 */
public final class RiskLimitsReader
{
    /** What stands before the name of a limit. */
    public static final String PREFIX = "limits.";

    private static final List<String> NAMES = List.of(
        "maxOrderQuantity", "maxOrderNotional", "maxPosition", "maxExposure", "maxOpenOrders", "priceCollarBps",
        "maxOrderRate", "maxDailyLoss", "maxDrawdown", "maxDataAgeNs", "maxTypicalMultiple");

    private final SortedMap<String, String> texts;

    private RiskLimitsReader(final SortedMap<String, String> texts)
    {
        this.texts = texts;
    }

    /** @return what limits there are, without the prefix. */
    public static List<String> names()
    {
        return NAMES;
    }

    /**
     * Takes every limit out of some texts.
     *
     * @param texts keys and values; the limits are removed from it.
     * @param base  what holds where nothing is said.
     * @return the limits.
     * @throws IllegalArgumentException naming key, found and allowed.
     */
    public static RiskLimits take(final SortedMap<String, String> texts, final RiskLimits base)
    {
        final RiskLimitsReader reader = new RiskLimitsReader(texts);
        final RiskLimits limits = new RiskLimits(
            reader.amount("maxOrderQuantity", base.maxOrderQuantityE8()),
            reader.amount("maxOrderNotional", base.maxOrderNotional()),
            reader.amount("maxPosition", base.maxPositionE8()),
            reader.amount("maxExposure", base.maxExposure()),
            reader.count("maxOpenOrders", base.maxOpenOrders()),
            reader.count("priceCollarBps", base.priceCollarBps()),
            reader.count("maxOrderRate", base.maxOrderRate()),
            reader.amount("maxDailyLoss", base.maxDailyLoss()),
            reader.amount("maxDrawdown", base.maxDrawdown()),
            reader.number("maxDataAgeNs", base.maxDataAgeNs(), 0, RiskLimits.NONE),
            reader.count("maxTypicalMultiple", base.maxTypicalMultiple()));
        for (final Iterator<Map.Entry<String, String>> it = texts.entrySet().iterator(); it.hasNext();)
        {
            final String key = it.next().getKey();
            if (key.startsWith(PREFIX))
            {
                throw new IllegalArgumentException(
                    key + ": found an unknown limit, allowed " + String.join(", ", NAMES));
            }
        }
        return limits;
    }

    private long amount(final String name, final long base)
    {
        return number(name, base, Instrument.MONEY_SCALE, RiskLimits.NONE);
    }

    private int count(final String name, final int base)
    {
        final long value = number(name, base, 0, RiskLimits.NO_COUNT);
        if (value > RiskLimits.NO_COUNT)
        {
            throw new IllegalArgumentException(PREFIX + name + ": found " + value + ", allowed up to 2147483647");
        }
        return (int)value;
    }

    private long number(final String name, final long base, final int scale, final long none)
    {
        final String text = texts.remove(PREFIX + name);
        if (null == text)
        {
            return base;
        }
        if ("none".equals(text))
        {
            return none;
        }
        final long value = Decimals.parse(text, scale);
        if (Decimals.isError(value) || value < 0)
        {
            throw new IllegalArgumentException(PREFIX + name + ": found '" + text +
                "', allowed a number from 0 with at most " + scale + " decimals, or none");
        }
        return value;
    }
}
