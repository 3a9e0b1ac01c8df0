/**
 * Order entry at Binance Spot: one private session per account over the WebSocket API, with REST for cancels and
 * queries while the socket is down. Everything here runs on the session's event loop, except where a method says
 * otherwise. Binance Spot has no dead-man switch (its {@code countdownCancelAll} exists for futures only): when the
 * process dies, its open orders stay in the book.
 */
package org.lockstep.gateway.venue.binance.orderentry;
