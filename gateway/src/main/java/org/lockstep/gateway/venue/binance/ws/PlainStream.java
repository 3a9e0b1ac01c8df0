package org.lockstep.gateway.venue.binance.ws;

/**
 * What is remembered of one stream: its name, whom its messages were about, and how wide their numbers were the last
 * time. All of it is a guess that every message is compared with. Threading: the feed's loop. Allocation: none.
 */
final class PlainStream
{
    /** Bytes from the beginning of a name that {@link #isNamed} may read. */
    static final int MAX_NAME_LENGTH = 4 * Long.BYTES;

    /** Widths: of the id, or the first of two. */
    static final int ID = 0;
    static final int LAST_ID = 1;
    static final int TIME = 2;
    static final int MATCH_TIME = 3;
    /** Widths of decimals, before the point: 1 to 8. */
    static final int PRICE = 4;
    static final int QUANTITY = 5;
    static final int ASK = 6;
    static final int ASK_QUANTITY = 7;

    /** Short names are not remembered: what follows them within three words is not always the same. */
    private static final int MIN_NAME_LENGTH = 10;
    private static final int MAX_SYMBOL_LENGTH = 2 * Long.BYTES;

    private final int[] widths = {11, 11, 13, 13, 1, 1, 1, 1};
    private long first;
    private long second;
    private long third;
    private long last;
    private int nameLength;
    private long symbolHead;
    private long symbolTail;
    private long headMask;
    private long tailMask;
    private int symbolLength;
    private InstrumentFeed feed;

    /** Takes over what another has found out. Returns false when such a stream is not remembered. */
    boolean learn(
        final WordReader words,
        final int name,
        final int newNameLength,
        final int symbol,
        final int newSymbolLength,
        final InstrumentFeed newFeed,
        final int[] newWidths)
    {
        if (newNameLength < MIN_NAME_LENGTH || newNameLength > MAX_NAME_LENGTH ||
            newSymbolLength <= 0 || newSymbolLength > MAX_SYMBOL_LENGTH)
        {
            return false;
        }
        first = words.wordAt(name);
        second = words.wordAt(name + Long.BYTES);
        third = words.wordAt(name + 2 * Long.BYTES);
        last = words.wordAt(name + newNameLength - Long.BYTES);
        nameLength = newNameLength;
        headMask = WordReader.mask(Math.min(newSymbolLength, Long.BYTES));
        tailMask = newSymbolLength <= Long.BYTES ? 0 : WordReader.mask(newSymbolLength - Long.BYTES);
        symbolHead = words.wordAt(symbol) & headMask;
        symbolTail = words.wordAt(symbol + Long.BYTES) & tailMask;
        symbolLength = newSymbolLength;
        feed = newFeed;
        System.arraycopy(newWidths, 0, widths, 0, widths.length);
        return true;
    }

    /** Is this its name, given the first two words of it? */
    boolean isNamed(final WordReader words, final int at, final long firstWord, final long secondWord)
    {
        return first == firstWord && second == secondWord && third == words.wordAt(at + 2 * Long.BYTES) &&
            last == words.wordAt(at + nameLength - Long.BYTES);
    }

    /** Begins the symbol here that it had the last time? */
    boolean isSymbol(final WordReader words, final int at)
    {
        return symbolHead == (words.wordAt(at) & headMask) &&
            symbolTail == (words.wordAt(at + Long.BYTES) & tailMask) && null != feed;
    }

    int nameLength()
    {
        return nameLength;
    }

    int symbolLength()
    {
        return symbolLength;
    }

    InstrumentFeed feed()
    {
        return feed;
    }

    /** Widths of numbers, by field. */
    int[] widths()
    {
        return widths;
    }
}
