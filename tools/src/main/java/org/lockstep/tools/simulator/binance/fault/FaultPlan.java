package org.lockstep.tools.simulator.binance.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules in force. The first that fires decides; the latest thousand rules that are spent are kept for the
 * record. Event loop only.
 */
public final class FaultPlan
{
    private static final int SPENT_MAX = 1_000;

    private final List<FaultRule> rules = new ArrayList<>();
    private final List<FaultRule> spent = new ArrayList<>();
    private final List<ObjectNode> notes = new ArrayList<>();
    private long nextId = 1;

    /** No rules. */
    public FaultPlan()
    {
    }

    /**
     * Adds a rule.
     *
     * @param json as the control interface takes it.
     * @return its id.
     */
    public long add(final JsonNode json)
    {
        rules.add(new FaultRule(nextId, json, System.nanoTime()));
        return nextId++;
    }

    /**
     * Keeps a fault that is no rule for the record.
     *
     * @param json what was asked for, and what came of it.
     */
    public void note(final ObjectNode json)
    {
        notes.add(json);
    }

    /** Forgets all rules. */
    public void clear()
    {
        rules.clear();
        spent.clear();
        notes.clear();
    }

    /** @return all rules with how often they have fired, in the order of their ids as far as still in force. */
    public ArrayNode json()
    {
        retire();
        final ArrayNode all = JsonNodeFactory.instance.arrayNode();
        spent.forEach(rule -> all.add(rule.json().put("spent", true)));
        rules.forEach(rule -> all.add(rule.json().put("spent", false)));
        all.addAll(notes);
        return all;
    }

    private void retire()
    {
        final long nowNs = System.nanoTime();
        rules.removeIf(rule ->
        {
            final boolean isSpent = rule.isSpent(nowNs);
            if (isSpent)
            {
                spent.add(rule);
            }
            return isSpent;
        });
        while (spent.size() > SPENT_MAX)
        {
            spent.remove(0);
        }
    }

    /**
     * What happens to a request or its reply.
     *
     * @param stage         which of the two.
     * @param method        name on the WebSocket API.
     * @param changesOrders whether it places, changes or cancels orders.
     * @param key           used, or null.
     * @return null when nothing does.
     */
    public FaultRule onRequest(
        final Fault.Stage stage, final String method, final boolean changesOrders, final String key)
    {
        if (rules.isEmpty())
        {
            return null;
        }
        retire();
        for (final FaultRule rule : rules)
        {
            if (rule.tryFire(stage, method, changesOrders, key))
            {
                return rule;
            }
        }
        return null;
    }

    /**
     * What happens to an event.
     *
     * @param event     such as {@code executionReport}.
     * @param execution such as {@code TRADE}, empty for events of other kinds.
     * @param key       subscribed with.
     * @return null when nothing does.
     */
    public FaultRule onEvent(final String event, final String execution, final String key)
    {
        if (rules.isEmpty())
        {
            return null;
        }
        retire();
        for (final FaultRule rule : rules)
        {
            if (rule.tryFireForEvent(event, execution, key))
            {
                return rule;
            }
        }
        return null;
    }
}
