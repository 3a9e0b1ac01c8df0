package org.lockstep.engine.event;

import org.agrona.MutableDirectBuffer;

/**
 * How a producer puts a frame into the input ring: claim a slot, encode into it in place, publish. Any number of
 * threads, each with its own claim. Decode and validate before claiming: between claim and publish nothing may throw.
 *
 * <pre>{@code
 * final long claim = publisher.claim();
 * final int offset = publisher.offset(claim);
 * encoder.wrap(publisher.buffer(), offset + Frame.HEADER_LENGTH).price(p) ...;
 * Frame.writeHeader(publisher.buffer(), offset, Frame.HEADER_LENGTH + encoder.encodedLength(), ...);
 * publisher.publish(claim);
 * }</pre>
 */
public interface FramePublisher
{
    /** Returned by {@link #tryClaim()} when the ring is full. */
    long FULL = -1;

    /**
     * Claims the next slot, waiting while the ring is full (back-pressure: the socket is simply not read meanwhile).
     * Allocates nothing. Must not be called from a frame handler on the engine thread.
     *
     * @return the claim, not negative.
     * @throws IllegalStateException a {@code PipelineHaltedException} if the pipeline has halted or closed, so that no
     *     producer hangs.
     */
    long claim();

    /**
     * Claims the next slot if there is one.
     *
     * @return the claim, or {@link #FULL}.
     */
    long tryClaim();

    /** @return the memory of all slots. */
    MutableDirectBuffer buffer();

    /**
     * Where a claimed slot begins.
     *
     * @param claim as returned by {@link #claim()}.
     * @return offset in {@link #buffer()}; {@link Frame#MAX_LENGTH} bytes from here are the claimant's.
     */
    int offset(long claim);

    /**
     * Hands a finished frame (header and body written) to the engine.
     *
     * @param claim as returned by {@link #claim()}.
     */
    void publish(long claim);

    /**
     * Gives a claim back unused; the slot is skipped.
     *
     * @param claim as returned by {@link #claim()}.
     */
    void abort(long claim);
}
