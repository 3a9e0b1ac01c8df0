package org.lockstep.gateway.client.notify;

import java.nio.charset.StandardCharsets;

/**
 * An alert to be sent.
 *
 * @param epoch    name of the run.
 * @param sequence in the journal.
 * @param severity of the alert.
 * @param text     of the alert.
 * @param json     fields of the alert as clients get them, without braces.
 */
public record AlertNotice(String epoch, long sequence, String severity, String text, byte[] json)
{
    String id()
    {
        return epoch + "/" + sequence;
    }

    byte[] body()
    {
        return ("{\"type\":\"alert\",\"epoch\":\"" + epoch + "\",\"offset\":" + sequence + "," +
            new String(json, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
    }
}
