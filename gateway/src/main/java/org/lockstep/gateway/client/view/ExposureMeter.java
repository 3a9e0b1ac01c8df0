package org.lockstep.gateway.client.view;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a bot's positions are worth at the market: the sum of {@code |quantity| * mark}, where the mark is the engine's,
 * see {@link MarkPrice}, else the average price paid. Cold: allocates.
 */
final class ExposureMeter
{
    private static final int MONEY_SCALE = 8;

    private final ClientView view;

    ExposureMeter(final ClientView view)
    {
        this.view = view;
    }

    BigDecimal of(final int botId)
    {
        BigDecimal sum = BigDecimal.ZERO;
        for (final PositionView position : view.positions.values())
        {
            final InstrumentView instrument = view.market.instrument(position.instrumentId);
            if (botId == position.botId && null != instrument)
            {
                sum = sum.add(BigDecimal.valueOf(Math.abs(position.quantity), instrument.quantityScale)
                    .multiply(mark(instrument, position)));
            }
        }
        return sum.setScale(MONEY_SCALE, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal mark(final InstrumentView instrument, final PositionView position)
    {
        final long price = instrument.mark.price(instrument.book);
        return BigDecimal.valueOf(price > 0 ? price : position.averagePrice, instrument.priceScale);
    }
}
