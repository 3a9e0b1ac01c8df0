package org.lockstep.tools.simulator.recording;

/**
 * One recorded line. The bytes are those of the wire, untouched.
 *
 * @param receiveNs  epoch nanoseconds of the collector's clock, 0 when the line has none.
 * @param stream     stream name of a market message; null for a REST order book.
 * @param symbol     upper-case symbol, null where neither message nor URL says it.
 * @param line       the whole line.
 * @param rawOffset  where the message starts in it.
 * @param rawLength  length of the message.
 * @param wrapped    whether the message is a combined-stream wrapper around the payload.
 * @param dataOffset where the payload starts; the message itself when it is not wrapped.
 * @param dataLength length of the payload.
 */
public record RecordedMessage(
    long receiveNs,
    String stream,
    String symbol,
    byte[] line,
    int rawOffset,
    int rawLength,
    boolean wrapped,
    int dataOffset,
    int dataLength)
{
    /** @return whether this is a REST order book rather than a market message. */
    public boolean isSnapshot()
    {
        return null == stream;
    }
}
