/**
 * Technical indicators that take one value at a time. They compute in {@code double}, in a fixed order of operations,
 * so
 * the same inputs give the same bits on every machine. Run by the thread of whoever owns one, in the engine its thread.
 */
package org.lockstep.engine.indicator;
