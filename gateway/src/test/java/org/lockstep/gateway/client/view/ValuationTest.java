package org.lockstep.gateway.client.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.Engine;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.PositionChangedDecoder;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.TradeEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.InstrumentFrame;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.engine.position.Ledger;
import org.lockstep.engine.position.Position;

/** An engine with real bots, and beside it the view of what it journals. */
class ValuationTest
{
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final Instrument BTC = new Instrument(0, Venue.BINANCE, "BTCUSDT", "BTC", "USDT", 2, 5,
        1, 1, 1, 900_000_000L, 0, InstrumentStatus.TRADING);
    private static final Instrument PEPE = new Instrument(1, Venue.BINANCE, "PEPEUSDT", "PEPE", "USDT", 10, 7,
        1, 1, 1, 900_000_000_000_000L, 0, InstrumentStatus.TRADING);

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private final Engine engine = new Engine();
    private final List<Long> movedPositions = new ArrayList<>();
    private final ClientView view = new ClientView(new ViewListener()
    {
        @Override
        public void onState(final DataChannel channel, final long key, final int instrumentId)
        {
            if (DataChannel.POSITIONS == channel)
            {
                movedPositions.add(key);
            }
        }

        @Override
        public void onEvent(
            final DataChannel channel, final int instrumentId, final DirectBuffer frame, final int offset)
        {
            // Not of interest here.
        }

        @Override
        public void onCommand(final String user, final String requestId, final long sequence)
        {
            // Nor this.
        }
    });
    private long nowNs = START_NS;
    private long sequence;
    private int positionChanges;

    @Test
    void shouldAgreeWithTheEngineToTheLastUnitWhateverTheMarketDoes()
    {
        start();
        final Random random = new Random(20_241_121);
        long btc = 6_000_000;
        long pepe = 123_456_789_012L;
        int moves = 0;
        for (int i = 0; i < 4_000; i++)
        {
            btc = Math.max(5_000_000, btc + random.nextInt(4_001) - 2_000);
            pepe = Math.max(100_000_000_000L, pepe + random.nextInt(80_000_001) - 40_000_000);
            nowNs += random.nextInt(400) * MS;
            switch (random.nextInt(12))
            {
                case 0 -> book(BTC, btc);
                case 1 -> feed(random.nextBoolean() ? FeedState.RECONNECTING : FeedState.CONNECTED);
                case 2, 3, 4 ->
                {
                    trade(BTC, btc + random.nextInt(7) - 3, 1 + random.nextInt(500_000));
                    trade(PEPE, pepe, 1 + random.nextInt(2_000_000_000));
                }
                default ->
                {
                    quote(BTC, btc, btc + 1 + random.nextInt(50));
                    quote(PEPE, pepe, pepe + 1 + random.nextInt(5_000_000));
                }
            }
            view.poll(nowNs / MS + 1_000L * i);
            moves += assertAgreement() ? 1 : 0;
        }
        assertTrue(positionChanges > 100, () -> "positions changed " + positionChanges + " times");
        assertTrue(moves > 1_000, "values moved " + moves + " times");
        assertTrue(movedPositions.size() > 2 * positionChanges, "values moved between changes");
    }

    @Test
    void shouldTakeAtMostOneMarkAQuarterOfASecondOfFrames()
    {
        start();
        quote(BTC, 6_000_000, 6_000_010);
        order(BTC, Side.BUY, 50_000);
        nowNs += 1_000 * MS;
        quote(BTC, 6_000_000, 6_000_010);
        movedPositions.clear();

        for (int i = 1; i <= 1_000; i++)
        {
            nowNs += MS;
            quote(BTC, 6_000_000 + i, 6_000_010 + i);
        }
        view.poll(nowNs / MS);

        assertTrue(movedPositions.size() >= 4 && movedPositions.size() <= 6, () -> "moved " + movedPositions.size());
        assertEquals(engine.bots().find(Bot.MANUAL_ID).risk().holdings().find(BTC.id()).unrealisedPnl(),
            view.positions.get(PositionView.key(Bot.MANUAL_ID, BTC.id())).unrealisedPnl);
    }

    /** @return true when some bot holds something of value. */
    private boolean assertAgreement()
    {
        boolean isHeld = false;
        for (int botId = 0; botId < engine.bots().count(); botId++)
        {
            final Bot bot = engine.bots().find(botId);
            for (final Instrument instrument : List.of(BTC, PEPE))
            {
                final Position position = bot.risk().holdings().find(instrument.id());
                final PositionView seen = view.positions.get(PositionView.key(botId, instrument.id()));
                if (null != seen)
                {
                    isHeld |= 0 != position.unrealisedPnl();
                    assertEquals(position.quantity(), seen.quantity);
                    assertEquals(position.realisedPnl(), seen.realisedPnl);
                    assertEquals(position.fees(), seen.fees);
                    assertEquals(position.fillCount(), seen.fills);
                    assertEquals(position.unrealisedPnl(), seen.unrealisedPnl,
                        () -> instrument.symbol() + " of bot " + bot.name() + " at sequence " + sequence);
                }
            }
            if (Bot.MANUAL_ID != botId)
            {
                final Ledger ledger = bot.risk().holdings().ledger();
                final BotView card = view.bots.get(botId);
                assertEquals(ledger.realisedPnl(), card.realisedPnl);
                assertEquals(ledger.unrealisedPnl(), card.unrealisedPnl);
                assertEquals(ledger.fees(), card.fees);
                assertEquals(ledger.fillCount(), card.fills);
                assertEquals(ledger.equity(), view.performances.of(botId).netPnl());
            }
        }
        return isHeld;
    }

    private void start()
    {
        send(new SessionStartedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .epoch(1).seed(42).stateHashIntervalNs(0).journalId(0).build("test"), -1);
        define(BTC);
        define(PEPE);
        command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "latencyNs", "1000000", "makerFeeBps", "1.3",
            "takerFeeBps", "5.7", "balance", "10000000");
        command(CommandAction.DEFINE_BOT, "maker", "strategy", "market-maker", "account", "paper", "symbols",
            "BTCUSDT,PEPEUSDT", "notional", "777", "minHalfSpreadBps", "0.5");
        command(CommandAction.DEFINE_BOT, "grid", "strategy", "grid", "account", "paper", "symbols", "BTCUSDT");
        feed(FeedState.CONNECTED);
        quote(BTC, 6_000_000, 6_000_010);
        quote(PEPE, 123_456_789_012L, 123_456_799_012L);
        book(BTC, 6_000_000);
        command(CommandAction.START_BOT, "maker");
        command(CommandAction.START_BOT, "grid");
    }

    private void define(final Instrument instrument)
    {
        send(InstrumentFrame.encode(instrument, buffer, 0, FrameSource.PROCESS, nowNs, nowNs));
    }

    private void command(final CommandAction action, final String name, final String... texts)
    {
        final CommandEncoder encoder = new CommandEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .action(action).botId(-1).accountId(-1).orderId(0).price(0).quantity(0).side(Side.NULL_VAL)
            .orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL).stopPrice(0);
        final CommandEncoder.ParametersEncoder parameters = encoder.parametersCount(texts.length / 2);
        for (int i = 0; i < texts.length; i += 2)
        {
            parameters.next().key(texts[i]).value(texts[i + 1]);
        }
        encoder.user("tester").requestId("").botName(name);
        send(encoder, -1);
    }

    private void order(final Instrument instrument, final Side side, final long quantity)
    {
        final CommandEncoder encoder = new CommandEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .action(CommandAction.SUBMIT_ORDER).botId(-1).accountId(-1).orderId(0).price(0).quantity(quantity)
            .side(side).orderType(OrderType.MARKET).timeInForce(TimeInForce.IOC).stopPrice(0);
        encoder.parametersCount(0);
        encoder.user("tester").requestId("").botName("");
        send(encoder, instrument.id());
        nowNs += 10 * MS;
        quote(instrument, 6_000_000, 6_000_010);
        nowNs += 10 * MS;
        quote(instrument, 6_000_000, 6_000_010);
    }

    private void quote(final Instrument instrument, final long bid, final long ask)
    {
        send(new QuoteEncoder().wrap(buffer, Frame.HEADER_LENGTH).bidPrice(bid).bidQuantity(90_000_000_000L)
            .askPrice(ask).askQuantity(90_000_000_000L).updateId(0), instrument.id());
    }

    private void trade(final Instrument instrument, final long price, final long quantity)
    {
        send(new TradeEncoder().wrap(buffer, Frame.HEADER_LENGTH).price(price).quantity(quantity).tradeId(-1)
            .aggressor(0 == (price & 1) ? Side.BUY : Side.SELL), instrument.id());
    }

    private void book(final Instrument instrument, final long bid)
    {
        final BookSnapshotEncoder encoder = new BookSnapshotEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .updateId(0).first(YesNo.YES).last(YesNo.YES);
        encoder.levelsCount(2).next().price(bid).quantity(100_000).side(Side.BUY)
            .next().price(bid + 7).quantity(200_000).side(Side.SELL);
        send(encoder, instrument.id());
    }

    private void feed(final FeedState state)
    {
        send(new FeedStatusEncoder().wrap(buffer, Frame.HEADER_LENGTH).venueId(Venue.BINANCE.id()).state(state)
            .lastUpdateId(0).reason(""), -1);
    }

    private void send(final MessageEncoderFlyweight encoder, final int instrumentId)
    {
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(buffer, 0, length, encoder.sbeBlockLength(), encoder.sbeTemplateId(),
            FrameSource.PROCESS, 0, nowNs, nowNs, instrumentId);
        send(length);
    }

    private void send(final int length)
    {
        Frame.sequence(buffer, 0, sequence++);
        engine.onInput(buffer, 0, length);
        view.onFrame(buffer, 0, length);
        engine.outputs().forEach((from, offset, outputLength) ->
        {
            Frame.sequence((MutableDirectBuffer)from, offset, sequence++);
            view.onFrame(from, offset, outputLength);
            positionChanges += PositionChangedDecoder.TEMPLATE_ID == Frame.templateId(from, offset) ? 1 : 0;
        });
        engine.outputs().clear();
    }
}
