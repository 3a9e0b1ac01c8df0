/**
 * A deterministic model of an exchange. {@code MatchingBook} is the model itself and knows neither bots nor frames, so
 * that a simulator can use it too; {@code PaperVenue} puts it into the engine.
 * <p>
 * <b>What is modelled.</b> Latency, the same each way: a request meets the market as it is one latency after the
 * decision, and a report (acknowledgement, refusal, fill, cancel, replace, expiry) is known one latency after it
 * happened; in between, the venue may have filled what its owner believes open, and a cancel may come too late.
 * Messages of one account keep their order. The market of the venue is the one this process sees, when it sees it.
 * Queue positions, partial fills, what was taken, post-only, times in force, market orders with a protection price:
 * see {@code MatchingBook}. Fees, see {@code PaperVenue}.
 * <p>
 * <b>What is not.</b> Our orders do not move the market: nobody reacts to them, and they do not match one another.
 * <p>
 * Run by the engine thread, or whichever single thread owns the matching book.
 */
package org.lockstep.engine.paper;
