package org.lockstep.gateway.venue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.agrona.concurrent.EpochNanoClock;
import org.apache.commons.net.ntp.NTPUDPClient;
import org.apache.commons.net.ntp.NtpV3Packet;
import org.apache.commons.net.ntp.TimeStamp;
import org.lockstep.engine.event.Frame;
import org.lockstep.engine.event.FramePublisher;
import org.lockstep.engine.event.FrameSource;
import org.lockstep.engine.event.codec.TimeSyncEncoder;
import org.lockstep.engine.pipeline.PipelineHaltedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how far our clock is from the network's: a few requests in a row, of which the one with the shortest round
 * trip says most. Each measurement is published as a TimeSync frame of venue 0. It never sets a clock.
 * <p>
 * Threading: a thread of its own, which ends with {@link #close()} or with the pipeline; the last measurement is read
 * by any thread.
 */
public final class NtpSync implements VenueClock, AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(NtpSync.class);
    private static final int SAMPLES = 4;
    private static final int NTP_VENUE_ID = 0;
    private static final int MAX_STRATUM = 15;
    private static final int UNSYNCHRONISED = 3;
    private static final long MS = 1_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long ERA_SECONDS = 1L << 32;
    private static final long CLOSE_TIMEOUT_MS = 1_000;

    private final NtpConfig config;
    private final FramePublisher publisher;
    private final EpochNanoClock clock;
    private final Thread thread = new Thread(this::run, "lockstep-ntp");
    private final TimeSyncEncoder timeSync = new TimeSyncEncoder();
    private volatile Measurement measurement = Measurement.NONE;
    private volatile boolean isWanted;
    private volatile boolean isClosed;
    private String lastProblem = "";

    /**
     * Constructs a source; nothing is asked before {@link #start()}.
     *
     * @param config    whom to ask and when.
     * @param publisher takes the frames.
     * @param clock     ours.
     */
    public NtpSync(final NtpConfig config, final FramePublisher publisher, final EpochNanoClock clock)
    {
        this.config = config;
        this.publisher = publisher;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /** Begins to measure. */
    public void start()
    {
        thread.start();
    }

    @Override
    public Measurement measurement()
    {
        return measurement;
    }

    @Override
    public void measureNow()
    {
        isWanted = true;
        LockSupport.unpark(thread);
    }

    /** Ends the thread and waits for that, up to a second. */
    @Override
    public void close()
    {
        isClosed = true;
        LockSupport.unpark(thread);
        thread.interrupt();
        try
        {
            thread.join(CLOSE_TIMEOUT_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void run()
    {
        while (!isClosed)
        {
            final long beganNs = System.nanoTime();
            isWanted = false;
            try
            {
                publish(measure());
                onProblem("");
            }
            catch (final PipelineHaltedException ex)
            {
                LOG.info("ntp: ends, {}", ex.getMessage());
                return;
            }
            catch (final IOException | RuntimeException ex)
            {
                onProblem(ex.getClass().getSimpleName() + ": " + ex.getMessage());
            }
            final long deadlineNs = beganNs + config.intervalMs() * MS;
            while (!isClosed && !isWanted && deadlineNs - System.nanoTime() > 0)
            {
                LockSupport.parkNanos(this, deadlineNs - System.nanoTime());
            }
        }
    }

    private Measurement measure() throws IOException
    {
        Measurement best = null;
        try (NTPUDPClient client = new NTPUDPClient())
        {
            client.setDefaultTimeout(Duration.ofMillis(config.timeoutMs()));
            client.open();
            final InetAddress address = InetAddress.getByName(config.host());
            for (int i = 0; i < SAMPLES; i++)
            {
                final Measurement sample = sample(client, address);
                best = null == best || sample.roundTripNs() < best.roundTripNs() ? sample : best;
            }
        }
        return best;
    }

    private Measurement sample(final NTPUDPClient client, final InetAddress address) throws IOException
    {
        final long askedMs = System.currentTimeMillis();
        final long sentNs = clock.nanoTime();
        final NtpV3Packet answer = client.getTime(address, config.port()).getMessage();
        final long receivedNs = clock.nanoTime();
        check(answer, askedMs);
        final long serverReceivedNs = epochNs(answer.getReceiveTimeStamp(), receivedNs);
        final long serverSentNs = epochNs(answer.getTransmitTimeStamp(), receivedNs);
        final long roundTripNs = receivedNs - sentNs - (serverSentNs - serverReceivedNs);
        if (roundTripNs < 0)
        {
            throw new IOException("the server says it took longer than the whole exchange did");
        }
        final long offsetNs = (serverReceivedNs - sentNs) / 2 + (serverSentNs - receivedNs) / 2;
        return new Measurement(offsetNs, roundTripNs, receivedNs);
    }

    /** The library takes any datagram from anywhere for an answer. */
    private static void check(final NtpV3Packet answer, final long askedMs) throws IOException
    {
        final long echoedMs = answer.getOriginateTimeStamp().getTime();
        if (NtpV3Packet.MODE_SERVER != answer.getMode())
        {
            throw new IOException("no answer of a server, mode " + answer.getMode());
        }
        if (echoedMs < askedMs - 1 || echoedMs > System.currentTimeMillis() + 1)
        {
            throw new IOException("an answer to another question");
        }
        if (answer.getStratum() < 1 || answer.getStratum() > MAX_STRATUM ||
            UNSYNCHRONISED == answer.getLeapIndicator() || 0 == answer.getTransmitTimeStamp().ntpValue())
        {
            throw new IOException("the server knows no time: stratum " + answer.getStratum() + " " +
                answer.getReferenceIdString() + ", leap indicator " + answer.getLeapIndicator());
        }
    }

    /** NTP counts seconds since 1900 in 32 bits, so the era is the one closest to our own time. */
    private static long epochNs(final TimeStamp timeStamp, final long nearNs)
    {
        long seconds = timeStamp.getSeconds() - SECONDS_1900_TO_1970;
        final long nearSeconds = Math.floorDiv(nearNs, SECOND_NS);
        seconds += Math.floorDiv(nearSeconds - seconds + ERA_SECONDS / 2, ERA_SECONDS) * ERA_SECONDS;
        return seconds * SECOND_NS + (timeStamp.getFraction() * SECOND_NS >>> 32);
    }

    private void publish(final Measurement measured)
    {
        measurement = measured;
        final long claim = publisher.tryClaim();
        if (FramePublisher.FULL == claim)
        {
            return;
        }
        final int offset = publisher.offset(claim);
        timeSync.wrap(publisher.buffer(), offset + Frame.HEADER_LENGTH)
            .venueId(NTP_VENUE_ID)
            .offsetNs(measured.offsetNs())
            .roundTripNs(measured.roundTripNs());
        Frame.writeHeader(publisher.buffer(), offset, Frame.HEADER_LENGTH + timeSync.encodedLength(),
            TimeSyncEncoder.BLOCK_LENGTH, TimeSyncEncoder.TEMPLATE_ID, FrameSource.CLOCK, 0, clock.nanoTime(), 0,
            Frame.NULL_INSTRUMENT_ID);
        publisher.publish(claim);
    }

    private void onProblem(final String problem)
    {
        if (!problem.equals(lastProblem) && !isClosed)
        {
            lastProblem = problem;
            if (problem.isEmpty())
            {
                LOG.info("ntp: {} answers, our clock is off by {} us", config.host(), measurement.offsetNs() / 1_000);
            }
            else
            {
                LOG.warn("ntp: no time from {}: {}", config.host(), problem);
            }
        }
    }
}
