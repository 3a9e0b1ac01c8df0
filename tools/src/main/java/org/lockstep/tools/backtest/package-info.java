/**
 * Bots of a configuration on bars of the past: files are read and checked, then run through the engine and its journal
 * as fast as they go, then told as figures. Everything runs on the main thread.
 */
package org.lockstep.tools.backtest;
