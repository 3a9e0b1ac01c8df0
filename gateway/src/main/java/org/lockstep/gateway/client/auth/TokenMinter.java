package org.lockstep.gateway.client.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/** Mints HS256 tokens for local use from a secret in a file. Any thread; blocks only while it opens the file. */
public final class TokenMinter
{
    private static final int SECRET_LENGTH = 32;

    private final byte[] secret;
    private final EpochClock clock;

    private TokenMinter(final byte[] secret, final EpochClock clock)
    {
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * Uses a given secret.
     *
     * @param secret at least 32 bytes; copied.
     * @return the minter.
     */
    public static TokenMinter ofSecret(final byte[] secret)
    {
        AuthKeys.ofSecret(secret);
        return new TokenMinter(secret.clone(), SystemEpochClock.INSTANCE);
    }

    /**
     * Reads the secret from a file, which is created with a fresh random secret, readable by its owner alone, when it
     * is not there.
     *
     * @param keyFile holding the secret.
     * @return the minter.
     * @throws IOException if the file cannot be read or created, or holds no secret of 32 bytes or more.
     */
    public static TokenMinter openOrCreate(final Path keyFile) throws IOException
    {
        if (!Files.exists(keyFile))
        {
            create(keyFile);
        }
        final byte[] bytes = AuthKeys.trimmed(Files.readAllBytes(keyFile));
        final String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("{") || text.contains("-----BEGIN "))
        {
            throw new IOException(keyFile + " holds public keys; tokens can only be minted from a shared secret");
        }
        if (bytes.length < SECRET_LENGTH)
        {
            throw new IOException(
                keyFile + ": a secret for HS256 needs at least 32 bytes, found " + bytes.length);
        }
        return new TokenMinter(bytes, SystemEpochClock.INSTANCE);
    }

    /**
     * Mints a token.
     *
     * @param user     becomes {@code sub}.
     * @param role     what it may do.
     * @param lifetime from now on.
     * @param audience becomes {@code aud}, or null for none.
     * @param issuer   becomes {@code iss}, or null for none.
     * @return compact JWS.
     */
    public String mint(
        final String user, final Role role, final Duration lifetime, final String audience, final String issuer)
    {
        final long nowMs = clock.time();
        final JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
            .subject(user)
            .claim("role", role.code())
            .issueTime(new Date(nowMs))
            .expirationTime(new Date(nowMs + lifetime.toMillis()));
        if (null != audience)
        {
            claims.audience(audience);
        }
        if (null != issuer)
        {
            claims.issuer(issuer);
        }
        try
        {
            final SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
            jwt.sign(new MACSigner(secret));
            return jwt.serialize();
        }
        catch (final JOSEException ex)
        {
            throw new IllegalStateException("the secret cannot sign with HS256", ex);
        }
    }

    /** @return the keys that verify what this mints. */
    public AuthKeys keys()
    {
        return AuthKeys.ofSecret(secret);
    }

    private static void create(final Path keyFile) throws IOException
    {
        final byte[] random = new byte[SECRET_LENGTH];
        new SecureRandom().nextBytes(random);
        final byte[] text = (Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
        if (null != keyFile.toAbsolutePath().getParent())
        {
            Files.createDirectories(keyFile.toAbsolutePath().getParent());
        }
        final boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        final var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        final FileAttribute<?>[] attributes = isPosix ? new FileAttribute<?>[] {ownerOnly} : new FileAttribute<?>[0];
        // Written elsewhere and then linked: whoever sees the key file sees all of it, and the first one wins.
        final Path draft = keyFile.resolveSibling(keyFile.getFileName() + "." + UUID.randomUUID());
        try
        {
            try (var channel = Files.newByteChannel(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes))
            {
                channel.write(ByteBuffer.wrap(text));
            }
            Files.createLink(keyFile, draft);
        }
        catch (final FileAlreadyExistsException ex)
        {
            return;     // another process was first; its secret is the one
        }
        catch (final UnsupportedOperationException ex)
        {
            Files.move(draft, keyFile);
        }
        finally
        {
            Files.deleteIfExists(draft);
        }
    }
}
