package org.lockstep.gateway.client;

import java.nio.file.Path;

/**
 * Where the server's certificate and key are: PEM files, or a PKCS#12 store. The files are watched; a new certificate
 * is used for connections made after it appeared.
 *
 * @param certificate PEM chain, the server's own first, or null.
 * @param key         PEM private key (PKCS#8), or null.
 * @param keyStore    PKCS#12, or null.
 * @param password    of the key store, or of an encrypted PEM key; null = none. Never shown.
 */
public record TlsConfig(Path certificate, Path key, Path keyStore, String password)
{
    /** Checks that it is one way or the other. */
    public TlsConfig
    {
        final boolean isPem = null != certificate && null != key && null == keyStore;
        final boolean isStore = null == certificate && null == key && null != keyStore;
        if (!isPem && !isStore)
        {
            throw new IllegalArgumentException("tls: give certificate and key, or keyStore");
        }
    }

    /**
     * PEM files.
     *
     * @param certificate chain.
     * @param key         without a password.
     * @return the configuration.
     */
    public static TlsConfig ofPem(final Path certificate, final Path key)
    {
        return new TlsConfig(certificate, key, null, null);
    }

    /**
     * A PKCS#12 store.
     *
     * @param keyStore with one key.
     * @param password of store and key.
     * @return the configuration.
     */
    public static TlsConfig ofKeyStore(final Path keyStore, final String password)
    {
        return new TlsConfig(null, null, keyStore, password);
    }

    @Override
    public String toString()
    {
        return null == keyStore ? "TlsConfig[" + certificate + ", " + key + "]" : "TlsConfig[" + keyStore + "]";
    }
}
