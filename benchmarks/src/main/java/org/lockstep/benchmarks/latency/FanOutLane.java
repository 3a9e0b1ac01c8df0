package org.lockstep.benchmarks.latency;

/** One way of bringing the same messages to many clients. */
interface FanOutLane extends AutoCloseable
{
    /** Name in the report. */
    String name();

    /** Port that clients connect to. */
    int port();

    /** Token that clients sign in with, or null. */
    String token();

    /** Message of a client once it is connected, or null. */
    String subscribe();

    /** Headers beyond the usual that clients send with their handshake, each with its line end. */
    default String headers()
    {
        return null == token() ? "" : "Authorization: Bearer " + token() + "\r\n";
    }

    /** Processor time of what serves the clients so far: its thread in this process, or its whole process. */
    long cpuNs();

    /**
     * Sends the next message to all.
     *
     * @param timeNs when it was meant to be sent.
     */
    void send(long timeNs);

    @Override
    void close();
}
