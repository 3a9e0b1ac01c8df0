import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.knowm.xchange.Exchange;
import org.knowm.xchange.ExchangeFactory;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceExchange;
import org.knowm.xchange.binance.dto.trade.BinanceCancelOrderParams;
import org.knowm.xchange.binance.dto.trade.BinanceTradeHistoryParams;
import org.knowm.xchange.currency.Currency;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.Order;
import org.knowm.xchange.dto.account.Balance;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.dto.trade.MarketOrder;
import org.knowm.xchange.dto.trade.UserTrade;
import org.knowm.xchange.exceptions.ExchangeException;
import org.knowm.xchange.service.trade.params.orders.DefaultOpenOrdersParamCurrencyPair;
import org.knowm.xchange.service.trade.params.orders.DefaultQueryOrderParamInstrument;

/**
 * Trades on the simulator through XChange, as a user of the real exchange would. Arguments: REST base, key, secret.
 * Prints what it has seen; ends with 1 and the reason at the first thing that is wrong.
 */
public final class BinanceTrading
{
    private static final CurrencyPair PAIR = CurrencyPair.BTC_USDT;

    public static void main(final String[] arguments) throws Exception
    {
        ExchangeFactory.INSTANCE.createExchange(specification(arguments[0], true)); // fills a static map of symbols
        final ExchangeSpecification specification = specification(arguments[0], false);
        specification.setApiKey(arguments[1]);
        specification.setSecretKey(arguments[2]);
        final Exchange exchange = ExchangeFactory.INSTANCE.createExchange(specification);

        final BigDecimal bid = exchange.getMarketDataService().getTicker(PAIR).getBid();
        final Balance before = balance(exchange, Currency.USDT);
        check(before.getAvailable().signum() > 0 && before.getFrozen().signum() == 0, "funds " + before);

        final BigDecimal price = bid.multiply(new BigDecimal("0.9")).setScale(2, RoundingMode.DOWN);
        final String id = exchange.getTradeService().placeLimitOrder(new LimitOrder.Builder(Order.OrderType.BID, PAIR)
            .originalAmount(new BigDecimal("0.01")).limitPrice(price).build());
        final List<LimitOrder> open = exchange.getTradeService()
            .getOpenOrders(new DefaultOpenOrdersParamCurrencyPair(PAIR)).getOpenOrders();
        check(1 == open.size() && open.get(0).getId().equals(id), "open orders " + open);
        check(0 == balance(exchange, Currency.USDT).getFrozen()
            .compareTo(price.multiply(new BigDecimal("0.01"))), "frozen");
        check(exchange.getTradeService().cancelOrder(new BinanceCancelOrderParams(PAIR, id)), "cancel");
        check(Order.OrderStatus.CANCELED == status(exchange, id), "status after the cancel");

        final String market = exchange.getTradeService().placeMarketOrder(
            new MarketOrder.Builder(Order.OrderType.ASK, PAIR).originalAmount(new BigDecimal("0.002")).build());
        check(Order.OrderStatus.FILLED == status(exchange, market), "status of the market order");
        final BinanceTradeHistoryParams history = new BinanceTradeHistoryParams();
        history.setInstrument(PAIR);
        final List<UserTrade> trades = exchange.getTradeService().getTradeHistory(history).getUserTrades();
        check(trades.stream().allMatch(trade -> trade.getOrderId().equals(market)) && !trades.isEmpty() &&
            Currency.USDT.equals(trades.get(0).getFeeCurrency()), "trades " + trades);
        try
        {
            exchange.getTradeService().cancelOrder(new BinanceCancelOrderParams(PAIR, id));
            throw new IllegalStateException("a second cancel was not refused");
        }
        catch (final ExchangeException ex)
        {
            check(ex.getMessage().contains("Unknown order sent."), "second cancel: " + ex.getMessage());
        }
        System.out.println("ok");
    }

    private static ExchangeSpecification specification(final String rest, final boolean loadsMetadata)
    {
        final ExchangeSpecification specification = new ExchangeSpecification(BinanceExchange.class);
        specification.setSslUri(rest);
        specification.setShouldLoadRemoteMetaData(loadsMetadata);
        specification.setExchangeSpecificParametersItem("recvWindow", 60_000L);
        return specification;
    }

    private static Balance balance(final Exchange exchange, final Currency currency) throws Exception
    {
        return exchange.getAccountService().getAccountInfo().getWallet().getBalance(currency);
    }

    private static Order.OrderStatus status(final Exchange exchange, final String id) throws Exception
    {
        return exchange.getTradeService().getOrder(new DefaultQueryOrderParamInstrument(PAIR, id))
            .iterator().next().getStatus();
    }

    private static void check(final boolean condition, final String text)
    {
        if (!condition)
        {
            throw new IllegalStateException(text);
        }
    }
}
