package org.lockstep.gateway.client.port;

/**
 * A session with a venue as it stands now.
 *
 * @param venue      lower-case code.
 * @param name       of the session at that venue, such as {@code market} or {@code orders}.
 * @param state      of its state machine, lower case.
 * @param isLive     true when it delivers.
 * @param sinceMs    when it entered that state, epoch ms.
 * @param received   messages since the process started; each is decoded, control or rejected.
 * @param decoded    messages that became frames.
 * @param control    messages for the session itself.
 * @param rejected   messages that were refused.
 * @param gaps       holes found in the venue's numbering.
 * @param reconnects connections lost and made again.
 */
public record VenueSession(
    String venue,
    String name,
    String state,
    boolean isLive,
    long sinceMs,
    long received,
    long decoded,
    long control,
    long rejected,
    long gaps,
    long reconnects)
{
}
