package io.baton.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Step;
import io.baton.server.Node;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.commit.Answer;
import io.baton.server.commit.LocalWorkers;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Person;
import io.baton.server.directory.Team;
import io.baton.server.processes.Sources;
import io.baton.server.room.Reader;
import io.baton.server.timers.FireDueTimers;
import io.baton.server.web.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A company that asks its vendor by mail, and gets answers: agree to a discount, then confirm a bank account by a code. */
final class MailCompany implements AutoCloseable {

    static final String DOMAIN = "baton.example";

    private static final String BPMN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:baton="urn:baton:bpmn:1" targetNamespace="urn:test">
              <bpmn:process id="discount" name="Discount" isExecutable="true">
                <bpmn:extensionElements>
                  <baton:case prefix="DIS" title="A discount" start-by-mail="known"/>
                </bpmn:extensionElements>
                <bpmn:laneSet id="lanes">
                  <bpmn:lane id="a" name="Vendor">
                    <bpmn:flowNodeRef>agree</bpmn:flowNodeRef><bpmn:flowNodeRef>rate</bpmn:flowNodeRef><bpmn:flowNodeRef>confirm</bpmn:flowNodeRef>
                  </bpmn:lane>
                  <bpmn:lane id="b" name="Accounts payable">
                    <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>enter</bpmn:flowNodeRef>
                    <bpmn:flowNodeRef>end</bpmn:flowNodeRef>
                  </bpmn:lane>
                </bpmn:laneSet>
                <bpmn:startEvent id="start"/>
                <bpmn:userTask id="enter" name="Enter the discount"/>
                <bpmn:userTask id="agree" name="Agree to the discount">
                  <bpmn:extensionElements><baton:task form="agree" holder="= vendor" due="P5D"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="rate" name="Agree to the rate">
                  <bpmn:extensionElements><baton:task form="agree" holder="= vendor" undo="PT15M"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="confirm" name="Confirm the discount">
                  <bpmn:extensionElements><baton:task form="agree" holder="= vendor" confirm="code"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:endEvent id="end"/>
                <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="enter"/>
                <bpmn:sequenceFlow id="f2" sourceRef="enter" targetRef="agree"/>
                <bpmn:sequenceFlow id="f3" sourceRef="agree" targetRef="rate"/>
                <bpmn:sequenceFlow id="f5" sourceRef="rate" targetRef="confirm"/>
                <bpmn:sequenceFlow id="f4" sourceRef="confirm" targetRef="end"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    private static final String AGREE = """
            {"type": "default", "id": "agree", "components": [
              {"type": "radio", "key": "outcome", "label": "Do you agree?", "validate": {"required": true}, "values": [
                {"label": "Yes", "value": "approved"}, {"label": "No", "value": "rejected"}]},
              {"type": "textarea", "key": "why", "label": "Why not?", "validate": {"required": true},
                "conditional": {"hide": "=outcome != \\"rejected\\""}}]}
            """;

    private final TestDatabase database = TestDatabase.migrated();
    final TestClock clock = new TestClock();
    final Node node;
    final ReplyTokens tokens;
    final String ada;
    final String vera;
    private final int process;

    MailCompany() {
        this(ChannelSettings.NONE);
    }

    MailCompany(ChannelSettings settings) {
        node = new Node(database.database(), LocalWorkers.NONE, clock, settings);
        tokens = new ReplyTokens(node.jdbc(), clock);
        node.directory().putTeam("accounts-payable", "Accounts payable", Team.Kind.TEAM);
        node.directory().putTeam("vendor", "Vendors", Team.Kind.ORGANISATION);
        ada = node.directory()
                .add(Person.member("Ada Owner", "ada@muster.example", List.of("accounts-payable")))
                .orElseThrow();
        vera = node.directory()
                .add(Person.contact("Vera Vendor", "vera@acme.example", "Acme"))
                .orElseThrow();
        process = node.deployments()
                .deploy(Sources.of(List.of(file("discount.bpmn", BPMN), file("agree.form", AGREE))), ada)
                .getFirst()
                .version()
                .id();
    }

    private static Sources.File file(String name, String text) {
        return new Sources.File(name, text.getBytes(StandardCharsets.UTF_8));
    }

    MailIn mailIn(MailboxSettings settings) {
        return new MailIn(
                node.jdbc(),
                tokens,
                node.directory(),
                node.deployments(),
                node.cases(),
                node.tasks(),
                node.guestActs(),
                node.comments(),
                node.files(),
                node.channels(),
                node.outbox().channel(),
                () -> node.rosters().current(),
                "baton@" + DOMAIN,
                settings,
                clock);
    }

    /** The mails that would have gone to the vendor about the case, the newest first. */
    List<String> answers(long caseId) {
        return node.outbox().list(vera, Long.MAX_VALUE, 200).stream()
                .filter(line -> line.caseId() == caseId)
                .map(line -> node.outbox().find(line.id()).orElseThrow().text())
                .toList();
    }

    /** The names of the case's files, as members see them. */
    List<String> files(long caseId) {
        return node.files().list(caseId, Reader.member(ada)).stream()
                .map(file -> String.valueOf(file.name()))
                .toList();
    }

    void becomesDue() {
        while (new FireDueTimers(node.jdbc(), node.transaction(), node.committer(), clock)
                .tick()
                .isZero()) {
            // more are due
        }
    }

    /** A case that asks the vendor whether they agree. */
    long asked() {
        SequencedMap<String, @Nullable Object> variables = new LinkedHashMap<>(Map.of("vendor", vera));
        var done = (Answer.Done) node.cases().start(process, null, variables, ada, Actor.person(ada), null);
        var enter = step(done.caseId(), "enter").id();
        assertThat(node.tasks().complete(done.caseId(), enter, new LinkedHashMap<>(), Actor.person(ada), null))
                .isInstanceOf(Answer.Done.class);
        return done.caseId();
    }

    /** Where a reply goes to a mail about this step, which the vendor got. */
    String replyTo(long caseId, String node) {
        return ReplyTokens.address(
                tokens.issue(
                        new ReplyTokens.Scope(vera, caseId, step(caseId, node).id())),
                DOMAIN);
    }

    Case state(long caseId) {
        return node.cases().state(node.cases().find(caseId).orElseThrow());
    }

    Step step(long caseId, String name) {
        return state(caseId).steps().stream()
                .filter(step -> step.node() != null && step.node().id().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Step.Task task(long caseId, String name) {
        return Objects.requireNonNull(step(caseId, name).task());
    }

    List<String> comments(long caseId) {
        return node.comments().list(caseId, Reader.member(ada)).stream()
                .map(comment -> String.valueOf(comment.text()))
                .toList();
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
