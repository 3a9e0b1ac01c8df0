package org.lockstep.tools.console;

import java.net.URL;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** Changes how the process logs, once its configuration has said so. */
public final class LogFormat
{
    private static final String PROPERTY = "lockstep.logFormat";
    private static final String STANDARD = "text";
    private static final String RESOURCE = "/logback.xml";

    private LogFormat()
    {
    }

    /**
     * Logs in a format from now on, unless the command line has named one ({@code -Dlockstep.logFormat}).
     *
     * @param format {@code text} or {@code json}.
     */
    public static void use(final String format)
    {
        if (!STANDARD.equals(format) && null == System.getProperty(PROPERTY) &&
            LoggerFactory.getILoggerFactory() instanceof LoggerContext context)
        {
            System.setProperty(PROPERTY, format);
            final URL resource = LogFormat.class.getResource(RESOURCE);
            final JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            context.reset();
            try
            {
                configurator.doConfigure(resource);
            }
            catch (final JoranException ex)
            {
                throw new IllegalStateException("the logging of this build is damaged: " + ex.getMessage(), ex);
            }
        }
    }
}
