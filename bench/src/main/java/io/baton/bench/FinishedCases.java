package io.baton.bench;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.Databases;
import io.baton.server.insight.DecisionNotes;
import io.baton.server.insight.DecisionNotes.Decided;
import io.baton.server.processes.Sources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finished cases by the million, as far as pages read them: their rows, the words they are found by, and what was decided in every
 * second of them, twice. They have no journal, so what was answered is not shown.
 */
final class FinishedCases {

    /** Of the first one; those of open cases are below. */
    private static final long FIRST = 2_000_000_001L;

    private static final int BATCH = 20_000;

    private static final String STEP = "decide";

    private static final String PROCESS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:baton="urn:baton:bpmn:1" targetNamespace="urn:bench">
              <bpmn:process id="D1" name="Decision" isExecutable="true">
                <bpmn:extensionElements><baton:case prefix="DEC"/></bpmn:extensionElements>
                <bpmn:startEvent id="start"/>
                <bpmn:userTask id="decide" name="Decide">
                  <bpmn:extensionElements><baton:task team="approvers" form="decide"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:endEvent id="end"/>
                <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="decide"/>
                <bpmn:sequenceFlow id="b" sourceRef="decide" targetRef="end"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    private static final String FORM = """
            {"id": "decide", "type": "default", "components": [
                {"type": "text", "text": "{{vendor}} wants {{amount}} {{currency}}, rated {{rating}}, urgent: {{urgent}}"},
                {"type": "radio", "key": "outcome", "label": "Approved?", "values": [
                    {"value": "approved", "label": "Yes"}, {"value": "rejected", "label": "No"}]}]}
            """;

    /** Ended evenly over the last 450 days, one in twenty cancelled, a third without a due date. */
    private static final String CASES = """
            insert into cases (id, process_id, status, incidents, entries, started_at, changed_at, ended_at, owner, title,
                due_at, paused, head)
            select 2000000000 + k, (select id from process where key = case when k % 2 = 0 then 'D1' else 'W1' end),
                case when k % 20 = 1 then 3 else 2 end, 0, 5, ended - took, ended, ended, 'person-' || k % 40,
                'Finished ' || k, case when k % 3 > 0 then ended + ((k % 7) - 2) * interval '5 hours' end, false, ''::bytea
            from (
                select k, now() - k * interval '450 days' / :cases as ended,
                    (k::bigint * 7919 % 3456000) * interval '1 second' as took
                from generate_series(1, :cases) as k) as finished""";

    /** As {@code FinishedWords} has them: the title, an amount, one of 5,000 vendors, the process and the owner. */
    private static final String WORDS = """
            with segment as (
                select s, (
                    select string_agg(substr('0123456789abcdefghijklmnopqrstuvwxyz', (s / (36 ^ p)::bigint % 36)::int + 1, 1), ''
                        order by p desc)
                    from generate_series(0, 3) as p) || '|' as mark
                from generate_series(2000000001::bigint >> 14, (2000000000::bigint + :cases) >> 14) as s)
            insert into finished_words (case_id, words)
            select 2000000000 + k, array_to_tsvector(array[
                g.mark || 'finished', g.mark || k::text, g.mark || (k * 37 % 90000 + 100)::text, g.mark || 'vendor',
                g.mark || 'acme' || (k * 7919::bigint % 5000)::text, g.mark || 'eur', g.mark || '@person-' || k % 40,
                g.mark || case when k % 2 = 0 then '#D1' else '#W1' end])
            from generate_series(1::bigint, :cases) as k join segment g on g.s = (2000000000 + k) >> 14""";

    private static final String DONE = """
            update finished_words_progress set snapshot = txid_current_snapshot()::text, filled = 2000000000 + :cases, done = true""";

    private static final String STEPS = """
            insert into step (case_id, id, process_id, node, outcome, entered_at, left_at, holder, team, holders, since, slips,
                returns)
            select c.id, s.id, c.process_id, 1, 1, c.started_at, c.ended_at, c.owner, 'approvers', array[c.owner],
                array[(extract(epoch from c.started_at) * 1000000)::bigint], 0, 0
            from cases c cross join (values (2), (3)) as s (id)
            where c.id > 2000000000 and c.process_id = (select id from process where key = 'D1')""";

    private FinishedCases() {}

    /** The id of an open task whose decision packet can be asked for. */
    static String load(Database target, int cases) throws SQLException {
        String task;
        try (var database = Databases.open(target.url(), Path.of("unused"));
                var node = new Node(database, LocalWorkers.NONE, Clock.systemUTC())) {
            task = openTask(node);
        }
        try (var connection = target.connect()) {
            Sql.run(connection, "set synchronous_commit = off");
            for (var sql : List.of(CASES, WORDS, STEPS)) {
                Sql.run(connection, sql.replace(":cases", Integer.toString(cases)));
            }
            decide(connection, cases);
            Sql.run(connection, "vacuum analyze");
            Sql.run(connection, DONE.replace(":cases", Integer.toString(cases)));
            Sql.run(connection, "checkpoint");
        }
        return task;
    }

    private static String openTask(Node node) {
        var process = node.deployments()
                .deploy(
                        Sources.of(List.of(
                                new Sources.File("D1.bpmn", PROCESS.getBytes(StandardCharsets.UTF_8)),
                                new Sources.File("decide.form", FORM.getBytes(StandardCharsets.UTF_8)))),
                        "bench")
                .getFirst()
                .version()
                .id();
        var variables = Values.variables(
                Map.of("vendor", "Acme 7", "amount", 4321, "currency", "EUR", "rating", 3, "urgent", true));
        var person = Actor.person("person-0");
        var started = OpenCases.done(node.committer()
                .perform(Request.of(
                        node.committer().nextCaseId(),
                        new Command.StartCase(process, null, person.id(), variables),
                        person)));
        var step = started.events().stream()
                .filter(Event.TaskOpened.class::isInstance)
                .map(Event.TaskOpened.class::cast)
                .findFirst()
                .orElseThrow()
                .step();
        return started.caseId() + "." + step;
    }

    /** Two decisions in every second case, with five inputs each. */
    private static void decide(Connection connection, int cases) throws SQLException {
        var insert = "insert into past_decision (case_id, decisions) select * from unnest(?::bigint[], ?::bytea[])";
        try (var statement = connection.prepareStatement(insert)) {
            for (int from = 1; from <= cases; from += BATCH) {
                var ids = new ArrayList<Long>();
                var decisions = new ArrayList<byte[]>();
                for (int k = from; k < from + BATCH && k <= cases; k++) {
                    if (k % 2 == 0) {
                        ids.add(FIRST - 1 + k);
                        decisions.add(DecisionNotes.encoded(List.of(decided(2, k), decided(3, k + 1))));
                    }
                }
                statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                statement.setArray(2, connection.createArrayOf("bytea", decisions.toArray(byte[][]::new)));
                var _ = statement.executeUpdate();
            }
        }
    }

    private static Decided decided(int step, long k) {
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("vendor", "tAcme " + k * 7919 % 5000);
        inputs.put("amount", "n" + (k * 104_729 % 90_000 + 100));
        inputs.put("currency", k % 10 == 0 ? "tUSD" : "tEUR");
        inputs.put("rating", "n" + k % 6);
        inputs.put("urgent", k % 3 == 0 ? "ttrue" : "tfalse");
        return new Decided(step, DecisionNotes.place("D1", STEP), inputs);
    }
}
