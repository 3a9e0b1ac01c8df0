package org.lockstep.gateway.client.http;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;

import javax.net.ssl.KeyManagerFactory;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.lockstep.gateway.client.TlsConfig;

/**
 * A server's certificates and key, out of their files. A key that is not its certificate's is refused here: else the
 * server would start, and every client would be turned away. What is thrown says nothing of a key.
 */
final class TlsIdentity
{
    private static final byte[] PROBE = "one key signs, the other verifies".getBytes(StandardCharsets.US_ASCII);

    private TlsIdentity()
    {
    }

    static SslContextBuilder serverBuilder(final TlsConfig config) throws IOException, GeneralSecurityException
    {
        return null == config.keyStore() ? ofPem(config) : ofKeyStore(config);
    }

    private static SslContextBuilder ofPem(final TlsConfig config) throws GeneralSecurityException
    {
        final X509Certificate[] chain = Pem.certificates(config.certificate().toFile());
        final PrivateKey key = Pem.key(config.key().toFile(), config.password());
        if (!isPair(key, chain[0].getPublicKey()))
        {
            throw new KeyException("the key in '" + config.key() + "' is not that of the certificate in '" +
                config.certificate() + "'");
        }
        return SslContextBuilder.forServer(key, chain);
    }

    private static SslContextBuilder ofKeyStore(final TlsConfig config) throws IOException, GeneralSecurityException
    {
        final char[] password = null == config.password() ? new char[0] : config.password().toCharArray();
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(config.keyStore()))
        {
            store.load(input, password);
        }
        boolean isUsable = false;
        for (final String alias : Collections.list(store.aliases()))
        {
            final Certificate certificate = store.getCertificate(alias);
            if (null != certificate && store.isKeyEntry(alias) &&
                store.getKey(alias, password) instanceof final PrivateKey key)
            {
                if (!isPair(key, certificate.getPublicKey()))
                {
                    throw new KeyException("the key '" + alias + "' in '" + config.keyStore() +
                        "' is not that of its certificate");
                }
                isUsable = true;
            }
        }
        if (!isUsable)
        {
            throw new KeyException("'" + config.keyStore() + "' holds no key with its certificate");
        }
        final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return SslContextBuilder.forServer(factory);
    }

    /** Of algorithms that are not known here it is left to the handshake. */
    private static boolean isPair(final PrivateKey key, final PublicKey certified)
    {
        final String signing = switch (key.getAlgorithm())
        {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            default -> null;
        };
        if (null == signing)
        {
            return true;
        }
        try
        {
            final Signature signature = Signature.getInstance(signing);
            signature.initSign(key);
            signature.update(PROBE);
            final byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        }
        catch (final GeneralSecurityException ex)
        {
            return false;       // of another kind, curve or size
        }
    }

    /** Netty reads PEM, encrypted keys too, and lets only its own contexts ask for it. */
    private abstract static class Pem extends SslContext
    {
        static X509Certificate[] certificates(final File file) throws CertificateException
        {
            return toX509Certificates(file);
        }

        static PrivateKey key(final File file, final String password) throws KeyException
        {
            try
            {
                return toPrivateKey(file, password);
            }
            catch (final IOException | GeneralSecurityException | IllegalArgumentException ex)
            {
                throw new KeyException("File does not contain valid private key: " + file, ex);
            }
        }
    }
}
