package org.lockstep.engine.bar;

/** Called back when a bar closes. */
@FunctionalInterface
public interface BarHandler
{
    /**
     * A bar closed; it will not change any more. Of several that close at once the shorter interval comes first.
     *
     * @param instrumentId dense id.
     * @param bar          the kept bar, valid until as many of its interval have closed as are kept.
     */
    void onBar(int instrumentId, Bar bar);
}
