package org.lockstep.gateway.venue.binance.ws;

/**
 * What is remembered of one stream: its name, whom its messages were about, and how wide their numbers were the last
 * time. All of it is a guess that every message is compared with. Threading: the feed's loop. Allocation: none.
 */
final class PlainStream
{
    /** Bytes from the beginning of a name that {@link #isNamed} may read. */
    static final int MAX_NAME_LENGTH = 4 * Long.BYTES;

    /** Whole numbers: the id, or the first of two. */
    static final int ID = 0;
    static final int LAST_ID = 1;
    static final int TIME = 2;
    static final int MATCH_TIME = 3;
    /** Decimals, with the texts about them. */
    static final int BID = 0;
    static final int BID_QUANTITY = 1;
    static final int ASK = 2;
    static final int ASK_QUANTITY = 3;
    static final int PRICE = 4;
    static final int QUANTITY = 5;
    static final int LEVEL_PRICE = 6;
    static final int LEVEL_QUANTITY = 7;

    private static final DecimalField[] DECIMALS = {
        DecimalField.of("\",\"b\":\"", ""), DecimalField.of("\",\"B\":\"", ""), DecimalField.of("\",\"a\":\"", ""),
        DecimalField.of("\",\"A\":\"", ""), DecimalField.of(",\"p\":\"", ""), DecimalField.of("\",\"q\":\"", ""),
        DecimalField.of("[\"", ""), DecimalField.of("\",\"", "\"]")};

    /** Short names are not remembered: what follows them within three words is not always the same. */
    private static final int MIN_NAME_LENGTH = 10;
    private static final int MAX_SYMBOL_LENGTH = 2 * Long.BYTES;

    private final int[] widths = {11, 11, 13, 13};
    private final DecimalField[] decimals = DECIMALS.clone();
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
        final PlainStream numbers)
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
        System.arraycopy(numbers.widths, 0, widths, 0, widths.length);
        System.arraycopy(numbers.decimals, 0, decimals, 0, decimals.length);
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

    /** Widths of whole numbers, by field. */
    int[] widths()
    {
        return widths;
    }

    /** Decimals, as they looked the last time. */
    DecimalField[] decimals()
    {
        return decimals;
    }
}
