package org.lockstep.tools.run;

import java.nio.file.Files;
import java.nio.file.Path;

import org.lockstep.gateway.venue.Credentials;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.keys.Keystore;
import org.lockstep.tools.keys.KeystoreException;
import org.lockstep.tools.keys.Passphrase;

/** Keys out of the configuration's keystore, which is opened when the first is needed. Threading: the main thread. */
public final class StoredKeys implements KeyRing, AutoCloseable
{
    private final LockstepConfig.Keystore config;
    private Keystore keystore;

    /**
     * Keys that may be asked for.
     *
     * @param config says where.
     */
    public StoredKeys(final LockstepConfig.Keystore config)
    {
        this.config = config;
    }

    @Override
    public Credentials credentials(final LockstepConfig.Account account)
    {
        try
        {
            return keystore().credentials(account.session().keys(), account.venue());
        }
        catch (final KeystoreException ex)
        {
            throw new CommandFailure(ExitCode.FAILED, "account '" + account.name() + "': " + ex.getMessage());
        }
    }

    /** Forgets the passphrase. */
    @Override
    public void close()
    {
        if (null != keystore)
        {
            keystore.close();
            keystore = null;
        }
    }

    private Keystore keystore()
    {
        if (null == keystore)
        {
            final Path file = config.file();
            if (!Files.exists(file))
            {
                throw new KeystoreException("there is no keystore " + file +
                    "; 'lockstep keys add NAME --keystore " + file + "' begins one, keystore.file names another");
            }
            keystore = Keystore.open(file, Passphrase.read(config.passphraseFile(), false));
        }
        return keystore;
    }
}
