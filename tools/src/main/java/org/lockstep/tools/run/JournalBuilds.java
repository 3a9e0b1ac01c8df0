package org.lockstep.tools.run;

import java.nio.file.Path;

import org.agrona.DirectBuffer;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.codec.SessionStartedDecoder;
import org.lockstep.journal.read.JournalReader;

/** Which build wrote what of a journal. Reads it from the beginning: for errors, not for every day. */
public final class JournalBuilds
{
    private static final int FRAMES_AT_ONCE = 4_096;

    private final SessionStartedDecoder started = new SessionStartedDecoder();
    private String build;

    private JournalBuilds()
    {
    }

    /**
     * Looks a build up.
     *
     * @param directory of the journal.
     * @param sequence  of a frame in it.
     * @return what the session that wrote the frame said of its version, or null when the journal does not tell.
     */
    public static String at(final Path directory, final long sequence)
    {
        final JournalBuilds builds = new JournalBuilds();
        try (JournalReader reader = new JournalReader(directory))
        {
            long next = reader.firstSequence();
            long before = -1;
            while (next > before && next <= sequence)
            {
                before = next;
                next = reader.read(
                    next, (int)Math.min(FRAMES_AT_ONCE, sequence - next + 1), builds::onFrame);
            }
        }
        return builds.build;
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        if (SessionStartedDecoder.TEMPLATE_ID == Frame.templateId(buffer, offset))
        {
            started.wrap(buffer, offset + Frame.HEADER_LENGTH, Frame.blockLength(buffer, offset),
                Frame.version(buffer, offset));
            build = started.build();
        }
    }
}
