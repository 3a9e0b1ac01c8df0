package org.lockstep.gateway.venue;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

import org.agrona.MutableDirectBuffer;

/**
 * An Ed25519 key, signed with by the JDK. It allocates for each signature, so venues are logged on to once, where they
 * offer that, instead of signing each request. The JDK keeps a private key in objects of its own that cannot be erased;
 * {@link #destroy()} drops them.
 */
public final class Ed25519Credentials implements Credentials
{
    private final byte[] apiKey;
    private volatile Signature signer;

    /**
     * Takes over a key.
     *
     * @param apiKey public part, ASCII; copied.
     * @param pkcs8  private key, PKCS#8 DER; read here and not kept, the caller erases it.
     * @throws IllegalArgumentException if it is no Ed25519 key; says nothing of its content.
     */
    public Ed25519Credentials(final byte[] apiKey, final byte[] pkcs8)
    {
        if (0 == apiKey.length)
        {
            throw new IllegalArgumentException("a key needs both its parts");
        }
        this.apiKey = apiKey.clone();
        try
        {
            final PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalArgumentException("the private key is no Ed25519 key in PKCS#8 form");
        }
    }

    @Override
    public Kind kind()
    {
        return Kind.ED25519;
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
        final Signature current = signer;
        if (null == current)
        {
            throw new IllegalStateException("the key was erased");
        }
        try
        {
            current.update(payload, offset, length);
            return current.sign(signature, signatureOffset, signature.length - signatureOffset);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("Ed25519 could not sign", ex);
        }
    }

    @Override
    public void destroy()
    {
        signer = null;
    }

    @Override
    public String toString()
    {
        return "Ed25519 key";
    }
}
