package org.lockstep.tools.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;

import org.lockstep.gateway.client.TlsConfig;
import org.lockstep.gateway.client.auth.AuthKeys;
import org.lockstep.gateway.client.http.TlsContexts;
import org.lockstep.tools.keys.KeystoreException;
import org.lockstep.tools.keys.Passphrase;

/**
 * Opens the files that a configuration names, as the process would, so that a check finds what the start would. Only
 * where the configuration is about to be run, or is checked: to mint a token nobody needs the certificate's key.
 */
final class NamedFiles
{
    private static final String CERTIFICATE = "certificate";

    private NamedFiles()
    {
    }

    /** Reports what keeps the gateway from serving with these files, at the line of the file. */
    static void checkTls(final ConfigSection section, final TlsConfig tls)
    {
        final boolean isPem = null == tls.keyStore();
        if (isPem ? !isFile(section, CERTIFICATE, "a PEM file") | !isFile(section, "key", "a PEM file") :
            !isFile(section, "keyStore", "a PKCS#12 file"))
        {
            return;
        }
        if (isPem && !holdsCertificate(tls.certificate()))
        {
            section.report(CERTIFICATE, "'" + tls.certificate() + "', which holds no certificate",
                "a PEM file with '-----BEGIN CERTIFICATE-----', the server's first", null);
            return;
        }
        try
        {
            new TlsContexts(tls);
        }
        catch (final IOException ex)
        {
            final String reason =
                " (" + String.valueOf(ex.getCause().getMessage()).lines().findFirst().orElse("") + ")";
            if (isPem)
            {
                section.report("key", "'" + tls.key() + "', which cannot be used" + reason,
                    "the certificate's private key as PEM (PKCS#8), with passwordFile or passwordEnv when it is " +
                    "encrypted", null);
            }
            else
            {
                section.report("keyStore", "'" + tls.keyStore() + "', which cannot be opened" + reason,
                    "a PKCS#12 file, with its password in passwordFile or passwordEnv", null);
            }
        }
    }

    /** Reports a key file that is there and of no use; one that is not there is made at the first start. */
    static void checkTokenKey(final ConfigSection section, final String key, final Path file)
    {
        if (null == file || !Files.exists(file) || !isFile(section, key, "a file with a key"))
        {
            return;
        }
        try
        {
            AuthKeys.load(file);
        }
        catch (final IOException ex)
        {
            section.report(key, "'" + file + "', which cannot be used (" + ex.getMessage() + ")",
                "a secret of at least 32 bytes, PEM public keys, or a JWKS; or a name there is no file of yet", null);
        }
    }

    /** Reports a passphrase file that is not there, empty, or open to others. */
    static void checkPassphrase(final ConfigSection section, final String key, final Path file)
    {
        if (null == file || !isFile(section, key, "a file that holds the passphrase"))
        {
            return;
        }
        try
        {
            Arrays.fill(Passphrase.read(file, false), '\0');
        }
        catch (final KeystoreException ex)
        {
            section.report(key, "'" + file + "': " + ex.getMessage(),
                "a file that holds the passphrase, for its owner's eyes alone", null);
        }
    }

    private static boolean isFile(final ConfigSection section, final String key, final String allowed)
    {
        final String text = section.text(key, null);
        if (null == text)
        {
            return false;
        }
        final String wrong = fault(text);
        if (null != wrong)
        {
            section.report(key, "'" + text + "', " + wrong, allowed + " that this user may read", null);
        }
        return null == wrong;
    }

    private static String fault(final String text)
    {
        try
        {
            final Path file = Path.of(text);
            if (!Files.exists(file))
            {
                return "which is not there";
            }
            if (Files.isDirectory(file))
            {
                return "which is a directory";
            }
            return Files.isReadable(file) ? null : "which cannot be read";
        }
        catch (final InvalidPathException ex)
        {
            return "which is no name of a file";
        }
    }

    private static boolean holdsCertificate(final Path file)
    {
        try (InputStream input = Files.newInputStream(file))
        {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("-----BEGIN") &&
                !CertificateFactory.getInstance("X.509").generateCertificates(input).isEmpty();
        }
        catch (final IOException | CertificateException ex)
        {
            return false;
        }
    }
}
