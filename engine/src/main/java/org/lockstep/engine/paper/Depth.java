package org.lockstep.engine.paper;

/** The visible market that resting and incoming orders are matched against. Level 0 is the best of its side. */
public interface Depth
{
    /** Returned by {@link #quantityAt} when a price lies beyond what is visible. */
    long NOT_VISIBLE = -1;

    /**
     * How many levels are visible.
     *
     * @param isBid which side.
     * @return 0 when there is none.
     */
    int count(boolean isBid);

    /**
     * Is nothing visible?
     *
     * @param isBid which side.
     * @return true when {@link #count} is 0.
     */
    default boolean isEmpty(final boolean isBid)
    {
        return 0 == count(isBid);
    }

    /**
     * Tells whether what lies behind the best level may have changed, so that nobody need look there with each quote.
     *
     * @return as long as it is the same, {@link #quantityAt} of a price that is and was behind the best of its side is
     *     the same too.
     */
    long version();

    /**
     * Is it known of each change since a version which price it concerned? Then the versions after it, up to now, have
     * their {@link #changedPrice}.
     *
     * @param since what {@link #version} was.
     * @return false when anything may have changed.
     */
    boolean isKnownSince(long since);

    /**
     * Which side a change concerned; asked only of changes that are known.
     *
     * @param changeVersion its version.
     * @return true when it was a bid.
     */
    boolean isChangedBid(long changeVersion);

    /**
     * Which price a change concerned; asked only of changes that are known.
     *
     * @param changeVersion its version.
     * @return mantissa.
     */
    long changedPrice(long changeVersion);

    /**
     * Price of a level.
     *
     * @param isBid which side.
     * @param level [0, count).
     * @return mantissa.
     */
    long price(boolean isBid, int level);

    /**
     * Quantity of a level.
     *
     * @param isBid which side.
     * @param level [0, count).
     * @return mantissa.
     */
    long quantity(boolean isBid, int level);

    /**
     * Quantity at a price.
     *
     * @param isBid which side.
     * @param price mantissa.
     * @return mantissa, 0 when nothing is there, {@link #NOT_VISIBLE} when it cannot be known.
     */
    long quantityAt(boolean isBid, long price);

    /** @return price of the last public trade, mantissa, 0 when there was none. */
    long lastTradePrice();
}
