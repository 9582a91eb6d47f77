package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.web.TestClient;
import io.baton.server.web.TestClient.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages over HTTP: whom they reach, that they are taken once, and what is no message. */
class MessageRoutesTest {

    private static final Company COMPANY = new Company();
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    @BeforeAll
    static void deploy() {
        COMPANY.deploy(TestProcess.of("waiting", "WAI")
                .message("paid", "paid", "= order")
                .then("startEvent", "start")
                .then("<bpmn:intermediateCatchEvent id=\"catch\"><bpmn:messageEventDefinition messageRef=\"paid\"/>"
                        + "</bpmn:intermediateCatchEvent>")
                .then("userTask", "after")
                .then("endEvent", "end"));
        COMPANY.deploy(TestProcess.of("ordered", "ORD")
                .message("order", "ordered", "")
                .then("<bpmn:startEvent id=\"start\"><bpmn:messageEventDefinition messageRef=\"order\"/>"
                        + "</bpmn:startEvent>")
                .then("userTask", "handle")
                .then("endEvent", "end"));
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    private static String waiting(String order) {
        return COMPANY.start("waiting", Map.of("order", order));
    }

    private static boolean waits(String key) {
        return COMPANY.read(key).get("tasks").isEmpty();
    }

    private static Map<String, Object> paid(String order, Object... more) {
        var message = new LinkedHashMap<String, Object>();
        message.put("name", "paid");
        message.put("correlationKey", order);
        for (int i = 0; i < more.length; i += 2) {
            message.put((String) more[i], more[i + 1]);
        }
        return message;
    }

    private static Response publish(Map<String, Object> message) {
        return COMPANY.adaClient.post("/api/messages", message);
    }

    private static Response publish(TestClient client, String idempotencyKey, Map<String, Object> message) {
        client.with(IDEMPOTENCY_KEY, idempotencyKey);
        try {
            return client.post("/api/messages", message);
        } finally {
            client.without(IDEMPOTENCY_KEY);
        }
    }

    /** The server's own loop delivers it too, perhaps at this very moment. */
    private static void assertGetsWhatWasKept(String key) {
        for (int i = 0; i < 1_000 && waits(key); i++) {
            COMPANY.server.bean(Node.class).messages().tick();
        }
        assertThat(waits(key)).isFalse();
    }

    private static void assertAnswer(Response response, @Nullable String caseKey, String how) {
        var answer = response.expect(200).json();
        assertThat(answer.get("caseKey").asString(null)).isEqualTo(caseKey);
        for (var kind : new String[] {"delivered", "started", "buffered"}) {
            assertThat(answer.get(kind).asBoolean()).as(kind).isEqualTo(kind.equals(how));
        }
    }

    @Test
    void reachesTheCaseThatWaitsForItsKey() {
        var mine = waiting("o-1");
        var other = waiting("o-2");

        assertAnswer(publish(paid("o-1", "variables", Map.of("by", "card"))), mine, "delivered");

        assertThat(waits(mine)).isFalse();
        assertThat(COMPANY.read(mine).get("variables").get("by").asString()).isEqualTo("card");
        assertThat(waits(other)).isTrue();
    }

    @Test
    void startsACaseAndThePersonWhoSentItOwnsIt() {
        var answer = publish(Map.of("name", "ordered", "variables", Map.of("item", "lamp")))
                .expect(200)
                .json();
        assertThat(answer.get("started").asBoolean()).isTrue();
        var started = COMPANY.read(answer.get("caseKey").asString());
        assertThat(started.get("key").asString()).startsWith("ORD-");
        assertThat(started.at("/owner/id").asString()).isEqualTo(COMPANY.ada);
        assertThat(started.get("variables").get("item").asString()).isEqualTo("lamp");
    }

    @Test
    void thatNobodyWaitsForIsRefusedOrKeptForItsTime() {
        publish(paid("nobody")).expectProblem(404, "NobodyWaits");
        publish(Map.of("name", "unheard-of")).expectProblem(404, "NobodyWaits");

        assertAnswer(publish(paid("later", "timeToLiveSeconds", 60)), null, "buffered");
        var key = waiting("later");
        assertGetsWhatWasKept(key);
    }

    @Test
    void withTheSameIdempotencyKeyIsTakenOnceAndAnsweredTheSame() {
        var first = waiting("twice");
        assertAnswer(publish(COMPANY.adaClient, "k-1", paid("twice")), first, "delivered");
        var second = waiting("twice");

        assertAnswer(publish(COMPANY.adaClient, "k-1", paid("twice")), first, "delivered");
        assertThat(waits(second)).isTrue();

        publish(COMPANY.adaClient, "k-1", paid("twice", "variables", Map.of("by", "cash")))
                .expectProblem(422, "IdempotencyKeyReused");
        assertThat(waits(second)).isTrue();
        assertAnswer(publish(COMPANY.bobClient, "k-1", paid("twice")), second, "delivered");
    }

    @Test
    void withTheSameIdempotencyKeyStartsOneCase() {
        Map<String, Object> order = Map.of("name", "ordered");
        var started = publish(COMPANY.adaClient, "k-2", order).expect(200).json();
        assertThat(publish(COMPANY.adaClient, "k-2", order).expect(200).json()).isEqualTo(started);
        assertThat(publish(COMPANY.adaClient, "k-3", order).expect(200).json()).isNotEqualTo(started);
    }

    @Test
    void withTheSameIdempotencyKeyIsKeptOnce() {
        var message = paid("kept", "timeToLiveSeconds", 60);
        assertAnswer(publish(COMPANY.adaClient, "k-4", message), null, "buffered");
        assertAnswer(publish(COMPANY.adaClient, "k-4", message), null, "buffered");
        publish(COMPANY.adaClient, "k-4", paid("other", "timeToLiveSeconds", 60))
                .expectProblem(422, "IdempotencyKeyReused");

        var first = waiting("kept");
        var second = waiting("kept");
        assertGetsWhatWasKept(first);
        assertThat(waits(second)).isTrue();
        assertAnswer(publish(COMPANY.adaClient, "k-4", message), first, "delivered");
    }

    @Test
    void withTheSameIdIsTakenOnceWhoeverSendsIt() {
        var first = waiting("id");
        var message = paid("id", "messageId", "m-1");
        assertAnswer(publish(message), first, "delivered");
        var second = waiting("id");
        assertAnswer(COMPANY.bobClient.post("/api/messages", message), first, "delivered");
        assertThat(waits(second)).isTrue();
        publish(paid("another", "messageId", "m-1")).expectProblem(422, "IdempotencyKeyReused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                             | name
            {"name":""}                                    | name
            {"name":null}                                  | name
            {"name":{}}                                    | name
            {"name":["paid"]}                              | name
            {"name":"paid","correlationKey":{}}            | correlationKey
            {"name":"paid","variables":[]}                 | variables
            {"name":"paid","variables":"text"}             | variables
            {"name":"paid","variables":{"":1}}             | variables
            {"name":"paid","timeToLiveSeconds":"soon"}     | timeToLiveSeconds
            {"name":"paid","timeToLiveSeconds":1.5}        | timeToLiveSeconds
            {"name":"paid","timeToLiveSeconds":"5"}        | timeToLiveSeconds
            {"name":"paid","timeToLiveSeconds":true}       | timeToLiveSeconds
            {"name":"paid","timeToLiveSeconds":-1}         | timeToLiveSeconds
            {"name":"paid","timeToLiveSeconds":99999999999}| timeToLiveSeconds
            {"name":"paid","timeToLiveSeconds":2592001}    | timeToLiveSeconds
            {"name":"paid","messageId":[]}                 | messageId
            {"name":"paid","surprise":1}                   | surprise
            []                                             | body
            "paid"                                         | body
            """)
    void whatIsNoMessageIsRefusedByField(String body, String field) {
        var problem = COMPANY.adaClient
                .send("POST", "/api/messages", "application/json", body.getBytes(StandardCharsets.UTF_8))
                .expectProblem(422, "InvalidInput")
                .json();
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    }

    @Test
    void whatIsTooLongIsRefused() {
        var long256 = "x".repeat(256);
        publish(paid(long256)).expectProblem(422, "InvalidInput");
        publish(Map.of("name", long256)).expectProblem(422, "InvalidInput");
        publish(paid("o", "messageId", long256)).expectProblem(422, "InvalidInput");
        publish(paid("o", "variables", Map.of("a\u0000b", 1))).expectProblem(422, "InvalidInput");
        COMPANY.adaClient
                .send("POST", "/api/messages", "application/json", "{".getBytes(StandardCharsets.UTF_8))
                .expectProblem(400, "MalformedBody");
        COMPANY.server.anonymous().post("/api/messages", paid("o")).expectProblem(401, "NotSignedIn");
    }
}
