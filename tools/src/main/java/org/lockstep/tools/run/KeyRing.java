package org.lockstep.tools.run;

import org.lockstep.gateway.venue.Credentials;
import org.lockstep.tools.config.LockstepConfig;

/** Finds the key of an account. */
@FunctionalInterface
public interface KeyRing
{
    /**
     * Takes out a key.
     *
     * @param account whose orders leave the process.
     * @return ready to sign; the taker destroys it.
     */
    Credentials credentials(LockstepConfig.Account account);
}
