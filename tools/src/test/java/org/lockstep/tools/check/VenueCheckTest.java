package org.lockstep.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VenueCheckTest
{
    @ParameterizedTest
    @CsvSource({"63796.23000000, 63796.23", "100.00000000, 100", "100, 100", "0.10000000, 0.1", "'', ''"})
    void shouldShowPricesWithoutTheZerosTheyAreFilledUpWith(final String told, final String shown)
    {
        assertEquals(shown, VenueCheck.trimmed(told));
    }
}
