package io.baton.bench;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.commit.Request;
import io.baton.server.database.Databases;
import io.baton.server.processes.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A million open cases, made of a few hundred real ones: cases of W1 are started, and some claimed, by commands; SQL then
 * multiplies their rows under new numbers and chains the journal's hashes anew, so that even {@code verify} finds nothing.
 */
final class OpenCases {

    static final int CASES = 1_000_000;
    static final String TEAM = "approvers";

    /** A token for loopback and for the time of the run. */
    static final String TOKEN = "bt_bench";

    static final int TEMPLATES = 200;
    private static final int CLAIMED_ONE_IN = 4;
    private static final int PEOPLE = 40;

    /** Copies of template t get the numbers t + k × 1,000,000: far from the templates' own. */
    private static final String MULTIPLY = """
            create temp table copies as
            select c.id as template, c.id + k::bigint * 1000000 as id
            from cases c cross join generate_series(1, :copies) as k;

            insert into journal (case_id, seq, at, body, hash)
            select n.id, j.seq, j.at, j.body, sha256(decode(repeat('00', 32), 'hex') || int8send(n.id) || int4send(j.seq)
                || int8send((extract(epoch from j.at) * 1000000)::bigint) || j.body)
            from copies n join journal j on j.case_id = n.template and j.seq = 1;

            insert into journal (case_id, seq, at, body, hash)
            select n.id, j.seq, j.at, j.body, sha256(p.hash || int8send(n.id) || int4send(j.seq)
                || int8send((extract(epoch from j.at) * 1000000)::bigint) || j.body)
            from copies n join journal j on j.case_id = n.template and j.seq = 2
            join journal p on p.case_id = n.id and p.seq = 1;

            insert into cases (id, process_id, status, incidents, entries, started_at, changed_at, owner, title, paused,
                head, state)
            select n.id, c.process_id, c.status, c.incidents, c.entries, c.started_at, c.changed_at, c.owner, c.title,
                c.paused, j.hash, c.state
            from copies n join cases c on c.id = n.template join journal j on j.case_id = n.id and j.seq = c.entries;

            insert into task (case_id, step, process_id, node, opened_at, due_at, holder, team)
            select n.id, t.step, t.process_id, t.node, t.opened_at, t.due_at, t.holder, t.team
            from copies n join task t on t.case_id = n.template;

            insert into timer (case_id, id, due_at)
            select n.id, t.id, t.due_at from copies n join timer t on t.case_id = n.template""";

    /** Somebody for the pages, and for the team that the processes name. */
    static final String PEOPLE_SQL = """
            insert into person (id, name, kind) values ('person-0', 'Bench', 'member');
            insert into team (key, name, kind) values ('approvers', 'Approvers', 'team');
            insert into membership values ('person-0', 'approvers')""";

    private static final String READER = """
            insert into api_token (id, hash, person, name, created_at, expires_at)
            values (gen_random_uuid(), sha256(':token'), 'person-0', 'bench', now(), now() + interval '1 day')""";

    private OpenCases() {}

    static void load(Database target, int cases) throws SQLException, IOException {
        try (var database = Databases.open(target.url(), Path.of("unused"));
                var node = new Node(database, LocalWorkers.NONE, Clock.systemUTC())) {
            templates(node);
        }
        try (Connection connection = target.connect()) {
            multiply(connection, cases);
            Sql.run(connection, PEOPLE_SQL);
            Sql.run(connection, READER.replace(":token", TOKEN));
        }
    }

    /** Makes so many cases of the {@link #TEMPLATES}. */
    static void multiply(Connection connection, int cases) throws SQLException {
        Sql.run(connection, "set synchronous_commit = off");
        Sql.run(connection, MULTIPLY.replace(":copies", Integer.toString(cases / TEMPLATES - 1)));
        Sql.run(connection, "vacuum analyze");
        Sql.run(connection, "checkpoint");
    }

    private static void templates(Node node) throws IOException {
        try (var file = OpenCases.class.getResourceAsStream("/baton/W1.bpmn")) {
            if (file == null) {
                throw new IOException("Expected /baton/W1.bpmn on the classpath");
            }
            var process = node.deployments()
                    .deploy(Sources.of(List.of(new Sources.File("W1.bpmn", file.readAllBytes()))), "bench")
                    .getFirst()
                    .version()
                    .id();
            for (int i = 0; i < TEMPLATES; i++) {
                var person = Actor.person("person-" + i % PEOPLE);
                var variables = Values.variables(Map.of("customer", "Customer " + i, "amount", 1500, "urgent", true));
                var started = done(node.committer()
                        .perform(Request.of(
                                node.committer().nextCaseId(),
                                new Command.StartCase(process, null, person.id(), variables),
                                person)));
                if (i % CLAIMED_ONE_IN == 0) {
                    var task = started.events().stream()
                            .filter(Event.TaskOpened.class::isInstance)
                            .map(Event.TaskOpened.class::cast)
                            .findFirst()
                            .orElseThrow();
                    var _ = done(node.committer()
                            .perform(Request.of(started.caseId(), new Command.ClaimTask(task.step()), person)));
                }
            }
        }
    }

    static Answer.Done done(Answer answer) {
        if (answer instanceof Answer.Done done) {
            return done;
        }
        throw new IllegalStateException("Expected the command to be done, but: " + answer);
    }
}
