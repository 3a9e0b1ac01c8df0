package org.lockstep.tools.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarTimesTest
{
    private static final long NEW_YEAR_NS = 1_704_067_200_000_000_000L;

    @ParameterizedTest
    @ValueSource(strings = {
        "1704067200", "1704067200.0", "1704067200000", "1704067200000000", "1704067200000000000", "2024-01-01",
        "2024-01-01 00:00", "2024-01-01 00:00:00", "2024-01-01T00:00:00.000", "2024-01-01T00:00Z",
        "2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00", "2024-01-01 01:00:00+0100", "2023-12-31T19:00:00-05",
        "2024-01-01 00:00:00 UTC"})
    void shouldTakeWhatFilesHave(final String text)
    {
        assertEquals(NEW_YEAR_NS, BarTimes.parseNs(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "soon", "time", "-1", "1e9", "17040672.5", "12345678901234567890", "9999999999999999999", "2024-13-01",
        "2024-01-01T25:00", "9999-01-01", "01/31/2024", "2024-01-01T", "T"})
    void shouldRefuseWhatIsNoTime(final String text)
    {
        assertEquals(BarTimes.NONE, BarTimes.parseNs(text));
    }
}
