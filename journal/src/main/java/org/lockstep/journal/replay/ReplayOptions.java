package org.lockstep.journal.replay;

/**
 * What to replay and how. Immutable.
 *
 * @param fromSequence first frame that counts towards the figures; earlier ones are run all the same.
 * @param toSequence   last frame that is run, {@link Long#MAX_VALUE} = all.
 * @param batchSize    inputs run before outputs are drained, from 1; {@link Integer#MAX_VALUE} = all at once.
 * @param verify       whether outputs are compared with the recorded ones.
 * @param progress     told how far it has come.
 */
public record ReplayOptions(
    long fromSequence, long toSequence, int batchSize, boolean verify, ReplayProgress progress)
{
    private static final int DEFAULT_BATCH_SIZE = 64;

    /** Checks every range. */
    public ReplayOptions
    {
        if (fromSequence < 0 || toSequence < fromSequence)
        {
            throw new IllegalArgumentException(
                "replay range must be 0 <= from <= to, found " + fromSequence + " to " + toSequence);
        }
        if (batchSize < 1)
        {
            throw new IllegalArgumentException("replay batchSize must be 1 or more, found " + batchSize);
        }
    }

    /** @return everything, verified, outputs drained every 64 inputs. */
    public static ReplayOptions all()
    {
        return new ReplayOptions(0, Long.MAX_VALUE, DEFAULT_BATCH_SIZE, true, ReplayProgress.NONE);
    }

    /** @return a copy with another range, both ends included. */
    public ReplayOptions withRange(final long from, final long to)
    {
        return new ReplayOptions(from, to, batchSize, verify, progress);
    }

    /** @return a copy with another number of inputs between drains. */
    public ReplayOptions withBatchSize(final int value)
    {
        return new ReplayOptions(fromSequence, toSequence, value, verify, progress);
    }

    /** @return a copy that compares outputs or does not. */
    public ReplayOptions withVerify(final boolean value)
    {
        return new ReplayOptions(fromSequence, toSequence, batchSize, value, progress);
    }

    /** @return a copy with somebody to tell about progress. */
    public ReplayOptions withProgress(final ReplayProgress value)
    {
        return new ReplayOptions(fromSequence, toSequence, batchSize, verify, value);
    }
}
