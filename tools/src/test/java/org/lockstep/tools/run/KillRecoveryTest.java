package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.Engine;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.OrderRequestedDecoder;
import org.lockstep.engine.event.codec.SessionStartedDecoder;
import org.lockstep.journal.read.JournalReader;
import org.lockstep.journal.replay.ReplayOptions;
import org.lockstep.journal.replay.ReplayResult;
import org.lockstep.journal.replay.Replayer;

/**
 * Kills the demo with kill -9 at random moments and starts it again on that. {@code -Dlockstep.kills=50} does it
 * as often; {@code -Dlockstep.killSeed=N} repeats a run.
 */
class KillRecoveryTest
{
    private static final int DEFAULT_KILLS = 10;
    private static final int SHORTEST_MS = 100;
    private static final int LONGEST_MS = 2_500;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingAndGoOnWhenKilledAtRandomMoments() throws Exception
    {
        final long seed = Long.getLong("lockstep.killSeed", 1);
        final Random random = new Random(seed);
        final int kills = Integer.getInteger("lockstep.kills", DEFAULT_KILLS);
        Prefix seen = new Prefix();

        for (int i = 0; i < kills; i++)
        {
            final String round = "round " + i + " of seed " + seed;
            try (ChildProcess demo = ChildProcess.start(
                "demo", "--dir", directory.toString(), "--port", "0", "--json", "--seed", Integer.toString(i + 1)))
            {
                // Half of the kills come while it starts and replays, half while it trades.
                if (random.nextBoolean())
                {
                    assertEquals("ready", demo.json().path("event").asText(), round);
                }
                final boolean ended = demo.endsWithin(SHORTEST_MS + random.nextInt(LONGEST_MS - SHORTEST_MS));
                assertTrue(!ended, () -> round + ": the demo ended by itself");
                seen = committed(seen, round);
                demo.kill();
            }
            committed(seen, round + ", after the kill");
            verify(round);
        }

        assertIdsNeverRepeat();
    }

    /** What a reader in another process sees as committed must be there, byte for byte, ever after. */
    private Prefix committed(final Prefix before, final String round)
    {
        final Prefix prefix = new Prefix();
        try (JournalReader reader = new JournalReader(directory))
        {
            reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
            {
                prefix.add(buffer, offset, length);
                if (prefix.count == before.count)
                {
                    assertEquals(before.checksum(), prefix.checksum(), round + ": history changed");
                }
            });
        }
        assertTrue(prefix.count >= before.count,
            round + ": " + before.count + " frames were committed, " + prefix.count + " are left");
        return prefix;
    }

    private void verify(final String round)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            if (reader.lastSequence() < 0)
            {
                return;
            }
        }
        final ReplayResult replay = new Replayer(directory, new Engine(), ReplayOptions.all()).run();
        assertNull(replay.divergence(), round);
        assertTrue(replay.verified(), round);
    }

    private void assertIdsNeverRepeat()
    {
        final Set<Long> orderIds = new HashSet<>();
        final List<Long> epochs = new ArrayList<>();
        final long[] expected = {0};
        final OrderRequestedDecoder order = new OrderRequestedDecoder();
        final SessionStartedDecoder session = new SessionStartedDecoder();
        try (JournalReader reader = new JournalReader(directory))
        {
            reader.read(0, Integer.MAX_VALUE, (buffer, offset, length) ->
            {
                assertEquals(expected[0]++, Frame.sequence(buffer, offset));
                final int body = offset + Frame.HEADER_LENGTH;
                final int block = Frame.blockLength(buffer, offset);
                final int version = Frame.version(buffer, offset);
                if (OrderRequestedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
                {
                    assertTrue(orderIds.add(order.wrap(buffer, body, block, version).orderId()), "order id repeats");
                }
                else if (SessionStartedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
                {
                    epochs.add(session.wrap(buffer, body, block, version).epoch());
                }
            });
        }
        assertEquals(epochs.stream().sorted().distinct().toList(), epochs, "epochs must grow");
        assertTrue(epochs.size() > 1 && !orderIds.isEmpty(),
            () -> "too little happened: " + epochs.size() + " sessions, " + orderIds.size() + " orders");
        System.out.println("KillRecoveryTest: " + expected[0] + " frames, " + epochs.size() + " sessions, " +
            orderIds.size() + " orders");
    }

    /** Count and checksum of the frames from the beginning. */
    private static final class Prefix
    {
        private final CRC32C crc = new CRC32C();
        private long count;

        void add(final DirectBuffer buffer, final int offset, final int length)
        {
            final byte[] frame = new byte[length];
            buffer.getBytes(offset, frame);
            crc.update(frame);
            count++;
        }

        long checksum()
        {
            return crc.getValue();
        }
    }
}
