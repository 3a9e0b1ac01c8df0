package org.lockstep.gateway.client.view;

/** A position of a bot in an instrument. */
final class PositionView
{
    final int botId;
    final int instrumentId;
    int accountId;
    long quantity;
    long averagePrice;
    long realisedPnl;
    long unrealisedPnl;
    long fees;
    long cost;
    long fills;
    long markPrice;
    long causeSequence;
    long sequence;
    long timeNs;

    PositionView(final int botId, final int instrumentId)
    {
        this.botId = botId;
        this.instrumentId = instrumentId;
    }

    long key()
    {
        return key(botId, instrumentId);
    }

    /** @return key of a bot's position in an instrument. */
    static long key(final int botId, final int instrumentId)
    {
        return (long)botId << 32 | instrumentId & 0xFFFFFFFFL;
    }
}
