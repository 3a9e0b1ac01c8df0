package org.lockstep.tools.backtest;

import java.math.BigDecimal;
import java.util.List;

import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;

/**
 * An instrument with its bars. What no option says of it is taken from its bars: the tick from the decimals of prices;
 * the lot from the decimals of volumes, or finer where such a lot would be worth more than one unit of the quote
 * currency, since volumes are often rounded.
 *
 * @param source     its files.
 * @param facts      what its bars are like.
 * @param instrument as the engine is told of it.
 * @param isAssumed  whether tick or lot come from its bars, or the least value of an order is taken as 0.
 */
record BacktestInstrument(BarSource source, BarFacts facts, Instrument instrument, boolean isAssumed)
{
    private static final List<String> QUOTE_ASSETS =
        List.of("USDT", "USDC", "FDUSD", "TUSD", "BUSD", "DAI", "USD", "EUR", "GBP", "BRL", "TRY", "JPY", "BTC", "ETH");
    private static final int MAX_LOT_DECIMALS = 8;
    private static final long MAX_LOTS = 9_000_000_000_000_000L;

    /**
     * Puts an instrument together.
     *
     * @param id    dense.
     * @param terms of the options.
     * @param asset what the accounts' balances are in.
     */
    static BacktestInstrument of(
        final int id,
        final BarSource source,
        final BarFacts facts,
        final InstrumentTerms terms,
        final String asset)
    {
        final String name = source.qualifiedSymbol();
        final BigDecimal givenTick = terms.ticks().get(name);
        final BigDecimal givenLot = terms.lots().get(name);
        final BigDecimal tick = null == givenTick ? BigDecimal.ONE.movePointLeft(facts.priceDecimals()) : givenTick;
        final BigDecimal lot = null == givenLot ? lot(facts) : givenLot;
        final int priceScale = Math.max(0, tick.scale());
        final int quantityScale = Math.max(Math.max(0, lot.scale()), facts.volumeDecimals());
        final String quote = quoteAsset(source.symbol(), asset);
        final String base = source.symbol().endsWith(quote) ?
            source.symbol().substring(0, source.symbol().length() - quote.length()) : source.symbol();
        final long lotSize = lot.movePointRight(quantityScale).longValueExact();
        final Instrument instrument = new Instrument(id, source.venue(), source.symbol(), base, quote, priceScale,
            quantityScale, tick.movePointRight(priceScale).longValueExact(), lotSize, lotSize,
            Math.max(lotSize, MAX_LOTS / lotSize * lotSize),
            terms.minNotionals().getOrDefault(name, BigDecimal.ZERO).movePointRight(Instrument.MONEY_SCALE)
                .longValueExact(), InstrumentStatus.TRADING);
        return new BacktestInstrument(source, facts, instrument, null == givenTick || null == givenLot ||
            !terms.minNotionals().containsKey(name));
    }

    /** The same with other bars. */
    BacktestInstrument with(final BarFacts others)
    {
        return new BacktestInstrument(source, others, instrument, isAssumed);
    }

    String tickText()
    {
        return Decimals.toString(instrument.tickSize(), instrument.priceScale());
    }

    String lotText()
    {
        return plain(instrument.lotSize(), instrument.quantityScale());
    }

    String minNotionalText()
    {
        return plain(instrument.minNotional(), Instrument.MONEY_SCALE);
    }

    /** Without zeros at its end. */
    static String plain(final long mantissa, final int scale)
    {
        final BigDecimal number = BigDecimal.valueOf(mantissa, scale).stripTrailingZeros();
        return (number.scale() < 0 ? number.setScale(0) : number).toPlainString();
    }

    /** Per cent by which the last close is above the first open. */
    double holdPercent()
    {
        return 100 * (facts.lastPrice().doubleValue() / facts.firstPrice().doubleValue() - 1);
    }

    private static BigDecimal lot(final BarFacts facts)
    {
        int decimals = facts.volumeDecimals();
        while (decimals < MAX_LOT_DECIMALS && facts.firstPrice().movePointLeft(decimals).compareTo(BigDecimal.ONE) > 0)
        {
            decimals++;
        }
        return BigDecimal.ONE.movePointLeft(decimals);
    }

    private static String quoteAsset(final String symbol, final String asset)
    {
        if (symbol.endsWith(asset) && symbol.length() > asset.length())
        {
            return asset;
        }
        return QUOTE_ASSETS.stream().filter(known -> symbol.endsWith(known) && symbol.length() > known.length())
            .findFirst().orElse(asset);
    }
}
