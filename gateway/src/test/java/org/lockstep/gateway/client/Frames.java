package org.lockstep.gateway.client;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.AlertEncoder;
import org.lockstep.engine.event.codec.AlertSeverity;
import org.lockstep.engine.event.codec.BalanceChangedEncoder;
import org.lockstep.engine.event.codec.BarClosedEncoder;
import org.lockstep.engine.event.codec.BarInterval;
import org.lockstep.engine.event.codec.BookDeltaEncoder;
import org.lockstep.engine.event.codec.BookSnapshotEncoder;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.BotStatusEncoder;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.FeedStatusEncoder;
import org.lockstep.engine.event.codec.InstrumentDefinedEncoder;
import org.lockstep.engine.event.codec.InstrumentStatus;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderAcceptedEncoder;
import org.lockstep.engine.event.codec.OrderFilledEncoder;
import org.lockstep.engine.event.codec.OrderRejectedEncoder;
import org.lockstep.engine.event.codec.OrderRequestedEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.PositionChangedEncoder;
import org.lockstep.engine.event.codec.QuoteEncoder;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.RequestKind;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.SignalEncoder;
import org.lockstep.engine.event.codec.TickerEncoder;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.event.codec.TimeSyncEncoder;
import org.lockstep.engine.event.codec.TradeEncoder;
import org.lockstep.engine.event.codec.YesNo;
import org.lockstep.engine.instrument.Venue;

/** Encodes one real frame. Prices have 2 decimals, quantities 5. */
final class Frames
{
    static final int BTC = 0;
    static final int ETH = 1;
    private static final long NS_PER_MS = 1_000_000;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(Frame.MAX_LENGTH);
    private int length;
    private int accountId;
    private long cause;
    private long ageMs = 3;

    /** Venue time of what is encoded next lies this far back. */
    Frames aged(final long newAgeMs)
    {
        ageMs = newAgeMs;
        return this;
    }

    /** Of what is encoded next. */
    Frames account(final int newAccountId)
    {
        accountId = newAccountId;
        return this;
    }

    void defineAccount(final String name, final String owner)
    {
        final CommandEncoder encoder = new CommandEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .action(CommandAction.DEFINE_ACCOUNT).botId(-1).accountId(-1).orderId(0).price(0).quantity(0)
            .side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL);
        encoder.parametersCount(1).next().key("owner").value(owner);
        encoder.user("lockstep").requestId("").botName(name);
        finish(encoder, -1);
    }

    void defineBot(final String name, final String key, final String value)
    {
        final CommandEncoder encoder = new CommandEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .action(CommandAction.DEFINE_BOT).botId(-1).accountId(-1).orderId(0).price(0).quantity(0)
            .side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL).stopPrice(0);
        encoder.parametersCount(1).next().key(key).value(value);
        encoder.user("lockstep").requestId("").botName(name);
        finish(encoder, -1);
    }

    /** A refusal that names neither bot nor account, only the command that caused it. */
    void commandRefused(final long cause, final String text)
    {
        finish(new AlertEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(cause).botId(-1).accountId(-1).code(1003).severity(AlertSeverity.WARNING)
            .killed(YesNo.NULL_VAL).text(text), -1);
    }

    void killSwitch(final String text)
    {
        killSwitch(-1, true, text);
    }

    /** Of an account, or of everything when there is none. */
    void killSwitch(final int ofAccountId, final boolean isOn, final String text)
    {
        finish(new AlertEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).botId(-1).accountId(ofAccountId).code(1002)
            .severity(isOn ? AlertSeverity.CRITICAL : AlertSeverity.WARNING)
            .killed(isOn ? YesNo.YES : YesNo.NO).text(text), -1);
    }

    byte[] toByteArray()
    {
        final byte[] frame = new byte[length];
        buffer.getBytes(0, frame);
        return frame;
    }

    void sessionStarted(final long epoch)
    {
        finish(new SessionStartedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .epoch(epoch).seed(1).stateHashIntervalNs(0).journalId(0).build("test"), -1);
    }

    void instrument(final int id, final String symbol)
    {
        finish(new InstrumentDefinedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .tickSize(1).lotSize(1).minQuantity(0).maxQuantity(Long.MAX_VALUE).minNotional(0)
            .venueId(Venue.BINANCE.id()).priceScale((short)2).quantityScale((short)5)
            .status(InstrumentStatus.TRADING)
            .symbol(symbol).baseAsset(symbol.substring(0, 3)).quoteAsset(symbol.substring(3)), id);
    }

    void quote(final int id, final long bid, final long ask)
    {
        finish(new QuoteEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .bidPrice(bid).bidQuantity(150_000).askPrice(ask).askQuantity(250_000).updateId(0), id);
    }

    void trade(final int id, final long price, final long tradeId)
    {
        finish(new TradeEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .price(price).quantity(12_345).tradeId(tradeId).aggressor(Side.BUY), id);
    }

    void ticker(final int id, final long open, final long last)
    {
        finish(new TickerEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .openPrice(open).highPrice(last + 5_000).lowPrice(open - 5_000).lastPrice(last)
            .volume(123_456_789_012L).quoteVolume(74_000_000_000L).tradeCount(1_234), id);
    }

    void bar(final int id, final BarInterval interval, final long openTimeMs, final long close, final boolean isClosed)
    {
        finish(new BarClosedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .openTimeNs(openTimeMs * NS_PER_MS).openPrice(100).highPrice(close + 10).lowPrice(90).closePrice(close)
            .volume(5).tradeCount(3).interval(interval).closed(isClosed ? YesNo.YES : YesNo.NO), id);
    }

    void bookSnapshot(final int id, final long bid, final long ask)
    {
        final BookSnapshotEncoder encoder = new BookSnapshotEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .updateId(1).first(YesNo.YES).last(YesNo.YES);
        encoder.levelsCount(2)
            .next().price(bid).quantity(100_000).side(Side.BUY)
            .next().price(ask).quantity(200_000).side(Side.SELL);
        finish(encoder, id);
    }

    /** Replaces the book; prices and quantities in turn, bids then asks. */
    void book(final int id, final long[][] bids, final long[][] asks)
    {
        final BookSnapshotEncoder encoder = new BookSnapshotEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .updateId(1).first(YesNo.YES).last(YesNo.YES);
        final BookSnapshotEncoder.LevelsEncoder levels = encoder.levelsCount(bids.length + asks.length);
        for (final long[] bid : bids)
        {
            levels.next().price(bid[0]).quantity(bid[1]).side(Side.BUY);
        }
        for (final long[] ask : asks)
        {
            levels.next().price(ask[0]).quantity(ask[1]).side(Side.SELL);
        }
        finish(encoder, id);
    }

    void bookDelta(final int id, final long price, final long quantity, final Side side)
    {
        final BookDeltaEncoder encoder = new BookDeltaEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .firstUpdateId(2).lastUpdateId(2).last(YesNo.YES);
        encoder.levelsCount(1).next().price(price).quantity(quantity).side(side);
        finish(encoder, id);
    }

    void feed(final int id, final FeedState state, final String reason)
    {
        finish(new FeedStatusEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .venueId(Venue.BINANCE.id()).state(state).lastUpdateId(0).reason(reason), id);
    }

    void timeSync(final long offsetNs, final long roundTripNs)
    {
        finish(new TimeSyncEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .venueId(Venue.BINANCE.id()).offsetNs(offsetNs).roundTripNs(roundTripNs), -1);
    }

    void ntp(final long offsetNs, final long roundTripNs)
    {
        finish(new TimeSyncEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .venueId(0).offsetNs(offsetNs).roundTripNs(roundTripNs), -1);
    }

    void botStatus(final int botId, final String name, final BotState state, final long pnl, final long fills)
    {
        finish(new BotStatusEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).realisedPnl(pnl).unrealisedPnl(0).fees(fills * 1_000_000).fills(fills)
            .ordersRequested(2 * fills).openOrders(1).botId(botId).accountId(accountId).state(state)
            .botName(name).strategyName("market-maker").reason(""), -1);
    }

    void position(final int botId, final int id, final long quantity, final long averagePrice)
    {
        finish(new PositionChangedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).quantity(quantity).averagePrice(averagePrice).realisedPnl(1_250_000_000L)
            .unrealisedPnl(-30_000_000L).fees(5_000_000).botId(botId).accountId(accountId)
            .cost(cost(quantity, averagePrice)).fills(1), id);
    }

    void positionChanged(
        final int botId, final int id, final long quantity, final long averagePrice, final long realisedPnl)
    {
        finish(new PositionChangedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).quantity(quantity).averagePrice(averagePrice).realisedPnl(realisedPnl)
            .unrealisedPnl(0).fees(3_000_000).botId(botId).accountId(accountId)
            .cost(cost(quantity, averagePrice)).fills(1), id);
    }

    void orderRequested(final long orderId, final int botId, final int id, final long price, final long quantity)
    {
        finish(new OrderRequestedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(cause).orderId(orderId).price(price).quantity(quantity).botId(botId).accountId(accountId)
            .side(Side.SELL).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC).stopPrice(0).listId(0), id);
    }

    /** The next order frame follows from an input. */
    Frames causedBy(final long newCause)
    {
        cause = newCause;
        return this;
    }

    void orderAccepted(final long orderId, final int botId, final int id)
    {
        finish(new OrderAcceptedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).orderId(orderId).venueOrderId(900 + orderId).botId(botId).accountId(accountId), id);
    }

    void orderRejected(final long orderId, final int botId, final int id, final String reason)
    {
        finish(new OrderRejectedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).orderId(orderId).botId(botId).accountId(accountId).code(12)
            .request(RequestKind.PLACE).reason(reason), id);
    }

    /** Refused by risk before it was an order. */
    void orderRefused(final long causeSequence, final int botId, final int id, final String reason)
    {
        finish(new OrderRejectedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(causeSequence).orderId(0).botId(botId).accountId(accountId).code(251)
            .request(RequestKind.PLACE).reason(reason), id);
    }

    void fill(final long orderId, final int botId, final int id, final long tradeId, final long quantity)
    {
        finish(new OrderFilledEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).orderId(orderId).venueOrderId(900 + orderId).tradeId(tradeId).price(6_000_050)
            .quantity(quantity).cumulativeQuantity(quantity).fee(4_500_000).botId(botId).accountId(accountId)
            .side(Side.SELL).liquidity(Liquidity.MAKER)
            .feeAmount(0).cause(ReconcileCause.NULL_VAL).feeAsset("").clientOrderId(""), id);
    }

    void signal(final int botId, final int id, final String name)
    {
        finish(new SignalEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).value(150_000_000).botId(botId).side(Side.BUY).name(name), id);
    }

    void alert(final int botId, final String text)
    {
        finish(new AlertEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(0).botId(botId).accountId(-1).code(3).severity(AlertSeverity.CRITICAL)
            .killed(YesNo.NULL_VAL).text(text), -1);
    }

    void balance(final String asset, final long free)
    {
        finish(new BalanceChangedEncoder().wrap(buffer, Frame.HEADER_LENGTH)
            .causeSequence(-1).free(free).locked(0).accountId(accountId).asset(asset), -1);
    }

    private static long cost(final long quantity, final long averagePrice)
    {
        return 10 * averagePrice * quantity;
    }

    private void finish(final MessageEncoderFlyweight encoder, final int instrumentId)
    {
        length = Frame.HEADER_LENGTH + encoder.encodedLength();
        final long nowNs = System.currentTimeMillis() * NS_PER_MS;
        Frame.writeHeader(buffer, 0, length, encoder.sbeBlockLength(), encoder.sbeTemplateId(),
            FrameSource.PROCESS, 0, nowNs, nowNs - ageMs * NS_PER_MS, instrumentId);
    }
}
