package org.lockstep.gateway.client.auth;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;

/** EdDSA over the JDK's own Ed25519; Nimbus brings one only together with a further library. */
final class Ed25519SignatureVerifier implements JWSVerifier
{
    private static final int SIGNATURE_LENGTH = 64;

    private final PublicKey key;
    private final JCAContext context = new JCAContext();

    Ed25519SignatureVerifier(final PublicKey key)
    {
        this.key = key;
    }

    @Override
    public boolean verify(final JWSHeader header, final byte[] signingInput, final Base64URL signature)
        throws JOSEException
    {
        final byte[] signatureBytes = signature.decode();
        if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm()) || SIGNATURE_LENGTH != signatureBytes.length)
        {
            return false;
        }
        try
        {
            final Signature verification = Signature.getInstance("Ed25519");
            verification.initVerify(key);
            verification.update(signingInput);
            return verification.verify(signatureBytes);
        }
        catch (final GeneralSecurityException ex)
        {
            return false;
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms()
    {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext()
    {
        return context;
    }
}
