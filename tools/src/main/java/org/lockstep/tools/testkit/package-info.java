/** What authors of strategies test theirs with: the real engine and paper venue, fed by hand without sockets. */
package org.lockstep.tools.testkit;
