package org.lockstep.gateway.client.port;

import java.util.List;

/** Tells what else keeps the process from being ready. Called by the client event loop; must not block. */
@FunctionalInterface
public interface Readiness
{
    /** @return what is missing, one sentence each, such as an account that is not reconciled; empty when nothing is. */
    List<String> obstacles();
}
