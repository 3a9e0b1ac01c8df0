package org.lockstep.engine.pipeline;

import org.HdrHistogram.Histogram;

/** Figures about a running pipeline, for health and metrics. Any thread may read; nothing here slows the engine. */
public interface PipelineStats
{
    /** A measured stretch of the path of an event; all in nanoseconds. */
    enum Hop
    {
        /** Ingress time to the commit of the batch that holds the frame; of small batches one in eight is measured. */
        SOCKET_TO_JOURNAL("socketToJournal"),
        /** Ingress time to the end of the bots' work on the frame. */
        SOCKET_TO_BOT("socketToBot"),
        /** End of the bots' work on the frame to its orders journaled and handed on. */
        BOT_TO_ORDER("botToOrder");

        private final String jsonName;

        Hop(final String jsonName)
        {
            this.jsonName = jsonName;
        }

        /** @return the name in JSON output. */
        public String jsonName()
        {
            return jsonName;
        }
    }

    /** @return input frames run since this process started. */
    long inputs();

    /** @return output frames journaled since this process started. */
    long outputs();

    /** @return sequence of the last frame journaled, -1 = none. */
    long lastSequence();

    /** @return slots of the input ring. */
    long ringCapacity();

    /** @return slots of the input ring that are free now. */
    long ringRemaining();

    /** @return bytes handed to the journal since this process started. */
    long journalBytes();

    /** @return true once the pipeline stopped over a fault; {@link #haltReason()} says which. */
    boolean isHalted();

    /** @return why the pipeline halted, or null. */
    String haltReason();

    /**
     * Latency since the process started.
     *
     * @param hop which stretch.
     * @return a copy, nanoseconds; empty when nothing was measured.
     */
    Histogram latency(Hop hop);
}
