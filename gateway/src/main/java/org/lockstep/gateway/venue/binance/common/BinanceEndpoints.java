package org.lockstep.gateway.venue.binance.common;

import java.net.URI;

/**
 * Where Binance is reached.
 *
 * @param rest   http or https, host and port.
 * @param stream ws or wss, host and port of the market streams.
 */
public record BinanceEndpoints(URI rest, URI stream)
{
    /** The live exchange. */
    public static final BinanceEndpoints LIVE =
        new BinanceEndpoints(URI.create("https://api.binance.com"), URI.create("wss://stream.binance.com:9443"));

    /** The test network: same rules, virtual balances. */
    public static final BinanceEndpoints TESTNET = new BinanceEndpoints(
        URI.create("https://testnet.binance.vision"), URI.create("wss://stream.testnet.binance.vision:9443"));

    /** Checks the schemes. */
    public BinanceEndpoints
    {
        check("rest", rest, "http", "https");
        check("stream", stream, "ws", "wss");
    }

    /** @return address of the combined streams. */
    public URI combinedStream()
    {
        return stream.resolve("/stream");
    }

    private static void check(final String name, final URI uri, final String plain, final String secure)
    {
        if (null == uri || null == uri.getHost() || !plain.equals(uri.getScheme()) && !secure.equals(uri.getScheme()))
        {
            throw new IllegalArgumentException(
                name + " must be " + plain + "://host[:port] or " + secure + "://host[:port], found " + uri);
        }
    }
}
