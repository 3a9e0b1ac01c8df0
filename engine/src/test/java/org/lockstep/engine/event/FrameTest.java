package org.lockstep.engine.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.FrameHeaderDecoder;
import org.lockstep.engine.event.codec.FrameHeaderEncoder;

class FrameTest
{
    private static final int OFFSET = 16;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocate(OFFSET + 2 * Frame.HEADER_LENGTH));
    private final FrameHeaderDecoder decoder = new FrameHeaderDecoder();

    @Test
    void shouldWriteEveryFieldWhereTheSchemaHasIt()
    {
        Arrays.fill(buffer.byteArray(), (byte)0x5A);

        Frame.writeHeader(buffer, OFFSET, 0x0102_0304, 0x8506, 0x8708, 0x890A, 0x8B0C, 0x8D0E_0F10_1112_1314L,
            0x1516_1718_191A_1B1CL, Frame.NULL_INSTRUMENT_ID);

        decoder.wrap(buffer, OFFSET);
        assertEquals(0x0102_0304, decoder.frameLength());
        assertEquals(0x8506, decoder.blockLength());
        assertEquals(0x8708, decoder.templateId());
        assertEquals(FrameHeaderEncoder.SCHEMA_ID, decoder.schemaId());
        assertEquals(FrameHeaderEncoder.SCHEMA_VERSION, decoder.version());
        assertEquals(0x890A, decoder.sourceId());
        assertEquals(0x8B0C, decoder.flags());
        assertEquals(Frame.NULL_SEQUENCE, decoder.sequence());
        assertEquals(0x8D0E_0F10_1112_1314L, decoder.ingressTimeNs());
        assertEquals(0x1516_1718_191A_1B1CL, decoder.venueTimeNs());
        assertEquals(Frame.NULL_INSTRUMENT_ID, decoder.instrumentId());
        assertEquals(0, decoder.reserved());
        assertEquals((byte)0x5A, buffer.getByte(OFFSET - 1));
        assertEquals((byte)0x5A, buffer.getByte(OFFSET + Frame.HEADER_LENGTH));
    }

    @Test
    void shouldKeepFieldsApartWhenTheyAreNegativeOrZero()
    {
        Frame.writeHeader(buffer, OFFSET, 48, 0, 0xFFFF, 0, 0xFFFF, -1, 0, 7);

        decoder.wrap(buffer, OFFSET);
        assertEquals(48, decoder.frameLength());
        assertEquals(0, decoder.blockLength());
        assertEquals(0xFFFF, decoder.templateId());
        assertEquals(0, decoder.sourceId());
        assertEquals(0xFFFF, decoder.flags());
        assertEquals(-1, decoder.ingressTimeNs());
        assertEquals(0, decoder.venueTimeNs());
        assertEquals(7, decoder.instrumentId());
        assertEquals(0, decoder.reserved());
    }
}
