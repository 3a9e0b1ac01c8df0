package org.lockstep.tools.keys;

import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Where the keystore's passphrase comes from: a file, the environment, or a person. */
public final class Passphrase
{
    /** Name of the environment variable. */
    public static final String VARIABLE = "LOCKSTEP_KEYSTORE_PASSPHRASE";

    private static final int SHORTEST = 8;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
        PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private Passphrase()
    {
    }

    /**
     * Gets the passphrase.
     *
     * @param file  that holds it, or null for the environment, else a prompt.
     * @param isNew whether it begins a new keystore: asked for twice, and not taken too short.
     * @return it; the caller erases it.
     * @throws KeystoreException when there is none, or anybody could read it.
     */
    public static char[] read(final Path file, final boolean isNew)
    {
        final char[] passphrase = null != file ? ofFile(file) : null != System.getenv(VARIABLE) ?
            System.getenv(VARIABLE).toCharArray() : prompt(isNew);
        if (passphrase.length < (isNew ? SHORTEST : 1))
        {
            throw new KeystoreException(isNew ? "the passphrase should have at least " + SHORTEST + " characters" :
                "the passphrase is empty");
        }
        return passphrase;
    }

    /**
     * Reads a file with a secret that only its owner may read.
     *
     * @param file holding it.
     * @return its bytes without white space around them; the caller erases them.
     */
    public static byte[] ofOwnersFile(final Path file)
    {
        try
        {
            if (!Files.exists(file))
            {
                throw new KeystoreException("there is no " + file);
            }
            final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            permissions.retainAll(OTHERS);
            if (!permissions.isEmpty())
            {
                throw new KeystoreException(
                    file + " holds a secret and others than its owner may read or change it; chmod 600 " + file);
            }
            final byte[] all = Files.readAllBytes(file);
            final byte[] trimmed = trim(all);
            Arrays.fill(all, (byte)0);
            return trimmed;
        }
        catch (final UnsupportedOperationException ex)
        {
            throw new KeystoreException(file + " lies on a file system that does not say who may read it");
        }
        catch (final IOException ex)
        {
            throw new KeystoreException("cannot read " + file + " (" + ex.getClass().getSimpleName() + ")");
        }
    }

    /**
     * Asks a person without showing what is typed.
     *
     * @param what is asked for.
     * @return the answer as bytes, or null when nobody is there to ask; the caller erases it.
     */
    public static byte[] ask(final String what)
    {
        final Console console = System.console();
        if (null == console)
        {
            return null;
        }
        final char[] typed = console.readPassword("%s: ", what);
        return null == typed ? null : bytes(typed);
    }

    private static char[] ofFile(final Path file)
    {
        final byte[] bytes = ofOwnersFile(file);
        final CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        final char[] passphrase = new char[chars.remaining()];
        chars.get(passphrase);
        Arrays.fill(bytes, (byte)0);
        Arrays.fill(chars.array(), '\0');
        return passphrase;
    }

    private static char[] prompt(final boolean isNew)
    {
        final Console console = System.console();
        if (null == console)
        {
            throw new KeystoreException("the keystore needs a passphrase and nobody is there to ask: set " + VARIABLE +
                ", or name a file with --passphrase-file (keystore.passphraseFile in a configuration)");
        }
        final char[] typed = console.readPassword(isNew ? "new keystore passphrase: " : "keystore passphrase: ");
        if (null == typed)
        {
            throw new KeystoreException("no passphrase was given");
        }
        if (isNew)
        {
            final char[] again = console.readPassword("once more: ");
            final boolean isSame = null != again && Arrays.equals(typed, again);
            if (null != again)
            {
                Arrays.fill(again, '\0');
            }
            if (!isSame)
            {
                Arrays.fill(typed, '\0');
                throw new KeystoreException("the two passphrases differ");
            }
        }
        return typed;
    }

    private static byte[] bytes(final char[] chars)
    {
        final ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
        final byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte)0);
        Arrays.fill(chars, '\0');
        return bytes;
    }

    private static byte[] trim(final byte[] bytes)
    {
        int begin = 0;
        int end = bytes.length;
        while (begin < end && bytes[begin] <= ' ' && bytes[begin] >= 0)
        {
            begin++;
        }
        while (end > begin && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0)
        {
            end--;
        }
        return Arrays.copyOfRange(bytes, begin, end);
    }
}
