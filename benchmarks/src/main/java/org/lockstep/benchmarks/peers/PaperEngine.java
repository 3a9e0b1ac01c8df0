package org.lockstep.benchmarks.peers;

import org.agrona.DirectBuffer;
import org.lockstep.benchmarks.SampleMarket;
import org.lockstep.benchmarks.peers.flow.OrderFlow;
import org.lockstep.engine.Engine;
import org.lockstep.engine.bot.Bot;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.OrderFilledDecoder;
import org.lockstep.engine.event.codec.Side;

/**
 * The whole engine on a flow: a bot sends our orders through risk to the paper venue of an account, market data comes
 * as frames, and every decision and report is written as an output. Without ring and journal, as its peer.
 */
final class PaperEngine
{
    private static final String BOT = "bench";
    private static final long STEP_NS = 1_000;

    private final OrderFlow flow;
    private final FlowBot bot;
    private final Engine engine;
    private final FrameWriter frames;
    private final OrderFilledDecoder filled = new OrderFilledDecoder();
    private final Executions executions = new Executions();

    PaperEngine(final OrderFlow flow, final int symbols)
    {
        this.flow = flow;
        bot = new FlowBot(flow);
        engine = new Engine(bot.strategies());
        frames = new FrameWriter(engine::onInput, SampleMarket.START_NS);
        frames.session(0);
        final StringBuilder names = new StringBuilder();
        for (int id = 0; id < symbols; id++)
        {
            frames.instrument(FrameWriter.instrument(id, "S" + id));
            frames.snapshot(id);
            names.append(0 == id ? "" : ",").append('S').append(id);
        }
        frames.command(CommandAction.DEFINE_ACCOUNT, "", "name", "paper", "balance", "1000000000", "latencyNs", "0",
            "limits.maxOrderRate", "none", "limits.maxOpenOrders", "none", "limits.priceCollarBps", "none");
        frames.command(CommandAction.DEFINE_BOT, BOT, "strategy", FlowBot.NAME, "account", "paper",
            "symbols", names.toString(), "limits.maxOrderRate", "none", "limits.maxOpenOrders", "none",
            "limits.priceCollarBps", "none");
        frames.command(CommandAction.START_BOT, BOT);
        drain();
    }

    /** Runs the flow once. */
    void run()
    {
        for (int i = 0; i < flow.count(); i++)
        {
            if (flow.kind(i).isOwn())
            {
                bot.pending(i);
                step();
                frames.timer();
            }
            for (int event = flow.eventStart(i); event < flow.eventEnd(i); event++)
            {
                show(flow.symbol(i), event);
            }
            drain();
        }
        executions.check("paper venue, engine", flow);
        final Bot state = engine.bots().byName(BOT);
        if (0 != bot.refused() || BotState.RUNNING != state.state() || 0 != state.risk().openOrderCount())
        {
            throw new IllegalStateException("the bot is " + state.state() + " " + state.reason() + ", " +
                bot.refused() + " requests refused, " + state.risk().openOrderCount() + " orders open");
        }
    }

    private void show(final int symbol, final int event)
    {
        final Side side = flow.isBuyEvent(event) ? Side.BUY : Side.SELL;
        step();
        if (flow.isTrade(event))
        {
            frames.trade(symbol, flow.eventPrice(event), flow.eventQuantity(event), side);
        }
        else
        {
            frames.level(symbol, side, flow.eventPrice(event), flow.eventQuantity(event));
        }
    }

    private void step()
    {
        frames.timeNs(frames.timeNs() + STEP_NS);
    }

    private void drain()
    {
        if (engine.outputs().count() > 0)
        {
            engine.outputs().forEach(this::onOutput);
            engine.outputs().clear();
        }
    }

    private void onOutput(final DirectBuffer buffer, final int offset, final int length)
    {
        if (OrderFilledDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            executions.add(filled.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset)).quantity());
        }
    }
}
