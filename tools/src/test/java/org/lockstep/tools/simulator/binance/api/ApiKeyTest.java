package org.lockstep.tools.simulator.binance.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.lockstep.tools.Samples;
import org.lockstep.tools.simulator.binance.exchange.Account;
import org.lockstep.tools.simulator.binance.exchange.Fees;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Locale;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The check of signatures against the published vectors. */
class ApiKeyTest
{
    private static final String ED25519_PREFIX = "302a300506032b6570032100";

    private final Account account = new Account(1, new Fees(0, 0));

    private static JsonNode vectors(final String kind) throws Exception
    {
        return new ObjectMapper().readTree(Samples.binance("signing_vectors.json").toFile()).get(kind);
    }

    private static byte[] payload(final JsonNode vector)
    {
        return vector.get("payload").asText().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldTakePublishedSignaturesWithSharedSecret() throws Exception
    {
        final JsonNode published = vectors("hmac_sha256");
        final ApiKey key = ApiKey.hmac(published.get("apiKey").asText(), account,
            published.get("secretKey").asText().getBytes(StandardCharsets.UTF_8), false);

        for (final JsonNode vector : published.get("vectors"))
        {
            final String signature = vector.get("signature").asText();
            assertTrue(key.verifies(payload(vector), signature), vector.get("name").asText());
            assertTrue(key.verifies(payload(vector), signature.toUpperCase(Locale.ROOT)));
            assertFalse(key.verifies(
                (vector.get("payload").asText() + " ").getBytes(StandardCharsets.UTF_8), signature));
        }
    }

    @Test
    void shouldTakePublishedSignaturesWithKeyPair() throws Exception
    {
        final JsonNode published = vectors("ed25519");
        final ApiKey key = ApiKey.ed25519(published.get("apiKey").asText(), account,
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(
                HexFormat.of().parseHex(ED25519_PREFIX + published.get("public_key_hex").asText()))), false);

        for (final JsonNode vector : published.get("vectors"))
        {
            assertTrue(key.verifies(payload(vector), vector.get("signature_base64").asText()),
                vector.get("name").asText());
        }
        assertFalse(key.verifies(payload(published.at("/vectors/0")), "AAAA"));
        assertFalse(key.verifies(payload(published.at("/vectors/0")), "not base64!"));
    }
}
