package org.lockstep.tools.rehearse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.lockstep.engine.Engine;
import org.lockstep.engine.strategy.Strategies;
import org.lockstep.journal.replay.ReplayProgress;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.LockstepConfig;
import org.lockstep.tools.run.LockstepProcess;
import org.lockstep.tools.run.StrategyCheck;

/**
 * A process that lives to be killed: waits for a scenario's site on its standard input, trades there, and ends in no
 * other way, unless the one who started it has ended.
 */
public final class ChildMain
{
    /** Said when the sessions are live. */
    static final String LIVE = "live";

    private static final long FOREVER_MS = 3_600_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ChildMain()
    {
    }

    /**
     * Waits, then trades until it is killed.
     *
     * @param args the configuration's file, if there is one.
     * @throws IOException if the journal directory cannot be used.
     */
    public static void main(final String[] args) throws IOException
    {
        Strategies.load();
        new Engine().stateHash();
        final LockstepConfig wanted =
            0 == args.length ? null : ConfigReader.read(Path.of(args[0]), StrategyCheck.onClassPath());
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        final String line = in.readLine();
        if (null != line)
        {
            endWithParent(in);
            final ScenarioSite site = MAPPER.readValue(line, ScenarioSite.class);
            final LockstepConfig config = site.config(wanted);
            final LockstepProcess process = LockstepProcess.open(config, "rehearsal", ReplayProgress.NONE,
                reason -> say("the engine halted: " + reason), site.settings(config, new CrashPoint(null, 0)));
            process.start();
            final String missing = process.awaitLive(FOREVER_MS);
            say(null == missing ? LIVE : missing);
        }
        else
        {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Its standard input ends with the process that started it. */
    private static void endWithParent(final BufferedReader in)
    {
        final Thread watch = new Thread(() ->
        {
            try
            {
                in.readLine();
            }
            catch (final IOException ex)
            {
                say(ex.toString());
            }
            Runtime.getRuntime().halt(0);
        }, "rehearsal-parent");
        watch.start();
    }

    private static void say(final String text)
    {
        System.out.println(text.replace('\n', ' '));
        System.out.flush();
    }
}
