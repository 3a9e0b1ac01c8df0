package org.lockstep.gateway.client.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.agrona.concurrent.EpochClock;
import org.lockstep.gateway.client.view.JsonWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to one target, in order: again with growing pauses when the target cannot be reached, refuses for the
 * moment, or fails; not again when it says that the message is wrong. The queue is bounded, the oldest goes first.
 * <p>
 * Threading: {@link #offer} and the figures by any thread; the sending is done by a thread of its own.
 */
public final class AlertSender implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(AlertSender.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_QUEUED = 256;
    private static final int MAX_ATTEMPTS = 8;
    private static final int MAX_PAUSE_MS = 60_000;
    private static final long CLOSE_MS = 2_000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long TELL_EVERY_NS = 60_000_000_000L;

    private final AlertTarget target;
    private final EpochClock clock;
    private final int firstPauseMs;
    private final HttpClient client = HttpClient.newBuilder()
        .connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER).build();
    private final ArrayDeque<AlertNotice> queue = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "lockstep-alerts");
    private boolean isClosed;
    private boolean isSending;
    private boolean isInTrouble;
    private long toldNs;
    private long attemptsFailed;
    private long sent;
    private long failed;
    private long dropped;

    /**
     * Starts sending.
     *
     * @param target       where to.
     * @param clock        our clock, for signatures.
     * @param firstPauseMs before the second attempt; each further pause is twice as long.
     */
    public AlertSender(final AlertTarget target, final EpochClock clock, final int firstPauseMs)
    {
        this.target = target;
        this.clock = clock;
        this.firstPauseMs = firstPauseMs;
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start()
    {
        thread.start();
    }

    /**
     * Hands an alert over, unless it is less severe than the target wants.
     *
     * @param notice to send.
     */
    public void offer(final AlertNotice notice)
    {
        if (!target.takes(notice.severity()))
        {
            return;
        }
        synchronized (this)
        {
            if (MAX_QUEUED == queue.size())
            {
                queue.poll();
                dropped++;
            }
            queue.add(notice);
            notifyAll();
        }
    }

    /** @return name of the target. */
    public String name()
    {
        return target.name();
    }

    /** @return alerts the target has taken. */
    public synchronized long sent()
    {
        return sent;
    }

    /** @return alerts given up. */
    public synchronized long failed()
    {
        return failed;
    }

    /** @return alerts pushed out of the full queue. */
    public synchronized long dropped()
    {
        return dropped;
    }

    /** @return attempts that failed; an alert has eight. */
    public synchronized long attemptsFailed()
    {
        return attemptsFailed;
    }

    /** @return alerts that the target has not taken: given up, pushed out, or still waiting. */
    public synchronized long undelivered()
    {
        return failed + dropped + queue.size() + (isSending ? 1 : 0);
    }

    @Override
    public void close()
    {
        synchronized (this)
        {
            if (isClosed)
            {
                return;
            }
            isClosed = true;
            notifyAll();
        }
        thread.interrupt();
        try
        {
            thread.join(CLOSE_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        if (undelivered() > 0)
        {
            LOG.warn("{} alert(s) did not reach {}", undelivered(), target.name());
        }
    }

    private void run()
    {
        try
        {
            AlertNotice next = next();
            while (null != next)
            {
                send(next);
                next = next();
            }
        }
        catch (final InterruptedException ex)
        {
            LOG.debug("{}: no more alerts are sent", target.name());
        }
    }

    private synchronized AlertNotice next() throws InterruptedException
    {
        while (queue.isEmpty() && !isClosed)
        {
            wait();
        }
        final AlertNotice next = isClosed ? null : queue.poll();
        isSending = null != next;
        return next;
    }

    private void send(final AlertNotice notice) throws InterruptedException
    {
        long pauseMs = firstPauseMs;
        String trouble = "";
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++)
        {
            try
            {
                final HttpResponse<Void> response =
                    client.send(request(notice), HttpResponse.BodyHandlers.discarding());
                final int status = response.statusCode();
                if (status / 100 == 2)
                {
                    count(true);
                    return;
                }
                trouble = "it answered " + status;
                tell(trouble);
                if (TOO_MANY_REQUESTS != status && status < 500)
                {
                    break;
                }
                pauseMs = Math.max(pauseMs, retryAfterMs(response));
            }
            catch (final IOException ex)
            {
                trouble = ex.getClass().getSimpleName();        // the message may hold the address, and so a token
                tell(trouble);
            }
            if (attempt < MAX_ATTEMPTS)
            {
                pause(pauseMs);
                pauseMs = Math.min(MAX_PAUSE_MS, 2 * pauseMs);
            }
        }
        count(false);
        LOG.debug("alert {} did not reach {}: {}", notice.id(), target.name(), trouble);
    }

    private synchronized void pause(final long pauseMs) throws InterruptedException
    {
        final long endNs = System.nanoTime() + pauseMs * 1_000_000;
        long remainingNs = pauseMs * 1_000_000;
        while (remainingNs > 0)
        {
            if (isClosed)
            {
                throw new InterruptedException("closed");
            }
            wait(remainingNs / 1_000_000 + 1);
            remainingNs = endNs - System.nanoTime();
        }
    }

    private synchronized void count(final boolean isSent)
    {
        sent += isSent ? 1 : 0;
        failed += isSent ? 0 : 1;
        isSending = false;
        if (isSent && isInTrouble)
        {
            isInTrouble = false;
            LOG.warn("alerts reach {} again, after {} failed attempts", target.name(), attemptsFailed);
        }
    }

    /** Says at once that a target cannot be reached, and then once a minute for as long as it cannot. */
    private synchronized void tell(final String trouble)
    {
        attemptsFailed++;
        final long nowNs = System.nanoTime();
        if (!isClosed && (!isInTrouble || nowNs - toldNs >= TELL_EVERY_NS))
        {
            isInTrouble = true;
            toldNs = nowNs;
            LOG.warn("alerts do not reach {}: {}; {} wait", target.name(), trouble, queue.size() + 1);
        }
    }

    private HttpRequest request(final AlertNotice notice)
    {
        final byte[] body = AlertTarget.Format.TELEGRAM == target.format() ? telegram(notice) : notice.body();
        final URI url = AlertTarget.Format.TELEGRAM == target.format() ?
            target.url().resolve("/bot" + target.secret() + "/sendMessage") : target.url();
        final HttpRequest.Builder request = HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "lockstep")
            .header("X-Lockstep-Id", notice.id())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (AlertTarget.Format.JSON == target.format() && null != target.secret())
        {
            final long seconds = clock.time() / 1_000;
            request.header("X-Lockstep-Signature", "t=" + seconds + ",v1=" + sign(target.secret(), seconds, body));
        }
        return request.build();
    }

    private byte[] telegram(final AlertNotice notice)
    {
        return new JsonWriter().beginObject()
            .field("chat_id", target.chat())
            .field("text", notice.severity().toUpperCase(Locale.ROOT) + ": " + notice.text())
            .field("disable_web_page_preview", true)
            .endObject().toByteArray();
    }

    /**
     * Signature of a body: HMAC-SHA256 over {@code seconds + "." + body}.
     *
     * @param secret  shared with the receiver.
     * @param seconds epoch seconds, so that an old message cannot be sent again.
     * @param body    that is signed.
     * @return lower-case hexadecimal.
     */
    static String sign(final String secret, final long seconds, final byte[] body)
    {
        try
        {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("every JDK has HmacSHA256", ex);
        }
    }

    private static long retryAfterMs(final HttpResponse<Void> response)
    {
        final String text = response.headers().firstValue("retry-after").orElse("0");
        return text.matches("\\d{1,4}") ? Math.min(MAX_PAUSE_MS, 1_000L * Integer.parseInt(text)) : 0;
    }
}
