package org.lockstep.tools.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.gateway.venue.Credentials;

class KeystoreTest
{
    // Key, secret and vector of the signing examples in Binance's API documentation; they open nothing.
    private static final String KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    private static final String SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private static final String PAYLOAD = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1" +
        "&recvWindow=5000&timestamp=1499827319559";
    private static final String SIGNATURE = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";

    @TempDir
    private Path directory;

    @Test
    void shouldSignAsPublishedWhenHmacKeyComesBackFromTheFile()
    {
        add("main", KEY, SECRET);

        final byte[] signature = new byte[Credentials.MAX_SIGNATURE_LENGTH];
        try (Keystore keystore = open())
        {
            final Credentials credentials = keystore.credentials("main", "binance");
            final byte[] payload = ascii(PAYLOAD);
            final int length = credentials.sign(payload, 0, payload.length, signature, 0);

            assertEquals(SIGNATURE, HexFormat.of().formatHex(signature, 0, length));
        }
    }

    @Test
    void shouldSignSoThatThePublicKeyAgreesWhenItIsAnEd25519Pem() throws Exception
    {
        final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        final String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
            .encodeToString(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        add("ed", KEY, pem);

        final byte[] signature = new byte[Credentials.MAX_SIGNATURE_LENGTH];
        try (Keystore keystore = open())
        {
            final byte[] payload = ascii(PAYLOAD);
            keystore.credentials("ed", "binance").sign(payload, 0, payload.length, signature, 0);
        }

        final Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(pair.getPublic());
        verifier.update(ascii(PAYLOAD));
        assertTrue(verifier.verify(signature));
    }

    @Test
    void shouldShowNoSecretAndOnlyTheEndsOfTheKey() throws Exception
    {
        add("main", KEY, SECRET);

        try (Keystore keystore = open())
        {
            final List<KeySummary> rows = keystore.list();

            assertEquals(List.of(new KeySummary("main", "binance", "hmac-sha256", "vmPU...Eh8A")), rows);
        }
        final String bytes = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(SECRET) || bytes.contains(KEY));
    }

    @Test
    void shouldBeReadableByItsOwnerAloneAndLeaveNothingBeside() throws Exception
    {
        add("main", KEY, SECRET);
        add("other", KEY, SECRET);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        try (Stream<Path> files = Files.list(directory))
        {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void shouldNameWhatThereIsWhenAKeyIsMissingOrOfAnotherVenue()
    {
        add("main", KEY, SECRET);
        try (Keystore keystore = open())
        {
            assertMessage("there are: main", () -> keystore.credentials("mian", "binance"));
            assertMessage("belongs to binance", () -> keystore.credentials("main", "kraken"));
            assertMessage("already", () -> keystore.add("main", entry(KEY, SECRET)));
            assertMessage("allowed: small letters", () -> keystore.add("Main", entry(KEY, SECRET)));
            keystore.remove("main");
            assertMessage("keys add main", () -> keystore.credentials("main", "binance"));
        }
        try (Keystore keystore = open())
        {
            assertEquals(List.of(), keystore.names());
        }
    }

    @Test
    void shouldRefuseWrongPassphraseAndFilesThatAreNoKeystore() throws Exception
    {
        add("main", KEY, SECRET);

        assertMessage("does not open", () -> Keystore.open(file(), "wrong passphrase".toCharArray()));
        Files.writeString(directory.resolve("text"), "hello");
        assertMessage("as a PKCS#12 keystore",
            () -> Keystore.open(directory.resolve("text"), "whatever".toCharArray()));
    }

    @Test
    void shouldRefuseWhatCannotBeAKeyWithoutRepeatingIt()
    {
        for (final String[] parts : new String[][]{
            {"short", SECRET}, {KEY, "short"}, {KEY + " x", SECRET}, {KEY, SECRET + "\nsecond line"},
            {KEY, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"},
            {KEY, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}})
        {
            final KeystoreException ex =
                assertThrows(KeystoreException.class, () -> entry(parts[0], parts[1]), parts[1]);

            assertFalse(ex.getMessage().contains(SECRET) || ex.getMessage().contains(KEY), ex.getMessage());
        }
    }

    @Test
    void shouldReadPassphraseFromFileOfItsOwnerAlone() throws Exception
    {
        final Path secret = directory.resolve("passphrase");
        Files.writeString(secret, "correct horse\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
        assertMessage("chmod 600", () -> Passphrase.read(secret, false));

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

        assertArrayEquals("correct horse".toCharArray(), Passphrase.read(secret, true));
        assertMessage("there is no", () -> Passphrase.read(directory.resolve("none"), false));
        Files.writeString(secret, "short");
        assertMessage("at least 8", () -> Passphrase.read(secret, true));
    }

    @Test
    void shouldEraseWhatItWasGiven()
    {
        final byte[] secret = ascii(SECRET);
        final KeyEntry entry = KeyEntry.of("binance", ascii(KEY), secret);
        entry.destroy();

        assertArrayEquals(new byte[SECRET.length()], secret);
        final char[] passphrase = "passphrase".toCharArray();
        Keystore.open(file(), passphrase).close();
        assertTrue(Arrays.equals(new char["passphrase".length()], passphrase));
    }

    private static void assertMessage(final String part, final org.junit.jupiter.api.function.Executable action)
    {
        final String message = assertThrows(KeystoreException.class, action).getMessage();
        assertTrue(message.contains(part), message);
    }

    private void add(final String name, final String key, final String secret)
    {
        try (Keystore keystore = open())
        {
            keystore.add(name, entry(key, secret));
        }
    }

    private static KeyEntry entry(final String key, final String secret)
    {
        return KeyEntry.of("binance", ascii(key), ascii(secret));
    }

    private Keystore open()
    {
        return Keystore.open(file(), "a passphrase".toCharArray());
    }

    private Path file()
    {
        return directory.resolve("keys.p12");
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
