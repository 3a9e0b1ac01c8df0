package org.lockstep.gateway.venue.binance.rest;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.InstrumentDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads instruments from {@code GET /api/v3/exchangeInfo}. Cold. Stateless. */
public final class ExchangeInfo
{
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeInfo.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEFAULT_PRECISION = 8;
    private static final BigDecimal SMALLEST_STEP = new BigDecimal("0.00000001");

    private ExchangeInfo()
    {
    }

    /**
     * Reads every symbol. Tick and lot come from the filters; the precisions beside them do not define allowed prices.
     *
     * @param response whole response.
     * @return descriptors in the response's order.
     * @throws IllegalArgumentException if the response is not of that shape; the message says where.
     */
    public static List<InstrumentDescriptor> read(final JsonNode response)
    {
        if (!response.path("symbols").isArray())
        {
            throw new IllegalArgumentException("exchangeInfo has no array 'symbols'");
        }
        final List<InstrumentDescriptor> descriptors = new ArrayList<>();
        for (final JsonNode symbol : response.get("symbols"))
        {
            descriptors.add(readSymbol(symbol));
        }
        return descriptors;
    }

    /**
     * Reads a whole listing; a symbol that is not of the shape is left out, so that one oddity hides no other.
     *
     * @param body of the response.
     * @return descriptors in the response's order.
     * @throws IllegalArgumentException if the response is no listing.
     */
    public static List<InstrumentDescriptor> readListed(final byte[] body)
    {
        final JsonNode response;
        try
        {
            response = MAPPER.readTree(body);
        }
        catch (final IOException ex)
        {
            throw new IllegalArgumentException("exchangeInfo is no JSON", ex);
        }
        if (!response.path("symbols").isArray())
        {
            throw new IllegalArgumentException("exchangeInfo has no array 'symbols'");
        }
        final List<InstrumentDescriptor> descriptors = new ArrayList<>();
        for (final JsonNode symbol : response.get("symbols"))
        {
            try
            {
                descriptors.add(readSymbol(symbol));
            }
            catch (final IllegalArgumentException ex)
            {
                LOG.debug("binance: symbol left out: {}", ex.getMessage());
            }
        }
        return List.copyOf(descriptors);
    }

    private static InstrumentDescriptor readSymbol(final JsonNode node)
    {
        final String symbol = text(node, "symbol", "symbols[]");
        final JsonNode price = filter(node, "PRICE_FILTER");
        final JsonNode lot = filter(node, "LOT_SIZE");
        final JsonNode notional = filter(node, "NOTIONAL").isMissingNode() ?
            filter(node, "MIN_NOTIONAL") : filter(node, "NOTIONAL");
        return new InstrumentDescriptor(
            Venue.BINANCE,
            symbol,
            text(node, "baseAsset", symbol),
            text(node, "quoteAsset", symbol),
            step(price, "tickSize", symbol),
            step(lot, "stepSize", symbol),
            decimal(lot, "minQty", symbol),
            decimal(lot, "maxQty", symbol),
            decimal(notional, "minNotional", symbol),
            node.path("baseAssetPrecision").asInt(DEFAULT_PRECISION),
            switch (node.path("status").asText())
            {
                case "TRADING" -> InstrumentStatus.TRADING;
                case "CANCEL_ONLY" -> InstrumentStatus.CANCEL_ONLY;
                default -> InstrumentStatus.HALTED;
            });
    }

    private static JsonNode filter(final JsonNode symbol, final String type)
    {
        for (final JsonNode filter : symbol.path("filters"))
        {
            if (type.equals(filter.path("filterType").asText()))
            {
                return filter;
            }
        }
        return symbol.path("no such filter");
    }

    /** A step of 0, or none, switches the filter off: then what the venue's 8 decimals can express is allowed. */
    private static BigDecimal step(final JsonNode filter, final String name, final String symbol)
    {
        final BigDecimal step = decimal(filter, name, symbol);
        return 0 == step.signum() ? SMALLEST_STEP : step;
    }

    private static BigDecimal decimal(final JsonNode filter, final String name, final String symbol)
    {
        final JsonNode value = filter.path(name);
        if (value.isMissingNode())
        {
            return BigDecimal.ZERO;
        }
        try
        {
            final BigDecimal decimal = new BigDecimal(value.asText());
            if (decimal.signum() < 0 || decimal.precision() > 40 || Math.abs(decimal.scale()) > 40)
            {
                throw new IllegalArgumentException(symbol + ": " + name + " out of range: " + value);
            }
            return decimal;
        }
        catch (final NumberFormatException ex)
        {
            throw new IllegalArgumentException(symbol + ": " + name + " must be a decimal, found " + value, ex);
        }
    }

    private static String text(final JsonNode node, final String name, final String where)
    {
        if (!node.path(name).isTextual() || node.get(name).asText().isEmpty())
        {
            throw new IllegalArgumentException(where + " has no text '" + name + "'");
        }
        return node.get(name).asText();
    }
}
