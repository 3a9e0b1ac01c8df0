package org.lockstep.gateway.venue.binance.ws;

import org.agrona.DirectBuffer;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.gateway.venue.FeedCounters;
import org.lockstep.gateway.venue.LevelBuffer;
import org.lockstep.gateway.venue.RejectKind;
import org.lockstep.gateway.venue.SymbolTable;
import org.lockstep.gateway.venue.binance.common.VenueTimes;

/**
 * The message in hand: where its fields lie, which instrument it is about, what is wrong with it. The accessors check
 * what they return; the first thing found wrong rejects the message.
 * Threading: the feed's loop. Allocation: none.
 */
final class StreamMessage
{
    static final int NOWHERE = -1;

    final StreamFields fields = new StreamFields();
    final StreamFields barFields = new StreamFields();
    final LevelBuffer levels = new LevelBuffer();

    DirectBuffer buffer;
    InstrumentFeed feed;
    RejectKind problem;
    boolean hasData;
    boolean isControl;
    boolean isError;
    boolean hasBar;
    long controlId;
    int bidsPosition;
    int asksPosition;
    boolean areBidsRead;
    boolean areAsksRead;

    private final FeedCounters counters;
    private volatile SymbolTable<InstrumentFeed> symbols = new SymbolTable<>();

    StreamMessage(final FeedCounters counters)
    {
        this.counters = counters;
    }

    /** Sets which symbols are known; any thread. */
    void symbols(final SymbolTable<InstrumentFeed> newSymbols)
    {
        symbols = newSymbols;
    }

    SymbolTable<InstrumentFeed> symbols()
    {
        return symbols;
    }

    void reset(final DirectBuffer message)
    {
        buffer = message;
        hasData = false;
        isControl = false;
        isError = false;
        controlId = -1;
        resetPayload();
    }

    void resetPayload()
    {
        fields.clear();
        levels.clear();
        feed = null;
        problem = null;
        hasBar = false;
        bidsPosition = NOWHERE;
        asksPosition = NOWHERE;
        areBidsRead = false;
        areAsksRead = false;
    }

    /** Rejects the message, unless something else did already. */
    void reject(final RejectKind kind)
    {
        if (null == problem)
        {
            problem = kind;
        }
    }

    /** Is there nothing wrong so far? */
    boolean isGood()
    {
        return null == problem;
    }

    /** Looks the instrument up if the symbol has been read already. */
    void tryResolve()
    {
        if (null == feed && fields.has('s'))
        {
            feed = symbols.get(buffer, fields.offset('s'), fields.length('s'));
        }
    }

    /** Finds the instrument by its symbol. Returns false when there is none, and the message is rejected. */
    boolean resolve()
    {
        if (null == feed)
        {
            if (!fields.has('s'))
            {
                reject(RejectKind.MISSING_FIELD);
                return false;
            }
            feed = symbols.get(buffer, fields.offset('s'), fields.length('s'));
        }
        if (null == feed)
        {
            reject(RejectKind.UNKNOWN_SYMBOL);
            return false;
        }
        return true;
    }

    /** Returns an id that must be there, or the message is rejected. */
    long id(final int key)
    {
        final long id = fields.id(buffer, key);
        if (id < 0)
        {
            reject(fields.has(key) ? RejectKind.BAD_FIELD : RejectKind.MISSING_FIELD);
        }
        return id;
    }

    /** Returns a time that must be there, epoch ns, or the message is rejected. */
    long time(final StreamFields source, final int key)
    {
        final long timeNs = VenueTimes.toNanos(source.id(buffer, key));
        if (VenueTimes.INVALID == timeNs)
        {
            reject(source.has(key) ? RejectKind.BAD_TIME : RejectKind.MISSING_FIELD);
        }
        return timeNs;
    }

    /** Returns 1 or 0 for a flag that must be there, or the message is rejected. */
    int flag(final StreamFields source, final int key)
    {
        final int flag = source.flag(buffer, key);
        if (flag < 0)
        {
            reject(source.has(key) ? RejectKind.BAD_FIELD : RejectKind.MISSING_FIELD);
        }
        return flag;
    }

    /** Returns a mantissa, not negative, or the message is rejected. */
    long decimal(final StreamFields source, final int key, final int scale)
    {
        if (!source.has(key))
        {
            reject(RejectKind.MISSING_FIELD);
            return -1;
        }
        final long mantissa = Decimals.parse(buffer, source.offset(key), source.length(key), scale);
        if (mantissa < 0)
        {
            reject(RejectKind.DOES_NOT_FIT);
        }
        return mantissa;
    }

    /** Finer than the scale is rounded half up, but never to nothing: the venue keeps orders older than its lot. */
    long quantity(final StreamFields source, final int key, final int scale)
    {
        if (source.has(key))
        {
            final int offset = source.offset(key);
            final int length = source.length(key);
            if (Decimals.TOO_PRECISE == Decimals.parse(buffer, offset, length, scale))
            {
                counters.onInexactLevels(1);
                final long rounded = Decimals.parseRounded(buffer, offset, length, scale, false);
                if (rounded < 0)
                {
                    reject(RejectKind.DOES_NOT_FIT);
                }
                return Math.max(1, rounded);
            }
        }
        return decimal(source, key, scale);
    }
}
