package org.lockstep.engine.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lockstep.engine.EngineFixture.BOT;
import static org.lockstep.engine.EngineFixture.BTC_USDT;
import static org.lockstep.engine.EngineFixture.anEngine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.EngineFixture;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.state.StateWriter;
import org.lockstep.engine.state.StateYaml;
import org.lockstep.engine.strategy.Strategy;
import org.lockstep.engine.strategy.StrategyFactory;
import org.lockstep.engine.strategy.StrategyParameters;

class StrategyFaultTest
{
    @Test
    void shouldRefuseDefinitionWhenTheFactoryThrows()
    {
        final EngineFixture engine = anEngine(factory(() ->
        {
            throw new IllegalStateException("text that may differ");
        })).start();

        define(engine);

        assertEquals(AlertCode.COMMAND_REFUSED.code(), engine.lastAlert().code());
        assertTrue(engine.lastAlert().text().contains("'broken', whose factory threw IllegalStateException"));
        assertFalse(engine.lastAlert().text().contains("differ"));
    }

    @Test
    void shouldRefuseDefinitionWhenTheFactoryCannotBeLinked()
    {
        final EngineFixture engine = anEngine(factory(() ->
        {
            throw new NoClassDefFoundError("missing");
        })).start();

        define(engine);

        assertTrue(engine.lastAlert().text().contains("'broken', whose factory threw NoClassDefFoundError"));
    }

    @Test
    void shouldFailOnlyTheBotWhenTheFactoryThrowsAtItsStart()
    {
        final int[] madeCount = {0};
        final EngineFixture engine = anEngine(factory(() ->
        {
            if (0 == madeCount[0]++)
            {
                return null;
            }
            throw new IllegalStateException("second time");
        })).start().withProbe();
        define(engine);

        engine.command(CommandAction.START_BOT, "broken");

        assertEquals(BotState.FAILED, engine.engine().bots().byName("broken").state());
        assertEquals(BotState.RUNNING, engine.bot().state());
    }

    @Test
    void shouldGoOnWhenAStrategyCannotDescribeItself()
    {
        final EngineFixture engine = anEngine().start().withProbe();
        final long before = engine.engine().stateHash();
        engine.probe().throwOnDescribe = new IllegalStateException("no words");

        final StateYaml yaml = new StateYaml();
        engine.engine().describe(yaml);

        assertTrue(yaml.toString().contains("describeThrew: \"IllegalStateException\""));
        assertFalse(before == engine.engine().stateHash());
        assertEquals(BotState.RUNNING, engine.bot().state());
    }

    @Test
    void shouldTellTheListenerWhatWasThrownAndKeepItOutOfOutputs()
    {
        final EngineFixture engine = anEngine().start().withProbe();
        final List<String> heard = new ArrayList<>();
        final List<Throwable> faults = new ArrayList<>();
        engine.engine().faultListener((botName, callback, fault) ->
        {
            heard.add(botName + " " + callback + " " + fault.getMessage());
            faults.add(fault);
        });
        engine.probe().throwOnQuote = new IllegalStateException("the reason in words");

        engine.quote(BTC_USDT, 6_000_000, 6_000_010);

        assertEquals(List.of(BOT + " onQuote the reason in words"), heard);
        assertSame(engine.probe().throwOnQuote, faults.get(0));
        assertFalse(engine.lastAlert().text().contains("words"));
        assertFalse(engine.bot().reason().contains("words"));
    }

    @Test
    void shouldFailOnlyTheBotWhenWhatItThrewCannotBeTold()
    {
        final EngineFixture engine = anEngine().start().withProbe();
        engine.engine().faultListener((botName, callback, fault) -> fault.getMessage());
        engine.probe().throwOnQuote = new IllegalStateException()
        {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage()
            {
                throw new IllegalArgumentException("no message either");
            }
        };

        engine.quote(BTC_USDT, 6_000_000, 6_000_010);

        assertEquals(BotState.FAILED, engine.bot().state());
    }

    @Test
    void shouldTellTheListenerWhatAFactoryThrew()
    {
        final int[] madeCount = {0};
        final EngineFixture engine = anEngine(factory(() ->
        {
            if (0 == madeCount[0]++)
            {
                return null;
            }
            throw new IllegalStateException("second time");
        })).start();
        final List<String> heard = new ArrayList<>();
        engine.engine().faultListener((botName, callback, fault) ->
            heard.add(botName + " " + fault.getCause().getMessage()));
        define(engine);

        engine.command(CommandAction.START_BOT, "broken");

        assertEquals(List.of("broken second time"), heard);
    }

    @Test
    void shouldGoOnWhenAStrategyLeavesItsDescriptionInDisorder()
    {
        final List<Consumer<StateWriter>> descriptions = List.of(
            out ->
            {
                out.begin("part");
                throw new IllegalStateException("no words");
            },
            out -> out.begin("part"),
            StateWriter::end);
        for (final Consumer<StateWriter> description : descriptions)
        {
            final EngineFixture engine = anEngine().start().withProbe();
            final long before = engine.engine().stateHash();
            engine.probe().describes = description;

            final StateYaml yaml = new StateYaml();
            engine.engine().describe(yaml);

            assertFalse(before == engine.engine().stateHash());
            assertThrows(IllegalStateException.class, yaml::end, "every part is closed");
            assertEquals(BotState.RUNNING, engine.bot().state());
        }
    }

    @Test
    void shouldFailOnlyTheBotWhateverAStrategyThrows()
    {
        final List<Throwable> faults = List.of(new AssertionError("wrong"), new NoSuchMethodError("gone"),
            new ServiceConfigurationError("no such service"), new IOException("a checked one"));
        for (final Throwable fault : faults)
        {
            final EngineFixture engine = anEngine().start().withProbe();
            engine.probe().faultOnQuote = fault;

            engine.quote(BTC_USDT, 6_000_000, 6_000_010);

            assertEquals(BotState.FAILED, engine.bot().state());
        }
    }

    @Test
    void shouldHaltWhenTheMachineItselfFails()
    {
        final EngineFixture engine = anEngine().start().withProbe();
        engine.probe().faultOnQuote = new StackOverflowError();

        assertThrows(StackOverflowError.class, () -> engine.quote(BTC_USDT, 6_000_000, 6_000_010));
    }

    private static void define(final EngineFixture engine)
    {
        engine.command(CommandAction.DEFINE_BOT, "broken", "strategy", "broken", "account", "paper",
            "symbols", "BTCUSDT");
    }

    private static StrategyFactory factory(final Supplier<Strategy> supplier)
    {
        return new StrategyFactory()
        {
            @Override
            public String name()
            {
                return "broken";
            }

            @Override
            public String summary()
            {
                return "breaks";
            }

            @Override
            public List<ParameterDescription> parameters()
            {
                return List.of();
            }

            @Override
            public Strategy create(final StrategyParameters parameters)
            {
                return supplier.get();
            }
        };
    }
}
