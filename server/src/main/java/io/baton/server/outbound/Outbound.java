package io.baton.server.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Calls other systems over http and https. A name is resolved once, every address it has is checked, and the connection goes
 * to what was checked, so that a name cannot turn into an address inside between the check and the call. Redirects are not
 * followed, nothing is tried twice, no cookie or credential is kept, and no answer is longer, slower or larger than said here.
 */
public final class Outbound implements AutoCloseable {

    /** From the first look at the name to the last byte of the answer. */
    public static final Duration CALL_TIME_MAX = Duration.ofSeconds(10);

    public static final int SENT_BYTES_MAX = 256 * 1024;

    /** What of an answer is read; the rest is not. */
    public static final int ANSWER_BYTES_MAX = 64 * 1024;

    static final int HEADERS_MAX = 100;
    static final int HEADER_BYTES_MAX = 8 * 1024;

    private static final int URL_CHARACTERS_MAX = 2_000;
    private static final int CALLS_AT_ONCE_MAX = 32;

    private final Allowed allowed;
    private final Duration timeMax;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CloseableHttpClient client;

    public Outbound(Allowed allowed) {
        this(allowed, InetAddress::getAllByName, CALL_TIME_MAX);
    }

    /** How a name becomes addresses. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    Outbound(Allowed allowed, Resolver resolver, Duration timeMax) {
        this.allowed = allowed;
        this.timeMax = timeMax;
        var timeout = Timeout.of(timeMax);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Guarded(resolver))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(HEADERS_MAX)
                                .setMaxLineLength(HEADER_BYTES_MAX)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .setMaxConnTotal(CALLS_AT_ONCE_MAX)
                .setMaxConnPerRoute(CALLS_AT_ONCE_MAX)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Baton")
                .build();
    }

    /** {@code body} goes with the {@code Content-Type} among the headers; null for none. */
    public record Call(
            String method,
            URI url,
            Map<String, String> headers,
            @org.jspecify.annotations.Nullable String body) {

        public Call {
            headers = Map.copyOf(headers);
        }

        /** Without the path, which often is a secret. */
        @Override
        public String toString() {
            return method + " " + url.getScheme() + "://" + url.getHost();
        }
    }

    /** Reasons never hold more of an address than its host. */
    public sealed interface Result {

        /** Names of headers are in lower case. */
        record Answered(int status, Map<String, String> headers, String body) implements Result {}

        /** Baton does not call such an address. */
        record Refused(String reason) implements Result {}

        /** Not reached, or the conversation broke: whether the other side has it is not known. */
        record Failed(String reason) implements Result {}
    }

    /** Whether Baton would call such an address at all, as far as the address itself says; null if so, else why not. */
    public @org.jspecify.annotations.Nullable String objection(URI url) {
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return "only http and https addresses are called";
        }
        if (url.getHost() == null
                || url.getRawUserInfo() != null
                || url.toString().length() > URL_CHARACTERS_MAX) {
            return "the address has no plain host, or is too long";
        }
        int port = Allowed.port(url);
        return Allowed.PORTS.contains(port) || allowed.has(url.getHost(), port)
                ? null
                : "port " + port + " of " + url.getHost() + " is not among those that may be called";
    }

    public Result send(Call call) {
        var objection = objection(call.url());
        if (objection != null) {
            return new Result.Refused(objection);
        }
        var request = new HttpUriRequestBase(call.method(), call.url());
        call.headers().forEach(request::setHeader);
        if (call.body() != null) {
            var bytes = call.body().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > SENT_BYTES_MAX) {
                return new Result.Refused("what is to be sent is larger than " + SENT_BYTES_MAX + " bytes");
            }
            request.setEntity(new ByteArrayEntity(bytes, null));
        }
        return within(call, request);
    }

    /** The whole call on a thread of its own: looking a name up cannot be given a time, but can be left alone. */
    private Result within(Call call, HttpUriRequestBase request) {
        var running = threads.submit(() -> client.execute(request, this::read));
        try {
            return running.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            request.cancel();
            return new Result.Failed(
                    call.url().getHost() + " did not answer within " + timeMax.toMillis() / 1000.0 + " s");
        } catch (InterruptedException e) {
            request.cancel();
            Thread.currentThread().interrupt();
            return new Result.Failed("Baton is stopping");
        } catch (ExecutionException e) {
            return failure(call, e.getCause());
        }
    }

    private static Result failure(Call call, @org.jspecify.annotations.Nullable Throwable cause) {
        if (cause instanceof Inside inside) {
            return new Result.Refused(inside.getMessage());
        }
        if (cause instanceof IOException || cause instanceof org.apache.hc.core5.http.HttpException) {
            var host = call.url().getHost();
            return new Result.Failed(
                    cause instanceof UnknownHostException
                            ? "there is no host " + host
                            : host + " was not reached: " + cause.getClass().getSimpleName());
        }
        throw cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    private Result read(ClassicHttpResponse response) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        for (var header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        var entity = response.getEntity();
        var body = "";
        if (entity != null && entity.getContent() != null) {
            body = new String(entity.getContent().readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            response.close(); // instead of reading on to the end
        }
        return new Result.Answered(response.getCode(), Map.copyOf(headers), body);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class Inside extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Inside(String host) {
            super(host + " is, or may be, inside: Baton does not call it unless BATON_OUTBOUND_ALLOW names it");
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** Answers with checked addresses only; one that is inside spoils all that come with it. */
    private final class Guarded implements DnsResolver {

        private final Resolver resolver;

        Guarded(Resolver resolver) {
            this.resolver = resolver;
        }

        @Override
        public java.util.List<java.net.InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            var addresses = resolver.addresses(host);
            if (!allowed.has(host, port)) {
                for (var address : addresses) {
                    if (!PublicAddress.is(address)) {
                        throw new Inside(host);
                    }
                }
            }
            return java.util.Arrays.stream(addresses)
                    .map(address -> new java.net.InetSocketAddress(address, port))
                    .toList();
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("names are resolved together with a port");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
