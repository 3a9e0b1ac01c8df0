/**
 * A deterministic model of an exchange: latency, queue position, partial fills, fees. {@code MatchingBook} is the model
 * itself and knows neither bots nor frames, so that a simulator can use it; {@code PaperVenue} puts it into the engine.
 * Run by the engine thread, or whichever single thread owns the matching book.
 */
package org.lockstep.engine.paper;
