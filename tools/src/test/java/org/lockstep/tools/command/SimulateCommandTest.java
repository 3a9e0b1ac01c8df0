package org.lockstep.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.simulator.SimulatorAddresses;
import org.lockstep.tools.simulator.SimulatorConfig;
import org.lockstep.tools.simulator.binance.BinanceSimulator;

class SimulateCommandTest
{
    @Test
    void shouldPrintLinesThatAConfigurationTakesAsTheyAre() throws Exception
    {
        try (BinanceSimulator simulator = BinanceSimulator.start(SimulatorConfig.defaults().withSymbols("BTCUSDT")))
        {
            final SimulatorAddresses addresses = simulator.addresses();

            final String yaml = String.join("\n", SimulateCommand.yaml("binance", addresses));
            final LockstepConfig config = ConfigReader.parse("test.yaml", yaml + "\n    symbols: [BTCUSDT]\n" +
                "accounts: [{name: main, mode: live, keys: sim}]\n", (strategy, parameters) -> List.of());

            assertEquals(addresses.rest(), config.venues().get(0).rest());
            assertEquals(addresses.stream(), config.venues().get(0).stream());
            assertEquals(addresses.api(), config.venues().get(0).api());
        }
    }
}
