package org.lockstep.tools.simulator.binance.api;

import org.lockstep.tools.simulator.binance.exchange.Account;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key to an account, and the check of what was signed with its secret. */
public final class ApiKey
{
    private final String name;
    private final Account account;
    private final byte[] secret;
    private final PublicKey publicKey;
    private final boolean mayWithdraw;
    private final boolean mayTrade;

    private ApiKey(
        final String name,
        final Account account,
        final byte[] secret,
        final PublicKey publicKey,
        final boolean mayWithdraw,
        final boolean mayTrade)
    {
        this.name = name;
        this.account = account;
        this.secret = secret;
        this.publicKey = publicKey;
        this.mayWithdraw = mayWithdraw;
        this.mayTrade = mayTrade;
    }

    /**
     * A key whose requests are signed with HMAC-SHA256.
     *
     * @param name        what is sent.
     * @param account     whose it is.
     * @param secret      what is not sent.
     * @param mayWithdraw whether it has that right.
     * @return the key.
     */
    public static ApiKey hmac(
        final String name, final Account account, final byte[] secret, final boolean mayWithdraw)
    {
        return new ApiKey(name, account, secret.clone(), null, mayWithdraw, true);
    }

    /**
     * A key whose requests are signed with Ed25519.
     *
     * @param name        what is sent.
     * @param account     whose it is.
     * @param publicKey   of the pair.
     * @param mayWithdraw whether it has that right.
     * @return the key.
     */
    public static ApiKey ed25519(
        final String name, final Account account, final PublicKey publicKey, final boolean mayWithdraw)
    {
        return new ApiKey(name, account, null, publicKey, mayWithdraw, true);
    }

    /** @return the same key without the right to trade. */
    public ApiKey readOnly()
    {
        return new ApiKey(name, account, secret, publicKey, mayWithdraw, false);
    }

    /** @return what is sent. */
    public String name()
    {
        return name;
    }

    /** @return whose it is. */
    public Account account()
    {
        return account;
    }

    /** @return whether it may log a connection on. */
    public boolean isEd25519()
    {
        return null != publicKey;
    }

    /** @return whether it has that right. */
    public boolean mayWithdraw()
    {
        return mayWithdraw;
    }

    /** @return whether it may place, change and cancel orders. */
    public boolean mayTrade()
    {
        return mayTrade;
    }

    /** Whether the signature, hex or base64 by the kind of key, is that of the payload. */
    boolean verifies(final byte[] payload, final String signature)
    {
        try
        {
            if (null == publicKey)
            {
                final Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                return MessageDigest.isEqual(
                    mac.doFinal(payload), HexFormat.of().parseHex(signature.toLowerCase(Locale.ROOT)));
            }
            final Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey);
            verifier.update(payload);
            return verifier.verify(Base64.getDecoder().decode(signature));
        }
        catch (final GeneralSecurityException | IllegalArgumentException ex)
        {
            return false;
        }
    }
}
