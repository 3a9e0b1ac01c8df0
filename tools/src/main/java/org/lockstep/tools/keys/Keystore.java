package org.lockstep.tools.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import javax.crypto.spec.SecretKeySpec;

import org.lockstep.gateway.venue.Credentials;

/**
 * The PKCS#12 file that holds the keys of accounts, each under a name. Written whole and at once, readable by its
 * owner alone.
 */
public final class Keystore implements AutoCloseable
{
    /** What names may look like. */
    public static final String NAME = "[a-z0-9][a-z0-9_-]{0,39}";

    private static final String TYPE = "PKCS12";
    /** PKCS#12 wants to know a secret's algorithm; it says nothing about what is in it. */
    private static final String ALGORITHM = "AES";
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final char[] passphrase;
    private final KeyStore store;

    private Keystore(final Path file, final char[] passphrase, final KeyStore store)
    {
        this.file = file;
        this.passphrase = passphrase;
        this.store = store;
    }

    /**
     * Opens a keystore, an empty one when there is no file yet.
     *
     * @param file       of it.
     * @param passphrase of it; taken over and erased by {@link #close()}.
     * @return it.
     * @throws KeystoreException when the passphrase is wrong or the file is no keystore.
     */
    public static Keystore open(final Path file, final char[] passphrase)
    {
        try
        {
            final KeyStore store = KeyStore.getInstance(TYPE);
            if (!Files.exists(file))
            {
                store.load(null, passphrase);
                return new Keystore(file, passphrase, store);
            }
            try (InputStream in = Files.newInputStream(file))
            {
                store.load(in, passphrase);
            }
            return new Keystore(file, passphrase, store);
        }
        catch (final IOException ex)
        {
            Arrays.fill(passphrase, '\0');
            throw new KeystoreException(ex.getCause() instanceof GeneralSecurityException ?
                "the passphrase does not open " + file : "cannot read " + file + " as a PKCS#12 keystore");
        }
        catch (final GeneralSecurityException ex)
        {
            Arrays.fill(passphrase, '\0');
            throw new KeystoreException("cannot read " + file + " as a PKCS#12 keystore");
        }
    }

    /**
     * Adds a key and writes the file.
     *
     * @param name  matching {@link #NAME}.
     * @param entry stays the caller's.
     * @throws KeystoreException when the name is taken.
     */
    public void add(final String name, final KeyEntry entry)
    {
        checkName(name);
        final byte[] bytes = entry.encode();
        try
        {
            if (store.containsAlias(name))
            {
                throw new KeystoreException(
                    "there is a key '" + name + "' already; remove it first, or take another name");
            }
            store.setEntry(name, new KeyStore.SecretKeyEntry(new SecretKeySpec(bytes, ALGORITHM)),
                new KeyStore.PasswordProtection(passphrase));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new KeystoreException("cannot add '" + name + "': " + ex.getClass().getSimpleName());
        }
        finally
        {
            Arrays.fill(bytes, (byte)0);
        }
        write();
    }

    /**
     * Removes a key and writes the file.
     *
     * @param name of it.
     * @throws KeystoreException when there is none.
     */
    public void remove(final String name)
    {
        try
        {
            if (!store.containsAlias(name))
            {
                throw unknown(name);
            }
            store.deleteEntry(name);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new KeystoreException("cannot remove '" + name + "': " + ex.getClass().getSimpleName());
        }
        write();
    }

    /** @return names of the keys, sorted. */
    public List<String> names()
    {
        try
        {
            final List<String> names = new ArrayList<>(Collections.list(store.aliases()));
            Collections.sort(names);
            return names;
        }
        catch (final GeneralSecurityException ex)
        {
            throw new KeystoreException("cannot read " + file);
        }
    }

    /** @return what may be shown of each key, sorted by name. */
    public List<KeySummary> list()
    {
        final List<KeySummary> rows = new ArrayList<>();
        for (final String name : names())
        {
            final KeyEntry entry = entry(name);
            rows.add(entry.summary(name));
            entry.destroy();
        }
        return rows;
    }

    /**
     * Takes a key out to sign with.
     *
     * @param name  of it.
     * @param venue it must belong to.
     * @return credentials, which the caller destroys.
     * @throws KeystoreException when there is no such key.
     */
    public Credentials credentials(final String name, final String venue)
    {
        final KeyEntry entry = entry(name);
        try
        {
            if (!entry.summary(name).venue().equals(venue))
            {
                throw new KeystoreException("the key '" + name + "' belongs to " + entry.summary(name).venue() +
                    ", not to " + venue);
            }
            return entry.credentials();
        }
        finally
        {
            entry.destroy();
        }
    }

    /** Erases the passphrase. */
    @Override
    public void close()
    {
        Arrays.fill(passphrase, '\0');
    }

    private KeyEntry entry(final String name)
    {
        try
        {
            if (!store.containsAlias(name) || null == store.getKey(name, passphrase))
            {
                throw unknown(name);
            }
            final byte[] bytes = store.getKey(name, passphrase).getEncoded();
            try
            {
                return KeyEntry.decode(bytes);
            }
            finally
            {
                Arrays.fill(bytes, (byte)0);
            }
        }
        catch (final GeneralSecurityException ex)
        {
            throw new KeystoreException("cannot read the key '" + name + "' of " + file);
        }
    }

    private KeystoreException unknown(final String name)
    {
        final List<String> names = names();
        return new KeystoreException("there is no key '" + name + "' in " + file + ", there " +
            (names.isEmpty() ? "are none; add one with: lockstep keys add " + name :
                "are: " + String.join(", ", names)));
    }

    private static void checkName(final String name)
    {
        if (!name.matches(NAME))
        {
            throw new KeystoreException(
                "found the name '" + name + "', allowed: small letters, digits, '-' and '_', at most 40");
        }
    }

    private void write()
    {
        final Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try
        {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, passphrase);
            Files.deleteIfExists(fresh);
            try (FileChannel channel = FileChannel.open(fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER)))
            {
                final ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
                while (buffer.hasRemaining())
                {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (final IOException | GeneralSecurityException ex)
        {
            throw new KeystoreException("cannot write " + file + " (" + ex.getClass().getSimpleName() +
                "); nothing was changed");
        }
    }
}
