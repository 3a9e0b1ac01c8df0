package org.lockstep.engine.order;

/**
 * Client order ids: a function of (session epoch, bot, counter), so that no restart ever repeats one.
 * <pre>
 *   63      62 ... 43      42 ... 27     26 ... 0
 *   0       epoch (20)     bot (16)      counter (27)
 * </pre>
 * An id is positive and grows with the epoch. What a venue sees of it is {@link ClientOrderIdText}. Stateless: any
 * thread; allocates nothing.
 */
public final class ClientOrderIds
{
    /** No order. */
    public static final long NULL_ORDER_ID = 0;

    /** Largest session epoch. */
    public static final long MAX_EPOCH = (1L << 20) - 1;

    /** Largest bot id. */
    public static final int MAX_BOT_ID = (1 << 16) - 1;

    /** Largest counter: orders of one bot in one session. */
    public static final long MAX_COUNTER = (1L << 27) - 1;

    private static final int BOT_SHIFT = 27;
    private static final int EPOCH_SHIFT = 43;

    private ClientOrderIds()
    {
    }

    /**
     * Composes an id.
     *
     * @param epoch   of the session, [1, {@link #MAX_EPOCH}].
     * @param botId   [0, {@link #MAX_BOT_ID}].
     * @param counter [1, {@link #MAX_COUNTER}].
     * @return the id, positive; {@link #NULL_ORDER_ID} when a part is out of range.
     */
    public static long encode(final long epoch, final int botId, final long counter)
    {
        if (epoch < 1 || epoch > MAX_EPOCH || botId < 0 || botId > MAX_BOT_ID || counter < 1 || counter > MAX_COUNTER)
        {
            return NULL_ORDER_ID;
        }
        return epoch << EPOCH_SHIFT | (long)botId << BOT_SHIFT | counter;
    }

    /** @return session epoch of an id. */
    public static long epoch(final long orderId)
    {
        return orderId >>> EPOCH_SHIFT;
    }

    /** @return bot of an id. */
    public static int botId(final long orderId)
    {
        return (int)(orderId >>> BOT_SHIFT) & MAX_BOT_ID;
    }

    /** @return counter of an id. */
    public static long counter(final long orderId)
    {
        return orderId & MAX_COUNTER;
    }
}
