package org.lockstep.tools.simulator.binance.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One rule: which messages, what happens to them, and how often. Event loop only. */
public final class FaultRule
{
    private static final Set<String> FIELDS = new TreeSet<>(Arrays.asList("fault", "count", "probability", "skip",
        "seed", "ms", "forMs", "method", "event", "execution", "key", "code", "msg", "status", "disconnect"));
    private static final long DELAY_MS_MAX = 600_000;

    private final long id;
    private final Fault fault;
    private final ObjectNode description;
    private final String method;
    private final String event;
    private final String execution;
    private final String key;
    private final double probability;
    private final long delayMs;
    private final int status;
    private final int code;
    private final String message;
    private final boolean disconnects;
    private final long untilNs;
    private final boolean isTimed;
    private final SplittableRandom random;
    private long left;
    private long skip;
    private long fired;

    /** Reads a rule; what it does not know or cannot mean is refused. */
    FaultRule(final long id, final JsonNode json, final long nowNs)
    {
        this.id = id;
        for (final Iterator<String> names = json.fieldNames(); names.hasNext();)
        {
            final String name = names.next();
            if (!FIELDS.contains(name))
            {
                throw new IllegalArgumentException("no field '" + name + "', there are: " + String.join(", ", FIELDS));
            }
        }
        this.fault = Fault.byLabel(json.path("fault").asText());
        if (null == fault)
        {
            throw new IllegalArgumentException("no fault '" + json.path("fault").asText() + "', there are: " +
                Arrays.stream(Fault.values()).map(Fault::label).collect(Collectors.joining(", ")));
        }
        this.description = ((ObjectNode)json).deepCopy();
        this.method = text(json, "method");
        this.event = text(json, "event");
        this.execution = text(json, "execution");
        this.key = text(json, "key");
        this.probability = json.path("probability").asDouble(1);
        if (!(probability >= 0 && probability <= 1))
        {
            throw new IllegalArgumentException("probability must be in [0, 1], found " + json.get("probability"));
        }
        this.delayMs = whole(json, "ms", 100, DELAY_MS_MAX);
        this.isTimed = json.has("forMs");
        this.untilNs = nowNs + TimeUnit.MILLISECONDS.toNanos(whole(json, "forMs", 0, DELAY_MS_MAX));
        final boolean isOnce = !isTimed && !json.has("probability");
        this.left = whole(json, "count", isOnce ? 1 : Long.MAX_VALUE, Long.MAX_VALUE);
        this.skip = whole(json, "skip", 0, Integer.MAX_VALUE);
        this.random = new SplittableRandom(json.path("seed").asLong(id));
        this.status = (int)whole(json, "status", 400, 599);
        this.code = json.path("code").asInt(-2010);
        this.message = json.path("msg").asText("This action is disabled on this account.");
        this.disconnects = json.path("disconnect").asBoolean(false);
    }

    private static String text(final JsonNode json, final String name)
    {
        return json.has(name) ? json.get(name).asText() : null;
    }

    private static long whole(final JsonNode json, final String name, final long standard, final long highest)
    {
        if (!json.has(name))
        {
            return standard;
        }
        final JsonNode value = json.get(name);
        if (!value.canConvertToLong() || value.asLong() < 0 || value.asLong() > highest)
        {
            throw new IllegalArgumentException(name + " must be in [0, " + highest + "], found " + value);
        }
        return value.asLong();
    }

    /** Whether it does not fire any more. */
    boolean isSpent(final long nowNs)
    {
        return left <= 0 || isTimed && untilNs - nowNs <= 0;
    }

    /** Whether it fires for a request or its reply; counts when it does. */
    boolean tryFire(final Fault.Stage stage, final String ofMethod, final boolean changesOrders, final String ofKey)
    {
        if (fault.stage() != stage || !isOfMethod(ofMethod, changesOrders))
        {
            return false;
        }
        return (null == key || key.equals(ofKey)) && tryFire();
    }

    private boolean isOfMethod(final String ofMethod, final boolean changesOrders)
    {
        if (null != method)
        {
            return "*".equals(method) || method.equals(ofMethod);
        }
        return Fault.UNKNOWN_ORDER == fault ?
            "order.status".equals(ofMethod) || "order.cancel".equals(ofMethod) : changesOrders;
    }

    /** Whether it fires for an event; counts when it does. */
    boolean tryFireForEvent(final String ofEvent, final String ofExecution, final String ofKey)
    {
        return Fault.Stage.EVENT == fault.stage() && (null == event || event.equals(ofEvent)) &&
            (null == execution || execution.equals(ofExecution)) && (null == key || key.equals(ofKey)) && tryFire();
    }

    private boolean tryFire()
    {
        if (random.nextDouble() >= probability)
        {
            return false;
        }
        if (skip > 0)
        {
            skip--;
            return false;
        }
        left--;
        fired++;
        return true;
    }

    /** @return what happens. */
    public Fault fault()
    {
        return fault;
    }

    /** @return how late, or how long at most something is held back, milliseconds. */
    public long delayMs()
    {
        return delayMs;
    }

    /** @return HTTP status of a rejection. */
    public int status()
    {
        return status;
    }

    /** @return code of a rejection. */
    public int code()
    {
        return code;
    }

    /** @return words of a rejection. */
    public String message()
    {
        return message;
    }

    /** @return whether the connection is cut then. */
    public boolean disconnects()
    {
        return disconnects;
    }

    /** How it was asked for, and how often it has fired. */
    ObjectNode json()
    {
        final ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", id);
        node.setAll(description);
        return node.put("fired", fired);
    }
}
