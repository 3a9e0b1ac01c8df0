/**
 * What Linux tells about the machine: its cores, what the process may use of them, kernel settings; read from files
 * below a root that tests replace. Any thread; nothing here changes the machine.
 */
package org.lockstep.tools.host;
