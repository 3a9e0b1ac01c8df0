package org.lockstep.gateway.client.port;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Starts and ends subscriptions of instruments at venues, for clients who ask for more than is configured. Called by
 * the client event loop; must not block. Stages complete on any thread.
 */
public interface InstrumentSource
{
    /** Serves nothing beyond what is configured. */
    InstrumentSource NONE = new InstrumentSource()
    {
        @Override
        public List<String> venues()
        {
            return List.of();
        }

        @Override
        public boolean isNeeded(final String venue, final String symbol)
        {
            return true;
        }

        @Override
        public CompletionStage<Integer> subscribe(final String venue, final String symbol)
        {
            throw new UnsupportedOperationException("there is no venue to ask");
        }

        @Override
        public void unsubscribe(final String venue, final int instrumentId)
        {
            throw new UnsupportedOperationException("there is no venue to ask");
        }
    };

    /** @return codes of the venues that can be asked; a symbol without a venue means the first. */
    List<String> venues();

    /**
     * Says whether an instrument is subscribed whatever clients want.
     *
     * @param venue  lower-case code.
     * @param symbol the venue's own.
     * @return true when the configuration or a bot needs it.
     */
    boolean isNeeded(String venue, String symbol);

    /**
     * Subscribes an instrument; its frames follow in the journal.
     *
     * @param venue  one of {@link #venues()}.
     * @param symbol the venue's own.
     * @return completes with its dense id; fails with a message for the client if the venue does not list it.
     */
    CompletionStage<Integer> subscribe(String venue, String symbol);

    /**
     * Ends a subscription made before.
     *
     * @param venue        one of {@link #venues()}.
     * @param instrumentId dense id.
     */
    void unsubscribe(String venue, int instrumentId);
}
