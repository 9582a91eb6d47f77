package io.baton.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.web.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What watchers hear: over HTTP, of other nodes, and under a flood. */
@Timeout(60)
class LiveTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void aBrowserHearsWhichCaseChanged() throws IOException, InterruptedException {
        try (var server = TestServer.start();
                var http = HttpClient.newHttpClient()) {
            var ada = server.addMember("Ada");
            var token = server.signedIn(ada)
                    .post("/api/tokens", Map.of("name", "watch", "expiresInDays", 1))
                    .expect(201)
                    .json()
                    .get("token")
                    .asString();
            var request = HttpRequest.newBuilder(server.address().resolve("/api/live"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
                assertThat(lines.readLine()).isEqualTo("retry: 2000");
                server.bean(Node.class).news().committed(List.of(new Answer.Done(1042, 1, Instant.EPOCH, List.of())));
                assertThat(lines.lines()
                                .filter(line -> line.startsWith("data:") && line.contains("1042"))
                                .findFirst())
                        .hasValue("data: {\"everything\":false,\"company\":false,\"cases\":[1042]}");
            }
        }
    }

    @Test
    void anotherNodeHearsOfIt() {
        try (var database = TestDatabase.migrated();
                var here = new Node(database.database(), LocalWorkers.NONE, Clock.systemUTC());
                var there = new Node(database.database(), LocalWorkers.NONE, Clock.systemUTC())) {
            here.news().start();
            there.news().start();
            try (var watcher = there.news().watch("p1").orElseThrow()) {
                assertThat(watcher.await(LONG)).hasValue(Change.EVERYTHING); // it has begun to listen
                here.news().committed(List.of(new Answer.Done(77, 1, Instant.EPOCH, List.of())));
                assertThat(watcher.await(LONG)).hasValue(Change.of(List.of(77L)));
            }
        }
    }

    @Test
    void whoeverWatchesHearsThatATeamWasChangedOnceItIsCommitted() {
        try (var database = TestDatabase.migrated();
                var here = new Node(database.database(), LocalWorkers.NONE, Clock.systemUTC());
                var there = new Node(database.database(), LocalWorkers.NONE, Clock.systemUTC())) {
            here.news().start();
            there.news().start();
            try (var watcher = there.news().watch("p1").orElseThrow()) {
                assertThat(watcher.await(LONG)).hasValue(Change.EVERYTHING);
                here.audit().within(() -> here.audit().add(Audit.Who.person("p1"), Act.SIGNED_IN, Audit.What.NOTHING));
                here.audit()
                        .within(() ->
                                here.audit().add(Audit.Who.person("p1"), Act.TEAM_PUT, Audit.What.subject("legal")));
                assertThat(watcher.await(LONG)).hasValue(Change.COMPANY);
            }
        }
    }

    @Test
    void aFloodIsEverything() {
        var gathered = new Gathered();
        gathered.add(
                Change.of(LongStream.rangeClosed(0, Gathered.CASES_MAX).boxed().toList()));
        gathered.add(Change.of(List.of(1L)));
        assertThat(gathered.take(LONG)).hasValue(new Change(true, false, List.of()));
        assertThat(gathered.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void nobodyOpensMoreWindowsThanTheLimit() {
        try (var database = TestDatabase.migrated();
                var node = new Node(database.database(), LocalWorkers.NONE, Clock.systemUTC())) {
            for (int i = 0; i < News.WATCHERS_PER_PERSON_MAX; i++) {
                assertThat(node.news().watch("p1")).isPresent();
            }
            assertThat(node.news().watch("p1")).isEmpty();
            assertThat(node.news().watch("p2")).isPresent();
            node.news().endWatching();
            assertThat(node.news().watch("p3")).isEmpty();
        }
    }
}
