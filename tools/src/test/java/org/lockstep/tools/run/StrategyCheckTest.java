package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.lockstep.tools.config.Finding;

/** What is said of strategies while a configuration is read. */
class StrategyCheckTest
{
    @Test
    void shouldOfferNoStrategyOfRehearsalsWhenANameIsMistyped()
    {
        final List<Finding> findings = StrategyCheck.onClassPath().check("randon", Map.of());

        assertEquals(1, findings.size());
        assertTrue(findings.get(0).allowed().startsWith("one of crossover, grid, market-maker"),
            () -> findings.get(0).allowed());
        assertTrue(!"random".equals(findings.get(0).nearest()) && !findings.get(0).allowed().contains("random"),
            findings::toString);
    }

    @Test
    void shouldTakeAStrategyOfRehearsalsWhenItIsNamed()
    {
        assertEquals(List.of(), StrategyCheck.onClassPath().check("random", Map.of()));
    }
}
