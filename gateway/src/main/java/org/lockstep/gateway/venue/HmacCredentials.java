package org.lockstep.gateway.venue;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import org.agrona.MutableDirectBuffer;

/**
 * A key with a shared secret: HMAC-SHA256 by RFC 2104 over the JDK's SHA-256. The JDK's own Mac is not used because it
 * allocates 48 bytes for each signature (its inner digest) and keeps copies of the key that nobody can erase.
 * Allocation: none per signature.
 */
public final class HmacCredentials implements Credentials
{
    private static final int BLOCK_LENGTH = 64;
    private static final int DIGEST_LENGTH = 32;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5C;

    private final byte[] apiKey;
    private final byte[] innerBlock = new byte[BLOCK_LENGTH];
    private final byte[] outerBlock = new byte[BLOCK_LENGTH];
    private final byte[] inner = new byte[DIGEST_LENGTH];
    private final MessageDigest digest;
    private volatile boolean isDestroyed;

    /**
     * Takes over a key.
     *
     * @param apiKey public part, ASCII; copied.
     * @param secret as the venue gave it; read here and not kept, the caller erases it.
     */
    public HmacCredentials(final byte[] apiKey, final byte[] secret)
    {
        if (0 == apiKey.length || 0 == secret.length)
        {
            throw new IllegalArgumentException("a key needs both its parts");
        }
        this.apiKey = apiKey.clone();
        this.digest = sha256();
        final byte[] block = secret.length > BLOCK_LENGTH ? digest.digest(secret) : secret;
        for (int i = 0; i < BLOCK_LENGTH; i++)
        {
            final byte b = i < block.length ? block[i] : 0;
            innerBlock[i] = (byte)(b ^ INNER_PAD);
            outerBlock[i] = (byte)(b ^ OUTER_PAD);
        }
        if (block != secret)
        {
            Arrays.fill(block, (byte)0);
        }
    }

    @Override
    public Kind kind()
    {
        return Kind.HMAC_SHA256;
    }

    @Override
    public int apiKeyLength()
    {
        return apiKey.length;
    }

    @Override
    public int apiKey(final MutableDirectBuffer target, final int offset)
    {
        target.putBytes(offset, apiKey);
        return apiKey.length;
    }

    @Override
    public int sign(
        final byte[] payload, final int offset, final int length, final byte[] signature, final int signatureOffset)
    {
        if (isDestroyed)
        {
            throw new IllegalStateException("the key was erased");
        }
        try
        {
            digest.update(innerBlock);
            digest.update(payload, offset, length);
            digest.digest(inner, 0, DIGEST_LENGTH);
            digest.update(outerBlock);
            digest.update(inner);
            return digest.digest(signature, signatureOffset, DIGEST_LENGTH);
        }
        catch (final DigestException ex)
        {
            throw new IllegalArgumentException("no room for a signature", ex);
        }
    }

    @Override
    public void destroy()
    {
        isDestroyed = true;
        Arrays.fill(innerBlock, (byte)0);
        Arrays.fill(outerBlock, (byte)0);
        Arrays.fill(inner, (byte)0);
        digest.reset();
    }

    @Override
    public String toString()
    {
        return "HMAC-SHA256 key";
    }

    private static MessageDigest sha256()
    {
        try
        {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }
}
