package org.lockstep.tools.command;

import java.util.concurrent.Callable;

import org.lockstep.tools.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** placeholder while composing. */
@Command(name = "check", description = "Tests the connection to a venue.", mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer>
{
    @Parameters(index = "0", paramLabel = "VENUE", description = "binance")
    private String venue;

    @Option(names = "--json", description = "one JSON object a step")
    private boolean json;

    @Override
    public Integer call()
    {
        Console.standard(json).line(venue);
        return 0;
    }
}
