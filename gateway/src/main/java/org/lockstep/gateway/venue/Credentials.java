package org.lockstep.gateway.venue;

import org.agrona.MutableDirectBuffer;

/**
 * The key of one account, and what it signs. Secrets are held as bytes, erased by {@link #destroy()}, and shown by
 * nothing: not by toString, not by an exception. Threading: one event loop signs; {@link #destroy()} from any thread
 * when that loop is done with it.
 */
public interface Credentials
{
    /** How a key signs. */
    enum Kind
    {
        /** HMAC-SHA256 with a shared secret: 32 bytes. */
        HMAC_SHA256,
        /** Ed25519 with a private key: 64 bytes. */
        ED25519
    }

    /** Longest signature, bytes. */
    int MAX_SIGNATURE_LENGTH = 64;

    /** @return how it signs. */
    Kind kind();

    /** @return length of the public part of the key, bytes. */
    int apiKeyLength();

    /**
     * Writes the public part of the key, as it stands in requests.
     *
     * @param target takes it.
     * @param offset of the first byte.
     * @return bytes written.
     */
    int apiKey(MutableDirectBuffer target, int offset);

    /**
     * Signs.
     *
     * @param payload         what is signed.
     * @param offset          of its first byte.
     * @param length          of it, bytes.
     * @param signature       takes the raw signature.
     * @param signatureOffset of its first byte.
     * @return length of the signature, bytes.
     * @throws IllegalStateException after {@link #destroy()}.
     */
    int sign(byte[] payload, int offset, int length, byte[] signature, int signatureOffset);

    /** Erases the secret. */
    void destroy();
}
