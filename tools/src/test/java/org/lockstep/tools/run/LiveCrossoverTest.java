package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.Engine;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.risk.RejectReason;
import org.lockstep.tools.config.LockstepConfig;

/** The crossover strategy at a venue that takes its fee out of what was bought. */
class LiveCrossoverTest
{
    private static final int BTC = 0;
    private static final int FILLS = 6;
    private static final String LOT = Integer.toString(RejectReason.QUANTITY_OFF_LOT.code());

    @TempDir
    private Path directory;

    private LiveFixture live;

    @AfterEach
    void close()
    {
        live.close();
    }

    @Test
    void shouldTradeInWholeLotsWhenFeesLeaveAPositionThatIsNone() throws IOException
    {
        live = new LiveFixture(directory, LiveFixture.impatient(), new LockstepConfig.Bot("cross", "crossover",
            LiveFixture.ACCOUNT, List.of("binance:BTCUSDT"), true, new TreeMap<>(Map.of("fast", "2", "slow", "4",
                "barInterval", "50ms", "notional", "700", "direction", "long")))).start();

        live.await("buys and sales", () -> live.count("OrderFilled", event -> true) > FILLS);
        final Engine engine = live.finish();

        assertEquals(0, live.count("OrderRejected", event -> LOT.equals(String.valueOf(event.get("code")))));
        final Instrument instrument = engine.instruments().get(BTC);
        final long held = engine.bots().byName("cross").risk().holdings().find(BTC).quantity();
        assertTrue(0 != held % instrument.lotSize(), "no fee was taken out of what was bought: " + held);
    }
}
