package org.lockstep.gateway.client.auth;

import java.text.ParseException;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.agrona.concurrent.EpochClock;
import org.lockstep.gateway.client.auth.TokenException.Kind;

/**
 * Checks tokens: signature by a key whose only algorithm is the token's, {@code exp} and {@code sub} present,
 * {@code aud} and {@code iss} as configured, {@code role} known. Any thread; allocates.
 */
public final class TokenVerifier
{
    private static final int MAX_TOKEN_LENGTH = 8 * 1024;
    private static final int MAX_USER_LENGTH = 128;

    private final AuthKeys keys;
    private final String audience;
    private final String issuer;
    private final EpochClock clock;

    /**
     * Sets what is accepted.
     *
     * @param keys     to check signatures with.
     * @param audience that {@code aud} must contain, or null for any.
     * @param issuer   that {@code iss} must equal, or null for any.
     * @param clock    to compare {@code exp} and {@code nbf} with.
     */
    public TokenVerifier(final AuthKeys keys, final String audience, final String issuer, final EpochClock clock)
    {
        this.keys = keys;
        this.audience = audience;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Verifies a token.
     *
     * @param token compact JWS.
     * @return who it belongs to.
     * @throws TokenException if it is refused.
     */
    public Identity verify(final String token) throws TokenException
    {
        if (null == token || token.isEmpty())
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token is empty");
        }
        if (token.length() > MAX_TOKEN_LENGTH)
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token is longer than " + MAX_TOKEN_LENGTH + " characters");
        }
        final SignedJWT jwt = parse(token);
        final JWTClaimsSet claims = claims(jwt);
        checkSignature(jwt);
        return identity(claims);
    }

    private static SignedJWT parse(final String token) throws TokenException
    {
        try
        {
            return SignedJWT.parse(token);
        }
        catch (final ParseException | RuntimeException ex)
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token is not a signed JWT");
        }
    }

    private static JWTClaimsSet claims(final SignedJWT jwt) throws TokenException
    {
        try
        {
            final JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (null != claims)
            {
                return claims;
            }
        }
        catch (final ParseException | RuntimeException ex)
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token's claims are not a JSON object");
        }
        throw new TokenException(Kind.BAD_TOKEN, "the token's claims are not a JSON object");
    }

    private void checkSignature(final SignedJWT jwt) throws TokenException
    {
        final JWSHeader header = jwt.getHeader();
        final JWSAlgorithm algorithm = header.getAlgorithm();
        if (null != header.getCriticalParams() && !header.getCriticalParams().isEmpty())
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token has critical headers this gateway does not know");
        }
        for (final VerificationKey key : keys.keys())
        {
            if (key.fits(algorithm, header.getKeyID()) && isSignedBy(jwt, key))
            {
                return;
            }
        }
        throw new TokenException(Kind.BAD_TOKEN, "no key of this gateway verifies the token's signature");
    }

    private static boolean isSignedBy(final SignedJWT jwt, final VerificationKey key)
    {
        try
        {
            return key.verifier().verify(jwt.getHeader(), jwt.getSigningInput(), jwt.getSignature());
        }
        catch (final JOSEException | RuntimeException ex)
        {
            return false;
        }
    }

    private Identity identity(final JWTClaimsSet claims) throws TokenException
    {
        final long nowMs = clock.time();
        final Date expiry = claims.getExpirationTime();
        if (null == expiry)
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token has no exp claim");
        }
        if (expiry.getTime() <= nowMs)
        {
            throw new TokenException(Kind.EXPIRED, "the token has expired");
        }
        if (null != claims.getNotBeforeTime() && claims.getNotBeforeTime().getTime() > nowMs)
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token is not valid yet");
        }
        if (null != audience && !claims.getAudience().contains(audience))
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token's aud claim is not for this gateway");
        }
        if (null != issuer && !issuer.equals(claims.getIssuer()))
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token's iss claim is not the configured issuer");
        }
        final String user = claims.getSubject();
        if (null == user || user.isBlank() || user.length() > MAX_USER_LENGTH)
        {
            throw new TokenException(Kind.BAD_TOKEN, "the token's sub claim must be 1 to 128 characters");
        }
        final Role role = claims.getClaim("role") instanceof String name ? Role.byCode(name) : null;
        if (null == role)
        {
            throw new TokenException(Kind.NO_ROLE, "the token's role claim must be viewer, operator or admin");
        }
        return new Identity(user, role, expiry.getTime());
    }
}
