/** What authors of strategies test theirs with: the real engine and paper venue, fed by hand, no journal, no sockets. */
package org.lockstep.tools.testkit;
