package org.lockstep.tools.rehearse;

import java.util.List;
import java.util.SplittableRandom;

/** Draws faults: which, how hard, and at which request of the scenario. ARCHITECTURE.md has the list in words. */
final class FaultMix
{
    private static final int[] DELAYS_MS = {10, 30, 60, 150};
    private static final int COUNT_MAX = 4;
    private static final String HOW_LONG = "REQUESTS";

    /**
     * What the simulator is asked for. COUNT, MS, SYMBOL, KEY and SIDE are drawn; a rule fires for the COUNT messages
     * that follow; REQUESTS stands before what undoes a fault, as many requests later.
     */
    private static final List<Kind> KINDS = List.of(
        kind("ack-lost", "{'fault':'drop-ack','count':COUNT}"),
        kind("ack-lost-and-cut", "{'fault':'drop-ack','count':1,'disconnect':true}"),
        kind("ack-delayed", "{'fault':'delay-ack','ms':MS,'count':COUNT}"),
        kind("ack-duplicated", "{'fault':'duplicate-ack','count':COUNT}"),
        kind("ack-reordered", "{'fault':'reorder-ack','ms':MS,'count':COUNT}"),
        kind("answers-lost", "{'fault':'drop-ack','method':'*','count':COUNT}"),
        kind("answers-delayed", "{'fault':'delay-ack','method':'*','ms':MS,'count':COUNT}"),
        kind("query-lost", "{'fault':'drop-ack','method':'order.status','count':COUNT}"),
        kind("query-delayed", "{'fault':'delay-ack','method':'order.status','ms':MS,'count':COUNT}"),
        kind("request-lost", "{'fault':'lose-request','count':COUNT}"),
        kind("request-lost-and-cut", "{'fault':'lose-request','count':1,'disconnect':true}"),
        kind("request-delayed", "{'fault':'delay-request','ms':MS,'count':COUNT}"),
        kind("rejected", "{'fault':'reject','count':COUNT}"),
        kind("timeout-1007", "{'fault':'timeout','count':COUNT}"),
        kind("unknown-order", "{'fault':'unknown-order','count':COUNT}"),
        kind("fill-lost", "{'fault':'drop-event','event':'executionReport','execution':'TRADE','count':COUNT}"),
        kind("fill-delayed",
            "{'fault':'delay-event','event':'executionReport','execution':'TRADE','ms':MS,'count':COUNT}"),
        kind("fill-duplicated",
            "{'fault':'duplicate-event','event':'executionReport','execution':'TRADE','count':COUNT}"),
        kind("fill-reordered",
            "{'fault':'reorder-event','event':'executionReport','execution':'TRADE','ms':MS,'count':COUNT}"),
        kind("event-lost", "{'fault':'drop-event','count':COUNT}"),
        kind("event-delayed", "{'fault':'delay-event','ms':MS,'count':COUNT}"),
        kind("event-duplicated", "{'fault':'duplicate-event','count':COUNT}"),
        kind("event-reordered", "{'fault':'reorder-event','ms':MS,'count':COUNT}"),
        kind("disconnect", "{'fault':'disconnect'}"),
        kind("close", "{'fault':'close','target':'api'}"),
        kind("mute", "{'fault':'mute','target':'api','ms':MS}"),
        kind("mute-market", "{'fault':'mute','target':'stream','ms':MS}"),
        kind("half-open", "{'fault':'half-open','target':'api'}"),
        kind("half-open-market", "{'fault':'half-open','target':'stream'}"),
        kind("restart", "{'fault':'restart','ms':MS}"),
        kind("refuse", "[{'fault':'refuse','ms':MS},{'fault':'disconnect'}]"),
        kind("shutdown", "{'fault':'shutdown'}"),
        kind("terminate-streams", "{'fault':'terminate-streams'}"),
        kind("too-many-429", "{'fault':'rate-limit','ms':1000}"),
        kind("banned-418", "{'fault':'ban','ms':1000}"),
        kind("clock-ahead", "[{'fault':'clock-skew','ms':5000},{'REQUESTS':0,'fault':'clock-skew','ms':0}]"),
        kind("clock-behind", "[{'fault':'clock-skew','ms':-5000},{'REQUESTS':0,'fault':'clock-skew','ms':0}]"),
        kind("foreign-order", "{'fault':'foreign-order','key':'KEY','symbol':'SYMBOL','side':'SIDE'}"),
        kind("foreign-fill",
            "{'fault':'foreign-order','key':'KEY','symbol':'SYMBOL','side':'SIDE','type':'MARKET'}"),
        kind("foreign-cancel", "{'fault':'foreign-cancel','key':'KEY','symbol':'SYMBOL'}"),
        kind("market-garbage", "{'fault':'garbage'}"),
        kind("market-gap", "{'fault':'gap','symbol':'SYMBOL'}"),
        kind("market-stale", "[{'fault':'stale-depth','symbol':'SYMBOL'},{'fault':'gap','symbol':'SYMBOL'}]"));

    private FaultMix()
    {
    }

    /** One of the faults, to begin at one of so many requests. */
    static PlannedFault draw(
        final SplittableRandom random, final int requests, final List<String> symbols, final int accounts)
    {
        final Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        final int after = random.nextInt(1, requests);
        final String json = kind.json.replace('\'', '"')
            .replace("COUNT", Integer.toString(random.nextInt(1, COUNT_MAX)))
            .replace("MS", Integer.toString(DELAYS_MS[random.nextInt(DELAYS_MS.length)]))
            .replace("SYMBOL", symbols.get(random.nextInt(symbols.size())))
            .replace("KEY", "SIMULATED-KEY-" + random.nextInt(1, accounts + 1))
            .replace("SIDE", random.nextBoolean() ? "BUY" : "SELL")
            .replace("{\"fault\"", "{\"after\":" + after + ",\"fault\"")
            .replace("\"" + HOW_LONG + "\":0",
                "\"after\":" + (after + random.nextInt(1, requests)));
        return new PlannedFault(kind.name, json);
    }

    /** Names of all. */
    static List<String> names()
    {
        return KINDS.stream().map(Kind::name).toList();
    }

    private static Kind kind(final String name, final String json)
    {
        return new Kind(name, json);
    }

    private record Kind(String name, String json)
    {
    }
}
