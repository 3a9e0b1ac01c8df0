package org.lockstep.benchmarks.peers;

import org.lockstep.benchmarks.peers.flow.OrderFlow;
import org.lockstep.engine.book.OrderBook;
import org.lockstep.engine.event.codec.Liquidity;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.paper.MatchListener;
import org.lockstep.engine.paper.MatchingBook;
import org.lockstep.engine.risk.RejectReason;

/** The matching model of the paper venue alone, called directly: our orders, and what the market shows. */
final class PaperBooks implements MatchListener
{
    private final OrderFlow flow;
    private final OrderBook[] markets;
    private final BookDepth[] depths;
    private final MatchingBook[] books;
    private final Executions executions = new Executions();
    private long refused;

    PaperBooks(final OrderFlow flow, final int symbols)
    {
        this.flow = flow;
        markets = new OrderBook[symbols];
        depths = new BookDepth[symbols];
        books = new MatchingBook[symbols];
        for (int i = 0; i < symbols; i++)
        {
            markets[i] = new OrderBook(i);
            depths[i] = new BookDepth(markets[i]);
            books[i] = new MatchingBook(depths[i], this);
        }
    }

    /** Runs the flow once. */
    void run()
    {
        for (int i = 0; i < flow.count(); i++)
        {
            final int symbol = flow.symbol(i);
            final MatchingBook book = books[symbol];
            switch (flow.kind(i))
            {
                case OWN_ADD -> submit(book, i, TimeInForce.GTC);
                case OWN_TAKE -> submit(book, i, TimeInForce.IOC);
                case OWN_CANCEL -> refused += book.cancel(flow.orderId(i)) ? 0 : 1;
                default ->
                {
                    // Only what it shows of itself.
                }
            }
            for (int event = flow.eventStart(i); event < flow.eventEnd(i); event++)
            {
                show(symbol, book, event);
            }
        }
        executions.check("paper venue, books", flow);
        if (0 != refused)
        {
            throw new IllegalStateException("the paper venue refused " + refused + " requests");
        }
    }

    private void submit(final MatchingBook book, final int i, final TimeInForce timeInForce)
    {
        book.submit(flow.orderId(i), flow.isBuy(i) ? Side.BUY : Side.SELL, OrderType.LIMIT, timeInForce,
            flow.price(i), flow.quantity(i));
    }

    private void show(final int symbol, final MatchingBook book, final int event)
    {
        final long price = flow.eventPrice(event);
        final long quantity = flow.eventQuantity(event);
        if (flow.isTrade(event))
        {
            depths[symbol].onTrade(price);
            book.onTrade(price, quantity, flow.isBuyEvent(event) ? Side.BUY : Side.SELL);
        }
        else
        {
            markets[symbol].set(flow.isBuyEvent(event), price, quantity);
            book.onDepth();
        }
    }

    @Override
    public void onFilled(final long orderId, final long price, final long quantity, final Liquidity liquidity)
    {
        executions.add(quantity);
    }

    @Override
    public void onRejected(final long orderId, final RejectReason reason)
    {
        refused++;
    }

    @Override
    public void onAccepted(final long orderId)
    {
        // Nothing waits for it here.
    }

    @Override
    public void onCanceled(final long orderId, final long remainingQuantity)
    {
        // Nothing waits for it here.
    }

    @Override
    public void onReplaced(final long orderId, final long price, final long quantity)
    {
        // Nothing is replaced.
    }

    @Override
    public void onExpired(final long orderId, final long remainingQuantity, final String reason)
    {
        // The rest of an order that took.
    }
}
