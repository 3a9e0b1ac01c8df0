/**
 * The composition root: puts journal, engine, feeds, gateway and simulators together, starts them in order and closes
 * them in reverse. The only place that knows all modules. Main thread, but for what says otherwise.
 */
package org.lockstep.tools.run;
