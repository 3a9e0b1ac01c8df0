package org.lockstep.benchmarks.latency.feed;

import java.io.IOException;
import java.nio.file.Path;

import info.bitrich.xchangestream.binance.BinanceStreamingExchange;
import info.bitrich.xchangestream.core.ProductSubscription;
import info.bitrich.xchangestream.core.StreamingMarketDataService;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceAdapters;
import org.knowm.xchange.currency.CurrencyPair;

/** XChange-stream's Binance client as its users use it; a process of its own. */
public final class XChangeClient extends BinanceStreamingExchange
{
    private final String address;

    private XChangeClient(final String address)
    {
        this.address = address;
    }

    /**
     * Runs until standard input says {@code stop}.
     *
     * @param args address of the venue, file for the arrivals.
     * @throws IOException if the file cannot be written.
     */
    public static void main(final String... args) throws IOException
    {
        final XChangeClient exchange = new XChangeClient(args[0]);
        final ExchangeSpecification specification = exchange.getDefaultExchangeSpecification();
        specification.setShouldLoadRemoteMetaData(false);
        specification.setSslUri("http://" + args[0]);
        specification.setHost("127.0.0.1");
        specification.setExchangeSpecificParametersItem(USE_REALTIME_BOOK_TICKER, true);
        specification.setExchangeSpecificParametersItem(USE_HIGHER_UPDATE_FREQUENCY, true);
        exchange.applySpecification(specification);
        final CurrencyPair pair = CurrencyPair.BTC_USDT;
        BinanceAdapters.putSymbolMapping("BTCUSDT", pair);
        exchange.connect(ProductSubscription.create().addTicker(pair).addTrades(pair).addOrderbook(pair).build())
            .blockingAwait();
        final Arrivals arrivals = new Arrivals();
        final StreamingMarketDataService service = exchange.getStreamingMarketDataService();
        service.getTicker(pair).subscribe(ticker -> arrivals.onQuote());
        service.getTrades(pair)
            .subscribe(trade -> arrivals.onTrade(Long.parseLong(trade.getId()) % FeedKind.MODULUS));
        service.getOrderBook(pair).subscribe(book -> arrivals.onBook());
        arrivals.serve(Path.of(args[1]));
    }

    @Override
    protected String getStreamingBaseUri()
    {
        return "ws://" + address + "/";
    }
}
