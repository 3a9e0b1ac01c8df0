package org.lockstep.gateway.client.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.lockstep.gateway.client.auth.Identity;
import org.lockstep.gateway.client.auth.Role;
import org.lockstep.gateway.client.auth.TokenException;
import org.lockstep.gateway.client.stream.CloseCode;
import org.lockstep.gateway.client.stream.WebSocketSession;
import org.lockstep.gateway.client.view.Reader;

/** Routes the requests of one connection. Client event loop only. */
public final class HttpApi extends SimpleChannelInboundHandler<FullHttpRequest>
{
    private static final Reader EVERYTHING = new Reader("", true);
    private static final long RETRY_AFTER_MS = 2_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ApiContext context;
    private final Origins origins;
    private final StaticFiles files;
    private final Metrics metrics;
    private final ApiQueries queries;
    private final ApiCommands commands;
    private final ApiReports reports;
    private final RequestDeadlines deadlines;
    private final HeldRequests heldRequests;
    private final ServingFaults faults;
    private final WaitingRequests waiting = new WaitingRequests();
    private ChannelHandlerContext channelContext;
    private FullHttpRequest held;
    private boolean isBusy;
    private boolean isOverdue;

    /** Makes handlers that share what does not belong to a connection. */
    public static final class Factory
    {
        private final ApiContext context;
        private final List<String> allowedOrigins;
        private final String host;
        private final StaticFiles files = new StaticFiles();
        private final Metrics metrics;
        private final RequestDeadlines deadlines;
        private final HeldRequests heldRequests;
        private final ApiReports reports;
        private final ServingFaults faults = new ServingFaults();
        private Origins origins;

        /**
         * Prepares.
         *
         * @param context        what requests are served with.
         * @param deadlines      of requests.
         * @param heldRequests   that wait for the journal to be read.
         * @param allowedOrigins besides the gateway's own.
         * @param host           the server is bound to.
         */
        public Factory(
            final ApiContext context,
            final RequestDeadlines deadlines,
            final HeldRequests heldRequests,
            final List<String> allowedOrigins,
            final String host)
        {
            this.heldRequests = heldRequests;
            this.deadlines = deadlines;
            this.reports = new ApiReports(context);
            this.context = context;
            this.allowedOrigins = allowedOrigins;
            this.host = host;
            this.metrics = new Metrics(context.ports(), context.sessions(), context.health(), deadlines);
        }

        /** Says which port the server got; before the first connection. */
        public void onBound(final int port)
        {
            origins = new Origins(allowedOrigins, host, port);
        }

        HttpApi create()
        {
            return new HttpApi(this);
        }
    }

    private HttpApi(final Factory factory)
    {
        context = factory.context;
        origins = factory.origins;
        files = factory.files;
        metrics = factory.metrics;
        queries = new ApiQueries(context);
        commands = new ApiCommands(context);
        deadlines = factory.deadlines;
        heldRequests = factory.heldRequests;
        reports = factory.reports;
        faults = factory.faults;
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext ctx, final FullHttpRequest request)
    {
        deadlines.onArrived(ctx.channel());
        if (!isBusy)
        {
            serve(ctx, request);
        }
        else if (!waiting.tryAdd(request))
        {
            ctx.close();
        }
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx)
    {
        channelContext = ctx;
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext ctx)
    {
        heldRequests.remove(this);
        if (null != held)
        {
            held.release();
            held = null;
        }
        waiting.clear();
    }

    /**
     * The request in hand was held for as long as it had to be.
     *
     * @param isServed true when it can be served now, false when it cannot even now.
     */
    void onHeld(final boolean isServed)
    {
        final FullHttpRequest request = held;
        held = null;
        isOverdue = !isServed;
        try
        {
            serve(channelContext, request);
        }
        finally
        {
            isOverdue = false;
            request.release();
        }
    }

    /** @return true when the request waits until the journal has been read: before, no answer would be the truth. */
    private boolean isHeld(final FullHttpRequest request)
    {
        if (isOverdue || heldRequests.isCaughtUp())
        {
            return false;
        }
        held = HttpMethod.POST.equals(request.method()) ? request.retain() : request.replace(Unpooled.EMPTY_BUFFER);
        heldRequests.add(this);
        return true;
    }

    private void requireInTime() throws Problem
    {
        if (isOverdue)
        {
            throw new Problem(HttpResponseStatus.SERVICE_UNAVAILABLE, "catching_up",
                "the journal of earlier runs is still being read", null, RETRY_AFTER_MS);
        }
    }

    private void next(final ChannelHandlerContext ctx)
    {
        isBusy = false;
        final FullHttpRequest request = waiting.poll();
        if (null == request && ctx.channel().isActive() && !ctx.isRemoved())
        {
            deadlines.onIdle(ctx.channel());
        }
        if (null != request)
        {
            try
            {
                serve(ctx, request);
            }
            finally
            {
                request.release();
            }
        }
    }

    private void serve(final ChannelHandlerContext ctx, final FullHttpRequest request)
    {
        isBusy = true;
        final String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        final boolean isAllowedOrigin = origins.allows(origin, ctx.channel());
        final HttpReply reply = new HttpReply(ctx,
            HttpUtil.isKeepAlive(request) && !request.decoderResult().isFailure(),
            HttpMethod.HEAD.equals(request.method()), null != origin && isAllowedOrigin ? origin : null,
            () -> next(ctx));
        try
        {
            if (request.decoderResult().isFailure())
            {
                throw malformed(request.decoderResult().cause());
            }
            route(ctx, request, reply, isAllowedOrigin);
        }
        catch (final Problem problem)
        {
            reply.problem(problem);
        }
        catch (final IllegalArgumentException ex)
        {
            reply.problem(new Problem(
                HttpResponseStatus.BAD_REQUEST, "malformed", "the request's target cannot be decoded"));
        }
        catch (final RuntimeException | Error ex)
        {
            faults.tell(request.method(), new QueryStringDecoder(request.uri()).path(), reply, ex);
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        ctx.close();    // a socket that broke, or a request that never came to its end
    }

    private void route(
        final ChannelHandlerContext ctx,
        final FullHttpRequest request,
        final HttpReply reply,
        final boolean isAllowedOrigin) throws Problem
    {
        final QueryStringDecoder target = new QueryStringDecoder(request.uri());
        final String path = target.path();
        if ("/ws".equals(path))
        {
            webSocket(ctx, request, target, isAllowedOrigin);
            return;
        }
        if (!isAllowedOrigin && path.startsWith("/api"))
        {
            throw new Problem(HttpResponseStatus.FORBIDDEN, "bad_origin", "this origin is not allowed here");
        }
        if (HttpMethod.OPTIONS.equals(request.method()))
        {
            preflight(reply);
        }
        else if (HttpMethod.POST.equals(request.method()))
        {
            requireRoute("POST", path);
            final String id = request.headers().get("Idempotency-Key");
            final Identity user = identity(request, target, Role.VIEWER);
            QueryCheck.require(Route.of("POST", path), target.parameters());
            if (!isHeld(request))
            {
                requireInTime();
                commands.post(path, user, id, body(request), reply);
            }
        }
        else if (HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method()))
        {
            get(ctx, request, target, path, reply);
        }
        else
        {
            requireRoute(request.method().name(), path);
        }
    }

    private void get(
        final ChannelHandlerContext ctx,
        final FullHttpRequest request,
        final QueryStringDecoder target,
        final String path,
        final HttpReply reply) throws Problem
    {
        final StaticFiles.StaticFile file = files.file(path);
        if (null != file)
        {
            final boolean isSame = file.etag().equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
            reply.send(isSame ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK, file.contentType(),
                isSame ? new byte[0] : file.content(), response -> response.headers()
                    .set(HttpHeaderNames.ETAG, file.etag())
                    .set(HttpHeaderNames.CACHE_CONTROL, "no-cache"));
            return;
        }
        requireRoute("GET", path);
        if ("/metrics".equals(path))
        {
            final Reader reader = requireMetrics(request, target);
            reply.send(HttpResponseStatus.OK, metrics.contentType(), metrics.scrape(reader), null);
        }
        else if ("/ws/stats".equals(path))
        {
            requireMetrics(request, target);
            queries.stats(reply);
        }
        else if (!queries.open(path, reply))
        {
            final Identity user = identity(request, target, Role.VIEWER);
            QueryCheck.require(Route.of("GET", path), target.parameters());
            if (isHeld(request))
            {
                return;
            }
            requireInTime();
            if ("/api/stream".equals(path))
            {
                EventStreamSession.accept(ctx, request, target.parameters(), context, user, reply);
            }
            else if ("/api/market-scanner".equals(path))
            {
                reports.scanner(target.parameters(), user, reply);
            }
            else if ("/api/strategy-performance".equals(path))
            {
                reports.performance(target.parameters(), user, reply);
            }
            else if (!queries.signedIn(path, target.parameters(), user.reader(), reply))
            {
                throw notFound(path);
            }
        }
    }

    private void webSocket(
        final ChannelHandlerContext ctx,
        final FullHttpRequest request,
        final QueryStringDecoder target,
        final boolean isAllowedOrigin) throws Problem
    {
        if (!request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true))
        {
            throw new Problem(HttpResponseStatus.UPGRADE_REQUIRED, "upgrade_required", "/ws speaks WebSocket only");
        }
        final int maxMessageLength = context.sessions().limits().maxMessageLength();
        if (!isAllowedOrigin)
        {
            WebSocketUpgrade.refuse(ctx, request, maxMessageLength, CloseCode.BAD_ORIGIN, "origin not allowed");
            return;
        }
        final String token = BearerTokens.find(request.headers(), target.parameters(), context.allowsQueryToken());
        Identity identity = null;
        if (null != token)
        {
            try
            {
                identity = context.sessions().verifier().verify(token);
            }
            catch (final TokenException ex)
            {
                WebSocketUpgrade.refuse(
                    ctx, request, maxMessageLength, WebSocketSession.closeCode(ex), ex.getMessage());
                return;
            }
        }
        if (isOverdue)
        {
            WebSocketUpgrade.refuse(ctx, request, maxMessageLength, CloseCode.GOING_AWAY,
                "{\"reconnectAfterMs\":" + RETRY_AFTER_MS + "}");
        }
        else if (!isHeld(request))
        {
            WebSocketUpgrade.accept(ctx, request, context.sessions(), identity, context.compresses());
        }
    }

    /** @return whose figures of bots and accounts may be shown, null for nobody's. */
    private Reader requireMetrics(final FullHttpRequest request, final QueryStringDecoder target) throws Problem
    {
        if (context.opensFigures())
        {
            return EVERYTHING;
        }
        final boolean hasToken = null != BearerTokens.find(
            request.headers(), target.parameters(), context.allowsQueryToken());
        return context.opensMetrics() && !hasToken ? null : identity(request, target, Role.VIEWER).reader();
    }

    private Identity identity(final FullHttpRequest request, final QueryStringDecoder target, final Role role)
        throws Problem
    {
        final String token = BearerTokens.find(request.headers(), target.parameters(), context.allowsQueryToken());
        if (null == token)
        {
            throw new Problem(HttpResponseStatus.UNAUTHORIZED, "unauthorised", "send a token: Authorization: Bearer");
        }
        try
        {
            final Identity identity = context.sessions().verifier().verify(token);
            if (!identity.role().allows(role))
            {
                throw new Problem(HttpResponseStatus.FORBIDDEN, "forbidden", "this needs the role " + role.code());
            }
            return identity;
        }
        catch (final TokenException ex)
        {
            final boolean isRole = TokenException.Kind.NO_ROLE == ex.kind();
            throw new Problem(isRole ? HttpResponseStatus.FORBIDDEN : HttpResponseStatus.UNAUTHORIZED,
                isRole ? "forbidden" : "unauthorised", ex.getMessage());
        }
    }

    private static JsonNode body(final FullHttpRequest request) throws Problem
    {
        try
        {
            final JsonNode body = MAPPER.readTree(ByteBufUtil.getBytes(request.content()));
            if (null != body && body.isObject())
            {
                return body;
            }
        }
        catch (final IOException ex)
        {
            throw new Problem(HttpResponseStatus.BAD_REQUEST, "malformed", "the body is not JSON");
        }
        throw new Problem(HttpResponseStatus.BAD_REQUEST, "malformed", "the body must be a JSON object");
    }

    private static void preflight(final HttpReply reply)
    {
        reply.send(HttpResponseStatus.NO_CONTENT, null, new byte[0], response ->
        {
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
            if (null != reply.allowedOrigin())
            {
                response.headers()
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, Idempotency-Key")
                    .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, 600);
            }
        });
    }

    private void requireRoute(final String method, final String path) throws Problem
    {
        final List<String> methods = null == files.file(path) ? Route.methods(path) : List.of("GET");
        if (methods.isEmpty())
        {
            throw notFound(path);
        }
        if (!methods.contains(method))
        {
            throw new Problem(HttpResponseStatus.METHOD_NOT_ALLOWED, "method_not_allowed",
                "this takes " + String.join(", ", methods)).allowing(methods);
        }
    }

    private static Problem malformed(final Throwable cause)
    {
        if (cause instanceof TooLongHttpLineException)
        {
            return new Problem(HttpResponseStatus.REQUEST_URI_TOO_LONG, "too_long", "the request's target is too long");
        }
        return cause instanceof TooLongFrameException ?
            new Problem(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers_too_large",
                "the headers have at most 16384 bytes and 100 lines") :
            new Problem(HttpResponseStatus.BAD_REQUEST, "malformed", "the request is not HTTP/1.1");
    }

    private static Problem notFound(final String path)
    {
        final String shown = path.length() > 80 ? path.substring(0, 80) + "..." : path;
        return new Problem(HttpResponseStatus.NOT_FOUND, "not_found", "there is nothing at " + shown);
    }

    static String first(final Map<String, List<String>> query, final String name)
    {
        final List<String> values = query.get(name);
        return null == values || values.isEmpty() ? null : values.get(0);
    }
}
