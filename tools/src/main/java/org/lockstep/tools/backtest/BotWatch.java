package org.lockstep.tools.backtest;

/** What happened to a bot that its figures do not show, so that it has to be said. One thread. */
final class BotWatch
{
    /** It has not happened. */
    static final long NEVER = Long.MIN_VALUE;

    private long signals;
    private long expired;
    private long partlyFilled;
    private long shortBars;
    private long stoppedNs = NEVER;
    private long brokeNs = NEVER;

    void onSignal()
    {
        signals++;
    }

    void onExpired(final boolean isPartlyFilled)
    {
        expired++;
        partlyFilled += isPartlyFilled ? 1 : 0;
    }

    void onState(final long timeNs, final boolean isRunning)
    {
        if (isRunning)
        {
            stoppedNs = NEVER;
        }
        else if (NEVER == stoppedNs)
        {
            stoppedNs = timeNs;
        }
    }

    /**
     * A bar closed.
     *
     * @param timeNs  epoch ns.
     * @param isShort whether it holds less than nothing of an instrument.
     * @param balance of its account, 8 decimals.
     */
    void onBar(final long timeNs, final boolean isShort, final long balance)
    {
        shortBars += isShort ? 1 : 0;
        if (balance < 0 && NEVER == brokeNs)
        {
            brokeNs = timeNs;
        }
    }

    /** What its strategy saw and decided. */
    long signals()
    {
        return signals;
    }

    /** Orders that ended with something left. */
    long expired()
    {
        return expired;
    }

    /** Those of them that had executed in part. */
    long partlyFilled()
    {
        return partlyFilled;
    }

    /** Bars at whose close it was short. */
    long shortBars()
    {
        return shortBars;
    }

    /** Since when it does not run, epoch ns; {@link #NEVER} while it does. */
    long stoppedNs()
    {
        return stoppedNs;
    }

    /** When the balance of its account was first below 0, epoch ns, or {@link #NEVER}. */
    long brokeNs()
    {
        return brokeNs;
    }
}
