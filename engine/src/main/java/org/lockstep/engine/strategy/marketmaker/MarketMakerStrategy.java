package org.lockstep.engine.strategy.marketmaker;

import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.book.TopOfBook;
import org.lockstep.engine.event.codec.FeedState;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Money;
import org.lockstep.engine.order.OrderView;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;

/**
 * Market making after M. Avellaneda and S. Stoikov, "High-frequency trading in a limit order book", Quantitative
 * Finance 8 (2008), equations (2.9), (3.17) and (3.18), with the horizon rolling along instead of ending with the day:
 * <pre>
 *   reservation price   r = s - q * gamma * sigma^2 * tau
 *   half spread         d = gamma * sigma^2 * tau / 2 + ln(1 + gamma / k) / gamma
 *   bid = r - d,  ask = r + d
 * </pre>
 * s is the mid price, q the inventory in order sizes, sigma the volatility from {@link Volatility}. Distances are in
 * basis points of s, so that the same parameters do for a coin of 60,000 and one of 0.6. After the formula everything
 * is integer: the bid is rounded down to a tick and the ask up, and neither crosses the other side of the market.
 * <p>
 * Orders are limit-maker. A quote is moved (by replace) only when it is off by more than a threshold, since moving it
 * gives up its place in the queue. From {@code maxInventory} order sizes on, the side that would add is withdrawn.
 */
final class MarketMakerStrategy implements Strategy
{
    private static final double BPS = 10_000;
    private static final double E8 = 1e8;

    private final MarketMakerConfig config;
    private final Volatility volatility;
    private Instrument instrument;
    private long nextLookNs;
    private boolean isBookLost;
    private long bidOrderId;
    private long askOrderId;
    private double inventory;

    MarketMakerStrategy(final MarketMakerConfig config)
    {
        this.config = config;
        this.volatility = new Volatility(config.halfLifeNs());
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        instrument = context.instrument(0);
        nextLookNs = 0;
        isBookLost = false;
        bidOrderId = 0;
        askOrderId = 0;
    }

    @Override
    public void onQuote(final int instrumentId, final TopOfBook top, final StrategyContext context)
    {
        if (instrumentId != instrument.id() || !top.isKnown())
        {
            return;
        }
        final long mid = top.midPrice();
        volatility.update(mid, context.timeNs());
        final long quantity = config.size().quantityAt(instrument, mid);
        if (context.timeNs() < nextLookNs || isBookLost || 0 == quantity)
        {
            return;
        }
        nextLookNs = context.timeNs() + config.refreshIntervalNs();
        inventory = (double)context.position(instrumentId).quantity() / quantity;
        final double risk = config.riskAversion() * volatility.variance() * config.horizonSeconds();
        final double skewBps = -inventory * risk;
        final double halfSpreadBps = Math.max(config.minHalfSpreadBps(),
            risk / 2 + StrictMath.log(1 + config.riskAversion() / config.intensity()) / config.riskAversion());
        final long bid = Math.min(
            priceAt(mid, skewBps - halfSpreadBps, Side.BUY), top.askPrice() - instrument.tickSize());
        final long ask = Math.max(
            priceAt(mid, skewBps + halfSpreadBps, Side.SELL), top.bidPrice() + instrument.tickSize());
        final long threshold = Math.round(mid * config.refreshThresholdBps() / BPS);
        final long oldBidId = bidOrderId;
        bidOrderId = work(bidOrderId, Side.BUY, bid, quantity, inventory < config.maxInventory(), threshold, context);
        askOrderId = work(askOrderId, Side.SELL, ask, quantity, inventory > -config.maxInventory(), threshold, context);
        if (oldBidId != bidOrderId && bidOrderId > 0)
        {
            context.signal(instrumentId, "reservation-bps", Math.round(skewBps * E8), Side.NULL_VAL);
        }
    }

    /** The orders are being taken back; lays them out anew with the first quote after the book is whole again. */
    @Override
    public void onFeedStatus(final int instrumentId, final FeedState state, final StrategyContext context)
    {
        if (instrumentId == instrument.id())
        {
            isBookLost = FeedState.GAP == state || FeedState.RESYNC == state && isBookLost;
            nextLookNs = 0;
        }
    }

    @Override
    public void onBook(final int instrumentId, final OrderBook book, final StrategyContext context)
    {
        isBookLost &= instrumentId != instrument.id();
    }

    @Override
    public void onOrderUpdate(final OrderView order, final StrategyContext context)
    {
        if (order.status().isTerminal())
        {
            if (order.orderId() == bidOrderId)
            {
                bidOrderId = 0;
            }
            else if (order.orderId() == askOrderId)
            {
                askOrderId = 0;
            }
        }
    }

    @Override
    public void describe(final StateWriter out)
    {
        volatility.describe(out);
        out.field("nextLookNs", nextLookNs);
        out.field("isBookLost", isBookLost);
        out.field("bidOrderId", bidOrderId);
        out.field("askOrderId", askOrderId);
    }

    /** Brings one side to where it should be; returns the id of its order, 0 when it has none. */
    private long work(
        final long orderId,
        final Side side,
        final long price,
        final long quantity,
        final boolean isWanted,
        final long threshold,
        final StrategyContext context)
    {
        if (0 == orderId)
        {
            // A refusal has gone out with its reason; the next look tries again.
            return isWanted && price > 0 ? Math.max(0, context.submitMaker(instrument.id(), side, price, quantity)) : 0;
        }
        final OrderView order = context.order(orderId);
        if (order.status().isWorking())
        {
            if (!isWanted || price <= 0)
            {
                context.cancel(orderId);
            }
            else if (Math.abs(order.price() - price) > threshold)
            {
                context.replace(orderId, price, order.cumulativeQuantity() + quantity);
            }
        }
        return orderId;
    }

    private long priceAt(final long mid, final double offsetBps, final Side side)
    {
        return Money.roundToTick(mid + Math.round(mid * offsetBps / BPS), instrument.tickSize(), side);
    }
}
