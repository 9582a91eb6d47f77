package io.baton.server.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Crew;
import io.baton.server.Node;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.ScriptedSmtp;
import io.baton.server.channel.ScriptedSmtp.Received;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Deciding;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Person;
import io.baton.server.web.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to cases, and whatever the mail server does: each reason reaches a person once, and is on record. */
class DeliveriesPropertyTest {

    private static final int ROUNDS = 4;
    private static final int COMMANDS = 150;

    static LongStream seeds() {
        var seed = Long.getLong("seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("runs", 3));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachReasonReachesAPersonOnce(long seed) throws IOException {
        var clock = new TestClock();
        try (var database = TestDatabase.migrated();
                var smtp = new ScriptedSmtp();
                var node = new Node(
                        database.database(),
                        LocalWorkers.NONE,
                        clock,
                        new ChannelSettings(Map.of("BATON_SMTP_URL", smtp.url(), "BATON_URL", "https://b.example")));
                var committer = new Committer(
                        database.database()::connect,
                        node.pool(),
                        new Deciding(node.deployments(), Crew::new, LocalWorkers.NONE, node.clock()),
                        1)) {
            for (int i = 1; i <= Crew.SIZE; i++) {
                assertThat(node.directory().add(Person.member("Person " + i, "p" + i + "@b.example", List.of())))
                        .contains("p" + i);
            }
            var history = new RandomHistory(node, committer, seed);
            for (int round = 0; round < ROUNDS; round++) {
                history.commands(COMMANDS);
                if (round % 2 == 0) {
                    smtp.start();
                } else {
                    smtp.stop();
                }
                send(node, clock);
            }
            smtp.start();
            send(node, clock);

            var ids = smtp.received().stream().map(Received::messageId).toList();
            assertThat(ids).as("mails").isNotEmpty().doesNotHaveDuplicates();
            assertThat(count(node, "delivery")).as("still to be sent").isZero();
            assertThat(count(node, "delivered where outcome = 1")).as("sent").isEqualTo(ids.size());
            assertThat(count(node, "attempt where outcome = 1")).as("on record").isEqualTo(ids.size());
            // What a process writes to an address that chance made up reaches nobody.
            assertThat(count(node, "delivered where outcome in (3, 4) and kind <> 16"))
                    .as("given up")
                    .isZero();
            assertThat(count(node, """
                            (select from delivered where outcome = 1
                            group by case_id, entry, step, kind, recipient having count(*) > 1) twice""")).as("told twice for one reason").isZero();
            assertThat(askedButNeverTold(node)).as("asked, but never told").isEmpty();
            assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                            .run(_ -> {})
                            .first())
                    .isEmpty();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    /** Two hours go by: enough for a server that is there again to be found. */
    private static void send(Node node, TestClock clock) {
        for (int minute = 0; minute < 120; minute += 5) {
            while (node.channels().loop().tick().isZero()) {}
            clock.advance(Duration.ofMinutes(5));
        }
    }

    /** Who asked themselves knows of it. */
    private static List<Asked> askedButNeverTold(Node node) {
        return node
                .jdbc()
                .sql("""
                        select t.case_id, t.step, t.offered, max(d.entry) as entry from task t
                        join delivered d on d.case_id = t.case_id and d.step = t.step and d.recipient = t.offered and d.kind = 3
                        where t.offered like 'p%' group by t.case_id, t.step, t.offered
                        having count(*) filter (where d.outcome = 1) = 0""")
                .query((row, _) -> new Asked(row.getLong(1), row.getInt(2), row.getString(3), row.getInt(4)))
                .list()
                .stream()
                .filter(asked -> !asked.by(node).equals(asked.person()))
                .toList();
    }

    private record Asked(long caseId, int step, String person, int entry) {
        String by(Node node) {
            return node.journal()
                    .entries(caseId, entry - 1, 1)
                    .getFirst()
                    .actor()
                    .id();
        }
    }

    private static int count(Node node, String from) {
        return node.jdbc()
                .sql("select count(*) from " + from)
                .query(Integer.class)
                .single();
    }
}
