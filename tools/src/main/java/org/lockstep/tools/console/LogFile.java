package org.lockstep.tools.console;

import java.nio.file.Path;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import org.slf4j.LoggerFactory;

/** Sends what is logged to a file instead of standard error, for commands in which failures are planned. */
public final class LogFile
{
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level [%thread] %-22.22logger{0} %msg%n";

    private LogFile()
    {
    }

    /**
     * From now on.
     *
     * @param file to append to.
     */
    public static void use(final Path file)
    {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context)
        {
            final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern(PATTERN);
            encoder.start();
            final FileAppender<ILoggingEvent> appender = new FileAppender<>();
            appender.setContext(context);
            appender.setFile(file.toString());
            appender.setEncoder(encoder);
            appender.start();
            final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.detachAndStopAllAppenders();
            root.addAppender(appender);
        }
    }
}
