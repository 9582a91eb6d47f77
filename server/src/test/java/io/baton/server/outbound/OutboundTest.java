package io.baton.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.baton.server.outbound.Outbound.Call;
import io.baton.server.outbound.Outbound.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server on the loopback, which nothing may reach that is not allowed to. */
class OutboundTest {

    private static final Duration SHORT = Duration.ofMillis(700);

    private HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    OutboundTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            switch (exchange.getRequestURI().getPath()) {
                case "/away" -> {
                    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/inside");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/large" -> {
                    exchange.sendResponseHeaders(200, 0);
                    var piece = new byte[16 * 1024];
                    try (var out = exchange.getResponseBody()) {
                        for (int i = 0; i < 1_000; i++) {
                            out.write(piece);
                        }
                    } catch (IOException e) {
                        // The caller has had enough, as it should.
                    }
                }
                case "/drip" -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('a');
                    exchange.getResponseBody().flush();
                    await();
                }
                case "/headers" -> {
                    for (int i = 0; i < 200; i++) {
                        exchange.getResponseHeaders().add("X-" + i, "much");
                    }
                    exchange.sendResponseHeaders(200, -1);
                }
                default -> {
                    var said = exchange.getRequestMethod() + " "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Retry-After", "17");
                    exchange.sendResponseHeaders(429, said.length());
                    exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
                }
            }
            exchange.close();
        });
        server.start();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private Outbound outbound(Allowed allowed) {
        return new Outbound(allowed, InetAddress::getAllByName, SHORT);
    }

    private Allowed loopback() {
        return Allowed.of("127.0.0.1:" + port());
    }

    private Call call(String path) {
        return call(URI.create("http://127.0.0.1:" + port() + path), "hello");
    }

    private static Call call(URI url, @Nullable String body) {
        return new Call("POST", url, Map.of("Content-Type", "text/plain"), body);
    }

    @Test
    void reachesWhatTheAdministratorNamed_andTellsTheAnswer() {
        try (var outbound = outbound(loopback())) {
            var answer = (Result.Answered) outbound.send(call("/"));
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body()).isEqualTo("POST hello");
            assertThat(answer.headers()).containsEntry("retry-after", "17");
        }
    }

    @Test
    void doesNotReachInsideByDefault() {
        try (var outbound = outbound(Allowed.of("127.0.0.1:1"))) {
            assertThat(outbound.send(call("/"))).isInstanceOf(Result.Refused.class);
            for (var url : List.of(
                    "http://localhost/",
                    "http://127.0.0.1/",
                    "http://2130706433/",
                    "http://0x7f.0.0.1/",
                    "http://127.1/",
                    "http://[::1]/",
                    "http://[::ffff:127.0.0.1]/",
                    "http://[::ffff:a9fe:a9fe]/",
                    "http://[64:ff9b::a9fe:a9fe]/",
                    "http://[fd00:ec2::254]/",
                    "http://169.254.169.254/latest/meta-data/",
                    "http://168.63.129.16/",
                    "http://100.100.100.200/",
                    "file:///etc/passwd",
                    "gopher://127.0.0.1/",
                    "ftp://example.com/",
                    "http://user:password@example.com/",
                    "http:///nothing",
                    "http://example.com:22/",
                    "https://example.com:5432/")) {
                assertThat(outbound.send(call(URI.create(url), null))).as(url).isNotInstanceOf(Result.Answered.class);
            }
        }
        assertThat(requests).hasValue(0);
    }

    /** Addresses at random, most of them near the edges of what is inside, by a resolver that names them all. */
    @Test
    void noNameLeadsInside_whateverItsAddressesAre() throws UnknownHostException {
        var random = new Random(4_711);
        var addresses = new ArrayList<InetAddress>();
        Outbound.Resolver hostile = _ -> addresses.toArray(InetAddress[]::new);
        try (var outbound = new Outbound(Allowed.NOTHING, hostile, SHORT)) {
            for (int round = 0; round < 500; round++) {
                addresses.clear();
                addresses.add(inside(random));
                if (random.nextBoolean()) {
                    addresses.add(random.nextInt(2), InetAddress.getByName("93.184.215.14"));
                }
                assertThat(outbound.send(call(URI.create("http://evil.example/"), null)))
                        .as("%s", addresses)
                        .isInstanceOf(Result.Refused.class);
            }
        }
        assertThat(requests).hasValue(0);
    }

    private static InetAddress inside(Random random) throws UnknownHostException {
        byte[] v4 = insideIpv4(random);
        var v6 = new byte[16];
        random.nextBytes(v6);
        switch (random.nextInt(6)) {
            case 0 -> v6[0] = (byte) (0xfc | random.nextInt(2)); // unique local
            case 1 -> {
                v6[0] = (byte) 0xfe; // link local, and the site local of old
                v6[1] = (byte) (0x80 | random.nextInt(0x80));
            }
            case 2 -> v6[0] = (byte) 0xff; // multicast
            case 3 -> { // 6to4
                v6[0] = 0x20;
                v6[1] = 0x02;
            }
            case 4 -> { // NAT64
                v6 = new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, v4[0], v4[1], v4[2], v4[3]};
            }
            default -> {
                return InetAddress.getByAddress(v4);
            }
        }
        return InetAddress.getByAddress(v6);
    }

    private static byte[] insideIpv4(Random random) {
        var v4 = new byte[4];
        random.nextBytes(v4);
        switch (random.nextInt(7)) {
            case 0 -> v4[0] = 10;
            case 1 -> v4[0] = 127;
            case 2 -> {
                v4[0] = (byte) 169;
                v4[1] = (byte) 254;
            }
            case 3 -> {
                v4[0] = (byte) 172;
                v4[1] = (byte) (16 + random.nextInt(16));
            }
            case 4 -> {
                v4[0] = (byte) 192;
                v4[1] = (byte) 168;
            }
            case 5 -> v4[0] = (byte) (224 + random.nextInt(32));
            default -> {
                v4[0] = 100;
                v4[1] = (byte) (64 + random.nextInt(64));
            }
        }
        return v4;
    }

    @Test
    void thePublicInternetIsPublic() throws UnknownHostException {
        for (var address : List.of(
                "8.8.8.8",
                "93.184.215.14",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::808:808")) {
            assertThat(PublicAddress.is(InetAddress.getByName(address)))
                    .as(address)
                    .isTrue();
        }
        for (var address : List.of("::", "::1", "::127.0.0.1", "2001::1", "2001:db8::1", "64:ff9b:1::1", "5f00::1")) {
            assertThat(PublicAddress.is(InetAddress.getByName(address)))
                    .as(address)
                    .isFalse();
        }
        var mapped = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        assertThat(PublicAddress.is(mapped)).isFalse();
    }

    /** The first answer is public (and routed nowhere), every later one is the loopback: whoever asks twice connects inside. */
    @Test
    void aNameIsResolvedOnce() {
        var asked = new AtomicInteger();
        Outbound.Resolver rebinding = _ -> new InetAddress[] {
            asked.getAndIncrement() == 0 ? InetAddress.getByName("3ffe::1") : InetAddress.getLoopbackAddress()
        };
        var name = "rebinding.example";
        try (var outbound = new Outbound(Allowed.NOTHING, rebinding, SHORT)) {
            outbound.send(call(URI.create("http://" + name + "/"), null));
            assertThat(asked).hasValue(1);
            assertThat(outbound.send(call(URI.create("http://" + name + "/"), null)))
                    .isInstanceOf(Result.Refused.class);
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void followsNoRedirect() {
        try (var outbound = outbound(loopback())) {
            assertThat(((Result.Answered) outbound.send(call("/away"))).status())
                    .isEqualTo(302);
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void readsNoMoreThanItsLimits() {
        try (var outbound = outbound(loopback())) {
            var large = (Result.Answered) outbound.send(call("/large"));
            assertThat(large.body()).hasSize(Outbound.ANSWER_BYTES_MAX);
            assertThat(outbound.send(call("/headers"))).isInstanceOf(Result.Failed.class);
            assertThat(outbound.send(call(
                            URI.create("http://127.0.0.1:" + port() + "/"), "x".repeat(Outbound.SENT_BYTES_MAX + 1))))
                    .isInstanceOf(Result.Refused.class);
        }
    }

    @Test
    void whoAnswersDropByDropIsLeftAfterItsTime_andNothingIsSentTwice() {
        try (var outbound = outbound(loopback())) {
            var result = outbound.send(call("/drip"));
            assertThat(result).isInstanceOf(Result.Failed.class);
            assertThat(((Result.Failed) result).reason()).contains("127.0.0.1").doesNotContain("/drip");
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void reasonsAndLogsHoldNoPath() {
        var call = call("/services/T0/B0/secret");
        assertThat(call.toString()).doesNotContain("secret");
        server.stop(0);
        try (var outbound = outbound(loopback())) {
            assertThat(outbound.send(call).toString()).doesNotContain("secret");
        }
    }
}
