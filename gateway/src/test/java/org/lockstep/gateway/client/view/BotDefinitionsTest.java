package org.lockstep.gateway.client.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.engine.event.codec.BotState;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.risk.AlertCode;

class BotDefinitionsTest
{
    private final BotDefinitions definitions = new BotDefinitions();

    @BeforeEach
    void define()
    {
        ask(1, CommandAction.DEFINE_BOT, "fast", "5");
        definitions.onStatus("bot", BotState.DEFINED);
    }

    @Test
    void shouldKeepWhatIsInForceWhenARedefinitionIsRefused()
    {
        ask(2, CommandAction.DEFINE_BOT, "fast", "-1");
        definitions.onAlert(AlertCode.COMMAND_REFUSED.code(), 2);
        definitions.onStatus("bot", BotState.RUNNING);

        assertEquals(Map.of("fast", "5"), definitions.of("bot"));
    }

    @Test
    void shouldKeepTheGoodOneOfTwoWhenTheOtherIsRefused()
    {
        ask(2, CommandAction.DEFINE_BOT, "fast", "7");
        ask(3, CommandAction.DEFINE_BOT, "fast", "-1");
        definitions.onStatus("bot", BotState.STOPPING);
        definitions.onAlert(AlertCode.COMMAND_REFUSED.code(), 3);
        definitions.onStatus("bot", BotState.RUNNING);

        assertEquals(Map.of("fast", "7"), definitions.of("bot"));
    }

    @Test
    void shouldTellTheOldOneUntilTheBotHasTakenTheNewOneOver()
    {
        ask(2, CommandAction.DEFINE_BOT, "fast", "7");
        definitions.onStatus("bot", BotState.STOPPING);

        assertEquals(Map.of("fast", "5"), definitions.of("bot"));
        definitions.onStatus("bot", BotState.RUNNING);
        assertEquals(Map.of("fast", "7"), definitions.of("bot"));
    }

    @Test
    void shouldForgetTheNewOneWhenTheBotIsKilledBefore()
    {
        ask(2, CommandAction.DEFINE_BOT, "fast", "7");
        definitions.onStatus("bot", BotState.STOPPING);
        definitions.onStatus("bot", BotState.KILLED);
        definitions.onStatus("bot", BotState.RUNNING);

        assertEquals(Map.of("fast", "5"), definitions.of("bot"));
    }

    @Test
    void shouldTellLimitsOnlyOnceTheyAreChanged()
    {
        ask(2, CommandAction.SET_LIMITS, "maxOpenOrders", "9");
        ask(3, CommandAction.SET_LIMITS, "limits.maxOpenOrders", "-9");
        definitions.onAlert(AlertCode.LIMITS_CHANGED.code(), 2);
        definitions.onAlert(AlertCode.COMMAND_REFUSED.code(), 3);

        assertEquals(Map.of("fast", "5", "limits.maxOpenOrders", "9"), definitions.of("bot"));
    }

    private void ask(final long sequence, final CommandAction action, final String key, final String value)
    {
        definitions.onCommand(sequence, action, "bot", new TreeMap<>(Map.of(key, value)));
    }
}
