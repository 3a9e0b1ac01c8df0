package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest
{
    private static final String PASSWORD = "change-me";

    @TempDir
    private Path directory;

    @Test
    void shouldServeOverTlsFromAKeyStore() throws Exception
    {
        final Path store = store("one");
        try (GatewayFixture fixture = start(TlsConfig.ofKeyStore(store, PASSWORD));
            RawWebSocket client = new RawWebSocket(open(fixture), ""))
        {
            assertTrue(fixture.gateway.url().startsWith("https://127.0.0.1:"));
            client.sendText("{'type':'ping'}").await("pong");
            assertTrue(get(fixture, "/health").startsWith("HTTP/1.1 200"));
            // A page loaded from here says so as its origin.
            assertTrue(get(fixture, "/api/version", "Origin: " + fixture.gateway.url()).startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void shouldUseANewCertificateOnceItsFilesChange() throws Exception
    {
        final Path certificate = directory.resolve("server.pem");
        final Path key = directory.resolve("server.key");
        writePem(store("first"), certificate, key);
        try (GatewayFixture fixture = start(TlsConfig.ofPem(certificate, key)))
        {
            assertEquals("CN=first", subject(fixture));
            try (RawWebSocket early = new RawWebSocket(open(fixture), ""))
            {
                Files.writeString(certificate, "half a certif");
                touch(certificate);
                assertEquals("CN=first", subject(fixture));

                writePem(store("second"), certificate, key);
                touch(certificate);
                GatewayFixture.awaitTrue("the new one is used", () -> "CN=second".equals(subject(fixture)));
                early.sendText("{'type':'ping'}").await("pong");
            }
        }
    }

    @Test
    void shouldRefuseToStartWithoutAUsableCertificate() throws Exception
    {
        final Path store = store("one");

        final IOException wrong = assertThrows(IOException.class,
            () -> start(TlsConfig.ofKeyStore(store, "wrong")));
        assertThrows(IOException.class,
            () -> start(TlsConfig.ofKeyStore(directory.resolve("none.p12"), PASSWORD)));

        assertTrue(wrong.getMessage().startsWith("tls: cannot use"), wrong.getMessage());
        assertFalse(TlsConfig.ofKeyStore(store, PASSWORD).toString().contains(PASSWORD));
        assertThrows(IllegalArgumentException.class, () -> new TlsConfig(store, null, null, null));
    }

    @Test
    void shouldRefuseAKeyThatIsNotItsCertificates() throws Exception
    {
        final Path certificate = directory.resolve("first.pem");
        final Path key = directory.resolve("second.key");
        writePem(store("first"), certificate, directory.resolve("first.key"));
        writePem(store("second"), directory.resolve("second.pem"), key);

        final IOException failure = assertThrows(IOException.class, () -> start(TlsConfig.ofPem(certificate, key)));

        assertTrue(failure.getMessage().endsWith(
            "the key in '" + key + "' is not that of the certificate in '" + certificate + "'"), failure.getMessage());
    }

    @Test
    void shouldRefuseAKeyStoreWithoutAKeyThatHasItsCertificate() throws Exception
    {
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store("one")))
        {
            keys.load(input, PASSWORD.toCharArray());
        }
        final Certificate certificate = keys.getCertificate("one");
        final byte[] key = encrypted(keys.getKey("one", PASSWORD.toCharArray()).getEncoded());
        keys.deleteEntry("one");
        final Path none = directory.resolve("none.p12");
        for (final boolean isKeyAlone : new boolean[] {true, false})
        {
            if (isKeyAlone)
            {
                keys.setKeyEntry("one", key, null);
            }
            else
            {
                keys.deleteEntry("one");
                keys.setCertificateEntry("one", certificate);
            }
            try (OutputStream output = Files.newOutputStream(none))
            {
                keys.store(output, PASSWORD.toCharArray());
            }

            final IOException failure =
                assertThrows(IOException.class, () -> start(TlsConfig.ofKeyStore(none, PASSWORD)));

            assertTrue(failure.getMessage().endsWith("'" + none + "' holds no key with its certificate"),
                failure.getMessage());
        }
    }

    @Test
    void shouldCutAClientThatNeverFinishesItsHandshake() throws Exception
    {
        try (GatewayFixture fixture = GatewayFixture.start(GatewayFixture.aWorld(), config -> config.withOptions(
            GatewayOptions.DEFAULT.withTls(TlsConfig.ofKeyStore(store("one"), PASSWORD))
                .withLimits(GatewayFixture.requestLimits(100, 200))));
            Socket silent = new Socket("127.0.0.1", fixture.gateway.port()))
        {
            silent.setSoTimeout(GatewayFixture.TIMEOUT_MS);
            silent.getOutputStream().write(0x16);
            assertTrue(silent.getInputStream().readAllBytes().length < 16, "an alert at most, then the end");
        }
    }

    private static GatewayFixture start(final TlsConfig tls) throws IOException
    {
        return GatewayFixture.start(
            GatewayFixture.aWorld(), config -> config.withOptions(GatewayOptions.DEFAULT.withTls(tls)));
    }

    private Path store(final String name)
    {
        final Path store = directory.resolve(name + ".p12");
        try
        {
            final Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC",
                "-alias", name, "-dname", "CN=" + name, "-validity", "30", "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
            final String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(keytool.waitFor(60, TimeUnit.SECONDS) && 0 == keytool.exitValue(), output);
        }
        catch (final IOException | InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
        return store;
    }

    private static byte[] encrypted(final byte[] key) throws Exception
    {
        final String algorithm = "PBEWithSHA1AndDESede";
        final Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE,
            SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD.toCharArray())));
        return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key)).getEncoded();
    }

    private static void writePem(final Path store, final Path certificate, final Path key) throws Exception
    {
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store))
        {
            keys.load(input, PASSWORD.toCharArray());
        }
        final String alias = keys.aliases().nextElement();
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
    }

    private static String pem(final String type, final byte[] content)
    {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) +
            "\n-----END " + type + "-----\n";
    }

    private static void touch(final Path file) throws IOException
    {
        Files.setLastModifiedTime(file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 5_000));
    }

    private static String subject(final GatewayFixture fixture)
    {
        try (SSLSocket socket = open(fixture))
        {
            socket.startHandshake();
            return ((X509Certificate)socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
        catch (final Exception ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static String get(final GatewayFixture fixture, final String path, final String... headers)
        throws Exception
    {
        try (SSLSocket socket = open(fixture))
        {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" +
                String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList()) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static SSLSocket open(final GatewayFixture fixture) throws Exception
    {
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        final SSLSocket socket = (SSLSocket)context.getSocketFactory()
            .createSocket("127.0.0.1", fixture.gateway.port());
        socket.setSoTimeout(GatewayFixture.TIMEOUT_MS);
        return socket;
    }

    /** The certificates of these tests are their own. */
    private static final class TrustsAll implements X509TrustManager
    {
        @Override
        public void checkClientTrusted(final X509Certificate[] chain, final String authType)
        {
            throw new UnsupportedOperationException("clients have no certificates here");
        }

        @Override
        public void checkServerTrusted(final X509Certificate[] chain, final String authType)
        {
            assertTrue(chain.length > 0);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers()
        {
            return new X509Certificate[0];
        }
    }
}
