package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.gateway.client.auth.Role;

class AdminCommandTest
{
    private GatewayFixture fixture;

    @BeforeEach
    void start() throws Exception
    {
        fixture = GatewayFixture.start();
    }

    @AfterEach
    void stop()
    {
        fixture.close();
    }

    @Test
    void shouldJournalAnOrderEnteredByHandAtTheScalesOfItsInstrument()
    {
        final long expected = fixture.world.lastSequence() + 1;

        final JsonNode ack = send(Role.ADMIN, "'action':'submit_order','symbol':'binance:ETHUSDT','side':'sell'," +
            "'orderType':'limit','quantity':'0.125','price':'2500.5','timeInForce':'ioc'").await("ack");

        assertEquals(expected, ack.get("data").get("sequence").longValue());
        assertEquals(List.of("SUBMIT_ORDER by ann SELL 12500 of 1 LIMIT 250050 IOC account -1"),
            fixture.world.actions());
    }

    @Test
    void shouldNeedNoPriceForAMarketOrderAndTakeTheAccountThatIsNamed()
    {
        fixture.world.append(frames -> frames.defineAccount("savings", "bob"));
        fixture.awaitOffset(fixture.world.lastSequence());

        send(Role.ADMIN, "'action':'submit_order','symbol':'BTCUSDT','side':'buy','orderType':'market'," +
            "'quantity':'1','account':'1'").await("ack");
        send(Role.ADMIN, "'action':'submit_order','symbol':'BTCUSDT','side':'buy','orderType':'market'," +
            "'quantity':'1','account':'savings'").await("ack");

        final String expected = "SUBMIT_ORDER by ann BUY 100000 of 0 MARKET 0 IOC account 1";
        assertEquals(List.of(expected, expected), fixture.world.actions());
    }

    @Test
    void shouldNameTheAccountsThereAreWhenOneIsUnknown()
    {
        for (final String account : List.of("7", "nobodys"))
        {
            final JsonNode error = send(Role.ADMIN, "'action':'kill_switch_on','account':'" + account + "'")
                .await("error").get("data");

            assertEquals("unknown_account", error.get("code").textValue());
            assertEquals("data.account", error.get("field").textValue());
            assertTrue(error.get("message").textValue().contains("[paper]"), error.toString());
        }
        assertEquals(List.of(), fixture.world.actions());
    }

    @Test
    void shouldTurnTheKillSwitchOfOneBotOrOneAccountAlone()
    {
        send(Role.ADMIN, "'action':'kill_switch_on','bot':'maker-btc','flatten':true,'reason':'odd'").await("ack");
        send(Role.ADMIN, "'action':'kill_switch_off','bot':'maker-btc'").await("ack");
        send(Role.ADMIN, "'action':'kill_switch_on','account':'paper'").await("ack");

        assertEquals(List.of("KILL_SWITCH_ON maker-btc by ann flatten=yes reason=odd",
            "KILL_SWITCH_OFF maker-btc by ann", "KILL_SWITCH_ON by ann account 0"), fixture.world.actions());
    }

    @Test
    void shouldSayWhichFieldsAnActionTakes()
    {
        final JsonNode error = send(Role.ADMIN, "'action':'kill_switch_on','bots':'maker-btc'").await("error")
            .get("data");

        assertEquals("invalid", error.get("code").textValue());
        assertEquals("data.bots is not a field of kill_switch_on; allowed are action, account, bot, flatten, reason",
            error.get("message").textValue());
    }

    @Test
    void shouldRefuseFieldsBesideTheDataOfACommand()
    {
        final WsClient client = fixture.client("ann", Role.ADMIN);
        for (final String type : List.of("admin_command", "bot_command"))
        {
            client.send("{'type':'" + type + "','bot':'maker-btc','data':{'action':'kill_switch_on'}}");

            assertEquals("bot", client.await("error").get("data").get("field").textValue());
        }
        assertEquals(List.of(), fixture.world.actions());
    }

    @Test
    void shouldActOnceWhenTheSameIdIsSentTwice()
    {
        final WsClient client = fixture.client("ann", Role.ADMIN);
        final String text = "{'type':'admin_command','id':'x','data':{'action':'kill_switch_on','flatten':true}}";
        client.send(text).await("ack");

        final JsonNode second = client.send(text).await("ack");

        assertEquals(true, second.get("data").get("duplicate").booleanValue());
        assertEquals(List.of("KILL_SWITCH_ON by ann flatten=yes account -1"), fixture.world.actions());
    }

    @Test
    void shouldReleaseTheKillSwitchCancelOrdersAndSetLimits()
    {
        send(Role.ADMIN, "'action':'kill_switch_off'").await("ack");
        send(Role.ADMIN, "'action':'cancel_order','orderId':'77'").await("ack");
        send(Role.ADMIN, "'action':'set_limits','bot':'maker-btc','params':{'maxPosition':'2'}").await("ack");

        assertEquals(List.of("KILL_SWITCH_OFF by ann account -1", "CANCEL_ORDER by ann 77",
            "SET_LIMITS by ann maxPosition=2 account -1"), fixture.world.actions());
    }

    @Test
    void shouldTakeLimitsAsTheConfigurationNamesThem()
    {
        send(Role.ADMIN, "'action':'set_limits','account':'paper'," +
            "'params':{'maxDataAge':'30s','maxOrderRate':20,'maxExposure':'none'}").await("ack");

        assertEquals(List.of(
            "SET_LIMITS by ann maxDataAgeNs=30000000000 maxExposure=none maxOrderRate=20 account 0"),
            fixture.world.actions());
    }

    @Test
    void shouldRefuseWhoeverIsNoAdmin()
    {
        final JsonNode error = send(Role.OPERATOR, "'action':'kill_switch_on'").await("error").get("data");

        assertEquals("forbidden", error.get("code").textValue());
        assertEquals(List.of(), fixture.world.actions());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value =
        {
            "'action':'buy_all' | data.action",
            "'action':'submit_order','symbol':'NOSUCH' | data.symbol",
            "'action':'submit_order','symbol':'*' | data.symbol",
            "'action':'submit_order','symbol':'BTCUSDT','orderType':'limit','side':'up','price':'1' | data.side",
            "'action':'submit_order','symbol':'BTCUSDT','orderType':'odd' | data.orderType",
            "'action':'submit_order','symbol':'BTCUSDT','orderType':'limit','price':'0.001' | data.price",
            "'action':'submit_order','symbol':'BTCUSDT','orderType':'limit','price':'-1' | data.price",
            "'action':'submit_order','symbol':'BTCUSDT','orderType':'market','side':'buy'," +
                "'quantity':'0' | data.quantity",
            "'action':'submit_order','symbol':'BTCUSDT','orderType':'market','side':'buy'," +
                "'quantity':1 | data.quantity",
            "'action':'cancel_order','orderId':'x' | data.orderId",
            "'action':'kill_switch_on','account':'all' | data.account",
            "'action':'kill_switch_on','account':['paper'] | data.account",
            "'action':'kill_switch_on','account':null | data.account",
            "'action':'kill_switch_on','bot':'nobody' | data.bot",
            "'action':'kill_switch_on','bot':7 | data.bot",
            "'action':'kill_switch_on','bot':'maker-btc','account':'paper' | data.bot",
            "'action':'kill_switch_on','flatten':'yes' | data.flatten",
            "'action':'kill_switch_on','flatten':1 | data.flatten",
            "'action':'kill_switch_on','reason':true | data.reason",
            "'action':'kill_switch_on','symbol':'BTCUSDT' | data.symbol",
            "'action':'kill_switch_off','bot':'x2' | data.bot",
            "'action':'kill_switch_off','flatten':true | data.flatten",
            "'action':'cancel_order','orderId':'1','bot':'maker-btc' | data.bot",
            "'action':'submit_order','symbol':'BTCUSDT','orderType':'market','side':'buy'," +
                "'quantity':'1','price':'1' | data.price",
            "'action':'submit_order','symbol':'BTCUSDT','orderType':'market','side':'buy'," +
                "'quantity':'1','bot':'maker-btc' | data.bot",
            "'action':'set_limits','bot':'maker-btc','limits':{'maxPosition':'2'} | data.limits",
            "'action':'set_limits','bot':'maker-btc' | data.params",
            "'action':'set_limits','bot':'maker-btc','params':{} | data.params",
            "'action':'set_limits','bot':'maker-btc','params':{'maxPos':'2'} | data.params.maxPos",
            "'action':'set_limits','bot':'maker-btc','params':{'maxPosition':'a'} | data.params.maxPosition",
            "'action':'set_limits','bot':'maker-btc','params':{'maxPosition':true} | data.params.maxPosition",
            "'action':'set_limits','bot':'maker-btc','params':{'maxDataAge':'30'} | data.params.maxDataAge",
            "'action':'set_limits','bot':'nobody','params':{'maxPosition':'2'} | data.bot",
            "'action':'set_limits','bot':'maker-btc','account':'paper','params':{'maxPosition':'2'} | data.bot",
            "'action':'set_limits','params':{'maxPosition':'2'} | data.bot",
        })
    void shouldNameTheFieldThatIsWrong(final String data, final String field)
    {
        final JsonNode error = send(Role.ADMIN, data.strip()).await("error").get("data");

        assertEquals(field, error.get("field").textValue());
        assertEquals(List.of(), fixture.world.actions());
    }

    @Test
    void shouldTellWithWhichParametersABotWasDefined() throws Exception
    {
        fixture.world.append(frames -> frames.defineBot("maker-btc", "spreadBps", "2.5"));
        fixture.world.defineBot(0, "maker-btc", BotState.DEFINED);
        fixture.awaitOffset(fixture.world.lastSequence());

        final String status = fixture.get("/api/bot/status?bot=maker-btc",
            GatewayFixture.token("ann", Role.ADMIN)).body();

        assertEquals("2.5", GatewayFixture.json(status).get("parameters").get("spreadBps").textValue());
    }

    private WsClient send(final Role role, final String data)
    {
        return fixture.client("ann", role).send("{'type':'admin_command','data':{" + data + "}}");
    }
}
