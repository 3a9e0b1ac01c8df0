package org.lockstep.engine;

import org.agrona.concurrent.UnsafeBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TradeEncoder;

import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.anEngine;

/** An engine with two bots that trade, in a market that goes up and down, without allocating anything itself. */
final class TradingLoad
{
    private static final long STEP_NS = 200_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final QuoteEncoder quote = new QuoteEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final Engine engine;
    private long timeNs;
    private long count;

    TradingLoad()
    {
        final EngineFixture fixture = anEngine().start();
        fixture.command(CommandAction.DEFINE_BOT, "maker", "strategy", "market-maker", "account", "paper",
            "symbols", "BTCUSDT", "refreshInterval", "50ms", "refreshThresholdBps", "0.1");
        fixture.command(CommandAction.DEFINE_BOT, "cross", "strategy", "crossover", "account", "paper",
            "symbols", "BTCUSDT", "barInterval", "100ms", "fast", "3", "slow", "9");
        fixture.command(CommandAction.START_BOT, "maker");
        fixture.command(CommandAction.START_BOT, "cross");
        engine = fixture.engine();
        timeNs = fixture.timeNs();
    }

    long fillCount(final String bot)
    {
        return engine.bots().byName(bot).risk().holdings().ledger().fillCount();
    }

    BotState state(final String bot)
    {
        return engine.bots().byName(bot).state();
    }

    void next()
    {
        timeNs += STEP_NS;
        count++;
        final long wave = Math.abs(count % 20_000 - 10_000);
        final long mid = 6_000_000 + wave;
        if (count % 5 == 0)
        {
            final boolean isBuy = count % 10 == 0;
            trade.wrap(buffer, Frame.HEADER_LENGTH).price(isBuy ? mid + 3_000 : mid - 3_000).quantity(50_000)
                .tradeId(count).aggressor(isBuy ? Side.BUY : Side.SELL);
            send(trade.encodedLength(), TradeEncoder.BLOCK_LENGTH, TradeEncoder.TEMPLATE_ID);
        }
        else
        {
            quote.wrap(buffer, Frame.HEADER_LENGTH).bidPrice(mid - 5).bidQuantity(400_000).askPrice(mid + 5)
                .askQuantity(400_000).updateId(count);
            send(quote.encodedLength(), QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.TEMPLATE_ID);
        }
    }

    private void send(final int bodyLength, final int blockLength, final int templateId)
    {
        Frame.writeHeader(buffer, 0, Frame.HEADER_LENGTH + bodyLength, blockLength, templateId,
            FrameSource.venueLine(1, 0), 0, timeNs, timeNs, BTC_USDT.id());
        Frame.sequence(buffer, 0, count);
        engine.onInput(buffer, 0, Frame.HEADER_LENGTH + bodyLength);
        engine.outputs().clear();
    }
}
