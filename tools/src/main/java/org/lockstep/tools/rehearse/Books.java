package org.lockstep.tools.rehearse;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.lockstep.engine.Engine;
import org.lockstep.engine.execution.Account;
import org.lockstep.engine.execution.AssetBalances;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.order.ClientOrderIdText;
import org.lockstep.engine.order.Order;
import org.lockstep.engine.position.Position;

/** Compares an engine's books of an account with the venue's, exactly. */
final class Books
{
    private static final int E8 = 8;

    private final Engine engine;
    private final Account account;
    private final JsonNode venue;
    private final List<String> differences = new ArrayList<>();
    private final Map<Long, BigDecimal> executedByOrder = new TreeMap<>();
    private final Map<Long, Boolean> openByOrder = new TreeMap<>();
    private final Map<String, BigDecimal> netBySymbol = new TreeMap<>();

    private Books(final Engine engine, final String accountName, final JsonNode venue)
    {
        this.engine = engine;
        this.account = engine.accounts().byName(accountName);
        this.venue = venue;
    }

    /** What differs, in words; empty when everything is the same. */
    static List<String> compare(final Engine engine, final String accountName, final JsonNode venue)
    {
        final Books books = new Books(engine, accountName, venue);
        books.readVenue();
        books.compareOrders();
        books.comparePositions();
        books.compareBalances();
        return books.differences;
    }

    private void readVenue()
    {
        final ClientOrderIdText ids = new ClientOrderIdText(engine.journalId());
        for (final JsonNode order : venue.path("orders"))
        {
            final long orderId = ids.fromText(order.path("clientOrderId").asText());
            final BigDecimal executed = new BigDecimal(order.path("executedQty").asText());
            final boolean isBuy = "BUY".equals(order.path("side").asText());
            netBySymbol.merge(order.path("symbol").asText(), (isBuy ? executed : executed.negate())
                .subtract(baseFees(order)), BigDecimal::add);
            if (orderId <= 0)
            {
                // Placed by another hand: it is left alone, and its executions move the account's position.
                continue;
            }
            executedByOrder.merge(orderId, executed, BigDecimal::add);
            final String status = order.path("status").asText();
            openByOrder.merge(orderId, "NEW".equals(status) || "PARTIALLY_FILLED".equals(status), Boolean::logicalOr);
        }
    }

    /** Fees that were taken out of what was bought. */
    private BigDecimal baseFees(final JsonNode order)
    {
        BigDecimal fees = BigDecimal.ZERO;
        for (final JsonNode fill : order.path("fills"))
        {
            final String asset = fill.path("commissionAsset").asText();
            if (order.path("symbol").asText().startsWith(asset) && !order.path("symbol").asText().endsWith(asset))
            {
                fees = fees.add(new BigDecimal(fill.path("commission").asText()));
            }
        }
        return fees;
    }

    private void compareOrders()
    {
        executedByOrder.forEach((orderId, executed) ->
        {
            final Order order = engine.orders().find(orderId);
            if (null == order)
            {
                differences.add("order " + orderId + ": the engine does not know it, the venue executed " + executed);
                return;
            }
            final Instrument instrument = engine.instruments().get(order.instrumentId());
            final BigDecimal known = BigDecimal.valueOf(order.cumulativeQuantity(), instrument.quantityScale());
            if (0 != known.compareTo(executed))
            {
                differences.add("order " + orderId + ": executed " + known + " by the engine, " + executed +
                    " by the venue");
            }
            if (order.isOpen() != openByOrder.get(orderId))
            {
                differences.add("order " + orderId + ": " + order.status() + " by the engine, " +
                    (openByOrder.get(orderId) ? "open" : "closed") + " by the venue");
            }
        });
        for (Order order = engine.orders().firstOpen(); null != order; order = engine.orders().nextOpen(order))
        {
            if (!executedByOrder.containsKey(order.orderId()))
            {
                differences.add("order " + order.orderId() + ": " + order.status() +
                    " by the engine, never seen by the venue");
            }
        }
    }

    private void comparePositions()
    {
        for (int i = 0; i < engine.instruments().count(); i++)
        {
            final Instrument instrument = engine.instruments().get(i);
            final Position position = account.risk().holdings().find(instrument.id());
            final BigDecimal held = BigDecimal.valueOf(
                null == position ? 0 : position.quantity(), instrument.quantityScale());
            final BigDecimal net = netBySymbol.getOrDefault(instrument.symbol(), BigDecimal.ZERO);
            if (0 != held.compareTo(net))
            {
                differences.add("position in " + instrument.symbol() + ": " + held + " by the engine, " + net +
                    " by the venue");
            }
        }
    }

    private void compareBalances()
    {
        final AssetBalances balances = account.venueLedger().balances();
        for (final JsonNode row : venue.path("balances"))
        {
            final String asset = row.path("asset").asText();
            final int index = balances.indexOf(asset);
            final BigDecimal free = new BigDecimal(row.path("free").asText());
            final BigDecimal locked = new BigDecimal(row.path("locked").asText());
            final BigDecimal knownFree = index < 0 ? BigDecimal.ZERO : BigDecimal.valueOf(balances.free(index), E8);
            final BigDecimal knownLocked =
                index < 0 ? BigDecimal.ZERO : BigDecimal.valueOf(balances.locked(index), E8);
            if (0 != free.compareTo(knownFree) || 0 != locked.compareTo(knownLocked))
            {
                differences.add("balance of " + asset + ": " + knownFree + " and " + knownLocked +
                    " locked by the engine, " + free + " and " + locked + " locked by the venue");
            }
        }
    }
}
