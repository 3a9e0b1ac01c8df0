package org.lockstep.tools.simulator.binance.fault;

import java.util.Locale;

/** What can go wrong with a message of the trading interfaces. */
public enum Fault
{
    /** The request is not done and not answered. */
    LOSE_REQUEST(Stage.REQUEST),
    /** The request is done later than it came. */
    DELAY_REQUEST(Stage.REQUEST),
    /** The request is not done and answered with an error. */
    REJECT(Stage.REQUEST),
    /** Questions about an order, and cancels of it, are answered as if there were none. */
    UNKNOWN_ORDER(Stage.REQUEST),
    /** The request is done and answered with "execution status unknown". */
    TIMEOUT(Stage.REPLY),
    /** The request is done and not answered. */
    DROP_ACK(Stage.REPLY),
    /** The answer comes late; events do not wait for it. */
    DELAY_ACK(Stage.REPLY),
    /** The answer comes twice. */
    DUPLICATE_ACK(Stage.REPLY),
    /** The answer comes after the message that follows it. */
    REORDER_ACK(Stage.REPLY),
    /** The event does not come. */
    DROP_EVENT(Stage.EVENT),
    /** The event comes late. */
    DELAY_EVENT(Stage.EVENT),
    /** The event comes twice. */
    DUPLICATE_EVENT(Stage.EVENT),
    /** The event comes after the message that follows it. */
    REORDER_EVENT(Stage.EVENT);

    /** When a fault is decided on. */
    public enum Stage
    {
        /** Before a request is done. */
        REQUEST,
        /** Before a reply is sent. */
        REPLY,
        /** Before an event is sent. */
        EVENT
    }

    private final Stage stage;

    Fault(final Stage stage)
    {
        this.stage = stage;
    }

    /** @return when it is decided on. */
    public Stage stage()
    {
        return stage;
    }

    /** @return its name on the control interface, such as {@code drop-ack}. */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds a fault by its name on the control interface.
     *
     * @param label such as {@code drop-ack}.
     * @return null when there is none.
     */
    public static Fault byLabel(final String label)
    {
        for (final Fault fault : values())
        {
            if (fault.label().equals(label))
            {
                return fault;
            }
        }
        return null;
    }
}
