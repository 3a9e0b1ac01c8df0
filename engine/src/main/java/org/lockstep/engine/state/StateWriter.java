package org.lockstep.engine.state;

/**
 * Receives a description of a piece of state: named fields in a fixed order, nested by {@link #begin} and {@link #end}.
 * What is described is what counts: two states with the same description behave the same from there on.
 * <p>
 * Whoever describes itself must do so in an order that is a function of the state alone (dense ids, sorted keys; never
 * the iteration of a hash map) and must not change itself meanwhile. Names are constants, never built on the way, so
 * that describing allocates nothing.
 */
public interface StateWriter
{
    /**
     * Adds an integer: amounts, ids, times, codes.
     *
     * @param name  of the field.
     * @param value of the field.
     */
    void field(String name, long value);

    /**
     * Adds a floating point figure, bit for bit; every NaN counts as the same.
     *
     * @param name  of the field.
     * @param value of the field.
     */
    void field(String name, double value);

    /**
     * Adds a text.
     *
     * @param name  of the field.
     * @param value of the field, read during the call only; null differs from empty.
     */
    void field(String name, CharSequence value);

    /**
     * Adds figures in their order, bit for bit; every NaN counts as the same.
     *
     * @param name   of the field.
     * @param values holds them.
     * @param count  how many, from the first.
     */
    void field(String name, double[] values, int count);

    /**
     * Adds a flag.
     *
     * @param name  of the field.
     * @param value of the field.
     */
    default void field(final String name, final boolean value)
    {
        field(name, value ? 1L : 0L);
    }

    /**
     * Names what is described at this level; the same as a text field {@code name}.
     *
     * @param name of the thing, such as a bot's.
     */
    default void name(final String name)
    {
        field("name", name);
    }

    /**
     * Opens a nested part. Every begin has its {@link #end}.
     *
     * @param name of the part.
     */
    void begin(String name);

    /**
     * Opens a nested part that is one of several of a kind.
     *
     * @param name  of the kind.
     * @param index which one: a dense id or a position.
     */
    void begin(String name, long index);

    /** Closes what was opened last. */
    void end();
}
