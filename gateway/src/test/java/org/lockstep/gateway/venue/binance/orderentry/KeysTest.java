package org.lockstep.gateway.venue.binance.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.gateway.venue.binance.orderentry.TradingScript.error;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.event.codec.AccountState;
import org.lockstep.gateway.net.Await;
import org.lockstep.gateway.net.ScriptedVenue;
import org.lockstep.gateway.venue.Credentials;
import org.lockstep.gateway.venue.Ed25519Credentials;
import org.lockstep.gateway.venue.HmacCredentials;

/** Signing, logging on, and keys that are refused. */
class KeysTest
{
    /** The test key 1 of RFC 8032, published there with its seed; it opens nothing. */
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String PKCS8_HEAD = "302e020100300506032b657004220420";
    private static final String X509_HEAD = "302a300506032b6570032100";

    private static Ed25519Credentials ed25519()
    {
        return new Ed25519Credentials(
            SessionFixture.KEY.getBytes(StandardCharsets.US_ASCII), HexFormat.of().parseHex(PKCS8_HEAD + SEED));
    }

    private static String sign(final Credentials credentials, final String payload)
    {
        return new RequestSigner(credentials).sign(payload);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000" +
            "&timestamp=1499827319559" +
            "|c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71",
        "apiKey=" + SessionFixture.KEY + "&price=52000.00&quantity=0.01000000&recvWindow=100&side=SELL&symbol=BTCUSDT" +
            "&timeInForce=GTC&timestamp=1645423376532&type=LIMIT" +
            "|aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24",
        "apiKey=" + SessionFixture.KEY + "&timestamp=1649729878532" +
            "|1cf54395b336b0a9727ef27d5d98987962bc47aca6e13fe978612d0adee066ed"})
    void shouldSignAsTheVenuesDocumentationDoes(final String payload, final String signature)
    {
        assertEquals(signature, sign(SessionFixture.hmac(), payload));
    }

    @Test
    void shouldSignWithEd25519AsRfc8032Does()
    {
        // The key's name is of an example in Binance's API documentation: it opens nothing.
        final String payload =
            "apiKey=4yNzx3yWC5bS6YTwEkSRaC0nRmSQIIStAUOh1b6kqaBrTLIhjCpI5lJH8q8R8WNO&timestamp=1649729878532";

        assertEquals("NBJq5sX1RkU7ta3XDctruMgnrhyBcouMvvPIxxQSCUbVWxhp3ai6W7a0Iip/3nOwmJxkVIv6n20cekYCOa5qAg==",
            sign(ed25519(), payload));
    }

    @Test
    void shouldMatchEveryPublishedVector() throws Exception
    {
        Path vectors = Path.of("../../shared/venues/binance/samples/signing_vectors.json");
        vectors = Files.exists(vectors) ? vectors : Path.of("../shared/venues/binance/samples/signing_vectors.json");
        Assumptions.assumeTrue(Files.exists(vectors), "the vectors are not at hand");
        final JsonNode all = TradingScript.MAPPER.readTree(vectors.toFile());

        int checked = 0;
        for (final JsonNode vector : all.path("hmac_sha256").path("vectors"))
        {
            assertEquals(vector.path("signature").asText(),
                sign(SessionFixture.hmac(), vector.path("payload").asText()), vector.path("name").asText());
            checked++;
        }
        for (final JsonNode vector : all.path("ed25519").path("vectors"))
        {
            assertEquals(vector.path("signature_base64").asText(),
                sign(ed25519(), vector.path("payload").asText()), vector.path("name").asText());
            checked++;
        }
        assertEquals(23, checked);
    }

    @Test
    void shouldHashSecretsLongerThanABlock()
    {
        final HmacCredentials credentials =
            new HmacCredentials("k".getBytes(StandardCharsets.US_ASCII), new byte[131]);

        final byte[] signature = new byte[32];
        assertEquals(32, credentials.sign("x".getBytes(StandardCharsets.US_ASCII), 0, 1, signature, 0));
        assertEquals(javaHmac(new byte[131], "x"), HexFormat.of().formatHex(signature));
    }

    @Test
    void shouldNeitherSignNorShowAnythingOnceErased()
    {
        final HmacCredentials hmac = SessionFixture.hmac();
        final Ed25519Credentials ed25519 = ed25519();
        assertFalse(hmac.toString().contains(SessionFixture.SECRET.substring(0, 8)));
        assertFalse(ed25519.toString().contains(SEED.substring(0, 8)));

        hmac.destroy();
        ed25519.destroy();

        assertThrows(IllegalStateException.class, () -> sign(hmac, "x"));
        assertThrows(IllegalStateException.class, () -> sign(ed25519, "x"));
    }

    @Test
    void shouldSayNothingOfAKeyThatIsNone()
    {
        final byte[] secret = "not a key at all".getBytes(StandardCharsets.US_ASCII);

        final IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class,
            () -> new Ed25519Credentials("k".getBytes(StandardCharsets.US_ASCII), secret));

        assertFalse(refusal.getMessage().contains("not a key at all"));
        assertEquals(null, refusal.getCause());
    }

    @Test
    void shouldLogOnOnceWithEd25519AndSignNothingElse() throws Exception
    {
        try (SessionFixture fixture =
            new SessionFixture(config -> config, ed25519(), 10))
        {
            fixture.live();
            fixture.limit(1);

            final TradingScript.Request logon = fixture.script.await("session.logon", 0);
            final String payload = "apiKey=" + SessionFixture.KEY + "&timestamp=" + logon.param("timestamp");
            assertTrue(isSigned(payload, logon.param("signature")));
            final TradingScript.Request place = fixture.script.await("order.place", 0);
            assertFalse(place.params().has("signature"));
            assertFalse(place.params().has("apiKey"));
            assertTrue(place.params().has("timestamp"));
            assertTrue(fixture.script.await("userDataStream.subscribe", 0).params().isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({"400,-1022", "401,-2015", "400,-2014"})
    void shouldFailToStartWithAKeyThatTheVenueRefuses(final int status, final int code)
    {
        try (SessionFixture fixture = new SessionFixture())
        {
            fixture.script.answer("userDataStream.subscribe.signature",
                request -> error(status, code, "Invalid API-key, IP, or permissions for action."));

            final ExecutionException failure = assertThrows(ExecutionException.class,
                () -> fixture.session.start().get(60, TimeUnit.SECONDS));

            assertTrue(failure.getMessage().contains(Integer.toString(code)), failure.getMessage());
            assertEquals(AccountState.REFUSED, fixture.session.state());
        }
    }

    @Test
    void shouldEndTheSessionWhenTheVenueAnswersWithoutAnId()
    {
        try (SessionFixture fixture = new SessionFixture())
        {
            fixture.live();

            fixture.script.last().send("{\"id\":null,\"status\":401,\"error\":{\"code\":-2015," +
                "\"msg\":\"Invalid API-key, IP, or permissions for action.\"}}");

            fixture.awaitState(AccountState.REFUSED);
            Await.until("closed", () -> !fixture.script.last().channel.isActive());
        }
    }

    @Test
    void shouldRefuseAKeyThatMayWithdraw()
    {
        try (SessionFixture fixture = new SessionFixture())
        {
            fixture.script.venue.reply("/sapi/v1/account/apiRestrictions",
                query -> ScriptedVenue.Reply.ok("{\"ipRestrict\":false,\"enableWithdrawals\":true}"));

            final ExecutionException failure = assertThrows(ExecutionException.class,
                () -> fixture.session.start().get(60, TimeUnit.SECONDS));

            assertTrue(failure.getMessage().contains("may withdraw"), failure.getMessage());
            assertTrue(fixture.script.venue.connections.isEmpty());
        }
    }

    @Test
    void shouldTakeAKeyThatMayWithdrawWhereThatIsForced()
    {
        try (SessionFixture fixture = new SessionFixture(config -> config.allowingWithdrawalKeys(true)))
        {
            fixture.script.venue.reply("/sapi/v1/account/apiRestrictions",
                query -> ScriptedVenue.Reply.ok("{\"ipRestrict\":false,\"enableWithdrawals\":true}"));

            fixture.live();

            assertEquals(AccountState.LIVE, fixture.session.state());
        }
    }

    @Test
    void shouldTryAgainWhenTheCheckOfTheKeyIsNotAnswered()
    {
        try (SessionFixture fixture = new SessionFixture())
        {
            fixture.script.venue.reply("/sapi/v1/account/apiRestrictions", query ->
                fixture.script.venue.requestCount("/sapi") < 3 ? new ScriptedVenue.Reply(503, "{}", Map.of()) :
                ScriptedVenue.Reply.ok("{\"enableWithdrawals\":false}"));

            fixture.live();

            assertEquals(3, fixture.script.venue.requestCount("/sapi"));
        }
    }

    @Test
    void shouldTakeAnEnvironmentWithoutTheCheckAsItIs()
    {
        try (SessionFixture fixture = new SessionFixture())
        {
            fixture.script.venue.reply("/sapi/v1/account/apiRestrictions",
                query -> new ScriptedVenue.Reply(404, "<html>not found</html>", Map.of()));

            fixture.live();

            assertEquals(AccountState.LIVE, fixture.session.state());
        }
    }

    private static boolean isSigned(final String payload, final String signature) throws GeneralSecurityException
    {
        final PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(
            new X509EncodedKeySpec(HexFormat.of().parseHex(X509_HEAD + PUBLIC)));
        final Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(payload.getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(Base64.getDecoder().decode(signature));
    }

    private static String javaHmac(final byte[] secret, final String payload)
    {
        try
        {
            final javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII)));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
