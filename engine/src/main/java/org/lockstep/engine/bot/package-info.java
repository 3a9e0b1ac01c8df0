/**
 * Bots: a strategy with an account, symbols, limits and a lifecycle; their registry, subscriptions and commands.
 * Run by the engine thread.
 */
package org.lockstep.engine.bot;
