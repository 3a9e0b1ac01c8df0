package org.lockstep.gateway.client.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.agrona.collections.Int2ObjectHashMap;

/** Finds the subscriptions that want an instrument without asking all of them. */
final class SubscriberIndex
{
    private final List<Subscription> wide = new ArrayList<>();
    private final Int2ObjectHashMap<List<Subscription>> byInstrument = new Int2ObjectHashMap<>();

    void add(final Subscription subscription)
    {
        if (subscription.isWide())
        {
            wide.add(subscription);
            return;
        }
        subscription.forEachNamed(instrumentId ->
            byInstrument.computeIfAbsent(instrumentId, id -> new ArrayList<>()).add(subscription));
    }

    void remove(final Subscription subscription)
    {
        wide.remove(subscription);
        subscription.forEachNamed(instrumentId ->
        {
            final List<Subscription> list = byInstrument.get(instrumentId);
            if (null != list && list.remove(subscription) && list.isEmpty())
            {
                byInstrument.remove(instrumentId);
            }
        });
    }

    boolean isEmpty()
    {
        return wide.isEmpty() && byInstrument.isEmpty();
    }

    boolean wants(final int instrumentId)
    {
        return !wide.isEmpty() || byInstrument.containsKey(instrumentId);
    }

    void forEach(final int instrumentId, final Consumer<Subscription> consumer)
    {
        for (int i = 0; i < wide.size(); i++)
        {
            if (wide.get(i).wants(instrumentId))
            {
                consumer.accept(wide.get(i));
            }
        }
        final List<Subscription> list = byInstrument.get(instrumentId);
        if (null != list)
        {
            for (int i = 0; i < list.size(); i++)
            {
                consumer.accept(list.get(i));
            }
        }
    }
}
