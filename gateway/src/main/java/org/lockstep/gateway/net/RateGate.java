package org.lockstep.gateway.net;

/**
 * Decides, at the moment of sending, whether a request may go, and learns from every response what the venue counted.
 * One gate may serve many clients on many threads.
 */
public interface RateGate
{
    /**
     * Takes the weight of a request if it may go now.
     *
     * @param weight   of the request, from 0.
     * @param priority of the request.
     * @param nowNs    epoch ns.
     * @return 0 when it may go and is counted, else how long to wait before asking again, nanoseconds.
     */
    long tryAcquire(int weight, RequestPriority priority, long nowNs);

    /**
     * Takes over what a response says about usage and limits; called before anything else is sent.
     *
     * @param response valid only until this returns.
     * @param nowNs    epoch ns.
     */
    void onResponse(RestResponse response, long nowNs);
}
