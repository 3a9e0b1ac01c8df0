package org.lockstep.tools.rehearse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Speaks to a simulator's control interface: faults in, books out. Blocking. */
final class SimulatorControl
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String address;

    SimulatorControl(final String address)
    {
        this.address = address;
    }

    /** Lets faults loose, each when its request comes. */
    void faults(final List<PlannedFault> faults) throws IOException, InterruptedException
    {
        for (final PlannedFault fault : faults)
        {
            send(HttpRequest.newBuilder(URI.create(address + "/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(fault.json())));
        }
    }

    /** Lets those that wait for requests begin after a time, should the requests not come. */
    void hurry(final long durationMs) throws IOException, InterruptedException
    {
        faults(List.of(new PlannedFault("hurry", "{\"fault\":\"hurry\",\"ms\":" + durationMs + "}")));
    }

    /** What has become of them. */
    JsonNode faults() throws IOException, InterruptedException
    {
        return send(HttpRequest.newBuilder(URI.create(address + "/faults")));
    }

    void clear() throws IOException, InterruptedException
    {
        send(HttpRequest.newBuilder(URI.create(address + "/faults")).DELETE());
    }

    JsonNode account(final String key) throws IOException, InterruptedException
    {
        return send(HttpRequest.newBuilder(URI.create(address + "/account?key=" + key)));
    }

    private static JsonNode send(final HttpRequest.Builder request) throws IOException, InterruptedException
    {
        final HttpResponse<String> response =
            HTTP.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        if (200 != response.statusCode())
        {
            throw new IOException("the simulator answered " + response.statusCode() + ": " + response.body());
        }
        return MAPPER.readTree(response.body());
    }
}
