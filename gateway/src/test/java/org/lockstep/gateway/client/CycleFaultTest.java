package org.lockstep.gateway.client;

import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

/** A fault in a cycle of the server costs that cycle and no more. */
class CycleFaultTest
{
    @Test
    void shouldGoOnWhateverTheFault() throws Exception
    {
        final TestWorld world = GatewayFixture.aWorld();
        try (GatewayFixture fixture = GatewayFixture.start(world, UnaryOperator.identity()))
        {
            world.failNextPoll(new OutOfMemoryError("of direct buffers"));

            fixture.awaitOffset(world.append(frames -> frames.quote(Frames.BTC, 100, 101)));
        }
    }
}
