package org.lockstep.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.anEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;

class AccountsTest
{
    private static final Instrument ETH_BTC = new Instrument(2, BTC_USDT.venue(), "ETHBTC", "ETH", "BTC", 5, 4, 1, 1,
        1, 90_000_000L, 0, BTC_USDT.status());

    private final EngineFixture engine = anEngine().start();

    @ParameterizedTest
    @CsvSource({
        "mode, live, paper",
        "mode, simulator, paper",
        "asset, BTC, USDT",
    })
    void shouldRefuseToMoveAnAccountElsewhere(final String key, final String wanted, final String now)
    {
        engine.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "balance", "5", key, wanted);

        assertEquals(AlertCode.COMMAND_REFUSED.code(), engine.lastAlert().code());
        assertTrue(engine.lastAlert().text().contains(
            key + ": found '" + wanted + "', allowed '" + now + "'"), engine.lastAlert().text());
        assertEquals(100_000_00000000L, engine.engine().accounts().find(0).balance());
    }

    @Test
    void shouldChangeFeesAndLimitsOfAnAccount()
    {
        engine.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "takerFeeBps", "7",
            "limits.maxOpenOrders", "3");

        assertEquals(0, engine.count(AlertDecoder.TEMPLATE_ID));
        assertEquals(700, engine.engine().accounts().find(0).terms().takerFeeE6());
        assertEquals(3, engine.engine().accounts().find(0).risk().limits().maxOpenOrders());
    }

    @Test
    void shouldRefuseManualOrderInAnotherAssetThanTheAccounts()
    {
        engine.define(ETH_BTC).quote(ETH_BTC, 5_000, 5_001);

        engine.manualOrder(ETH_BTC, Side.BUY, OrderType.LIMIT, 4_990, 1_000);

        assertEquals(RejectReason.WRONG_ASSET, engine.lastReject());
        assertEquals(413, RejectReason.WRONG_ASSET.code());
    }

    @Test
    void shouldRefuseToStartABotInAnotherAssetThanTheAccounts()
    {
        engine.define(ETH_BTC);
        define("ETHBTC");

        engine.command(CommandAction.START_BOT, BOT);

        assertEquals(BotState.DEFINED, engine.bot().state());
        assertEquals(AlertCode.COMMAND_REFUSED.code(), engine.lastAlert().code());
        assertTrue(engine.lastAlert().text().contains("binance:ETHBTC is quoted in BTC, " +
            "but the asset of account paper is USDT"), engine.lastAlert().text());
    }

    @Test
    void shouldSayWhenAnInstrumentTurnsOutToBeOfAnotherAsset()
    {
        define("BTCUSDT,ETHBTC");
        engine.command(CommandAction.START_BOT, BOT);
        assertEquals("waits for instrument binance:ETHBTC", engine.bot().reason());

        engine.define(ETH_BTC);

        assertEquals(BotState.DEFINED, engine.bot().state());
        assertTrue(engine.lastAlert().text().contains("is quoted in BTC"), engine.lastAlert().text());
    }

    @Test
    void shouldTradeWhatIsQuotedInTheAccountsAsset()
    {
        engine.command(CommandAction.DEFINE_ACCOUNT, "", "name", "bitcoin", "asset", "BTC").define(ETH_BTC);
        engine.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "bitcoin",
            "symbols", "ETHBTC");

        engine.command(CommandAction.START_BOT, BOT);

        assertEquals(BotState.RUNNING, engine.bot().state());
    }

    private void define(final String symbols)
    {
        engine.command(CommandAction.DEFINE_BOT, BOT, "strategy", "probe", "account", "paper", "symbols", symbols);
    }
}
