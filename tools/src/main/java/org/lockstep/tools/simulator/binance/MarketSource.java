package org.lockstep.tools.simulator.binance;

import org.lockstep.tools.simulator.market.InstrumentView;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Where messages come from: a synthetic market or a recording. Every method is called by the event loop. */
interface MarketSource
{
    /** All instruments, in the order in which exchangeInfo lists them. */
    Collection<? extends InstrumentView> instruments();

    /** The instrument of an upper-case symbol, or null. */
    InstrumentView instrument(String symbol);

    /** The exchange's clock, epoch microseconds. */
    long timeUs();

    /** Names who hears the upper-case symbol of each instrument in which something has happened. */
    void listener(Consumer<String> listener);

    void start();

    void stop();

    void onTopicOpened(Topic topic);

    void onTopicClosed(Topic topic);

    /** Subscriptions, connections or their writability have changed. */
    void onConsumersChanged();

    CompletionStage<Void> ended();
}
