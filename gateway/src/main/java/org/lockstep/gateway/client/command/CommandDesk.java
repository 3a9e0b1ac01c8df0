package org.lockstep.gateway.client.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.agrona.concurrent.EpochClock;
import org.lockstep.gateway.client.view.ClientView;
import org.lockstep.gateway.client.view.Reader;

/**
 * Puts bot commands into the input ring and answers when they come back journaled. One id of one user acts once: a
 * second one gets the first one's sequence, also after a restart, since ids are found in the journal again.
 */
public final class CommandDesk
{
    private static final long TIMEOUT_MS = 5_000;
    private static final long BUSY_RETRY_MS = 100;
    private static final int MAX_REMEMBERED = 20_000;
    private static final int MAX_ID_BYTES = 128;
    private static final int MAX_PARAMETERS = 16;

    private final CommandPublisher publisher;
    private final EpochClock clock;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Map<String, String> contents = new LinkedHashMap<>();

    private record Pending(String requestId, List<CommandReply> replies, long deadlineMs)
    {
    }

    /**
     * Opens the desk.
     *
     * @param publisher takes the frames.
     * @param clock     our clock.
     */
    public CommandDesk(final CommandPublisher publisher, final EpochClock clock)
    {
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Gives a command.
     *
     * @param view       of the world, to know bots and earlier commands.
     * @param reader     who gives it; a bot of somebody else is as unknown as one that does not exist.
     * @param requestId  the client's id, or null to have one made.
     * @param action     what to do.
     * @param bot        to which bot.
     * @param parameters for the strategy.
     * @param reply      told once how it went, possibly before this returns.
     */
    public void submit(
        final ClientView view,
        final Reader reader,
        final String requestId,
        final BotAction action,
        final String bot,
        final Map<String, String> parameters,
        final CommandReply reply)
    {
        if (!view.hasBot(reader, bot))
        {
            reply.onRefused("unknown_bot",
                "there is no bot '" + bot + "'; there are " + view.botNames(reader), "bot", 0);
            return;
        }
        submit(view, reader, requestId, CommandTerms.of(action.action(), bot, -1, new TreeMap<>(parameters)), reply);
    }

    /**
     * Gives a command that need not be about a bot.
     *
     * @param view      of the world, to know earlier commands.
     * @param reader    who gives it, and may.
     * @param requestId the client's id, or null to have one made.
     * @param terms     what it says.
     * @param reply     told once how it went, possibly before this returns.
     */
    public void submit(
        final ClientView view,
        final Reader reader,
        final String requestId,
        final CommandTerms terms,
        final CommandReply reply)
    {
        final String user = reader.user();
        final String id = null == requestId || requestId.isEmpty() ? UUID.randomUUID().toString() : requestId;
        final String content = terms.toString();
        final String key = user + '\n' + id;
        final String before = contents.get(key);
        if (null != before && !before.equals(content))
        {
            reply.onRefused("duplicate_id", "this id was used for another command before", "id", 0);
            return;
        }
        final long sequence = view.commandSequence(user, id);
        if (sequence >= 0)
        {
            reply.onJournaled(sequence, id, true);
            return;
        }
        final Pending waiting = pending.get(key);
        if (null != waiting)
        {
            waiting.replies().add(reply);
            return;
        }
        if (publish(user, id, terms, reply))
        {
            final List<CommandReply> replies = new ArrayList<>(1);
            replies.add(reply);
            pending.put(key, new Pending(id, replies, clock.time() + TIMEOUT_MS));
            remember(key, content);
        }
    }

    /**
     * A command came back from the journal.
     *
     * @param user      who gave it.
     * @param requestId under which.
     * @param sequence  in the journal.
     */
    public void onJournaled(final String user, final String requestId, final long sequence)
    {
        final Pending done = pending.remove(user + '\n' + requestId);
        if (null != done)
        {
            boolean isDuplicate = false;
            for (final CommandReply reply : done.replies())
            {
                reply.onJournaled(sequence, requestId, isDuplicate);
                isDuplicate = true;
            }
        }
    }

    /** Tells those that have waited too long. */
    public void pollTimeouts()
    {
        final long nowMs = clock.time();
        final Iterator<Pending> iterator = pending.values().iterator();
        while (iterator.hasNext())
        {
            final Pending next = iterator.next();
            if (next.deadlineMs() - nowMs > 0)
            {
                return;     // in order of their deadlines
            }
            iterator.remove();
            next.replies().forEach(reply -> reply.onRefused("unconfirmed",
                "the command has not come back from the journal yet; ask again with the id " + next.requestId(),
                null, TIMEOUT_MS));
        }
    }

    private boolean publish(
        final String user,
        final String requestId,
        final CommandTerms terms,
        final CommandReply reply)
    {
        final Map<String, String> parameters = terms.parameters();
        if (CommandPublisher.utf8Length(requestId) > MAX_ID_BYTES)
        {
            reply.onRefused("invalid", "an id has at most 128 bytes", "id", 0);
            return false;
        }
        if (parameters.size() > MAX_PARAMETERS)
        {
            reply.onRefused("invalid", "at most 16 parameters are allowed, found " + parameters.size(),
                "data.params", 0);
            return false;
        }
        final int excess = CommandPublisher.excess(parameters, user, requestId, terms.name());
        if (excess >= 0)
        {
            reply.onRefused("invalid", "the command is too long: bot and parameters have " + excess +
                " bytes, allowed are " + CommandPublisher.maxTextLength(), "data", 0);
            return false;
        }
        switch (publisher.tryPublish(terms, user, requestId))
        {
            case STOPPED -> reply.onRefused("unavailable", "the engine has stopped and takes no commands", null, 0);
            case FULL -> reply.onRefused(
                "busy", "the engine's input is full; nothing was done", null, BUSY_RETRY_MS);
            default ->
            {
                return true;
            }
        }
        return false;
    }

    private void remember(final String key, final String content)
    {
        contents.put(key, content);
        if (contents.size() > MAX_REMEMBERED)
        {
            final Iterator<String> eldest = contents.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
