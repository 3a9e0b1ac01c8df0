package org.lockstep.tools.keys;

/**
 * What may be shown of a key.
 *
 * @param name   of the entry.
 * @param venue  it belongs to.
 * @param kind   {@code hmac-sha256} or {@code ed25519}.
 * @param masked public part, but for the first and last four characters.
 */
public record KeySummary(String name, String venue, String kind, String masked)
{
}
