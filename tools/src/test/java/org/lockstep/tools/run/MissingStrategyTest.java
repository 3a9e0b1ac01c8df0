package org.lockstep.tools.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.CommandAction;
import org.lockstep.engine.event.codec.CommandEncoder;
import org.lockstep.engine.event.codec.OrderType;
import org.lockstep.engine.event.codec.SessionStartedEncoder;
import org.lockstep.engine.event.codec.Side;
import org.lockstep.engine.event.codec.SignalEncoder;
import org.lockstep.engine.event.codec.TimeInForce;
import org.lockstep.journal.JournalConfig;
import org.lockstep.journal.write.Journal;
import org.lockstep.tools.config.ConfigReader;
import org.lockstep.tools.config.Finding;

/** A journal whose bot ran a strategy of its owner's, whose jar is not at hand. */
class MissingStrategyTest
{
    @TempDir
    private Path directory;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
    private long sequence;

    @BeforeEach
    void record()
    {
        try (Journal journal = Journal.open(JournalConfig.of(directory)))
        {
            stage(journal, new SessionStartedEncoder().wrap(frame, Frame.HEADER_LENGTH)
                .epoch(1).seed(1).stateHashIntervalNs(0).journalId(0).build("of-old"), 0);
            final CommandEncoder command = new CommandEncoder().wrap(frame, Frame.HEADER_LENGTH)
                .action(CommandAction.DEFINE_BOT).botId(-1).accountId(-1).orderId(0).price(0).quantity(0)
                .side(Side.NULL_VAL).orderType(OrderType.NULL_VAL).timeInForce(TimeInForce.NULL_VAL).stopPrice(0);
            command.parametersCount(1).next().key("strategy").value("homemade");
            command.user("lockstep").requestId("").botName("mine");
            stage(journal, command, 0);
            stage(journal, new SignalEncoder().wrap(frame, Frame.HEADER_LENGTH)
                .causeSequence(1).value(7).botId(1).side(Side.BUY).name("of the strategy"), Frame.FLAG_OUTPUT);
        }
    }

    @Test
    void shouldNameTheStrategyAndWhereItsJarBelongsWhenTheReplayDiffers() throws Exception
    {
        final StringBuilder said = new StringBuilder();
        try (ChildProcess replay = ChildProcess.start("replay", directory.toString(), "--verify"))
        {
            for (String line = replay.line(); null != line; line = replay.line())
            {
                said.append(line).append('\n');
            }
            assertEquals(3, replay.exitCode(), said::toString);
        }
        assertTrue(said.toString().contains("homemade"), said::toString);
        assertTrue(said.toString().contains("LOCKSTEP_CLASSPATH"), said::toString);
    }

    @Test
    void shouldNameTheStrategyInJson() throws Exception
    {
        try (ChildProcess replay = ChildProcess.start("replay", directory.toString(), "--verify", "--json"))
        {
            final JsonNode missing = replay.json().path("divergence").path("missingStrategies");
            assertEquals(3, replay.exitCode(), replay::toString);
            assertNotNull(missing.get(0), missing::toString);
            assertEquals("homemade", missing.get(0).asText());
        }
    }

    @Test
    void shouldSayWhereTheJarBelongsWhenAConfigurationNamesIt()
    {
        final ConfigReader.BotCheck check = StrategyCheck.onClassPath();

        final List<Finding> unknown = check.check("homemade", Map.of());
        final List<Finding> wrongParameter = check.check("crossover", Map.of("frobnicate", "1"));

        assertEquals(1, unknown.size());
        assertTrue(unknown.get(0).allowed().contains("LOCKSTEP_CLASSPATH"), unknown::toString);
        assertEquals(1, wrongParameter.size());
        assertFalse(wrongParameter.get(0).allowed().contains("LOCKSTEP_CLASSPATH"), wrongParameter::toString);
    }

    private void stage(final Journal journal, final MessageEncoderFlyweight encoder, final int flags)
    {
        final int length = Frame.HEADER_LENGTH + encoder.encodedLength();
        Frame.writeHeader(frame, 0, length, encoder.sbeBlockLength(), encoder.sbeTemplateId(), FrameSource.PROCESS,
            flags, 1_000, 0, Frame.NULL_INSTRUMENT_ID);
        Frame.sequence(frame, 0, sequence++);
        journal.appender().stage(frame, 0, length);
        journal.appender().commit();
    }
}
