package org.lockstep.engine.paper;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lockstep.engine.paper.TakenLiquidity.CAPACITY;

class TakenLiquidityTest
{
    private final PlainDepth depth = new PlainDepth();
    private final TakenLiquidity taken = new TakenLiquidity(depth, false);

    @Test
    void shouldGiveNothingAtFurtherPricesWhenFullOfVisibleLevels()
    {
        fill();
        depth.ask(1, 7);

        assertEquals(0, taken.available(1, 7));
        assertEquals(2, taken.available(1_000, 5));
    }

    @Test
    void shouldGiveAgainWhenOneLevelWent()
    {
        fill();
        depth.ask(1_000, 0).ask(1, 7);

        taken.onDepth();

        assertEquals(7, taken.available(1, 7));
    }

    @Test
    void shouldForgetTheOldestThatCannotBeSeenWhenFull()
    {
        fill();
        depth.ask(1, 7).visible(1);

        assertEquals(7, taken.available(1, 7));
        taken.take(1, 4, 7);

        assertEquals(3, taken.available(1, 7));
        assertEquals(5, taken.available(1_000, 5));
        assertEquals(2, taken.available(1_000 + CAPACITY - 1, 5));
    }

    private void fill()
    {
        for (int i = 0; i < CAPACITY; i++)
        {
            depth.ask(1_000 + i, 5);
            taken.take(1_000 + i, 3, 5);
        }
    }
}
