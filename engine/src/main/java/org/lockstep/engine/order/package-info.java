/**
 * The life of an order: ids, states, the table of transitions and the table of orders.
 * Run by the engine thread.
 */
package org.lockstep.engine.order;
