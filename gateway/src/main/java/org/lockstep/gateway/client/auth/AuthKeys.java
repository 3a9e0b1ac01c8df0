package org.lockstep.gateway.client.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;

/**
 * The keys that tokens are checked with, from a file: a JWKS ({@code {"keys": [...]}}), PEM public keys (RSA from 2048
 * bits, EC P-256, Ed25519), or a shared secret of at least 32 bytes. Immutable.
 */
public final class AuthKeys
{
    private static final int MIN_SECRET_LENGTH = 32;
    private static final int MIN_RSA_BITS = 2048;
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    /** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes. */
    private static final byte[] ED25519_PREFIX =
    {
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };

    private final List<VerificationKey> keys;

    private AuthKeys(final List<VerificationKey> keys)
    {
        this.keys = List.copyOf(keys);
    }

    /**
     * Keys from a shared secret (HS256).
     *
     * @param secret at least 32 bytes; copied.
     * @return the keys.
     */
    public static AuthKeys ofSecret(final byte[] secret)
    {
        return new AuthKeys(List.of(secretKey(null, secret, "the secret")));
    }

    /**
     * Reads a key file of any of the three kinds.
     *
     * @param file to read.
     * @return the keys.
     * @throws IOException if it cannot be read, or holds something else; the message says what.
     */
    public static AuthKeys load(final Path file) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        final String text = new String(bytes, StandardCharsets.UTF_8).strip();
        try
        {
            if (text.startsWith("{"))
            {
                return ofJwks(text, file.toString());
            }
            if (text.contains("-----BEGIN "))
            {
                return ofPem(text, file.toString());
            }
            return new AuthKeys(List.of(secretKey(null, trimmed(bytes), file.toString())));
        }
        catch (final IllegalArgumentException | ParseException | GeneralSecurityException | JOSEException ex)
        {
            throw new IOException(file + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Keys of several files together.
     *
     * @param parts to join.
     * @return all of them.
     */
    public static AuthKeys join(final List<AuthKeys> parts)
    {
        final List<VerificationKey> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.keys));
        return new AuthKeys(all);
    }

    List<VerificationKey> keys()
    {
        return keys;
    }

    /** Cuts white space off the end, so that a secret written by an editor is the secret that was meant. */
    static byte[] trimmed(final byte[] secret)
    {
        int length = secret.length;
        while (length > 0 && secret[length - 1] <= ' ' && secret[length - 1] >= 0)
        {
            length--;
        }
        return Arrays.copyOf(secret, length);
    }

    private static AuthKeys ofJwks(final String text, final String where)
        throws ParseException, GeneralSecurityException, JOSEException
    {
        final List<VerificationKey> keys = new ArrayList<>();
        for (final JWK jwk : JWKSet.parse(text).getKeys())
        {
            keys.add(ofJwk(jwk, where));
        }
        if (keys.isEmpty())
        {
            throw new IllegalArgumentException("the key set is empty; it needs at least one key");
        }
        return new AuthKeys(keys);
    }

    private static VerificationKey ofJwk(final JWK jwk, final String where)
        throws GeneralSecurityException, JOSEException
    {
        final VerificationKey key;
        if (jwk instanceof OctetSequenceKey secret)
        {
            key = secretKey(jwk.getKeyID(), secret.toByteArray(), where);
        }
        else if (jwk instanceof RSAKey rsa)
        {
            key = publicKey(jwk.getKeyID(), rsa.toPublicKey());
        }
        else if (jwk instanceof ECKey ec)
        {
            key = publicKey(jwk.getKeyID(), ec.toPublicKey());
        }
        else if (jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve()))
        {
            key = publicKey(jwk.getKeyID(), ed25519(pair.getDecodedX()));
        }
        else
        {
            throw new IllegalArgumentException(
                "key type " + jwk.getKeyType() + " is not allowed; use oct, RSA, EC P-256 or OKP Ed25519");
        }
        if (null != jwk.getAlgorithm() && !jwk.getAlgorithm().getName().equals(key.algorithm().getName()))
        {
            throw new IllegalArgumentException("key " + jwk.getKeyID() + " says alg " + jwk.getAlgorithm() +
                "; a key of its type is used with " + key.algorithm());
        }
        return key;
    }

    private static AuthKeys ofPem(final String text, final String where)
        throws GeneralSecurityException, JOSEException
    {
        final List<VerificationKey> keys = new ArrayList<>();
        final Matcher matcher = PEM.matcher(text);
        while (matcher.find())
        {
            if (!"PUBLIC KEY".equals(matcher.group(1)))
            {
                throw new IllegalArgumentException("found a PEM block " + matcher.group(1) +
                    "; only PUBLIC KEY is allowed (a gateway needs no private key)");
            }
            final byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(2));
            keys.add(publicKey(null, decodePublic(encoded)));
        }
        if (keys.isEmpty())
        {
            throw new IllegalArgumentException(where + " holds no whole PEM block");
        }
        return new AuthKeys(keys);
    }

    private static PublicKey decodePublic(final byte[] encoded) throws GeneralSecurityException
    {
        for (final String algorithm : List.of("RSA", "EC", "Ed25519"))
        {
            try
            {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
            }
            catch (final GeneralSecurityException ex)
            {
                continue;
            }
        }
        throw new IllegalArgumentException("a PUBLIC KEY is neither RSA, EC P-256 nor Ed25519");
    }

    private static PublicKey ed25519(final byte[] x) throws GeneralSecurityException
    {
        if (32 != x.length)
        {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, found " + x.length);
        }
        final byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + x.length);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static VerificationKey publicKey(final String keyId, final PublicKey key) throws JOSEException
    {
        if (key instanceof RSAPublicKey rsa)
        {
            if (rsa.getModulus().bitLength() < MIN_RSA_BITS)
            {
                throw new IllegalArgumentException(
                    "an RSA key needs 2048 bits, found " + rsa.getModulus().bitLength());
            }
            return new VerificationKey(keyId, JWSAlgorithm.RS256, new RSASSAVerifier(rsa));
        }
        if (key instanceof ECPublicKey ec)
        {
            if (!Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams())))
            {
                throw new IllegalArgumentException("an EC key must be on P-256");
            }
            return new VerificationKey(keyId, JWSAlgorithm.ES256, new ECDSAVerifier(ec));
        }
        return new VerificationKey(keyId, JWSAlgorithm.EdDSA, new Ed25519SignatureVerifier(key));
    }

    private static VerificationKey secretKey(final String keyId, final byte[] secret, final String where)
    {
        if (secret.length < MIN_SECRET_LENGTH)
        {
            throw new IllegalArgumentException(
                where + ": a secret for HS256 needs at least 32 bytes, found " + secret.length);
        }
        try
        {
            return new VerificationKey(keyId, JWSAlgorithm.HS256, new MACVerifier(secret.clone()));
        }
        catch (final JOSEException ex)
        {
            throw new IllegalArgumentException(ex.getMessage(), ex);
        }
    }
}
