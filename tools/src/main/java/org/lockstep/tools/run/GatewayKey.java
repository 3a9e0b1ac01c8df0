package org.lockstep.tools.run;

import java.nio.file.Path;

import org.lockstep.tools.config.LockstepConfig;

/** Where the key lies that a gateway's tokens are signed with. */
public final class GatewayKey
{
    private static final String FILE_NAME = "gateway.key";

    private GatewayKey()
    {
    }

    /**
     * The key a configuration means.
     *
     * @param config with a gateway.
     * @return its key file, which may not exist yet.
     */
    public static Path of(final LockstepConfig config)
    {
        final Path configured = config.gateway().keyFile();
        return null != configured ? configured : inDirectory(config.journal().directory());
    }

    /**
     * The key in a journal directory.
     *
     * @param directory of the journal.
     * @return its key file, which may not exist yet.
     */
    public static Path inDirectory(final Path directory)
    {
        return directory.resolve(FILE_NAME);
    }
}
