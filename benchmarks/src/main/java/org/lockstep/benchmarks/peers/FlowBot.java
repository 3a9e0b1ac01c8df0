package org.lockstep.benchmarks.peers;

import java.util.List;

import org.lockstep.benchmarks.peers.flow.OrderFlow;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyContext;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

/** Sends our orders of a flow: one whenever its timer fires, which is at the next frame. */
final class FlowBot implements Strategy
{
    static final String NAME = "flow";

    private static final int NOTHING = -1;

    private final OrderFlow flow;
    private final long[] orderIds;
    private int pending = NOTHING;
    private long refused;

    FlowBot(final OrderFlow flow)
    {
        this.flow = flow;
        int largest = 0;
        for (int i = 0; i < flow.count(); i++)
        {
            largest = Math.max(largest, flow.orderId(i));
        }
        orderIds = new long[largest + 1];
    }

    Strategies strategies()
    {
        return new Strategies(List.of(new Factory(this)));
    }

    /** Says what to do when the next frame comes. */
    void pending(final int index)
    {
        pending = index;
    }

    /** Requests that did not go out. */
    long refused()
    {
        return refused + (NOTHING == pending ? 0 : 1);
    }

    @Override
    public void onStart(final StrategyContext context)
    {
        context.setTimer(1);
    }

    @Override
    public void onTimer(final long timerId, final StrategyContext context)
    {
        context.setTimer(1);
        if (NOTHING == pending)
        {
            return;
        }
        final int i = pending;
        pending = NOTHING;
        final int flowId = flow.orderId(i);
        if (OrderFlow.Kind.OWN_CANCEL == flow.kind(i))
        {
            refused += 0 == context.cancel(orderIds[flowId]) ? 0 : 1;
            return;
        }
        orderIds[flowId] = context.submit(flow.symbol(i), flow.isBuy(i) ? Side.BUY : Side.SELL, OrderType.LIMIT,
            OrderFlow.Kind.OWN_TAKE == flow.kind(i) ? TimeInForce.IOC : TimeInForce.GTC,
            flow.price(i), flow.quantity(i));
        refused += orderIds[flowId] > 0 ? 0 : 1;
    }

    @Override
    public void describe(final StateWriter out)
    {
        out.field("refused", refused);
    }

    private record Factory(FlowBot bot) implements StrategyFactory
    {
        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public String summary()
        {
            return "Sends the orders of a flow.";
        }

        @Override
        public List<ParameterDescription> parameters()
        {
            return List.of();
        }

        @Override
        public Strategy create(final StrategyParameters parameters)
        {
            return bot;
        }
    }
}
