package org.lockstep.benchmarks.peer.decode;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;

/** The usual way: {@code readTree}, then ask for fields. */
final class JacksonTreeDecoder extends PeerDecoder
{
    private final ObjectReader reader = new ObjectMapper().readerFor(JsonNode.class);

    JacksonTreeDecoder(final FramePublisher publisher)
    {
        super(publisher);
    }

    @Override
    void decode(final byte[] message) throws IOException
    {
        final JsonNode data = reader.readTree(message).get("data");
        final Instrument instrument = instrument(data.get("s").textValue());
        final JsonNode type = data.get("e");
        if (null == type)
        {
            quote(instrument, data.get("u").longValue(),
                price(data.get("b"), instrument), quantity(data.get("B"), instrument),
                price(data.get("a"), instrument), quantity(data.get("A"), instrument));
        }
        else if ("trade".equals(type.textValue()))
        {
            trade(instrument, data.get("t").longValue(), price(data.get("p"), instrument),
                quantity(data.get("q"), instrument), data.get("m").booleanValue(), data.get("T").longValue());
        }
        else
        {
            levels(data.get("b"), instrument, true);
            levels(data.get("a"), instrument, false);
            depth(instrument, data.get("U").longValue(), data.get("u").longValue(), data.get("E").longValue());
        }
    }

    private void levels(final JsonNode side, final Instrument instrument, final boolean isBid)
    {
        for (int i = 0; i < side.size(); i++)
        {
            final JsonNode level = side.get(i);
            levels.add(price(level.get(0), instrument), quantity(level.get(1), instrument), isBid);
        }
    }

    private static long price(final JsonNode node, final Instrument instrument)
    {
        return mantissa(node, instrument.priceScale());
    }

    private static long quantity(final JsonNode node, final Instrument instrument)
    {
        return mantissa(node, instrument.quantityScale());
    }

    private static long mantissa(final JsonNode node, final int scale)
    {
        final long mantissa = Decimals.parse(node.textValue(), scale);
        if (Decimals.isError(mantissa))
        {
            throw new IllegalStateException(node + " is " + Decimals.describe(mantissa));
        }
        return mantissa;
    }
}
