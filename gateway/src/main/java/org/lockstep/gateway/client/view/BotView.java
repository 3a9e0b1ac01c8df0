package org.lockstep.gateway.client.view;

/** A bot as its last status told, and what it asked for since. Its open orders are counted by the order tracker. */
final class BotView
{
    final int id;
    String name;
    String strategy;
    String state;
    String reason;
    int accountId;
    long realisedPnl;
    long unrealisedPnl;
    long fees;
    long fills;
    long ordersRequested;
    /** New orders and replaces that risk or the venue refused. */
    long ordersRefused;
    long sequence;
    long timeNs;

    BotView(final int id)
    {
        this.id = id;
    }
}
