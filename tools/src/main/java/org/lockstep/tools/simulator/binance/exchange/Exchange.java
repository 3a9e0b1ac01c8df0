package org.lockstep.tools.simulator.binance.exchange;

import org.lockstep.tools.simulator.market.InstrumentView;
import org.lockstep.tools.simulator.market.MarketSymbol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Takes orders of accounts and runs their whole life against the visible market. Every call is complete when it
 * returns: what it caused has been reported to the listener, and its answer can be read from what it returns.
 * Event loop only.
 */
public final class Exchange
{
    private static final int ID_LENGTH = 22;
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Map<String, SymbolBook> books = new LinkedHashMap<>();
    private final Clearing clearing;
    private final SplittableRandom random;
    private long nextListId = 1;

    /**
     * An exchange without orders.
     *
     * @param instruments the visible market.
     * @param clockUs     the exchange's time, epoch microseconds.
     * @param seed        of the ids that it makes up.
     * @param listener    hears what happens.
     */
    public Exchange(
        final Iterable<? extends InstrumentView> instruments,
        final LongSupplier clockUs,
        final long seed,
        final ExchangeListener listener)
    {
        this.clearing = new Clearing(clockUs, listener);
        this.random = new SplittableRandom(seed);
        for (final InstrumentView instrument : instruments)
        {
            books.put(instrument.symbol().name(), new SymbolBook(instrument, clearing));
        }
    }

    /**
     * Pays in or out.
     *
     * @param account whose.
     * @param asset   which.
     * @param deltaE8 signed; paying out more than is free throws {@link IllegalStateException}.
     */
    public void transfer(final Account account, final String asset, final long deltaE8)
    {
        clearing.transfer(account, asset, deltaE8);
    }

    /**
     * What is traded.
     *
     * @param symbol upper case.
     * @return null when there is no such symbol.
     */
    public MarketSymbol symbol(final String symbol)
    {
        return books.containsKey(symbol) ? books.get(symbol).instrument().symbol() : null;
    }

    /** @return the id of the latest execution report. */
    public long lastExecutionId()
    {
        return clearing.lastExecutionId();
    }

    /** @return the exchange's time, epoch microseconds. */
    public long nowUs()
    {
        return clearing.nowUs();
    }

    /** @return an id for what the client has given none. */
    public String newId()
    {
        final StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++)
        {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    /**
     * Checks an order as far as its terms go; nothing is placed.
     *
     * @param account whose.
     * @param terms   what is asked for.
     * @throws Refusal when a filter is not met.
     */
    public void test(final Account account, final OrderTerms terms) throws Refusal
    {
        final SymbolBook book = bookOf(terms);
        book.filters().check(terms, book.lastPriceE8());
    }

    /**
     * Places an order.
     *
     * @param account       whose.
     * @param terms         what is asked for.
     * @param clientOrderId or null to have one made up.
     * @return the order after all that has happened to it at once.
     * @throws Refusal when it is not taken.
     */
    public Order place(final Account account, final OrderTerms terms, final String clientOrderId) throws Refusal
    {
        final SymbolBook book = bookOf(terms);
        check(book, account, terms, clientOrderId, 1);
        final long heldE8 = Money.heldE8(terms, terms.quantityE8());
        long neededE8 = heldE8;
        if (OrderType.MARKET == terms.type())
        {
            final Plan plan = book.plan(account, terms, terms.quantityE8());
            neededE8 = terms.isBuy() ? plan.quoteE8 : Math.max(terms.quantityE8(), plan.quantityE8);
        }
        final String asset = terms.isBuy() ? terms.symbol().quote() : terms.symbol().base();
        if (neededE8 > account.balance(asset).freeE8())
        {
            throw Refusal.balance();
        }
        final Order order = create(book, account, terms, clientOrderId);
        clearing.hold(order, heldE8);
        clearing.report(order, ExecutionType.NEW);
        book.submit(order);
        book.runTriggers();
        clearing.flush();
        return order;
    }

    private Order create(
        final SymbolBook book, final Account account, final OrderTerms terms, final String clientOrderId)
    {
        final Order order = new Order(
            book.nextOrderId(), account, terms, null == clientOrderId ? newId() : clientOrderId, clearing.nowUs());
        if (!terms.type().isConditional())
        {
            order.workingUs = order.createdUs();
        }
        account.add(order);
        return order;
    }

    private static void check(
        final SymbolBook book,
        final Account account,
        final OrderTerms terms,
        final String clientOrderId,
        final int added) throws Refusal
    {
        book.filters().check(terms, book.lastPriceE8());
        final String symbol = terms.symbol().name();
        final List<Order> open = account.openOrders(symbol);
        if (open.size() + added > SymbolFilters.ORDERS_MAX)
        {
            throw Refusal.filter("MAX_NUM_ORDERS");
        }
        if (terms.type().isConditional() && open.stream().filter(
            order -> order.terms().type().isConditional()).count() >= SymbolFilters.ALGO_ORDERS_MAX)
        {
            throw Refusal.filter("MAX_NUM_ALGO_ORDERS");
        }
        if (null != clientOrderId && null != account.findOpen(symbol, Order.NONE, clientOrderId))
        {
            throw new Refusal(-2010, "Duplicate order sent.");
        }
        if (OrderType.LIMIT_MAKER == terms.type() && book.isCrossing(terms.isBuy(), terms.priceE8()))
        {
            throw new Refusal(-2010, "Order would immediately match and take.", "WOULD_MATCH_IMMEDIATELY");
        }
        if (terms.type().isConditional() && book.isTriggered(terms))
        {
            throw new Refusal(
                -2010, "Stop price would trigger immediately.", "STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY");
        }
    }

    /**
     * Tells of a new order that was refused after another had been cancelled for it.
     *
     * @param account       whose.
     * @param terms         what was asked for.
     * @param clientOrderId or null.
     * @param refusal       why.
     */
    public void reportRejected(
        final Account account, final OrderTerms terms, final String clientOrderId, final Refusal refusal)
    {
        final SymbolBook book = books.get(terms.symbol().name());
        final Order order = new Order(
            book.nextOrderId(), account, terms, null == clientOrderId ? newId() : clientOrderId, clearing.nowUs());
        order.status = OrderStatus.REJECTED;
        clearing.report(
            order, ExecutionType.REJECTED, null, order.clientOrderId(), "", refusal.rejectReason(), null);
    }

    /**
     * Places a pair of orders of which one cancels the other.
     *
     * @param account      whose.
     * @param terms        a limit-maker order and a conditional one, or two conditional ones, on the same side for the
     *                     same quantity, the one above first.
     * @param clientIds    of the two orders, null where one is to be made up.
     * @param clientListId or null to have one made up.
     * @return the list.
     * @throws Refusal when it is not taken; nothing is placed then.
     */
    public OrderList placePair(
        final Account account,
        final List<OrderTerms> terms,
        final List<String> clientIds,
        final String clientListId) throws Refusal
    {
        final SymbolBook book = bookOf(terms.get(0));
        long heldE8 = 0;
        for (int i = 0; i < terms.size(); i++)
        {
            check(book, account, terms.get(i), clientIds.get(i), terms.size());
            heldE8 = Math.max(heldE8, Money.heldE8(terms.get(i), terms.get(i).quantityE8()));
        }
        if (stopOrPrice(terms.get(0)) <= stopOrPrice(terms.get(1)))
        {
            throw new Refusal(-2010, "The relationship of the prices for the orders is not correct.",
                "OCO_BAD_PRICES");
        }
        if (null != clientIds.get(0) && clientIds.get(0).equals(clientIds.get(1)))
        {
            throw new Refusal(-2010, "Duplicate order sent.");
        }
        if (account.lists().stream().filter(list -> !list.isDone && list.symbol().equals(
            terms.get(0).symbol().name())).count() >= SymbolFilters.ORDER_LISTS_MAX)
        {
            throw Refusal.filter("MAX_NUM_ORDER_LISTS");
        }
        final OrderTerms first = terms.get(0);
        if (heldE8 > account.balance(first.isBuy() ? first.symbol().quote() : first.symbol().base()).freeE8())
        {
            throw Refusal.balance();
        }
        final List<Order> orders = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++)
        {
            orders.add(create(book, account, terms.get(i), clientIds.get(i)));
        }
        final OrderList list = new OrderList(nextListId++, null == clientListId ? newId() : clientListId,
            first.symbol().name(), orders, clearing.nowUs());
        account.add(list);
        orders.forEach(order -> order.list = list);
        clearing.hold(orders.get(0), heldE8);
        clearing.report(list);
        orders.forEach(order -> clearing.report(order, ExecutionType.NEW));
        orders.forEach(book::submit);
        book.runTriggers();
        clearing.flush();
        return list;
    }

    private static long stopOrPrice(final OrderTerms terms)
    {
        return terms.type().isConditional() ? terms.stopPriceE8() : terms.priceE8();
    }

    /**
     * Cancels an order; of a list, all its orders.
     *
     * @param account       whose.
     * @param symbol        upper case.
     * @param orderId       or {@link Order#NONE}.
     * @param clientOrderId or null.
     * @param cancelId      of this request.
     * @param onlyIn        the status that the order must have, or null for any.
     * @return the order.
     * @throws Refusal when it is not open, or not in the status wanted.
     */
    public Order cancel(
        final Account account,
        final String symbol,
        final long orderId,
        final String clientOrderId,
        final String cancelId,
        final OrderStatus onlyIn) throws Refusal
    {
        final Order order = account.findOpen(symbol, orderId, clientOrderId);
        if (null == order)
        {
            throw Refusal.unknownOrder();
        }
        if (null != onlyIn && onlyIn != order.status())
        {
            throw new Refusal(-2011, "Order was not canceled due to cancel restrictions.");
        }
        cancel(books.get(symbol), order, cancelId);
        clearing.flush();
        return order;
    }

    private void cancel(final SymbolBook book, final Order order, final String cancelId)
    {
        final List<Order> all = null == order.list ? List.of(order) : order.list.orders();
        for (final Order each : all)
        {
            if (each.status().isOpen())
            {
                book.withdraw(each);
                clearing.end(each, OrderStatus.CANCELED, ExecutionType.CANCELED, cancelId);
            }
        }
        book.finish(order);
    }

    /**
     * Cancels all open orders of a symbol.
     *
     * @param account  whose.
     * @param symbol   upper case.
     * @param cancelId of this request.
     * @return one order for each that stood alone and for each list, oldest first.
     * @throws Refusal when none is open.
     */
    public List<Order> cancelAll(final Account account, final String symbol, final String cancelId) throws Refusal
    {
        final List<Order> cancelled = new ArrayList<>();
        for (final Order order : account.openOrders(symbol))
        {
            if (order.status().isOpen())
            {
                cancelled.add(order);
                cancel(books.get(symbol), order, cancelId);
            }
        }
        if (cancelled.isEmpty())
        {
            throw Refusal.unknownOrder();
        }
        clearing.flush();
        return cancelled;
    }

    /**
     * Makes an order smaller; it keeps its place in the queue.
     *
     * @param account          whose.
     * @param symbol           upper case.
     * @param orderId          or {@link Order#NONE}.
     * @param clientOrderId    or null.
     * @param newClientOrderId from now on.
     * @param quantityE8       whole quantity from now on.
     * @return the order.
     * @throws Refusal when that is not possible.
     */
    public Order amend(
        final Account account,
        final String symbol,
        final long orderId,
        final String clientOrderId,
        final String newClientOrderId,
        final long quantityE8) throws Refusal
    {
        final Order order = account.findOpen(symbol, orderId, clientOrderId);
        if (null == order)
        {
            throw new Refusal(-2013, "Order does not exist.");
        }
        if (quantityE8 >= order.quantityE8 || quantityE8 <= order.executedE8)
        {
            throw new Refusal(-2038, "The requested action would change no state; rejecting.");
        }
        if (order.amends >= SymbolFilters.AMENDS_MAX)
        {
            throw Refusal.filter("MAX_NUM_ORDER_AMENDS");
        }
        if (0 != quantityE8 % order.terms().symbol().stepE8())
        {
            throw Refusal.filter("LOT_SIZE");
        }
        final String oldClientOrderId = order.clientOrderId;
        order.amends++;
        order.quantityE8 = quantityE8;
        order.updatedUs = clearing.nowUs();
        order.clientOrderId = newClientOrderId;
        account.renamed(order);
        if (null == order.list)
        {
            clearing.hold(order, Money.heldE8(order.terms(), order.remainingE8()));
        }
        clearing.report(order, ExecutionType.REPLACED, null, newClientOrderId, oldClientOrderId, "NONE", null);
        clearing.flush();
        return order;
    }

    /**
     * The visible market of a symbol has moved.
     *
     * @param symbol upper case.
     */
    public void onMarket(final String symbol)
    {
        books.get(symbol).onMarket();
    }

    /**
     * Where an asset is apart from accounts.
     *
     * @param asset such as {@code BTC}.
     * @return what the market has won (negative when it has lost), what the house has taken in commissions, and what
     *     was paid in, eight decimals; accounts together have the third less the other two.
     */
    public long[] counterparts(final String asset)
    {
        return clearing.counterparts(asset);
    }

    private SymbolBook bookOf(final OrderTerms terms)
    {
        return books.get(terms.symbol().name());
    }
}
