package org.lockstep.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.risk.AlertCode;
import org.lockstep.engine.risk.RejectReason;

/** The engine's codes have words in every language of the page. */
class PageCodesTest
{
    @Test
    void shouldSayEveryCodeInPortuguese() throws IOException
    {
        final String text;
        try (InputStream in = PageCodesTest.class.getResourceAsStream("page/codes.js"))
        {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        final List<String> missing = new ArrayList<>();
        for (final RejectReason reason : RejectReason.values())
        {
            if (RejectReason.NONE != reason && !text.contains(reason.code() + ": '"))
            {
                missing.add(reason.name());
            }
        }
        for (final AlertCode code : AlertCode.values())
        {
            if (!text.contains(code.code() + ": '"))
            {
                missing.add(code.name());
            }
        }
        assertEquals(List.of(), missing);
    }
}
