package io.baton.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.web.TestClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

/** Policies are kept in versions that never change. */
class PoliciesTest {

    private final TestDatabase database = TestDatabase.migrated();
    private final TestClock clock = new TestClock();
    private final Node node = new Node(database.database(), LocalWorkers.NONE, clock);
    private final Policies policies = node.policies();

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void aNewVersionIsMadeOnlyWhereSomethingDiffers() {
        var first = put("chase", "{\"reminders\": [{\"when\": \"P1D\"}]}");
        assertThat(first.version().version()).isEqualTo(1);
        assertThat(first.version().createdBy()).isEqualTo("p1");
        assertThat(first.version().createdAt()).isEqualTo(clock.instant());
        var same = put("chase", "{\"ladder\": [], \"digest\": false, \"reminders\": [{\"when\": \"P1D\"}]}");
        assertThat(same.unchanged()).isTrue();
        assertThat(same.version()).isEqualTo(first.version());
        var second = put("chase", "{\"reminders\": [{\"when\": \"P2D\"}]}");
        assertThat(second.version().version()).isEqualTo(2);
        var back = put("chase", "{\"reminders\": [{\"when\": \"P1D\"}]}");
        assertThat(back.version().version()).isEqualTo(3);
        assertThat(policies.find("chase", 1)).contains(first.version());
        assertThat(policies.newest("chase")).contains(back.version());
        assertThat(policies.versions("chase", Integer.MAX_VALUE, 2))
                .extracting(Policies.Version::version)
                .containsExactly(3, 2);
        assertThat(policies.versions("chase", 2, 2))
                .extracting(Policies.Version::version)
                .containsExactly(1);
    }

    @Test
    void listsTheNewestOfEachByKey() {
        put("b", "{}");
        put("a", "{}");
        put("a", "{\"digest\": true}");
        assertThat(policies.list("", 10))
                .extracting(Policies.Version::key, Policies.Version::version)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 2), org.assertj.core.groups.Tuple.tuple("b", 1));
        assertThat(policies.list("a", 10)).extracting(Policies.Version::key).containsExactly("b");
        assertThat(policies.newest("c")).isEmpty();
    }

    @Test
    void whatIsWrongIsNotKept() {
        assertThat(policies.put("Chase", body("{}"), "p1")).isInstanceOf(Policies.Put.Wrong.class);
        assertThat(policies.put("chase", body("{\"acceptBy\": \"soon\"}"), "p1"))
                .isEqualTo(new Policies.Put.Wrong(
                        List.of(new Mistake("acceptBy", "must be a duration such as P1D, -P2D or PT4H"))));
        assertThat(policies.put("chase", body("{\"ladder\": [{\"after\": \"P1D\", \"to\": \"p9\"}]}"), "p1"))
                .isInstanceOf(Policies.Put.Wrong.class);
        var long_ = "{\"acceptBy\": \"" + "P".repeat(Policies.BODY_CHARACTERS_MAX) + "\"}";
        assertThat(policies.put("chase", body(long_), "p1"))
                .isInstanceOfSatisfying(
                        Policies.Put.Wrong.class,
                        wrong -> assertThat(wrong.mistakes())
                                .extracting(Mistake::field)
                                .containsExactly("body"));
        assertThat(policies.list("", 10)).isEmpty();
    }

    @Test
    void theDatabaseRefusesToChangeAVersion() {
        put("chase", "{}");
        for (var sql : List.of("update policy set created_by = 'p2'", "delete from policy")) {
            assertThatThrownBy(() -> node.jdbc().sql(sql).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("never changes");
        }
    }

    private Policies.Put.Done put(String key, String json) {
        var put = policies.put(key, body(json), "p1");
        assertThat(put).isInstanceOf(Policies.Put.Done.class);
        return (Policies.Put.Done) put;
    }

    private static PolicyBody body(String json) {
        return JsonMapper.shared().readValue(json, PolicyBody.class);
    }
}
