package org.lockstep.tools.simulator.binance.exchange;

/**
 * One execution report. The order shows its state only until the call that hands this over returns.
 *
 * @param order                 it is about.
 * @param type                  what has happened.
 * @param id                    rising within the symbol.
 * @param timeUs                epoch microseconds.
 * @param fill                  of a trade, else null.
 * @param clientOrderId         of the order, or of the request that ended it.
 * @param originalClientOrderId of the order when a request ended it, else empty.
 * @param rejectReason          or NONE.
 * @param prevented             what self-trade prevention kept from happening, else null.
 */
public record Execution(
    Order order,
    ExecutionType type,
    long id,
    long timeUs,
    Fill fill,
    String clientOrderId,
    String originalClientOrderId,
    String rejectReason,
    PreventedMatch prevented)
{
}
