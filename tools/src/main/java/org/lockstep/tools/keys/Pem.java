package org.lockstep.tools.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Private keys in PEM, read without making a String of them. */
final class Pem
{
    private static final byte[] BEGIN = "-----BEGIN PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANY = "-----BEGIN".getBytes(StandardCharsets.US_ASCII);

    private Pem()
    {
    }

    static boolean isPem(final byte[] bytes)
    {
        return indexOf(bytes, ANY, 0) >= 0;
    }

    /**
     * The key of a PEM text.
     *
     * @param pem one unencrypted PKCS#8 block.
     * @return PKCS#8 DER; the caller erases it.
     */
    static byte[] privateKey(final byte[] pem)
    {
        final int begin = indexOf(pem, BEGIN, 0);
        final int end = begin < 0 ? -1 : indexOf(pem, END, begin);
        if (end < 0)
        {
            throw new KeystoreException("the private key should be one unencrypted PKCS#8 block " +
                "(-----BEGIN PRIVATE KEY-----); openssl pkcs8 -topk8 -nocrypt makes one of other forms");
        }
        final byte[] base64 = Arrays.copyOfRange(pem, begin + BEGIN.length, end);
        try
        {
            return Base64.getMimeDecoder().decode(base64);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new KeystoreException("the private key's PEM block is not base64");
        }
        finally
        {
            Arrays.fill(base64, (byte)0);
        }
    }

    private static int indexOf(final byte[] bytes, final byte[] wanted, final int from)
    {
        for (int i = from; i <= bytes.length - wanted.length; i++)
        {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length))
            {
                return i;
            }
        }
        return -1;
    }
}
