package org.lockstep.tools.command;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.binance.common.BinanceEndpoints;
import org.lockstep.tools.check.SignedRest;
import org.lockstep.tools.check.VenueRefusal;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.console.CommandFailure;
import org.lockstep.tools.console.Console;
import org.lockstep.tools.console.ExitCode;
import org.lockstep.tools.keys.KeyEntry;
import org.lockstep.tools.keys.KeySummary;
import org.lockstep.tools.keys.Keystore;
import org.lockstep.tools.keys.KeystoreException;
import org.lockstep.tools.keys.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys}: the keystore of venue credentials. */
@Command(
    name = "keys",
    description = "Keeps the keys of accounts at venues in a PKCS#12 keystore. Secrets are never shown.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footer = {"", "Example:", "  lockstep keys add main --secret-file secret.txt"},
    subcommands = {KeysCommand.Add.class, KeysCommand.ListAll.class, KeysCommand.Remove.class})
public final class KeysCommand
{
    private static final List<String> VENUES = List.of("binance");

    private KeysCommand()
    {
    }

    /** Adds a key. */
    @Command(
        name = "add",
        description = "Adds a key. The public part and the secret (an HMAC secret, or an Ed25519 private key in PEM) " +
            "are asked for unless given. The venue is asked what the key may do: one that may withdraw is refused.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example:", "  lockstep keys add main --api-key vmPU...Eh8A --secret-file key.pem"})
    static final class Add implements Callable<Integer>
    {
        @Parameters(index = "0", paramLabel = "NAME", description = "what accounts call it (keys: NAME)")
        private String name;

        @Option(names = "--venue", paramLabel = "V", defaultValue = "binance", description = "binance (the default)")
        private String venue;

        @Option(names = "--api-key", paramLabel = "KEY", description = "public part (default: asked for)")
        private String apiKey;

        @Option(names = "--secret-file", paramLabel = "FILE",
            description = "secret or PEM, readable by its owner alone (default: the secret is asked for)")
        private Path secretFile;

        @Option(names = "--force", description = "store it even if it may withdraw or the venue cannot be asked")
        private boolean force;

        @Mixin
        private KeystoreOptions options;

        @Override
        public Integer call()
        {
            checkVenue(venue);
            if (!name.matches(Keystore.NAME))
            {
                throw new CommandFailure(ExitCode.USAGE,
                    "NAME: found '" + name + "', allowed: small letters, digits, '-' and '_', at most 40");
            }
            return guarded(() ->
            {
                final KeyEntry entry = KeyEntry.of(venue,
                    null != apiKey ? apiKey.getBytes(StandardCharsets.UTF_8) : ask("API key", "--api-key"),
                    null != secretFile ? Passphrase.ofOwnersFile(secretFile) : ask("secret", "--secret-file"));
                try
                {
                    if (!force)
                    {
                        checkRights(entry);
                    }
                    try (Keystore keystore = options.open(true))
                    {
                        keystore.add(name, entry);
                    }
                    System.out.println("added " + name + " (" + entry + ") to " + options.file());
                }
                finally
                {
                    entry.destroy();
                }
                return ExitCode.OK;
            });
        }

        private static byte[] ask(final String what, final String option)
        {
            final byte[] answer = Passphrase.ask(what);
            if (null == answer)
            {
                throw new KeystoreException("nobody is there to ask for the " + what + "; give " + option);
            }
            return answer;
        }

        private void checkRights(final KeyEntry entry)
        {
            final Credentials credentials = entry.credentials();
            try
            {
                final SignedRest client = new SignedRest(rest(), credentials);
                client.synchronise();
                final SignedRest.Rights rights = client.rights();
                if (Boolean.TRUE.equals(rights.withdraw()))
                {
                    throw new KeystoreException("this key may withdraw or transfer money, which no bot needs: " +
                        "make one that may only trade; --force stores it all the same, and an account must then " +
                        "say allowWithdrawalKeys: true");
                }
                if (!rights.trade())
                {
                    System.err.println("lockstep: note: this key may not trade");
                }
            }
            catch (final VenueRefusal ex)
            {
                throw new KeystoreException("the venue refuses this key (" + ex.getMessage() + "), so it was not " +
                    "stored: " + ex.advice(name) + "; --force stores it unchecked");
            }
            catch (final IOException ex)
            {
                throw new KeystoreException("the venue could not be asked what this key may do (" + ex +
                    "); mend that, or store the key unchecked with --force: a session checks it before it trades");
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
                throw new KeystoreException("interrupted");
            }
            finally
            {
                credentials.destroy();
            }
        }

        private URI rest()
        {
            if (null != options.config())
            {
                for (final LockstepConfig.VenueFeed feed : options.config().venues())
                {
                    if (feed.venue().equals(venue) && null != feed.rest())
                    {
                        return URI.create(feed.rest());
                    }
                }
            }
            return BinanceEndpoints.LIVE.rest();
        }
    }

    /** Lists keys. */
    @Command(
        name = "list",
        description = "Lists the keys: name, venue, kind, and the public part but for its middle.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example:", "  lockstep keys list --json"})
    static final class ListAll implements Callable<Integer>
    {
        @Mixin
        private KeystoreOptions options;

        @Option(names = "--json", description = "one JSON object a key")
        private boolean json;

        @Override
        public Integer call()
        {
            return guarded(() ->
            {
                final Console console = Console.standard(json);
                try (Keystore keystore = options.open(false))
                {
                    keystore.list().forEach(row -> print(console, row));
                }
                return ExitCode.OK;
            });
        }

        private static void print(final Console console, final KeySummary row)
        {
            final Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", row.name());
            fields.put("venue", row.venue());
            fields.put("kind", row.kind());
            fields.put("key", row.masked());
            console.event("key", fields);
            console.line(String.format(Locale.ROOT, "%-20s %-10s %-12s %s", row.name(), row.venue(), row.kind(),
                row.masked()));
        }
    }

    /** Removes a key. */
    @Command(
        name = "remove",
        description = "Removes a key from the keystore. The venue is not told: delete the key there too.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example:", "  lockstep keys remove main"})
    static final class Remove implements Callable<Integer>
    {
        @Parameters(index = "0", paramLabel = "NAME", description = "which")
        private String name;

        @Mixin
        private KeystoreOptions options;

        @Override
        public Integer call()
        {
            return guarded(() ->
            {
                try (Keystore keystore = options.open(false))
                {
                    keystore.remove(name);
                }
                System.out.println("removed " + name + " from " + options.file());
                return ExitCode.OK;
            });
        }
    }

    private static void checkVenue(final String venue)
    {
        if (!VENUES.contains(venue))
        {
            throw new CommandFailure(ExitCode.USAGE,
                "--venue: found '" + venue + "', allowed: " + String.join(", ", VENUES));
        }
    }

    private interface Work
    {
        int run();
    }

    private static int guarded(final Work work)
    {
        try
        {
            return work.run();
        }
        catch (final KeystoreException ex)
        {
            throw new CommandFailure(ExitCode.FAILED, ex.getMessage());
        }
    }
}
