package io.baton.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.server.CrewNode;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.insight.PastDecisions.Similar;
import io.baton.server.processes.Sources;
import io.baton.server.verify.RandomHistory;
import io.baton.server.verify.Verify;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Over a random history, the nearest past decisions are those that reading every finished case's journal finds. */
class PastDecisionsTest {

    private static final long SEED = Long.getLong("seed", 20_261_128L);
    private static final CrewNode CREW = new CrewNode();
    private static final Node NODE = CREW.node();
    private static final Committer COMMITTER = CREW.committer();

    @AfterAll
    static void close() {
        CREW.close();
    }

    private record Past(long caseId, int step, SequencedMap<String, String> inputs) {}

    /** By place, from the journals of finished cases. */
    private static Map<String, List<Past>> byHand() {
        var found = new HashMap<String, List<Past>>();
        NODE.jdbc().sql("select id from cases where ended_at is not null").query(row -> {
            long id = row.getLong(1);
            var state = new Case(NODE.deployments());
            for (var entry : NODE.journal().all(id)) {
                for (var event : entry.events()) {
                    if (event instanceof Event.TaskCompleted done) {
                        var step = java.util.Objects.requireNonNull(state.step(done.step()));
                        var process = state.processOf(step);
                        var question = NODE.questions()
                                .of(
                                        process,
                                        java.util.Objects.requireNonNull(step.node())
                                                .index());
                        question.ifPresent(asked -> found.computeIfAbsent(
                                        NODE.deployments().require(process).key() + "/"
                                                + java.util.Objects.requireNonNull(step.node())
                                                        .id(),
                                        _ -> new ArrayList<>())
                                .add(new Past(id, done.step(), DecisionNotes.inputs(asked, state.visible(step)))));
                    }
                    state.apply(event, entry.at());
                }
            }
        });
        return found;
    }

    private static List<Similar> nearest(List<Past> all, SequencedMap<String, String> inputs, int limit) {
        var seen = new HashSet<Long>();
        return all.stream()
                .map(past -> new Similar(
                        past.caseId(), past.step(), DecisionColumns.distance(inputs, past.inputs()), past.inputs()))
                .sorted(Similar.ORDER)
                .filter(each -> seen.add(each.caseId()))
                .limit(limit)
                .toList();
    }

    private static final String FORM = """
            {"type": "default", "components": [
                {"type": "text", "text": "{{vendor}} wants {{amount}} for {{about}}"},
                {"type": "radio", "key": "outcome", "label": "Yes?", "values": [
                    {"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]}]}""";

    /** Cases with two decisions one after the other, of which some stay open. */
    private static void decide(Random random, int count) {
        var version = NODE.deployments()
                .deploy(
                        TestProcess.of("deciding", "DEC")
                                .then("startEvent", "start")
                                .then(deciding("first"))
                                .then(deciding("second"))
                                .then("endEvent", "end")
                                .sources(new Sources.File("yes.form", FORM.getBytes(StandardCharsets.UTF_8))),
                        "p1")
                .getFirst()
                .version()
                .id();
        for (int i = 0; i < count; i++) {
            var variables = new LinkedHashMap<String, @Nullable Object>();
            variables.put("vendor", "Vendor " + random.nextInt(6));
            variables.put("amount", BigDecimal.valueOf(random.nextInt(1, 9_000)));
            variables.put("about", random.nextInt(4) == 0 ? null : "thing " + random.nextInt(3));
            var id = COMMITTER.nextCaseId();
            perform(id, new Command.StartCase(version, null, "p1", variables));
            int steps = random.nextInt(8) == 0 ? 1 : 2;
            for (int step = 0; step < steps; step++) {
                var open = NODE.tasks().ofCase(id).getFirst().step();
                var answer = new LinkedHashMap<String, @Nullable Object>();
                answer.put("outcome", random.nextBoolean() ? "yes" : "no");
                answer.put("amount", BigDecimal.valueOf(random.nextInt(1, 9_000)));
                perform(id, new Command.CompleteTask(open, answer));
            }
        }
    }

    private static String deciding(String id) {
        return "<bpmn:userTask id=\"" + id + "\">" + TestProcess.extension("<baton:task form=\"yes\"/>")
                + "</bpmn:userTask>";
    }

    private static void perform(long id, Command command) {
        assertThat(COMMITTER.perform(Request.of(id, command, Actor.person("p1"))))
                .isInstanceOf(Answer.Done.class);
    }

    private static PastDecisions anew() {
        var insight =
                new Insight(NODE.jdbc(), NODE.transaction(), NODE.deployments(), NODE.finishedWords(), CrewNode.CLOCK);
        var past = new PastDecisions(
                NODE.jdbc(),
                NODE.transaction(),
                insight,
                NODE.journal(),
                NODE.deployments(),
                NODE.questions(),
                () -> false);
        long seen = insight.ask(Reading::openCases);
        assertThat(seen).isNotNegative();
        while (!past.catchUp()) {
            Thread.onSpinWait();
        }
        return past;
    }

    private static List<String> verify() {
        return new Verify(NODE.jdbc(), NODE.transaction(), NODE.deployments())
                .run(_ -> {})
                .first();
    }

    @Test
    void findsTheNearestOfAllFinishedCasesAlsoOfThoseThatEndedAMomentAgo() throws IOException {
        var history = new RandomHistory(NODE, COMMITTER, SEED);
        var following = NODE.pastDecisions();
        long compared = 0;
        var random = new Random(SEED);
        for (int round = 0; round < 6; round++) {
            history.commands(150);
            decide(random, 40);
            for (var place : byHand().entrySet()) {
                for (var past : place.getValue().reversed().stream().limit(5).toList()) {
                    if (!past.inputs().isEmpty()) {
                        var found = following.nearest(place.getKey(), past.inputs(), 4);
                        assertThat(found.nearest())
                                .as("seed %d, %s", SEED, place.getKey())
                                .isEqualTo(nearest(place.getValue(), past.inputs(), 4));
                        assertThat(found.compared()).isEqualTo(place.getValue().size());
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(20);
        assertThat(verify()).isEmpty();

        // A node that starts reads the rows; where they are gone, it replays the cases.
        var places = byHand();
        assertThat(read(anew(), places)).isEqualTo(read(following, places));
        NODE.jdbc().sql("truncate past_decision").update();
        assertThat(read(anew(), places)).isEqualTo(read(following, places));

        var changed = NODE.jdbc()
                .sql("update past_decision set decisions = '\\x00' where case_id = "
                        + "(select max(case_id) from past_decision where decisions <> '\\x00') returning case_id")
                .query(Long.class)
                .single();
        assertThat(verify()).singleElement().asString().startsWith("case " + changed + ": past decisions");
    }

    private static Map<String, List<Similar>> read(PastDecisions decisions, Map<String, List<Past>> places) {
        var read = new HashMap<String, List<Similar>>();
        places.forEach((place, all) -> read.put(
                place, decisions.nearest(place, all.getFirst().inputs(), 10).nearest()));
        return read;
    }
}
