package org.lockstep.gateway.venue.binance.orderentry;

import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.lockstep.engine.instrument.Instrument;
import org.lockstep.engine.instrument.Venue;
import org.lockstep.gateway.venue.InstrumentDirectory;
import org.lockstep.gateway.venue.OrderSessionSeed;
import org.lockstep.gateway.venue.SymbolTable;

/**
 * The venue's instruments as this session sees them: found by symbol, with request templates and with how far each is
 * reconciled. Threading: the session's loop. Allocation: when an instrument is first met.
 */
final class KnownInstruments
{
    private final InstrumentDirectory directory;
    private final OrderSessionSeed seed;
    private final RequestTemplates templates;
    private final RequestTemplates restTemplates;
    private SymbolTable<Integer> symbols = new SymbolTable<>();
    private InstrumentRequests[] requests = new InstrumentRequests[0];
    private InstrumentRequests[] restRequests = new InstrumentRequests[0];
    private int seen;

    KnownInstruments(
        final InstrumentDirectory directory,
        final OrderSessionSeed seed,
        final RequestTemplates templates,
        final RequestTemplates restTemplates)
    {
        this.directory = directory;
        this.seed = seed;
        this.templates = templates;
        this.restTemplates = restTemplates;
    }

    /** @return the instrument with a symbol, or null. */
    Instrument find(final DirectBuffer buffer, final int offset, final int length)
    {
        refresh();
        final Integer id = symbols.get(buffer, offset, length);
        return null == id ? null : directory.byId(id);
    }

    /** @return the instrument, or null. */
    Instrument byId(final int id)
    {
        return directory.byId(id);
    }

    /** @return its requests; the instrument is of interest from now on. */
    InstrumentRequests requests(final Instrument instrument)
    {
        final int id = instrument.id();
        if (id >= requests.length)
        {
            requests = Arrays.copyOf(requests, Math.max(id + 1, 2 * requests.length));
            restRequests = Arrays.copyOf(restRequests, requests.length);
        }
        if (null == requests[id])
        {
            requests[id] = templates.forInstrument(instrument.symbol());
            restRequests[id] = restTemplates.forInstrument(instrument.symbol());
            seed.touch(id);
        }
        return requests[id];
    }

    /** @return its requests in the form of REST. */
    InstrumentRequests restRequests(final Instrument instrument)
    {
        requests(instrument);
        return restRequests[instrument.id()];
    }

    /** Makes the requests of every instrument of interest, so that the first order finds them made. */
    void prepare()
    {
        for (int id = 0; id < limit(); id++)
        {
            final Instrument instrument = byId(id);
            if (isTouched(id))
            {
                requests(instrument);
            }
        }
    }

    /** Remembers that something happened in an instrument. */
    void touch(final int instrumentId)
    {
        seed.touch(instrumentId);
    }

    boolean isTouched(final int instrumentId)
    {
        final Instrument instrument = byId(instrumentId);
        return null != instrument && Venue.BINANCE == instrument.venue() &&
            OrderSessionSeed.UNTOUCHED != seed.reconciledTradeId(instrumentId);
    }

    /** @return one more than the highest instrument of interest. */
    int limit()
    {
        return seed.instrumentLimit();
    }

    long reconciledTradeId(final int instrumentId)
    {
        return seed.reconciledTradeId(instrumentId);
    }

    void reconciled(final int instrumentId, final long tradeId)
    {
        seed.reconciled(instrumentId, tradeId);
    }

    private void refresh()
    {
        for (; seen < directory.size(); seen++)
        {
            final Instrument instrument = directory.byId(seen);
            if (null != instrument && Venue.BINANCE == instrument.venue())
            {
                symbols = symbols.with(instrument.symbol(), seen);
            }
        }
    }
}
