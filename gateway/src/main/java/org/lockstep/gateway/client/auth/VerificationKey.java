package org.lockstep.gateway.client.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;

/**
 * One key and the only algorithm it may be used with; binding the two is what refuses algorithm confusion.
 *
 * @param keyId     the JWK's kid, or null.
 * @param algorithm the one algorithm of this key.
 * @param verifier  checks signatures.
 */
record VerificationKey(String keyId, JWSAlgorithm algorithm, JWSVerifier verifier)
{
    boolean fits(final JWSAlgorithm tokenAlgorithm, final String tokenKeyId)
    {
        return algorithm.equals(tokenAlgorithm) && (null == tokenKeyId || null == keyId || keyId.equals(tokenKeyId));
    }
}
