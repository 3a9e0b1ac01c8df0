package org.lockstep.engine.bot;

import java.util.SortedMap;

import org.lockstep.engine.algo.AlgoOrder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.strategy.StrategyParameters;

/**
 * Reads an emulated order from the texts of a command: {@code type} (stop, take-profit, trailing-stop, oco, bracket,
 * iceberg, twap), {@code stopPrice}, {@code takeProfitPrice}, {@code limitPrice}, {@code trail}, {@code trailBps},
 * {@code display}, {@code slices}, {@code duration} (with its unit). Prices and quantities are decimal numbers.
 */
final class AlgoOrderReader
{
    private final Instrument instrument;
    private final SortedMap<String, String> texts;

    private AlgoOrderReader(final Instrument instrument, final SortedMap<String, String> texts)
    {
        this.instrument = instrument;
        this.texts = texts;
    }

    /**
     * Reads one.
     *
     * @param instrument gives the scales.
     * @param side       buy or sell.
     * @param quantity   mantissa.
     * @param limitPrice mantissa, 0 = as the texts say, else market.
     * @param texts      keys and values, consumed.
     * @return what is wanted.
     * @throws IllegalArgumentException naming key, found and allowed.
     */
    static AlgoOrder read(
        final Instrument instrument,
        final Side side,
        final long quantity,
        final long limitPrice,
        final SortedMap<String, String> texts)
    {
        final AlgoOrderReader reader = new AlgoOrderReader(instrument, texts);
        final AlgoOrder order = reader.read(side, quantity, limitPrice);
        texts.remove("reason");
        if (!texts.isEmpty())
        {
            throw new IllegalArgumentException(
                texts.firstKey() + ": found a key that this type does not have, allowed those of its documentation");
        }
        return order;
    }

    private AlgoOrder read(final Side side, final long quantity, final long givenLimit)
    {
        final int id = instrument.id();
        final String type = texts.remove("type");
        final long limit = 0 != givenLimit ? givenLimit : price("limitPrice");
        return switch (null == type ? "" : type)
        {
            case "stop" -> new AlgoOrder().stop(id, side, quantity, price("stopPrice")).limit(limit);
            case "take-profit" ->
                new AlgoOrder().takeProfit(id, side, quantity, price("takeProfitPrice")).limit(limit);
            case "trailing-stop" -> new AlgoOrder().trailingStop(id, side, quantity)
                .trail(price("trail")).trailBps((int)number("trailBps", 0)).limit(limit);
            case "oco" -> new AlgoOrder().oco(id, side, quantity, limit, price("stopPrice"));
            case "bracket" -> new AlgoOrder()
                .bracket(id, side, quantity, price("takeProfitPrice"), price("stopPrice")).limit(limit);
            case "iceberg" -> new AlgoOrder()
                .iceberg(id, side, quantity, limit, number("display", instrument.quantityScale()));
            case "twap" -> new AlgoOrder().twap(id, side, quantity, (int)number("slices", 0), duration()).limit(limit);
            default -> throw new IllegalArgumentException("type: found '" + type +
                "', allowed stop, take-profit, trailing-stop, oco, bracket, iceberg, twap");
        };
    }

    private long price(final String key)
    {
        return number(key, instrument.priceScale());
    }

    private long number(final String key, final int scale)
    {
        final String text = texts.remove(key);
        if (null == text)
        {
            return 0;
        }
        final long value = Decimals.parse(text, scale);
        if (Decimals.isError(value) || value < 0 || 0 == scale && value > Integer.MAX_VALUE)
        {
            throw new IllegalArgumentException(
                key + ": found '" + text + "', allowed a number from 0 with at most " + scale + " decimals");
        }
        return value;
    }

    private long duration()
    {
        final String text = texts.remove("duration");
        final long durationNs = null == text ? -1 : StrategyParameters.parseDurationNs(text);
        if (durationNs < 0)
        {
            throw new IllegalArgumentException(
                "duration: found '" + text + "', allowed a duration with its unit such as 10m");
        }
        return durationNs;
    }
}
