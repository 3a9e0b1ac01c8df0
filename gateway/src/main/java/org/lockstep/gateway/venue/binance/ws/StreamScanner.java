package org.lockstep.gateway.venue.binance.ws;

import java.nio.charset.StandardCharsets;

import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.binance.common.JsonCursor;
import org.lockstep.gateway.venue.binance.common.JsonLevels;

/**
 * Scans the bytes of a message once where they lie and notes where its fields are, bare or wrapped in
 * {@code {"stream":..,"data":..}}. Fields may come in any order, unknown ones are skipped, blanks and escapes are
 * tolerated.
 * Threading: the feed's loop. Allocation: none.
 */
final class StreamScanner
{
    private static final byte[] DATA = ascii("data");
    private static final byte[] STREAM = ascii("stream");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] ID = ascii("id");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] CODE = ascii("code");

    private final StreamMessage message;
    private final JsonCursor cursor;

    StreamScanner(final StreamMessage message, final JsonCursor cursor)
    {
        this.message = message;
        this.cursor = cursor;
    }

    /** Scans the message under the cursor. Returns false when it is not well-formed. */
    boolean scan()
    {
        return readObject(true) && -1 == cursor.peek();
    }

    private boolean readObject(final boolean isTop)
    {
        if (!cursor.accept('{'))
        {
            return false;
        }
        if (cursor.accept('}'))
        {
            return true;
        }
        do
        {
            if (!cursor.readString())
            {
                return false;
            }
            final int keyOffset = cursor.spanOffset();
            final int keyLength = cursor.spanLength();
            if (!cursor.accept(':'))
            {
                return false;
            }
            final int key = 1 == keyLength ? message.buffer.getByte(keyOffset) : 0;
            final boolean isRead = key > 0 && !(isTop && message.hasData) ? readField(key) :
                isTop ? readEnvelope(keyOffset, keyLength) : cursor.skipValue();
            if (!isRead)
            {
                return false;
            }
        }
        while (cursor.accept(','));
        return cursor.accept('}');
    }

    private boolean readEnvelope(final int keyOffset, final int keyLength)
    {
        if (StreamFields.isText(message.buffer, keyOffset, keyLength, DATA) && '{' == cursor.peek() && !message.hasData)
        {
            message.resetPayload();
            final boolean isRead = readObject(false);
            message.hasData = true;
            return isRead;
        }
        if (StreamFields.isText(message.buffer, keyOffset, keyLength, STREAM))
        {
            return cursor.skipValue();
        }
        if (StreamFields.isText(message.buffer, keyOffset, keyLength, ID))
        {
            message.isControl = true;
            if ('{' == cursor.peek() || '[' == cursor.peek() || !cursor.readStringOrScalar())
            {
                return false;
            }
            message.controlId = StreamFields.parseId(message.buffer, cursor.spanOffset(), cursor.spanLength());
            return true;
        }
        if (StreamFields.isText(message.buffer, keyOffset, keyLength, ERROR) ||
            StreamFields.isText(message.buffer, keyOffset, keyLength, CODE))
        {
            message.isControl = true;
            message.isError = true;
        }
        else if (StreamFields.isText(message.buffer, keyOffset, keyLength, RESULT))
        {
            message.isControl = true;
        }
        return cursor.skipValue();
    }

    private boolean readField(final int key)
    {
        final int first = cursor.peek();
        if ('[' == first && ('b' == key || 'a' == key))
        {
            return readLevels('b' == key);
        }
        if ('{' == first && 'k' == key)
        {
            message.hasBar = true;
            return readBar();
        }
        if ('[' == first || '{' == first)
        {
            return cursor.skipValue();
        }
        if (!cursor.readStringOrScalar())
        {
            return false;
        }
        message.fields.set(key, cursor.spanOffset(), cursor.spanLength());
        return true;
    }

    /** Parses levels at once when the symbol is known already, as it is in the venue's own order of fields. */
    private boolean readLevels(final boolean isBid)
    {
        if (isBid)
        {
            message.bidsPosition = cursor.position();
        }
        else
        {
            message.asksPosition = cursor.position();
        }
        message.tryResolve();
        if (null == message.feed || null != message.problem || areRead(isBid))
        {
            return cursor.skipValue();
        }
        final int start = cursor.position();
        final RejectKind kind = JsonLevels.read(cursor, message.feed.instrument(), isBid, message.levels);
        if (null == kind)
        {
            message.areBidsRead |= isBid;
            message.areAsksRead |= !isBid;
            return true;
        }
        message.reject(kind);
        cursor.position(start);
        return cursor.skipValue();
    }

    private boolean areRead(final boolean isBid)
    {
        return isBid ? message.areBidsRead : message.areAsksRead;
    }

    private boolean readBar()
    {
        message.barFields.clear();
        if (!cursor.accept('{'))
        {
            return false;
        }
        if (cursor.accept('}'))
        {
            return true;
        }
        do
        {
            if (!cursor.readString())
            {
                return false;
            }
            final int key = 1 == cursor.spanLength() ? message.buffer.getByte(cursor.spanOffset()) : 0;
            if (!cursor.accept(':'))
            {
                return false;
            }
            final int first = cursor.peek();
            if (key <= 0 || '[' == first || '{' == first)
            {
                if (!cursor.skipValue())
                {
                    return false;
                }
            }
            else
            {
                if (!cursor.readStringOrScalar())
                {
                    return false;
                }
                message.barFields.set(key, cursor.spanOffset(), cursor.spanLength());
            }
        }
        while (cursor.accept(','));
        return cursor.accept('}');
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
