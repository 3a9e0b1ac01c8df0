package org.lockstep.tools.simulator.binance.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One account: balances, orders, trades. Everything is kept for as long as the simulator runs. Event loop only. */
public final class Account
{
    private final long uid;
    private final Fees fees;
    private final Map<String, Balance> balances = new LinkedHashMap<>();
    private final Map<String, OrderBook> books = new LinkedHashMap<>();
    private final Map<Long, OrderList> lists = new LinkedHashMap<>();
    private long updatedUs;

    /**
     * An account without funds.
     *
     * @param uid  the venue's number for it.
     * @param fees its commission rates.
     */
    public Account(final long uid, final Fees fees)
    {
        this.uid = uid;
        this.fees = fees;
    }

    /** All orders of one symbol. */
    private static final class OrderBook
    {
        private final Map<Long, Order> byId = new LinkedHashMap<>();
        private final Map<String, Order> byClientId = new LinkedHashMap<>();
        private final Map<Long, Order> open = new LinkedHashMap<>();
        private final List<Fill> fills = new ArrayList<>();
    }

    /** @return the venue's number for it. */
    public long uid()
    {
        return uid;
    }

    /** @return commission rates. */
    public Fees fees()
    {
        return fees;
    }

    /** @return epoch microseconds of the last change of balances. */
    public long updatedUs()
    {
        return updatedUs;
    }

    /** @return balances in the order in which assets were first touched; read only. */
    public Collection<Balance> balances()
    {
        return Collections.unmodifiableCollection(balances.values());
    }

    /**
     * Balance of one asset.
     *
     * @param asset such as {@code BTC}.
     * @return created empty when it was not there.
     */
    public Balance balance(final String asset)
    {
        return balances.computeIfAbsent(asset, Balance::new);
    }

    /**
     * All orders of a symbol.
     *
     * @param symbol upper case.
     * @return oldest first; read only.
     */
    public Collection<Order> orders(final String symbol)
    {
        return books.containsKey(symbol) ?
            Collections.unmodifiableCollection(books.get(symbol).byId.values()) : List.of();
    }

    /**
     * Open orders of a symbol.
     *
     * @param symbol upper case.
     * @return oldest first; a copy.
     */
    public List<Order> openOrders(final String symbol)
    {
        return books.containsKey(symbol) ? List.copyOf(books.get(symbol).open.values()) : List.of();
    }

    /** @return symbols that it ever had orders in, in the order of the first; read only. */
    public Collection<String> symbols()
    {
        return Collections.unmodifiableCollection(books.keySet());
    }

    /**
     * Trades of a symbol.
     *
     * @param symbol upper case.
     * @return oldest first; read only.
     */
    public List<Fill> fills(final String symbol)
    {
        return books.containsKey(symbol) ? Collections.unmodifiableList(books.get(symbol).fills) : List.of();
    }

    /** @return order lists, oldest first; read only. */
    public Collection<OrderList> lists()
    {
        return Collections.unmodifiableCollection(lists.values());
    }

    /**
     * Finds an order, open or not.
     *
     * @param symbol        upper case.
     * @param orderId       or {@link Order#NONE} to go by the other.
     * @param clientOrderId or null; of several orders that had it one after the other, the last.
     * @return null when there is none, or when both are given and do not belong together.
     */
    public Order find(final String symbol, final long orderId, final String clientOrderId)
    {
        final OrderBook book = books.get(symbol);
        if (null == book)
        {
            return null;
        }
        final Order order = Order.NONE == orderId ? book.byClientId.get(clientOrderId) : book.byId.get(orderId);
        return null == order || null == clientOrderId || order.clientOrderId().equals(clientOrderId) ? order : null;
    }

    Order findOpen(final String symbol, final long orderId, final String clientOrderId)
    {
        final Order order = find(symbol, orderId, clientOrderId);
        return null == order || !order.status().isOpen() ? null : order;
    }

    void add(final Order order)
    {
        final OrderBook book = books.computeIfAbsent(order.terms().symbol().name(), name -> new OrderBook());
        book.byId.put(order.id(), order);
        book.byClientId.put(order.clientOrderId(), order);
        book.open.put(order.id(), order);
    }

    void close(final Order order)
    {
        books.get(order.terms().symbol().name()).open.remove(order.id());
    }

    void renamed(final Order order)
    {
        books.get(order.terms().symbol().name()).byClientId.put(order.clientOrderId(), order);
    }

    void add(final Fill fill)
    {
        books.get(fill.order().terms().symbol().name()).fills.add(fill);
    }

    void add(final OrderList list)
    {
        lists.put(list.id(), list);
    }

    void touched(final long nowUs)
    {
        updatedUs = nowUs;
    }
}
