package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.web.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What an administrator sees of the installation: who is connected, whether its loops run, what waits; and no secret. */
class ConnectionRoutesTest {

    private static final TestServer SERVER = TestServer.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void aWorkerThatAskedForJobsIsSeenWithItsTypes() {
        var admin = SERVER.signedIn(SERVER.addAdministrator("Ada"));
        admin.post("/api/jobs/activation", Map.of("types", List.of("ship", "pack"), "worker", "warehouse-1", "max", 5))
                .expect(200);
        SERVER.bean(Node.class).health().tellNow();
        var view = admin.get("/api/connections").expect(200).json();
        assertThat(view.at("/workers/0/worker").asString()).isEqualTo("warehouse-1");
        assertThat(view.at("/workers/0/types")).hasSize(2);
        assertThat(view.at("/mailOut/server").isNull()).isTrue();
        assertThat(view.at("/scim/path").asString()).isEqualTo("/scim/v2");
    }

    @Test
    void aNodeSaysHowItsLoopsAreAndIsGoneWhenItIsSilent() {
        var admin = SERVER.signedIn(SERVER.addAdministrator("Bea"));
        SERVER.bean(Node.class).health().tellNow();
        var view = admin.get("/api/health").expect(200).json();
        assertThat(view.get("nodes")).hasSize(1);
        assertThat(view.at("/nodes/0/gone").asBoolean()).isFalse();
        assertThat(view.at("/nodes/0/loops")).hasSizeGreaterThan(8);
        assertThat(view.get("queues")).hasSize(7);
        assertThat(view.at("/database/bytes").asLong()).isPositive();
        assertThat(view.get("verified").isNull()).isTrue();

        SERVER.sql()
                .sql("update node set seen_at = seen_at - interval '1 minute'")
                .update();
        SERVER.sql()
                .sql("insert into node select gen_random_uuid(), 'other', version, started_at, seen_at, said from node")
                .update();
        var silent = admin.get("/api/health").expect(200).json();
        assertThat(silent.at("/nodes/1/gone").asBoolean()).isTrue();
        SERVER.sql().sql("delete from node where name = 'other'").update();
    }

    @Test
    void whatVerifyFoundLastIsTold() {
        var admin = SERVER.signedIn(SERVER.addAdministrator("Cleo"));
        SERVER.bean(Node.class).health().verified(3, 40, 0);
        SERVER.clock().advance(Duration.ofSeconds(1));
        SERVER.bean(Node.class).health().verified(4, 50, 1);
        var verified = admin.get("/api/health").expect(200).json().get("verified");
        assertThat(verified.get("entries").asLong()).isEqualTo(50);
        assertThat(verified.get("problems").asLong()).isEqualTo(1);
        SERVER.sql().sql("delete from setting where name = 'last-verify'").update();
    }
}
