package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.engine.Engine;
import org.lockstep.tools.simulator.ExchangeSimulator;
import org.lockstep.tools.simulator.SimulatedKey;

/** A simulator's exact books of its first account, read over the control port: what rehearsals compare with. */
public final class VenueTruth
{
    private final SimulatorControl control;
    private final String key;

    public VenueTruth(final ExchangeSimulator simulator)
    {
        control = new SimulatorControl(simulator.addresses().control());
        key = simulator.addresses().key(1, SimulatedKey.HMAC).key();
    }

    /** Books as they stand. */
    public JsonNode books() throws IOException, InterruptedException
    {
        return control.account(key);
    }

    /** What an engine has otherwise; the venue must have come to rest. */
    public static List<String> differences(final Engine engine, final String account, final JsonNode books)
    {
        return Books.compare(engine, account, books);
    }

    /** Client order ids of the orders in the book. */
    public static List<String> open(final JsonNode books)
    {
        final List<String> open = new ArrayList<>();
        for (final JsonNode order : books.path("orders"))
        {
            final String status = order.path("status").asText();
            if ("NEW".equals(status) || "PARTIALLY_FILLED".equals(status))
            {
                open.add(order.path("clientOrderId").asText());
            }
        }
        return open;
    }

    /** Number of fills of all orders. */
    public static int fills(final JsonNode books)
    {
        int fills = 0;
        for (final JsonNode order : books.path("orders"))
        {
            fills += order.path("fills").size();
        }
        return fills;
    }
}
