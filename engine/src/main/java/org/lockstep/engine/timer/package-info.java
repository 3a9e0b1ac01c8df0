/**
 * Engine time and what is due when. Run by the engine thread.
 */
package org.lockstep.engine.timer;
