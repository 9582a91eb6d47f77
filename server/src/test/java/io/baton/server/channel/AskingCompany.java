package io.baton.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.IncidentKind;
import io.baton.engine.Values;
import io.baton.server.Node;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Person;
import io.baton.server.verify.Verify;
import io.baton.server.web.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A company that asks people by a real SMTP server, on a clock that the test moves. Closed, its journal and tables must agree. */
final class AskingCompany implements AutoCloseable {

    final TestDatabase database = TestDatabase.migrated();
    final TestClock clock = new TestClock();
    final ScriptedSmtp smtp = new ScriptedSmtp();
    final ChannelSettings settings;
    final Node node;
    final String owner;

    /** {@code more}: settings beside the address of the mail server. */
    AskingCompany(Map<String, String> more) {
        var all = new HashMap<>(more);
        all.put("BATON_SMTP_URL", smtp.url());
        all.put("BATON_URL", "https://baton.example.com/");
        settings = new ChannelSettings(all);
        node = new Node(database.database(), LocalWorkers.NONE, clock, settings);
        owner = person(Person.member("Olga", null, List.of()));
        smtp.start();
        deployAsking("due=\"P2D\"");
    }

    void deploy(TestProcess process) {
        node.deployments().deploy(process.sources(), owner);
    }

    /** The process with one task for {@code who}, with these attributes. */
    void deployAsking(String attributes) {
        deploy(TestProcess.of("asking", "ASK")
                .then("startEvent", "start")
                .then("<bpmn:userTask id=\"answer\" name=\"Answer us\">"
                        + TestProcess.extension("<baton:task holder=\"= who\" " + attributes + "/>")
                        + "</bpmn:userTask>")
                .then("endEvent", "end"));
    }

    String person(Person person) {
        return node.directory().add(person).orElseThrow();
    }

    String contact(String name) {
        return person(Person.contact(name, name.toLowerCase(Locale.ROOT) + "@vendor.example", "Vendor"));
    }

    long start(String process, Map<String, ? extends @Nullable Object> variables) {
        var version = node.deployments().newestVersion(process).orElseThrow().id();
        return ((Answer.Done) node.cases()
                        .start(version, null, Values.variables(variables), owner, Actor.person(owner), null))
                .caseId();
    }

    long ask(String person) {
        return start("asking", Map.of("who", person));
    }

    Case state(long id) {
        return node.cases().state(node.cases().find(id).orElseThrow());
    }

    /** The only one. */
    int step(long id) {
        return state(id).steps().iterator().next().id();
    }

    void tick() {
        tick(node);
    }

    static void tick(Node node) {
        while (node.channels().loop().tick().isZero()) {
            // more is due
        }
    }

    void passes(Duration time) {
        for (var left = time; left.isPositive(); left = left.minusMinutes(1)) {
            clock.advance(Duration.ofMinutes(1));
            tick();
        }
    }

    int count(String table) {
        return node.jdbc()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    /** Whom an incident of the case says not to have been reached. */
    List<String> unreached(long id) {
        return state(id).incidents().stream()
                .filter(incident -> incident.kind() == IncidentKind.BOUNCED)
                .map(incident -> String.valueOf(incident.about()))
                .toList();
    }

    @Override
    public void close() {
        try {
            assertThat(new Verify(node.jdbc(), node.transaction(), node.deployments())
                            .run(_ -> {})
                            .first())
                    .isEmpty();
        } finally {
            smtp.close();
            node.close();
            database.close();
        }
    }
}
