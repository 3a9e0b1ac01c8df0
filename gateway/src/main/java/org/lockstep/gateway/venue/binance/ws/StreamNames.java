package org.lockstep.gateway.venue.binance.ws;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.gateway.venue.binance.common.BinanceFeedConfig;
import org.lockstep.gateway.venue.binance.common.StreamKind;

/** Names of the streams an instrument takes, by the venue's rules. Stateless. */
final class StreamNames
{
    private StreamNames()
    {
    }

    static List<String> of(final InstrumentFeed feed, final BinanceFeedConfig config)
    {
        final String symbol = feed.instrument().symbol().toLowerCase(Locale.ROOT);
        final List<String> names = new ArrayList<>();
        for (final StreamKind kind : StreamKind.values())
        {
            if (StreamKind.BAR == kind && config.streams().contains(kind))
            {
                for (final BarInterval interval : BarInterval.values())
                {
                    if (config.barIntervals().contains(interval))
                    {
                        names.add(symbol + kind.suffix() + intervalName(interval));
                    }
                }
            }
            else if (config.streams().contains(kind))
            {
                names.add(symbol + kind.suffix());
            }
        }
        return names;
    }

    private static String intervalName(final BarInterval interval)
    {
        return switch (interval)
        {
            case M1 -> "1m";
            case M5 -> "5m";
            case M15 -> "15m";
            case H1 -> "1h";
            case D1 -> "1d";
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException("no interval: " + interval);
        };
    }
}
