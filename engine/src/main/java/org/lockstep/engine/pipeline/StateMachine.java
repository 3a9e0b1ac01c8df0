package org.lockstep.engine.pipeline;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Outputs;

/**
 * The deterministic core as the pipeline and the replayer see it: a pure function of (state, input frame).
 * Time is the frame's; no clock, randomness, thread or file is reachable from here.
 * <p>
 * Threading: one thread at a time. Batch boundaries are invisible to it: outputs may not depend on them.
 */
public interface StateMachine
{
    /** No timer is set. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /**
     * Applies one input frame that has been journaled; what it causes is added to {@link #outputs()}.
     *
     * @param buffer holds the frame, valid until this returns.
     * @param offset of the frame's header, whose sequence is set.
     * @param length of the frame, bytes.
     */
    void onInput(DirectBuffer buffer, int offset, int length);

    /**
     * Outputs caused since the driver last cleared them. Their header sequence is unset (the driver assigns it when it
     * journals them); everything else is final.
     *
     * @return the buffer the state machine appends to; the driver drains and clears it.
     */
    Outputs outputs();

    /** @return engine time at which the earliest timer is due, epoch ns, or {@link #NO_DEADLINE}. */
    long nextDeadlineNs();

    /** @return hash over the whole state, a function of the inputs applied so far and of nothing else. */
    long stateHash();
}
