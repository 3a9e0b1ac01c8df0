package org.lockstep.tools.command;

import java.nio.file.Files;
import java.nio.file.Path;

import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.keys.Keystore;
import org.lockstep.tools.keys.Passphrase;
import org.lockstep.tools.run.StrategyCheck;
import picocli.CommandLine.Option;

/** Options that say which keystore is meant and how it opens. */
final class KeystoreOptions
{
    @Option(names = "--keystore", paramLabel = "FILE",
        description = "the keystore (default: the configuration's, else " + LockstepConfig.KEYSTORE_FILE + ")")
    private Path keystore;

    @Option(names = "--passphrase-file", paramLabel = "FILE",
        description = "holds the passphrase, readable by its owner alone (default: " + Passphrase.VARIABLE +
            ", else a prompt)")
    private Path passphraseFile;

    @Option(names = "--config", paramLabel = "FILE", description = "take keystore and addresses from a configuration")
    private Path config;

    private LockstepConfig read;

    /** The configuration named, or null. */
    LockstepConfig config()
    {
        if (null == read && null != config)
        {
            read = ConfigReader.read(config, StrategyCheck.onClassPath());
        }
        return read;
    }

    Path file()
    {
        return null != keystore ? keystore : null != config() ? config().keystore().file() :
            Path.of(LockstepConfig.KEYSTORE_FILE);
    }

    Keystore open(final boolean mayBeNew)
    {
        final boolean isNew = !Files.exists(file());
        if (isNew && !mayBeNew)
        {
            throw new CommandFailure(ExitCode.FAILED,
                "there is no keystore " + file() + "; 'lockstep keys add NAME' begins one, --keystore names another");
        }
        final Path secret = null != passphraseFile ? passphraseFile :
            null != config() ? config().keystore().passphraseFile() : null;
        return Keystore.open(file(), Passphrase.read(secret, isNew));
    }
}
