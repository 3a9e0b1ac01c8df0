package org.lockstep.tools.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFilesTest
{
    private static final String PASSWORD = "change-me";

    @TempDir
    private Path directory;

    @Test
    void shouldReportEachTlsFileThatIsNotThereAtItsLine() throws Exception
    {
        final List<Finding> findings = findings("""
            venues: {binance: {symbols: [BTCUSDT]}}
            gateway:
              tls:
                certificate: nope.pem
                key: nope.key
            """);

        assertEquals(List.of("gateway.tls.certificate", "gateway.tls.key"),
            findings.stream().map(Finding::key).toList());
        assertEquals(List.of(4, 5), findings.stream().map(Finding::line).toList());
        assertEquals("'nope.pem', which is not there", findings.get(0).found());
    }

    @Test
    void shouldReportTextWhereACertificateOrKeyShouldBeAndTakeARealPair() throws Exception
    {
        final Path certificate = directory.resolve("server.pem");
        final Path key = directory.resolve("server.key");
        final Path text = Files.writeString(directory.resolve("text"), "not a certificate\n");
        writePem(keyStore(), certificate, key);

        final Finding noCertificate = only(tls("certificate: " + text + ", key: " + key));
        final Finding noKey = only(tls("certificate: " + certificate + ", key: " + text));
        final Finding folder = only(tls("certificate: " + directory + ", key: " + key));

        assertEquals("gateway.tls.certificate", noCertificate.key());
        assertTrue(noCertificate.found().endsWith("which holds no certificate"), noCertificate::toString);
        assertEquals("gateway.tls.key", noKey.key());
        assertEquals(2, noKey.line());
        assertTrue(folder.found().endsWith("which is a directory"), folder::toString);
        read(tls("certificate: " + certificate + ", key: " + key));
    }

    @Test
    void shouldReportAKeyThatIsNotItsCertificatesNamingBothFiles() throws Exception
    {
        final Path certificate = directory.resolve("server.pem");
        final Path key = directory.resolve("other.key");
        final Path ownKey = directory.resolve("server.key");
        writePem(keyStore(), certificate, ownKey);
        Files.delete(directory.resolve("server.p12"));
        writePem(keyStore(), directory.resolve("other.pem"), key);

        final Finding finding = only(tls("certificate: " + certificate + ", key: " + key));

        assertEquals("gateway.tls.key", finding.key());
        assertEquals("'" + key + "', which cannot be used (the key in '" + key + "' is not that of the certificate " +
            "in '" + certificate + "')", finding.found());
        for (final Path file : List.of(key, ownKey))
        {
            assertFalse(finding.toString().contains(Files.readAllLines(file).get(1)), finding::toString);
        }
    }

    @Test
    void shouldReportAKeyStoreThatCannotBeOpenedWithoutItsPassword() throws Exception
    {
        final Path store = keyStore();
        final Path right = Files.writeString(directory.resolve("right"), PASSWORD);
        final Path wrong = Files.writeString(directory.resolve("wrong"), "s3cret-but-wrong");

        final Finding finding = only(tls("keyStore: " + store + ", passwordFile: " + wrong));

        assertEquals("gateway.tls.keyStore", finding.key());
        assertTrue(!finding.toString().contains("s3cret"), finding::toString);
        read(tls("keyStore: " + store + ", passwordFile: " + right));
        read(tls("keyStore: none.p12").replace("gateway: {", "gateway: {enabled: false, "));
    }

    @Test
    void shouldReportAPassphraseAndATokenKeyThatCannotBeUsed() throws Exception
    {
        final Path open = Files.writeString(directory.resolve("open"), "a passphrase");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        final Path shortKey = Files.writeString(directory.resolve("short"), "too short");

        final Finding missing = only(venues() + "keystore: {passphraseFile: nope}\n");
        final Finding readable = only(venues() + "keystore: {passphraseFile: " + open + "}\n");
        final Finding weak = only(venues() + "gateway: {keyFile: " + shortKey + "}\n");

        assertEquals("keystore.passphraseFile", missing.key());
        assertTrue(readable.found().contains("chmod 600"), readable::toString);
        assertEquals("gateway.keyFile", weak.key());
        assertTrue(weak.found().contains("32 bytes"), weak::toString);
        read(venues() + "gateway: {keyFile: " + directory.resolve("made-at-the-first-start") + "}\n");
    }

    private static String venues()
    {
        return "venues: {binance: {symbols: [BTCUSDT]}}\n";
    }

    private static String tls(final String files)
    {
        return venues() + "gateway: {tls: {" + files + "}}\n";
    }

    private Finding only(final String text) throws IOException
    {
        final List<Finding> findings = findings(text);
        assertEquals(1, findings.size(), findings::toString);
        return findings.get(0);
    }

    private List<Finding> findings(final String text)
    {
        return assertThrows(ConfigException.class, () -> read(text)).findings();
    }

    private void read(final String text) throws IOException
    {
        ConfigReader.readToRun(
            Files.writeString(directory.resolve("lockstep.yaml"), text), (strategy, parameters) -> List.of());
    }

    private Path keyStore() throws Exception
    {
        final Path store = directory.resolve("server.p12");
        final Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC",
            "-alias", "server", "-dname", "CN=server", "-validity", "30", "-storetype", "PKCS12", "-keystore",
            store.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
        final String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS) && 0 == keytool.exitValue(), output);
        return store;
    }

    private static void writePem(final Path store, final Path certificate, final Path key) throws Exception
    {
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store))
        {
            keys.load(input, PASSWORD.toCharArray());
        }
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    }

    private static String pem(final String type, final byte[] content)
    {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) +
            "\n-----END " + type + "-----\n";
    }
}
