package org.lockstep.gateway.client.view;

import java.util.ArrayList;
import java.util.List;

import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Money;

/**
 * Values positions at the newest mark, though the engine tells of a position only when it changes. The arithmetic is
 * the engine's: mark times quantity, exact in 128 bits and rounded once, minus the cost of what is open. A bot's
 * figures are the sums over its positions, so its card always agrees with them.
 * <p>
 * Marks are taken at most every {@link #INTERVAL_MS}, by the time of the frames while they come and by the clock when
 * they do not; only what is held in an instrument whose mark moved is looked at. Client event loop only.
 */
final class Valuation
{
    /** Between two values of the same position. */
    static final int INTERVAL_MS = 250;

    private static final long INTERVAL_NS = INTERVAL_MS * 1_000_000L;

    private final ClientView view;
    private final ViewListener listener;
    private final Int2ObjectHashMap<List<PositionView>> byInstrument = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<List<PositionView>> byBot = new Int2ObjectHashMap<>();
    private final IntArrayList moved = new IntArrayList();
    private final IntArrayList movedBots = new IntArrayList();
    private long lastFrameNs;
    private long lastPollMs;

    Valuation(final ClientView view, final ViewListener listener)
    {
        this.view = view;
        this.listener = listener;
    }

    void add(final PositionView position)
    {
        byInstrument.computeIfAbsent(position.instrumentId, key -> new ArrayList<>(2)).add(position);
        byBot.computeIfAbsent(position.botId, key -> new ArrayList<>(2)).add(position);
    }

    /** The engine values what is held in an instrument now, so this is the moment whose price counts. */
    void onMark(final InstrumentView instrument, final long timeNs)
    {
        instrument.markPrice = instrument.mark.price(instrument.book);
        instrument.markSequence = view.sequence();
        instrument.markTimeNs = timeNs;
        if (!byInstrument.containsKey(instrument.id))
        {
            return;
        }
        move(instrument.id);
        if (timeNs - lastFrameNs >= INTERVAL_NS)
        {
            lastFrameNs = timeNs;
            revalue();
        }
    }

    /** Takes the last marks although no frame comes any more. */
    int poll(final long nowMs)
    {
        if (moved.isEmpty() || nowMs - lastPollMs < INTERVAL_MS)
        {
            return 0;
        }
        lastPollMs = nowMs;
        revalue();
        return 1;
    }

    /**
     * The engine told of a position: its own value stands until the next mark, which is what caused the change if that
     * was market data, since executions go before valuation there.
     */
    void onChanged(final PositionView position)
    {
        move(position.instrumentId);
        sum(position.botId);
    }

    /** The engine told of a bot at the present marks; its positions follow. */
    void onStatus(final int botId)
    {
        revalue();
        if (byBot.containsKey(botId))
        {
            sum(botId);
        }
    }

    private void move(final int instrumentId)
    {
        if (!moved.containsInt(instrumentId))
        {
            moved.addInt(instrumentId);
        }
    }

    private void revalue()
    {
        for (int i = 0; i < moved.size(); i++)
        {
            for (final PositionView position : byInstrument.get(moved.getInt(i)))
            {
                if (value(position))
                {
                    listener.onState(DataChannel.POSITIONS, position.key(), position.instrumentId);
                    if (!movedBots.containsInt(position.botId))
                    {
                        movedBots.addInt(position.botId);
                    }
                }
            }
        }
        moved.clear();
        for (int i = 0; i < movedBots.size(); i++)
        {
            sum(movedBots.getInt(i));
        }
        movedBots.clear();
    }

    /** @return true when the value is another. */
    private boolean value(final PositionView position)
    {
        final InstrumentView instrument = view.market.instrument(position.instrumentId);
        if (null == instrument || instrument.markPrice <= 0 || instrument.markSequence < position.causeSequence)
        {
            return false;
        }
        final long price = instrument.markPrice;
        final boolean isOther = position.markPrice != price && 0 != position.quantity;
        position.markPrice = price;
        final long worth =
            Money.notional(instrument.priceScale, instrument.quantityScale, price, position.quantity);
        if (Decimals.isError(worth))
        {
            return false;       // the last value that could be told stands, as in the engine
        }
        final long before = position.unrealisedPnl;
        position.unrealisedPnl = 0 == position.quantity ? 0 : Math.subtractExact(worth, position.cost);
        if (instrument.markSequence > position.sequence)
        {
            position.sequence = instrument.markSequence;
            position.timeNs = instrument.markTimeNs;
        }
        return isOther || before != position.unrealisedPnl;
    }

    private void sum(final int botId)
    {
        final BotView bot = view.bots.get(botId);
        if (null == bot)
        {
            return;
        }
        bot.realisedPnl = 0;
        bot.unrealisedPnl = 0;
        bot.fees = 0;
        long fills = 0;
        for (final PositionView position : byBot.get(botId))
        {
            bot.realisedPnl += position.realisedPnl;
            bot.unrealisedPnl += position.unrealisedPnl;
            bot.fees += position.fees;
            fills += position.fills;
            if (position.sequence > bot.sequence)
            {
                bot.sequence = position.sequence;
                bot.timeNs = position.timeNs;
            }
        }
        bot.fills = Math.max(bot.fills, fills);
        view.performances.onEquity(bot);
        listener.onState(DataChannel.BOT_STATUS, bot.id, -1);
    }
}
