package org.lockstep.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.engine.event.codec.ReconcileCause;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.state.StateHasher;
import org.lockstep.engine.state.StateYaml;

/** What is known of a live account at its venue. */
class VenueLedgerTest
{
    private static final int INSTRUMENT = 3;
    private static final long VENUE_ORDER = 4_711;

    private final VenueLedger ledger = new VenueLedger();

    static Stream<Consumer<VenueLedger>> differences()
    {
        return Stream.of(
            other -> other.state(AccountState.LIVE),
            other -> other.beginRound(2, ReconcileCause.TIMER, 1),
            other -> other.beginRound(1, ReconcileCause.START, 1),
            other -> other.beginRound(1, ReconcileCause.TIMER, 2),
            VenueLedger::endRound,
            VenueLedger::unvaluedFee,
            other -> other.balances().set("BTC", 2, 1),
            other -> other.balances().set("BTC", 1, 2),
            other -> other.balances().set("ETH", 1, 1),
            other -> other.marks(INSTRUMENT).reconciled(101),
            other -> other.marks(INSTRUMENT).apply(106, Side.BUY),
            other -> other.marks(INSTRUMENT).apply(105, Side.SELL),
            other -> other.marks(INSTRUMENT).foreign(105, Side.SELL),
            other -> other.marks(INSTRUMENT + 1).reconciled(100),
            other -> other.foreignOrder(VENUE_ORDER + 1));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void shouldHashApartWhenOneThingDiffers(final Consumer<VenueLedger> difference)
    {
        fill(ledger);
        final VenueLedger other = new VenueLedger();
        fill(other);
        final long before = hash(other);

        difference.accept(other);

        assertEquals(before, hash(ledger));
        assertNotEquals(before, hash(other));
    }

    @Test
    void shouldHashApartWhenAForeignOrderWasSeenInALaterRound()
    {
        fill(ledger);
        ledger.beginRound(2, ReconcileCause.TIMER, 1);
        final VenueLedger other = new VenueLedger();
        fill(other);
        other.beginRound(2, ReconcileCause.TIMER, 1);
        assertEquals(hash(ledger), hash(other));

        other.foreignOrder(VENUE_ORDER);

        assertNotEquals(hash(ledger), hash(other));
    }

    @Test
    void shouldForgetForeignOrdersThatARoundDoesNotList()
    {
        ledger.beginRound(1, ReconcileCause.START, 1);
        for (int i = 0; i < 100; i++)
        {
            assertTrue(ledger.foreignOrder(VENUE_ORDER + i));
        }
        ledger.forgetForeignOrders();
        assertEquals(100, ledger.foreignOrderCount());

        ledger.beginRound(2, ReconcileCause.TIMER, 2);
        assertFalse(ledger.foreignOrder(VENUE_ORDER + 99));
        assertTrue(ledger.foreignOrder(VENUE_ORDER + 100));
        ledger.forgetForeignOrders();

        assertEquals(2, ledger.foreignOrderCount());
        assertTrue(ledger.foreignOrder(VENUE_ORDER));
    }

    @Test
    void shouldSayWhatItKnows()
    {
        fill(ledger);
        final StateYaml yaml = new StateYaml();

        ledger.describe(yaml);

        final String text = yaml.toString();
        assertTrue(text.contains("asset: \"BTC\""), text);
        assertTrue(text.contains("reconciledTrade: 100"), text);
        assertTrue(text.contains("bought: 105"), text);
        assertTrue(text.contains("venueOrderId: " + VENUE_ORDER), text);
    }

    private static void fill(final VenueLedger filled)
    {
        filled.beginRound(1, ReconcileCause.TIMER, 1);
        filled.balances().set("BTC", 1, 1);
        filled.marks(INSTRUMENT).reconciled(100);
        filled.marks(INSTRUMENT).apply(105, Side.BUY);
        filled.foreignOrder(VENUE_ORDER);
    }

    private static long hash(final VenueLedger ledger)
    {
        final StateHasher hasher = new StateHasher();
        ledger.describe(hasher);
        return hasher.value();
    }
}
