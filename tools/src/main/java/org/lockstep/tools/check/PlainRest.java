package org.lockstep.tools.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** REST requests with the JDK's client: blocking, one at a time. Remembers what weight the venue says was used. */
final class PlainRest
{
    private static final int TIMEOUT_MS = 5_000;
    private static final int EXCERPT = 200;
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofMillis(TIMEOUT_MS)).build();
    private final URI rest;
    private long usedWeight = -1;

    PlainRest(final URI rest)
    {
        this.rest = rest;
    }

    HttpClient http()
    {
        return http;
    }

    /** Request weight of this address in the current minute, below 0 when the venue did not say. */
    long usedWeight()
    {
        return usedWeight;
    }

    JsonNode get(final String pathAndQuery) throws IOException, InterruptedException
    {
        return get(pathAndQuery, null);
    }

    /** What the venue answers, null when it knows no such path. */
    JsonNode get(final String pathAndQuery, final String apiKey) throws IOException, InterruptedException
    {
        final HttpRequest.Builder request =
            HttpRequest.newBuilder(rest.resolve(pathAndQuery)).timeout(Duration.ofMillis(TIMEOUT_MS));
        if (null != apiKey)
        {
            request.header("X-MBX-APIKEY", apiKey);
        }
        final HttpResponse<String> response =
            http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        usedWeight = response.headers().firstValueAsLong("X-MBX-USED-WEIGHT-1M").orElse(usedWeight);
        if (NOT_FOUND == response.statusCode())
        {
            return null;
        }
        if (200 != response.statusCode())
        {
            throw refusal(response.statusCode(), response.body());
        }
        return MAPPER.readTree(response.body());
    }

    private static VenueRefusal refusal(final int status, final String body)
    {
        try
        {
            final JsonNode error = MAPPER.readTree(body);
            if (error.hasNonNull("code"))
            {
                return new VenueRefusal(status, error.path("code").asInt(), error.path("msg").asText());
            }
        }
        catch (final JsonProcessingException ex)
        {
            // Not the venue's own words, but those of something in between: shown as they are.
        }
        return new VenueRefusal(status, 0, body.substring(0, Math.min(EXCERPT, body.length())));
    }
}
