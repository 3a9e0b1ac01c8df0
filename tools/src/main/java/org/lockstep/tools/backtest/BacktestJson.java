package org.lockstep.tools.backtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lockstep.engine.bar.Intervals;
import org.lockstep.engine.instrument.Decimals;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.gateway.client.analysis.Performance;

/** A result as fields of the {@code backtest} line: times epoch ms, amounts decimal strings, what there is not null. */
final class BacktestJson
{
    private static final long NS_PER_MS = 1_000_000L;
    private static final double DECIMALS = 1e4;

    private final BacktestResult result;

    BacktestJson(final BacktestResult result)
    {
        this.result = result;
    }

    Map<String, Object> fields()
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", result.plan().startNs() / NS_PER_MS);
        json.put("to", result.endNs() / NS_PER_MS);
        json.put("interval", Intervals.code(result.plan().interval()));
        json.put("bars", result.bars());
        json.put("interrupted", result.isInterrupted());
        json.put("symbols", result.plan().instruments().stream().map(this::symbol).toList());
        json.put("seconds", Math.round(result.seconds() * 1e6) / 1e6);
        json.put("inputs", result.inputs());
        json.put("outputs", result.outputs());
        json.put("eventsPerSecond", result.eventsPerSecond());
        json.put("journal", result.directory().toString());
        json.put("journalBytes", result.journalBytes());
        json.put("lastSequence", result.lastSequence());
        json.put("stateHash", String.format("%016x", result.stateHash()));
        final Map<String, Object> alerts = new LinkedHashMap<>();
        alerts.put("critical", result.heard().criticals());
        alerts.put("warning", result.heard().warnings());
        alerts.put("texts", counts(result.heard().alerts()));
        json.put("alerts", alerts);
        json.put("refusals", counts(result.heard().refusals()));
        json.put("expirations", counts(result.heard().expirations()));
        json.put("notes", BacktestNotes.of(result));
        json.put("barsLeftOut", result.barsLeftOut());
        json.put("crowdedBars", result.crowdedBars());
        json.put("emptyBars", result.emptyBars());
        final Map<String, Object> total = new LinkedHashMap<>();
        figures(BacktestColumn.total(result), total);
        json.put("total", total);
        json.put("bots", result.records().stream().map(this::bot).toList());
        return json;
    }

    private Map<String, Object> symbol(final BacktestInstrument wanted)
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbol", wanted.instrument().qualifiedSymbol());
        json.put("bars", wanted.facts().bars());
        json.put("from", wanted.facts().firstOpenNs() / NS_PER_MS);
        json.put("to", (wanted.facts().lastOpenNs() + result.plan().intervalNs()) / NS_PER_MS);
        json.put("gaps", wanted.facts().gaps());
        json.put("missing", wanted.facts().missing());
        json.put("tick", wanted.tickText());
        json.put("lot", wanted.lotText());
        json.put("minNotional", wanted.minNotionalText());
        json.put("assumed", wanted.isAssumed());
        json.put("holdPercent", number(wanted.holdPercent()));
        return json;
    }

    private Map<String, Object> bot(final BotRecord record)
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("bot", record.config().name());
        json.put("strategy", record.config().strategy());
        json.put("state", record.state());
        json.put("reason", record.reason());
        figures(BacktestColumn.of(record), json);
        final List<Map<String, Object>> positions = new ArrayList<>();
        for (final BacktestInstrument wanted : record.instruments())
        {
            final Instrument instrument = wanted.instrument();
            if (0 != record.quantity(instrument))
            {
                final Map<String, Object> position = new LinkedHashMap<>();
                position.put("symbol", instrument.qualifiedSymbol());
                position.put("quantity", Decimals.toString(record.quantity(instrument), instrument.quantityScale()));
                positions.add(position);
            }
        }
        json.put("positions", positions);
        return json;
    }

    private static void figures(final BacktestColumn column, final Map<String, Object> json)
    {
        final Performance performance = column.figures().performance();
        json.put("orders", column.orders());
        json.put("refused", column.refusals());
        json.put("expired", column.expired());
        json.put("partlyFilled", column.partly());
        json.put("fills", column.fills());
        json.put("roundTrips", column.figures().trips());
        json.put("winRatePercent", number(performance.winRatePercent()));
        json.put("profitFactor", number(performance.profitFactor()));
        json.put("capital", money(column.capital()));
        json.put("realisedPnl", money(column.realised()));
        json.put("unrealisedPnl", money(column.unrealised()));
        json.put("fees", money(column.fees()));
        json.put("pnl", money(column.net()));
        json.put("returnPercent", number(performance.returnPercent()));
        json.put("holdPercent", number(column.holdPercent()));
        json.put("maxDrawdown", money(performance.maxDrawdown()));
        json.put("maxDrawdownPercent", number(performance.maxDrawdownPercent()));
        json.put("sharpeDaily", number(column.figures().sharpe()));
        json.put("inMarketPercent", number(column.figures().inMarketPercent()));
    }

    private static List<Map<String, Object>> counts(final Map<String, Long> counts)
    {
        final List<Map<String, Object>> json = new ArrayList<>();
        counts.forEach((text, count) ->
        {
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("text", text);
            row.put("count", count);
            json.add(row);
        });
        return json;
    }

    private static String money(final long amount)
    {
        return Decimals.toString(amount, Instrument.MONEY_SCALE);
    }

    private static Double number(final double number)
    {
        return Double.isNaN(number) || Double.isInfinite(number) ? null : Math.round(number * DECIMALS) / DECIMALS;
    }
}
