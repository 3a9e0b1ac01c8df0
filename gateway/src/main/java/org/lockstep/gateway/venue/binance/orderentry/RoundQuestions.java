package org.lockstep.gateway.venue.binance.orderentry;

import java.util.function.Consumer;

/**
 * Asks the questions of a round one after the other, each as soon as the rate budget has room for it. Answers to an
 * earlier round are not taken for ones to this. Threading: the session's loop. Cold: allocates.
 */
final class RoundQuestions
{
    private static final long MAX_WAIT_NS = 1_000_000_000L;

    private final AccountContext context;
    private final Consumer<String> onFailed;
    private ApiConnection connection;
    private Runnable step;
    private boolean isAsking;
    private int round;
    private long stepNotBeforeNs;

    /** {@code onFailed} hears why a question of the round in progress gets no answer. */
    RoundQuestions(final AccountContext context, final Consumer<String> onFailed)
    {
        this.context = context;
        this.onFailed = onFailed;
    }

    void begin(final ApiConnection over)
    {
        end();
        connection = over;
    }

    void end()
    {
        round++;
        connection = null;
        step = null;
        isAsking = false;
    }

    boolean isOver(final ApiConnection other)
    {
        return other == connection;
    }

    /** Takes the next step, if it is time. */
    void poll(final long nowNs)
    {
        if (!isAsking && null != step && nowNs - stepNotBeforeNs >= 0)
        {
            final Runnable next = step;
            step = null;
            next.run();
        }
    }

    /** The next step is taken by the next poll, so that a long round never holds up the loop. */
    void proceed(final Runnable next)
    {
        step = next;
        stepNotBeforeNs = System.nanoTime();
    }

    /** The next step is taken after a while. */
    void proceedLater(final Runnable next)
    {
        step = next;
        stepNotBeforeNs = System.nanoTime() + MAX_WAIT_NS / 2;
    }

    /** Asks what must succeed. */
    void ask(
        final int weight,
        final RequestTemplate template,
        final Consumer<RequestValues> values,
        final Consumer<ApiMessage> onSuccess)
    {
        askForAny(weight, template, values, reply ->
        {
            if (reply.isSuccess())
            {
                onSuccess.accept(reply);
            }
            else
            {
                onFailed.accept(reply.errorText());
            }
        });
    }

    /** Asks what the venue may also deny. */
    void askForAny(
        final int weight,
        final RequestTemplate template,
        final Consumer<RequestValues> values,
        final Consumer<ApiMessage> onAnswer)
    {
        final long waitNs = context.budget().tryRequest(weight);
        if (waitNs > 0)
        {
            step = () -> askForAny(weight, template, values, onAnswer);
            stepNotBeforeNs = System.nanoTime() + Math.min(waitNs, MAX_WAIT_NS);
            return;
        }
        values.accept(context.sender().values());
        isAsking = true;
        if (!connection.request(template, new Answer(round, onAnswer)))
        {
            onFailed.accept("a question could not be sent");
        }
    }

    private final class Answer implements ReplyHandler
    {
        private final int asked;
        private final Consumer<ApiMessage> onAnswer;

        Answer(final int asked, final Consumer<ApiMessage> onAnswer)
        {
            this.asked = asked;
            this.onAnswer = onAnswer;
        }

        @Override
        public void onReply(final ApiMessage reply)
        {
            if (asked == round)
            {
                isAsking = false;
                onAnswer.accept(reply);
            }
        }

        @Override
        public void onLost(final String reason)
        {
            if (asked == round)
            {
                onFailed.accept(reason);
            }
        }
    }
}
