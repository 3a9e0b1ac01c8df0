package org.lockstep.tools.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.auth.TokenMinter;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.Durations;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.run.GatewayKey;
import org.lockstep.tools.run.StrategyCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code token}: mints a token for a gateway of this host. */
@Command(
    name = "token",
    description = "Mints a token for a gateway and prints it alone on a line.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lockstep token --user ana --role operator --dir demo-data --for 8h"})
public final class TokenCommand implements Callable<Integer>
{
    private static final long MIN_NS = 1_000_000_000L;
    private static final long MAX_NS = 3_650L * 86_400 * 1_000_000_000L;

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "whose accounts are shown")
    private String user;

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "viewer, operator or admin")
    private String role;

    @Option(names = "--config", paramLabel = "FILE", description = "configuration of the gateway")
    private Path config;

    @Option(names = "--dir", paramLabel = "DIR", description = "journal directory of the gateway (default demo-data)")
    private Path directory;

    @Option(names = "--for", paramLabel = "T", defaultValue = "24h", description = "lifetime (default 24h)")
    private String lifetime;

    @Override
    public Integer call()
    {
        final Role known = Role.byCode(role);
        if (null == known)
        {
            throw new CommandFailure(ExitCode.USAGE, "--role: found '" + role + "', allowed: viewer, operator, admin");
        }
        if (user.isBlank())
        {
            throw new CommandFailure(ExitCode.USAGE, "--user: found nothing, allowed: a name");
        }
        if (null != config && null != directory)
        {
            throw new CommandFailure(ExitCode.USAGE, "--config and --dir exclude each other");
        }
        final Duration life = Duration.ofNanos(Durations.parseNs("--for", lifetime, MIN_NS, MAX_NS));
        System.out.println(mint(known, life));
        return ExitCode.OK;
    }

    /** A key of this command's own making would be one that no gateway knows. */
    private String whoMakesIt()
    {
        if (null != config)
        {
            return "'lockstep run " + config + "' makes it when it first starts";
        }
        return null != directory ? "the gateway makes it when it first starts; 'lockstep demo --dir " + directory +
            "' starts one, --config names the configuration of another" :
            "'lockstep demo' makes it; for another gateway, name its configuration with --config, or its journal " +
            "directory with --dir";
    }

    private String mint(final Role known, final Duration life)
    {
        Path keyFile = GatewayKey.inDirectory(null == directory ? Path.of("demo-data") : directory);
        String audience = null;
        String issuer = null;
        if (null != config)
        {
            final LockstepConfig lockstep = ConfigReader.read(config, StrategyCheck.onClassPath());
            if (null == lockstep.gateway())
            {
                throw new CommandFailure(ExitCode.USAGE, config + ": the gateway is switched off (gateway.enabled)");
            }
            keyFile = GatewayKey.of(lockstep);
            audience = lockstep.gateway().audience();
            issuer = lockstep.gateway().issuer();
        }
        if (!Files.exists(keyFile))
        {
            throw new CommandFailure(ExitCode.FAILED, "there is no key " + keyFile + " yet: " + whoMakesIt());
        }
        try
        {
            return TokenMinter.openOrCreate(keyFile).mint(user, known, life, audience, issuer);
        }
        catch (final IOException ex)
        {
            throw new CommandFailure(ExitCode.FAILED, "cannot use the key in " + keyFile + ": " + ex.getMessage());
        }
    }
}
