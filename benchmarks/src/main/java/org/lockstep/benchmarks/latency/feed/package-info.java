/** The same market data into this feed, XChange-stream and ccxt, each a process of its own. */
package org.lockstep.benchmarks.latency.feed;
