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
    long sequence;
    long timeNs;

    PositionView(final int botId, final int instrumentId)
    {
        this.botId = botId;
        this.instrumentId = instrumentId;
    }
}
