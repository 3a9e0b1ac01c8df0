package org.lockstep.gateway.client.view;

/** A measured clock offset: the source's clock minus ours. */
record TimeSyncView(String source, long offsetNs, long roundTripNs, long sequence, long timeNs)
{
}
