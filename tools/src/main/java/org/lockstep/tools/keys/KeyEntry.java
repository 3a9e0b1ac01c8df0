package org.lockstep.tools.keys;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.Ed25519Credentials;
import org.lockstep.gateway.venue.HmacCredentials;

/**
 * One account's key, as bytes. In the keystore it is a single secret:
 * <pre>
 *   0        1      2              3       n        n+1          m           m+2
 *   +--------+------+--------------+-------+--------+------------+-----------+--------+
 *   | layout | kind | venue length | venue | key length | key    | secret length (16) | secret |
 *   +--------+------+--------------+-------+--------+------------+-----------+--------+
 * </pre>
 * Erase it with {@link #destroy()} when done.
 */
public final class KeyEntry
{
    private static final byte LAYOUT = 1;
    private static final int SHOWN = 4;
    private static final int SHORTEST_SHOWN = 12;

    private final String venue;
    private final Credentials.Kind kind;
    private final byte[] apiKey;
    private final byte[] secret;

    private KeyEntry(final String venue, final Credentials.Kind kind, final byte[] apiKey, final byte[] secret)
    {
        this.venue = venue;
        this.kind = kind;
        this.apiKey = apiKey;
        this.secret = secret;
    }

    /**
     * Makes one and checks that it can sign.
     *
     * @param venue  it belongs to.
     * @param apiKey public part; taken over.
     * @param secret an HMAC secret, or an Ed25519 private key as PEM; taken over and erased if it is replaced.
     * @return it.
     * @throws KeystoreException when the parts cannot be what they should be; shows neither.
     */
    public static KeyEntry of(final String venue, final byte[] apiKey, final byte[] secret)
    {
        if (apiKey.length < 8 || apiKey.length > 255 || !isPlain(apiKey))
        {
            throw new KeystoreException("the API key should be 8 to 255 letters and digits without blanks, found " +
                apiKey.length + " bytes");
        }
        final KeyEntry entry;
        if (Pem.isPem(secret))
        {
            final byte[] pkcs8 = Pem.privateKey(secret);
            Arrays.fill(secret, (byte)0);
            entry = new KeyEntry(venue, Credentials.Kind.ED25519, apiKey, pkcs8);
        }
        else
        {
            if (secret.length < 8 || secret.length > 4_096 || !isPlain(secret))
            {
                throw new KeystoreException("the secret should be 8 to 4096 characters without blanks, or a private " +
                    "key in PEM (-----BEGIN PRIVATE KEY-----), found " + secret.length + " bytes");
            }
            entry = new KeyEntry(venue, Credentials.Kind.HMAC_SHA256, apiKey, secret);
        }
        entry.credentials().destroy();
        return entry;
    }

    static KeyEntry decode(final byte[] bytes)
    {
        try
        {
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (LAYOUT != buffer.get())
            {
                throw new KeystoreException("an entry was written by a newer version, or not by this program");
            }
            final Credentials.Kind kind = Credentials.Kind.values()[buffer.get()];
            final String venue = new String(take(buffer, buffer.get() & 0xFF), StandardCharsets.US_ASCII);
            final byte[] apiKey = take(buffer, buffer.get() & 0xFF);
            return new KeyEntry(venue, kind, apiKey, take(buffer, buffer.getShort() & 0xFFFF));
        }
        catch (final BufferUnderflowException | IndexOutOfBoundsException ex)
        {
            throw new KeystoreException("an entry was not written by this program");
        }
    }

    /** Ready to sign; reads this entry and does not keep it. */
    public Credentials credentials()
    {
        if (Credentials.Kind.HMAC_SHA256 == kind)
        {
            return new HmacCredentials(apiKey, secret);
        }
        try
        {
            return new Ed25519Credentials(apiKey, secret);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new KeystoreException(ex.getMessage() +
                "; make one with: openssl genpkey -algorithm ed25519 -out key.pem");
        }
    }

    /** Erases both parts. */
    public void destroy()
    {
        Arrays.fill(apiKey, (byte)0);
        Arrays.fill(secret, (byte)0);
    }

    /**
     * What may be shown.
     *
     * @param name of the entry.
     * @return its summary.
     */
    public KeySummary summary(final String name)
    {
        return new KeySummary(name, venue, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), masked());
    }

    byte[] encode()
    {
        final byte[] venueBytes = venue.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(6 + venueBytes.length + apiKey.length + secret.length)
            .put(LAYOUT).put((byte)kind.ordinal())
            .put((byte)venueBytes.length).put(venueBytes)
            .put((byte)apiKey.length).put(apiKey)
            .putShort((short)secret.length).put(secret)
            .array();
    }

    @Override
    public String toString()
    {
        return kind + " key " + masked();
    }

    private String masked()
    {
        if (apiKey.length < SHORTEST_SHOWN)
        {
            return "****";
        }
        return new String(apiKey, 0, SHOWN, StandardCharsets.US_ASCII) + "..." +
            new String(apiKey, apiKey.length - SHOWN, SHOWN, StandardCharsets.US_ASCII);
    }

    private static byte[] take(final ByteBuffer buffer, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static boolean isPlain(final byte[] bytes)
    {
        for (final byte b : bytes)
        {
            if (b <= ' ' || b > '~')
            {
                return false;
            }
        }
        return true;
    }
}
