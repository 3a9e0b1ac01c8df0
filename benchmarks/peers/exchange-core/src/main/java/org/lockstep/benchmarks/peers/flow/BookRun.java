package org.lockstep.benchmarks.peers.flow;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;

/** The order books of exchange-core alone, called directly on one thread: no rings, no risk, events used again. */
final class BookRun
{
    private final OrderFlow flow;
    private final Tally tally;
    private final IOrderBook[] books;
    private final OrderCommand command = new OrderCommand();
    private MatcherTradeEvent free;

    BookRun(final OrderFlow flow, final int symbols)
    {
        this.flow = flow;
        this.tally = new Tally(flow);
        final ObjectsPool pool = ObjectsPool.createDefaultTestPool();
        final OrderBookEventsHelper events = new OrderBookEventsHelper(this::takeEvents);
        books = new IOrderBook[symbols];
        for (int i = 0; i < symbols; i++)
        {
            books[i] = new OrderBookDirectImpl(specification(i), pool, events, LoggingConfiguration.DEFAULT);
        }
    }

    static CoreSymbolSpecification specification(final int symbol)
    {
        return CoreSymbolSpecification.builder().symbolId(symbol).type(SymbolType.CURRENCY_EXCHANGE_PAIR)
            .baseCurrency(1).quoteCurrency(2).baseScaleK(1).quoteScaleK(1).takerFee(0).makerFee(0).build();
    }

    /** Runs the flow once. */
    void run()
    {
        for (int i = 0; i < flow.count(); i++)
        {
            final OrderFlow.Kind kind = flow.kind(i);
            final boolean isCancel = OrderFlow.Kind.MARKET_CANCEL == kind || OrderFlow.Kind.OWN_CANCEL == kind;
            final boolean isTake = OrderFlow.Kind.MARKET_TAKE == kind || OrderFlow.Kind.OWN_TAKE == kind;
            command.command = isCancel ? OrderCommandType.CANCEL_ORDER : OrderCommandType.PLACE_ORDER;
            command.orderId = flow.orderId(i);
            command.symbol = flow.symbol(i);
            command.price = flow.price(i);
            command.reserveBidPrice = flow.price(i);
            command.size = flow.quantity(i);
            command.action = flow.isBuy(i) ? OrderAction.BID : OrderAction.ASK;
            command.orderType = isTake ? OrderType.IOC : OrderType.GTC;
            command.uid = WholeRun.user(flow.orderId(i));
            command.matcherEvent = null;
            command.resultCode = CommandResultCode.VALID_FOR_MATCHING_ENGINE;
            command.resultCode = IOrderBook.processCommand(books[flow.symbol(i)], command);
            tally.add(command);
            giveBack(command.matcherEvent);
        }
        tally.check("order books");
    }

    private MatcherTradeEvent takeEvents()
    {
        final MatcherTradeEvent chain = null == free ? MatcherTradeEvent.createEventChain(64) : free;
        free = null;
        return chain;
    }

    private void giveBack(final MatcherTradeEvent chain)
    {
        for (MatcherTradeEvent event = chain; null != event;)
        {
            final MatcherTradeEvent next = event.nextEvent;
            event.nextEvent = free;
            free = event;
            event = next;
        }
    }
}
