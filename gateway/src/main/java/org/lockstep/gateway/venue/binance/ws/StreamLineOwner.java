package org.lockstep.gateway.venue.binance.ws;

import java.util.List;

import org.lockstep.engine.pipeline.PipelineHaltedException;

/** Told by a {@link StreamLine} what happens to it; always on the feed's loop. */
public interface StreamLineOwner
{
    /**
     * The streams of some instruments are confirmed, on a connection that continues nothing: books have to sync.
     *
     * @param line  they are on.
     * @param feeds instruments.
     */
    void onSubscribed(StreamLine line, List<InstrumentFeed> feeds);

    /**
     * Some instruments were unsubscribed.
     *
     * @param line  they were on.
     * @param feeds instruments.
     */
    void onUnsubscribed(StreamLine line, List<InstrumentFeed> feeds);

    /**
     * Some instruments lost their streams although the line is up; they will be confirmed anew.
     *
     * @param line  they are on.
     * @param feeds instruments.
     */
    void onFeedsLost(StreamLine line, List<InstrumentFeed> feeds);

    /**
     * The line has a connection with everything confirmed.
     *
     * @param line       that is up.
     * @param isFirst    it never was before.
     * @param isSeamless another connection carried the streams until now: nothing was lost.
     */
    void onLineUp(StreamLine line, boolean isFirst, boolean isSeamless);

    /**
     * The line lost its connection, or an attempt failed.
     *
     * @param line   that is down.
     * @param wasUp  it carried streams.
     * @param reason for people.
     */
    void onLineDown(StreamLine line, boolean wasUp, String reason);

    /**
     * The venue refused a handshake.
     *
     * @param status            HTTP status.
     * @param retryAfterSeconds silence it asked for, 0 = not said.
     */
    void onRefused(int status, long retryAfterSeconds);

    /** @return for how long this address is banned and opens no socket, 0 = it is not. */
    long bannedForNs();

    /** What was ready on a socket has been read. */
    void onReadComplete();

    /**
     * The pipeline takes no more frames.
     *
     * @param reason as the pipeline gave it.
     */
    void onHalted(PipelineHaltedException reason);
}
