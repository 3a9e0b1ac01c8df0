package org.lockstep.gateway.client.http;

import java.util.LinkedHashMap;
import java.util.Map;

import org.lockstep.gateway.client.view.JsonWriter;

/**
 * What answers look like, as components of the OpenAPI document. A line is a component: its name, then its fields as
 * {@code name:type}. Types are text, decimal, int, number, bool, texts and counts (objects of such), points (an equity
 * curve), the name of a component, and each of them in brackets for an array; {@code |null} says that it can be null, a
 * question mark behind a name that it can be missing.
 */
final class Schemas
{
    private static final String HEAD = "epoch:text offset:int timestamp:int ";
    private static final String INSTRUMENT = "symbol:text venue:text ";
    private static final String ACCOUNT = "account:text accountName:text|null ";
    private static final String TERMS =
        "side?:text|null orderType?:text|null timeInForce?:text|null price?:decimal quantity?:decimal ";

    private static final String[] COMPONENTS =
    {
        "Problem type:text title:text status:int code:text detail:text field?:text retryAfterMs?:int",
        "Health status:text time:int",
        "Ready ready:bool obstacles:[text] feeds:[Feed] journal:text",
        "Feed venue:text name:text state:text",
        "Version name:text version:text protocol:text epoch:text java:text time:int",
        "Document openapi:text",
        "Stats connections:int users:int sessions:int sessionsOpened:int messagesReceived:int messagesSent:int " +
            "messagesEncoded:int queuedBytes:int valuesDeferred:int publicTradesSkipped:int eventsRecovered:int " +
            "eventsFromJournal:int errorsSent:int rateLimited:int slowClosed:int broadcastGaps:int offset:int " +
            "subscriptions:counts",
        "MarketSnapshot " + HEAD + "symbols:[MarketData]",
        "MarketData " + INSTRUMENT + "bid?:decimal bidQuantity?:decimal ask?:decimal askQuantity?:decimal " +
            "last?:decimal lastQuantity?:decimal lastSide?:text|null open?:decimal high?:decimal low?:decimal " +
            "volume?:decimal quoteVolume?:decimal trades?:int status:text|null feed:text|null offset:int ageMs:int",
        "Klines " + HEAD + "interval:text symbols:[BarSeries]",
        "BarSeries " + INSTRUMENT + "interval:text bars:[Bar] offset:int",
        "Bar openTime:int open:decimal high:decimal low:decimal close:decimal volume:decimal trades:int closed:bool",
        "MarketScanner " + HEAD + "scannedAt:int count:int instruments:[RankedInstrument]",
        "RankedInstrument " + INSTRUMENT + "rank:int score:number|null last?:decimal spreadBps:number|null " +
            "volatilityPercent:number|null momentumPercent:number|null trend:number|null agreement:number|null " +
            "direction:int quoteVolume?:decimal timeframes:[Timeframe]",
        "Timeframe interval:text bars:int momentumPercent:number|null volatilityPercent:number|null " +
            "trend:number|null direction:int",
        "StrategyPerformances " + HEAD + "strategies:[StrategyPerformance]",
        "StrategyPerformance bot:text strategy:text " + ACCOUNT + "state:text pnl:decimal realisedPnl:decimal " +
            "unrealisedPnl:decimal fees:decimal capital:decimal returnPercent:number|null fills:int " +
            "closedTrades:int winRatePercent:number|null profitFactor:number|null drawdown:decimal " +
            "maxDrawdown:decimal maxDrawdownPercent:number|null sharpe:number|null exposure:decimal " +
            "exposurePercent:number|null latencyMs:Latency curve?:points offset:int",
        "Latency count:int p50:number|null p99:number|null max:number|null",
        "Bots " + HEAD + "bots:[Bot]",
        "Bot bot:text strategy:text state:text reason:text " + ACCOUNT + "killSwitch:bool pnl:decimal " +
            "realisedPnl:decimal unrealisedPnl:decimal fees:decimal fills:int ordersRequested:int " +
            "ordersRefused:int openOrders:int offset:int parameters:texts",
        "Positions " + HEAD + "positions:[Position]",
        "Position " + INSTRUMENT + "bot:text|null " + ACCOUNT + "quantity:decimal averagePrice:decimal " +
            "markPrice?:decimal realisedPnl:decimal unrealisedPnl:decimal fees:decimal",
        "Orders " + HEAD + "orders:[Order]",
        "Order " + INSTRUMENT + "orderId:text status:text bot:text|null " + ACCOUNT + TERMS +
            "filledQuantity?:decimal code?:int reason?:text time:int offset:int",
        "Accounts " + HEAD + "accounts:[Account]",
        "Account " + ACCOUNT + "owner:text venue:text mode:text asset:text state:text killSwitch:bool",
        "Balances " + HEAD + "balances:[Balance]",
        "Balance " + ACCOUNT + "asset:text free:decimal locked:decimal offset:int",
        "BotCommandAnswer bot:text action:text sequence:int requestId:text duplicate:bool",
        "ConnectAnswer venue:text started:bool before:text state:text",
    };

    private Schemas()
    {
    }

    /** Writes all components into the object that is open. */
    static void write(final JsonWriter json)
    {
        for (final String component : COMPONENTS)
        {
            final String[] words = component.split(" +");
            json.name(words[0]).beginObject().field("type", "object").name("required").beginArray();
            final Map<String, String> fields = new LinkedHashMap<>();
            for (int i = 1; i < words.length; i++)
            {
                final String[] field = words[i].split(":");
                final boolean isOptional = field[0].endsWith("?");
                final String name = isOptional ? field[0].substring(0, field[0].length() - 1) : field[0];
                fields.put(name, field[1]);
                if (!isOptional)
                {
                    json.value(name);
                }
            }
            json.endArray().name("properties").beginObject();
            fields.forEach((name, type) -> type(json.name(name), type));
            json.endObject().endObject();
        }
    }

    /** Writes the schema of a type as an object. */
    static void type(final JsonWriter json, final String type)
    {
        final boolean isNullable = type.endsWith("|null");
        final String plain = isNullable ? type.substring(0, type.length() - 5) : type;
        json.beginObject();
        if (plain.startsWith("["))
        {
            json.field("type", "array");
            type(json.name("items"), plain.substring(1, plain.length() - 1));
        }
        else
        {
            switch (plain)
            {
                case "text" -> simple(json, "string", isNullable);
                case "decimal" ->
                {
                    simple(json, "string", isNullable);
                    json.field("pattern", "^-?[0-9]+(\\.[0-9]+)?$");
                }
                case "int" ->
                {
                    simple(json, "integer", isNullable);
                    json.field("format", "int64");
                }
                case "number", "bool" -> simple(json, "bool".equals(plain) ? "boolean" : plain, isNullable);
                case "texts", "counts" ->
                {
                    json.field("type", "object");
                    type(json.name("additionalProperties"), "texts".equals(plain) ? "text" : "int");
                }
                case "points" ->
                {
                    json.field("type", "array")
                        .field("description", "pairs of epoch ms and a decimal")
                        .name("items").beginObject().field("type", "array").endObject();
                }
                default -> json.field("$ref", "#/components/schemas/" + plain);
            }
        }
        json.endObject();
    }

    private static void simple(final JsonWriter json, final String type, final boolean isNullable)
    {
        if (isNullable)
        {
            json.name("type").beginArray().value(type).value("null").endArray();
        }
        else
        {
            json.field("type", type);
        }
    }
}
