package org.lockstep.tools.simulator.binance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.lockstep.tools.simulator.SimulatedKey;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client of the trading interfaces that signs as the venue documents it. */
final class TradingClient implements WebSocket.Listener, AutoCloseable
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long WAIT_SECONDS = 60;
    private static final long PATIENT_MS = 60_000;

    private final String rest;
    private final SimulatedKey key;
    private final WebSocket socket;
    private final StringBuilder partial = new StringBuilder();
    private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<JsonNode> events = new ArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private long nextId = 1;

    TradingClient(final BinanceSimulator simulator, final SimulatedKey key)
    {
        this.rest = simulator.addresses().rest();
        this.key = key;
        this.socket = HTTP.newWebSocketBuilder()
            .buildAsync(URI.create(simulator.addresses().api()), this).join();
    }

    @Override
    public CompletionStage<?> onText(final WebSocket webSocket, final CharSequence data, final boolean last)
    {
        partial.append(data);
        if (last)
        {
            messages.add(parse(partial.toString()));
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(final WebSocket webSocket, final int statusCode, final String reason)
    {
        closed.complete(null);
        return null;
    }

    @Override
    public void onError(final WebSocket webSocket, final Throwable error)
    {
        closed.complete(null);
    }

    static JsonNode parse(final String text)
    {
        try
        {
            return MAPPER.readTree(text);
        }
        catch (final JsonProcessingException ex)
        {
            throw new AssertionError("not JSON: " + text, ex);
        }
    }

    static Map<String, Object> parameters(final Object... namesAndValues)
    {
        final Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2)
        {
            parameters.put((String)namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }

    String sign(final String payload)
    {
        try
        {
            if (SimulatedKey.HMAC.equals(key.type()))
            {
                final Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
            }
            final Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key.secret()))));
            signer.update(payload.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signer.sign());
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }

    /** Sends a signed request and waits for its reply; events that come meanwhile are kept. */
    JsonNode call(final String method, final Object... namesAndValues) throws InterruptedException
    {
        final long id = sendSigned(method, namesAndValues);
        return await(message -> message.path("id").asLong() == id);
    }

    /** Sends a signed request and returns its id. */
    long sendSigned(final String method, final Object... namesAndValues)
    {
        final Map<String, Object> parameters = new TreeMap<>(parameters(namesAndValues));
        parameters.putIfAbsent("apiKey", key.key());
        parameters.putIfAbsent("timestamp", System.currentTimeMillis());
        parameters.putIfAbsent("recvWindow", PATIENT_MS);
        final StringBuilder payload = new StringBuilder();
        parameters.forEach((name, value) ->
            payload.append(payload.length() > 0 ? "&" : "").append(name).append('=').append(value));
        parameters.put("signature", sign(payload.toString()));
        return send(method, parameters);
    }

    JsonNode callUnsigned(final String method, final Map<String, Object> parameters) throws InterruptedException
    {
        final long id = send(method, parameters);
        return await(message -> message.path("id").asLong() == id);
    }

    long send(final String method, final Map<String, Object> parameters)
    {
        final long id = nextId++;
        final ObjectNode request = MAPPER.createObjectNode().put("id", id).put("method", method);
        request.set("params", MAPPER.valueToTree(parameters));
        sendText(request.toString());
        return id;
    }

    void sendText(final String text)
    {
        socket.sendText(text, true).join();
    }

    /** Waits for a message; events before it are kept, other replies dropped. */
    JsonNode await(final Predicate<JsonNode> wanted) throws InterruptedException
    {
        while (true)
        {
            final JsonNode message = messages.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (null == message)
            {
                throw new AssertionError("no such message within " + WAIT_SECONDS + " s, events so far: " + events);
            }
            if (message.has("event"))
            {
                events.add(message);
            }
            if (wanted.test(message))
            {
                return message;
            }
        }
    }

    /** The next event for which something holds, among those kept and those to come; what was before it is dropped. */
    JsonNode awaitEvent(final Predicate<JsonNode> wanted) throws InterruptedException
    {
        while (!events.isEmpty())
        {
            final JsonNode event = events.remove(0).get("event");
            if (wanted.test(event))
            {
                return event;
            }
        }
        await(message -> message.has("event") && wanted.test(message.get("event")));
        return events.remove(events.size() - 1).get("event");
    }

    JsonNode awaitExecution(final String type) throws InterruptedException
    {
        return awaitEvent(event -> type.equals(event.path("x").asText()));
    }

    List<JsonNode> events()
    {
        return events;
    }

    /** Whether nothing has come in that was not taken, and the connection is still there. */
    boolean isSilent()
    {
        return messages.isEmpty() && !closed.isDone();
    }

    /** Waits until the connection is gone, as seen by reading or by writing. */
    void awaitClosed() throws InterruptedException
    {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!closed.isDone())
        {
            if (System.nanoTime() - endNs > 0)
            {
                throw new AssertionError("still connected after " + WAIT_SECONDS + " s");
            }
            try
            {
                socket.sendPong(ByteBuffer.allocate(0)).get(WAIT_SECONDS, TimeUnit.SECONDS);
            }
            catch (final ExecutionException | TimeoutException ex)
            {
                return;
            }
        }
    }

    HttpResponse<String> rest(final String verb, final String path, final Object... namesAndValues) throws Exception
    {
        final Map<String, Object> parameters = parameters(namesAndValues);
        parameters.putIfAbsent("timestamp", System.currentTimeMillis());
        parameters.putIfAbsent("recvWindow", PATIENT_MS);
        final StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.length() > 0 ? "&" : "").append(name).append('=')
            .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)));
        final String signature = sign(query.toString());
        query.append("&signature=").append(URLEncoder.encode(signature, StandardCharsets.UTF_8));
        return HTTP.send(HttpRequest.newBuilder(URI.create(rest + path + '?' + query))
            .header("X-MBX-APIKEY", key.key())
            .method(verb, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close()
    {
        socket.abort();
    }
}
