package org.lockstep.gateway.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVerifierTest
{
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final KeyPair RSA = keyPair("RSA", 2048, null);
    private static final KeyPair EC = keyPair("EC", 0, "secp256r1");
    private static final KeyPair ED = keyPair("Ed25519", 0, null);

    @TempDir
    private Path directory;

    @Test
    void shouldAcceptEveryAlgorithmFromPemFiles() throws Exception
    {
        assertEquals("ann", verifier(AuthKeys.load(pem(RSA.getPublic()))).verify(rs256(claims())).user());
        assertEquals("ann", verifier(AuthKeys.load(pem(EC.getPublic()))).verify(es256(claims())).user());
        assertEquals("ann", verifier(AuthKeys.load(pem(ED.getPublic()))).verify(edDsa(claims())).user());
        assertEquals("ann", verifier(AuthKeys.ofSecret(SECRET)).verify(hs256(claims(), SECRET)).user());
    }

    @Test
    void shouldAcceptEveryAlgorithmFromOneJwksFile() throws Exception
    {
        final byte[] encoded = ED.getPublic().getEncoded();
        final JWKSet set = new JWKSet(Arrays.asList(
            new RSAKey.Builder((RSAPublicKey)RSA.getPublic()).keyID("r").build(),
            new ECKey.Builder(Curve.P_256, (ECPublicKey)EC.getPublic()).keyID("e").build(),
            new OctetKeyPair.Builder(Curve.Ed25519,
                Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))).build()));
        final Path file = Files.writeString(directory.resolve("jwks.json"), set.toString());

        final TokenVerifier verifier = verifier(AuthKeys.load(file));

        assertEquals(Role.OPERATOR, verifier.verify(rs256(claims())).role());
        assertEquals(Role.OPERATOR, verifier.verify(es256(claims())).role());
        assertEquals(Role.OPERATOR, verifier.verify(edDsa(claims())).role());
    }

    @Test
    void shouldRefuseTokensWithoutSignature()
    {
        final String none = new PlainJWT(claims().build()).serialize();
        final String stripped = hs256(claims(), SECRET).replaceAll("\\.[^.]*$", ".");
        final String relabelled = Base64URL.encode("{\"alg\":\"none\"}") + stripped.substring(stripped.indexOf('.'));

        assertRefused(AuthKeys.ofSecret(SECRET), none);
        assertRefused(AuthKeys.ofSecret(SECRET), stripped);
        assertRefused(AuthKeys.ofSecret(SECRET), relabelled);
    }

    @Test
    void shouldRefuseHmacWithThePublicKeyAsSecret() throws Exception
    {
        final Path file = pem(RSA.getPublic());

        final AuthKeys keys = AuthKeys.load(file);

        assertRefused(keys, hs256(claims(), Files.readAllBytes(file)));
        assertRefused(keys, hs256(claims(), RSA.getPublic().getEncoded()));
    }

    @Test
    void shouldRefuseOtherAlgorithmsOfTheSameKey() throws Exception
    {
        final AuthKeys secret = AuthKeys.ofSecret("x".repeat(64).getBytes(StandardCharsets.US_ASCII));
        final AuthKeys rsa = AuthKeys.load(pem(RSA.getPublic()));

        assertRefused(secret, signed(JWSAlgorithm.HS512, new MACSigner("x".repeat(64)), claims()));
        assertRefused(rsa, signed(JWSAlgorithm.RS512, new RSASSASigner(RSA.getPrivate()), claims()));
        assertRefused(rsa, signed(JWSAlgorithm.PS256, new RSASSASigner(RSA.getPrivate()), claims()));
    }

    @Test
    void shouldRefuseAChangedTokenAndAForeignKey()
    {
        final String token = hs256(claims(), SECRET);
        final String[] parts = token.split("\\.");
        final String admin = Base64URL.encode(
            new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("operator", "admin"))
            .toString();

        assertRefused(AuthKeys.ofSecret(SECRET), parts[0] + "." + admin + "." + parts[2]);
        assertRefused(AuthKeys.ofSecret("another secret of at least 32 bytes".getBytes(StandardCharsets.US_ASCII)),
            token);
    }

    @Test
    void shouldRefuseExpiredUnboundedAndEarlyTokens()
    {
        final AuthKeys keys = AuthKeys.ofSecret(SECRET);

        assertEquals(TokenException.Kind.EXPIRED,
            refusal(keys, hs256(claims().expirationTime(new Date(System.currentTimeMillis() - 1_000)), SECRET)));
        assertRefused(keys, hs256(claims().expirationTime(null), SECRET));
        assertRefused(keys, hs256(claims().notBeforeTime(new Date(System.currentTimeMillis() + 60_000)), SECRET));
    }

    @Test
    void shouldRefuseWrongAudienceIssuerSubjectAndRole() throws Exception
    {
        final AuthKeys keys = AuthKeys.ofSecret(SECRET);
        final TokenVerifier strict = new TokenVerifier(keys, "lockstep", "desk", SystemEpochClock.INSTANCE);

        assertThrows(TokenException.class, () -> strict.verify(hs256(claims(), SECRET)));
        assertThrows(TokenException.class, () ->
            strict.verify(hs256(claims().audience("other").issuer("desk"), SECRET)));
        assertThrows(TokenException.class, () -> strict.verify(hs256(claims().audience("lockstep"), SECRET)));
        assertEquals("ann", strict.verify(hs256(claims().audience("lockstep").issuer("desk"), SECRET)).user());
        assertRefused(keys, hs256(claims().subject(" "), SECRET));
        assertEquals(TokenException.Kind.NO_ROLE, refusal(keys, hs256(claims().claim("role", "root"), SECRET)));
        assertEquals(TokenException.Kind.NO_ROLE, refusal(keys, hs256(claims().claim("role", null), SECRET)));
    }

    @Test
    void shouldRefuseGarbage()
    {
        final AuthKeys keys = AuthKeys.ofSecret(SECRET);

        for (final String garbage : new String[] {"", "a", "a.b", "a.b.c", "..", "e30.e30.e30", "x".repeat(20_000)})
        {
            assertRefused(keys, garbage);
        }
    }

    @Test
    void shouldRefuseKeysThatAreTooWeakOrPrivate() throws Exception
    {
        final Path brief = Files.writeString(directory.resolve("brief"), "too short\n");
        final Path weak = pem(keyPair("RSA", 1024, null).getPublic());
        final Path secretKey = Files.writeString(directory.resolve("private"), "-----BEGIN PRIVATE KEY-----\n" +
            Base64.getMimeEncoder().encodeToString(RSA.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n");

        assertTrue(assertThrows(IOException.class, () -> AuthKeys.load(brief)).getMessage().contains("32 bytes"));
        assertTrue(assertThrows(IOException.class, () -> AuthKeys.load(weak)).getMessage().contains("2048"));
        assertTrue(assertThrows(IOException.class, () -> AuthKeys.load(secretKey)).getMessage().contains("PRIVATE"));
    }

    @Test
    void shouldMintFromAFileThatOnlyItsOwnerReads() throws Exception
    {
        final Path file = directory.resolve("keys/token.key");

        final String token = TokenMinter.openOrCreate(file).mint("ann", Role.ADMIN, Duration.ofMinutes(1), "a", "i");

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        final Identity identity =
            new TokenVerifier(AuthKeys.load(file), "a", "i", SystemEpochClock.INSTANCE).verify(token);
        assertEquals(Role.ADMIN, identity.role());
        final String again = TokenMinter.openOrCreate(file).mint("bob", Role.VIEWER, Duration.ofMinutes(1), null, null);
        assertEquals("bob", verifier(AuthKeys.load(file)).verify(again).user());
        assertFalse(token.contains(Files.readString(file).strip()));
    }

    private static TokenVerifier verifier(final AuthKeys keys)
    {
        return new TokenVerifier(keys, null, null, SystemEpochClock.INSTANCE);
    }

    private static void assertRefused(final AuthKeys keys, final String token)
    {
        assertEquals(TokenException.Kind.BAD_TOKEN, refusal(keys, token));
    }

    private static TokenException.Kind refusal(final AuthKeys keys, final String token)
    {
        return assertThrows(TokenException.class, () -> verifier(keys).verify(token)).kind();
    }

    private static JWTClaimsSet.Builder claims()
    {
        return new JWTClaimsSet.Builder().subject("ann").claim("role", "operator")
            .expirationTime(new Date(System.currentTimeMillis() + 60_000));
    }

    private static String hs256(final JWTClaimsSet.Builder claims, final byte[] secret)
    {
        try
        {
            return signed(JWSAlgorithm.HS256, new MACSigner(secret), claims);
        }
        catch (final JOSEException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static String rs256(final JWTClaimsSet.Builder claims) throws JOSEException
    {
        return signed(JWSAlgorithm.RS256, new RSASSASigner(RSA.getPrivate()), claims);
    }

    private static String es256(final JWTClaimsSet.Builder claims) throws JOSEException
    {
        return signed(JWSAlgorithm.ES256, new ECDSASigner((ECPrivateKey)EC.getPrivate()), claims);
    }

    private static String edDsa(final JWTClaimsSet.Builder claims) throws Exception
    {
        final SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.EdDSA), claims.build());
        final Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(ED.getPrivate());
        signature.update(jwt.getSigningInput());
        return new String(jwt.getSigningInput(), StandardCharsets.US_ASCII) + "." +
            Base64URL.encode(signature.sign());
    }

    private static String signed(
        final JWSAlgorithm algorithm, final JWSSigner signer, final JWTClaimsSet.Builder claims) throws JOSEException
    {
        final SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims.build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private Path pem(final PublicKey key) throws IOException
    {
        return Files.writeString(directory.resolve(key.getAlgorithm() + key.hashCode() + ".pem"),
            "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded()) +
            "\n-----END PUBLIC KEY-----\n");
    }

    private static KeyPair keyPair(final String algorithm, final int bits, final String curve)
    {
        try
        {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (null != curve)
            {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            else if (bits > 0)
            {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        }
        catch (final java.security.GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
