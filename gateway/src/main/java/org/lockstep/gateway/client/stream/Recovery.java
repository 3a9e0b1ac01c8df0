package org.lockstep.gateway.client.stream;

/** What one subscription missed and still has to be sent before it goes live. */
final class Recovery
{
    final Subscription subscription;
    long nextSequence;

    Recovery(final Subscription subscription, final long nextSequence)
    {
        this.subscription = subscription;
        this.nextSequence = nextSequence;
    }
}
