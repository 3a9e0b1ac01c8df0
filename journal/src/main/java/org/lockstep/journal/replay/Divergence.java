package org.lockstep.journal.replay;

/**
 * The first place where a replay did not do what was recorded.
 *
 * @param sequence of the recorded output that differs; of the causing input when an output is missing in the record.
 * @param expected what the journal holds, readable; {@code nothing} when it holds none.
 * @param actual   what the replay produced, readable; {@code nothing} when it produced none.
 */
public record Divergence(long sequence, String expected, String actual)
{
    static final String NOTHING = "nothing";
}
