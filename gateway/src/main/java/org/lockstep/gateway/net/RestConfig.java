package org.lockstep.gateway.net;

/**
 * Limits and times of a REST client.
 *
 * @param timeoutMs    from sending to the whole response, connect included, from 1.
 * @param maxBodyBytes longest body taken, from 1.
 * @param maxQueued    requests that may wait, from 1.
 */
public record RestConfig(int timeoutMs, int maxBodyBytes, int maxQueued)
{
    /** Checks every range. */
    public RestConfig
    {
        if (timeoutMs < 1 || maxBodyBytes < 1 || maxQueued < 1)
        {
            throw new IllegalArgumentException("REST client needs time-out, body and queue from 1, found " + timeoutMs +
                " ms, " + maxBodyBytes + " bytes, " + maxQueued + " requests");
        }
    }
}
