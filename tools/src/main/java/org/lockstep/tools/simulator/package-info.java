/**
 * Exchanges on loopback: what every venue's simulator offers to the command line, the demo and the tests.
 * A simulator runs on one event loop of its own and shares nothing with the engine but the socket.
 */
package org.lockstep.tools.simulator;
