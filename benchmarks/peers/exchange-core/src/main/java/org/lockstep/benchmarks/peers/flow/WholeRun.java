package org.lockstep.benchmarks.peers.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.api.ApiAddUser;
import exchange.core2.core.common.api.ApiAdjustUserBalance;
import exchange.core2.core.common.api.ApiCancelOrder;
import exchange.core2.core.common.api.ApiCommand;
import exchange.core2.core.common.api.ApiPlaceOrder;
import exchange.core2.core.common.api.binary.BatchAddSymbolsCommand;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.InitialStateConfiguration;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.common.config.OrdersProcessingConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.common.config.ReportsQueriesConfiguration;
import exchange.core2.core.common.config.SerializationConfiguration;

/**
 * All of exchange-core: rings, one risk engine, one matching engine, without its journal. Commands are made before, as
 * its own benchmarks do; a run ends when the result of the last is out.
 */
final class WholeRun implements AutoCloseable
{
    private static final int USERS = 1_000;
    private static final int CURRENCIES = 2;
    private static final long BALANCE = 1_000_000_000_000_000L;

    private final ExchangeCore exchange;
    private final Tally tally;
    private final ApiCommand[] commands;
    private boolean isFlow;
    private volatile long done;

    WholeRun(final OrderFlow flow, final int symbols, final String wait)
    {
        tally = new Tally(flow);
        commands = commands(flow);
        exchange = ExchangeCore.builder()
            .resultsConsumer((command, sequence) -> onResult(command))
            .exchangeConfiguration(ExchangeConfiguration.builder()
                .ordersProcessingCfg(OrdersProcessingConfiguration.DEFAULT)
                .performanceCfg(PerformanceConfiguration.throughputPerformanceBuilder()
                    .matchingEnginesNum(1).riskEnginesNum(1).waitStrategy(CoreWaitStrategy.valueOf(wait)).build())
                .initStateCfg(InitialStateConfiguration.CLEAN_TEST)
                .reportsQueriesCfg(ReportsQueriesConfiguration.DEFAULT)
                .loggingCfg(LoggingConfiguration.DEFAULT)
                .serializationCfg(SerializationConfiguration.DEFAULT)
                .build())
            .build();
        exchange.startup();
        setUp(symbols);
        isFlow = true;
    }

    static long user(final int orderId)
    {
        return 1 + orderId % USERS;
    }

    /** Runs the flow once. */
    void run()
    {
        done = 0;
        final ExchangeApi api = exchange.getApi();
        for (final ApiCommand command : commands)
        {
            api.submitCommand(command);
        }
        while (done < commands.length)
        {
            LockSupport.parkNanos(10_000);
        }
        tally.check("exchange");
    }

    @Override
    public void close()
    {
        exchange.shutdown();
    }

    private void onResult(final OrderCommand command)
    {
        if (isFlow)
        {
            tally.add(command);
            done = tally.commands();
        }
    }

    private void setUp(final int symbols)
    {
        final ExchangeApi api = exchange.getApi();
        final List<CoreSymbolSpecification> specifications = new ArrayList<>();
        for (int i = 0; i < symbols; i++)
        {
            specifications.add(BookRun.specification(i));
        }
        require(api.submitBinaryDataAsync(new BatchAddSymbolsCommand(specifications)).join());
        final List<CompletableFuture<CommandResultCode>> results = new ArrayList<>();
        for (int user = 1; user <= USERS; user++)
        {
            results.add(api.submitCommandAsync(ApiAddUser.builder().uid(user).build()));
            for (int currency = 1; currency <= CURRENCIES; currency++)
            {
                results.add(api.submitCommandAsync(ApiAdjustUserBalance.builder().uid(user).currency(currency)
                    .amount(BALANCE).transactionId(currency).build()));
            }
        }
        results.forEach(result -> require(result.join()));
    }

    private static void require(final CommandResultCode code)
    {
        if (CommandResultCode.SUCCESS != code)
        {
            throw new IllegalStateException("set-up: " + code);
        }
    }

    private static ApiCommand[] commands(final OrderFlow flow)
    {
        final ApiCommand[] commands = new ApiCommand[flow.count()];
        for (int i = 0; i < commands.length; i++)
        {
            final int orderId = flow.orderId(i);
            final boolean isTake =
                OrderFlow.Kind.MARKET_TAKE == flow.kind(i) || OrderFlow.Kind.OWN_TAKE == flow.kind(i);
            commands[i] = switch (flow.kind(i))
            {
                case MARKET_CANCEL, OWN_CANCEL ->
                    ApiCancelOrder.builder().uid(user(orderId)).symbol(flow.symbol(i)).orderId(orderId).build();
                default -> ApiPlaceOrder.builder().uid(user(orderId)).symbol(flow.symbol(i)).orderId(orderId)
                    .price(flow.price(i)).reservePrice(flow.price(i)).size(flow.quantity(i))
                    .action(flow.isBuy(i) ? OrderAction.BID : OrderAction.ASK)
                    .orderType(isTake ? OrderType.IOC : OrderType.GTC).build();
            };
        }
        return commands;
    }
}
