package org.lockstep.engine.indicator;

import org.lockstep.engine.state.StateWriter;

/** What all indicators offer. Updating, reading and describing allocate nothing. */
public interface Indicator
{
    /** @return true once enough values have been seen. */
    boolean isReady();

    /** @return the figure after the last update, NaN while not ready. */
    double value();

    /** Forgets everything seen. */
    void reset();

    /**
     * Describes everything that later figures depend on.
     *
     * @param writer takes the description.
     */
    void describe(StateWriter writer);
}
