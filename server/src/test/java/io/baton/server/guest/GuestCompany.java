package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Step;
import io.baton.engine.Values;
import io.baton.server.DiscountProcess;
import io.baton.server.Node;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import io.baton.server.directory.Team;
import io.baton.server.processes.Sources;
import io.baton.server.room.Audience;
import io.baton.server.web.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A server with a process that asks a vendor outside: to correct an invoice, to approve it, to confirm bank details. */
final class GuestCompany implements AutoCloseable {

    private static final String BPMN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:baton="urn:baton:bpmn:1" targetNamespace="urn:test">
              <bpmn:process id="invoice" name="Invoice" isExecutable="true">
                <bpmn:extensionElements>
                  <baton:case prefix="INV" title='= "Invoice " + invoiceNumber + margin'/>
                  <baton:share party="vendor" variables="invoiceNumber purchaseOrder reason"
                      steps="correct confirm pay"/>
                </bpmn:extensionElements>
                <bpmn:laneSet id="lanes">
                  <bpmn:lane id="a" name="Vendor">
                    <bpmn:flowNodeRef>correct</bpmn:flowNodeRef><bpmn:flowNodeRef>agree</bpmn:flowNodeRef>
                    <bpmn:flowNodeRef>confirm</bpmn:flowNodeRef>
                  </bpmn:lane>
                  <bpmn:lane id="b" name="Accounts payable">
                    <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>enter</bpmn:flowNodeRef>
                    <bpmn:flowNodeRef>pay</bpmn:flowNodeRef><bpmn:flowNodeRef>end</bpmn:flowNodeRef>
                  </bpmn:lane>
                </bpmn:laneSet>
                <bpmn:startEvent id="start"/>
                <bpmn:userTask id="enter" name="Enter the invoice"/>
                <bpmn:userTask id="correct" name="Correct the invoice">
                  <bpmn:extensionElements><baton:task form="inv-correct" holder="= vendor" due="P5D"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="agree" name="Agree to the discount">
                  <bpmn:extensionElements><baton:task form="agree" holder="= vendor"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="confirm" name="Confirm your bank account">
                  <bpmn:extensionElements><baton:task form="inv-bank" holder="= vendor" confirm="code"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="pay" name="Pay the invoice"/>
                <bpmn:endEvent id="end"/>
                <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="enter"/>
                <bpmn:sequenceFlow id="f2" sourceRef="enter" targetRef="correct"/>
                <bpmn:sequenceFlow id="f3" sourceRef="correct" targetRef="agree"/>
                <bpmn:sequenceFlow id="f4" sourceRef="agree" targetRef="confirm"/>
                <bpmn:sequenceFlow id="f5" sourceRef="confirm" targetRef="pay"/>
                <bpmn:sequenceFlow id="f6" sourceRef="pay" targetRef="end"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    private static final String PAPERS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:baton="urn:baton:bpmn:1" targetNamespace="urn:test">
              <bpmn:process id="papers" name="Papers" isExecutable="true">
                <bpmn:extensionElements>
                  <baton:case prefix="PPR" title='= "Papers " + canary'/>
                  <baton:share party="vendor" variables="canary" steps="send sign"/>
                </bpmn:extensionElements>
                <bpmn:laneSet id="lanes">
                  <bpmn:lane id="a" name="Vendor">
                    <bpmn:flowNodeRef>send</bpmn:flowNodeRef><bpmn:flowNodeRef>sign</bpmn:flowNodeRef>
                  </bpmn:lane>
                  <bpmn:lane id="b" name="Accounts payable">
                    <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>prepare</bpmn:flowNodeRef>
                    <bpmn:flowNodeRef>check</bpmn:flowNodeRef><bpmn:flowNodeRef>end</bpmn:flowNodeRef>
                  </bpmn:lane>
                </bpmn:laneSet>
                <bpmn:startEvent id="start"/>
                <bpmn:userTask id="prepare" name="Prepare"/>
                <bpmn:userTask id="send" name="Send your papers">
                  <bpmn:extensionElements>
                    <baton:task form="ppr-send" holder="= vendor" uploads="application/pdf image/png"/>
                  </bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="sign" name="Sign the contract">
                  <bpmn:extensionElements>
                    <baton:task holder="= vendor" uploads="application/pdf" acknowledge="terms contract" sign="contract"/>
                  </bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="check" name="Check"/>
                <bpmn:endEvent id="end"/>
                <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="prepare"/>
                <bpmn:sequenceFlow id="f2" sourceRef="prepare" targetRef="send"/>
                <bpmn:sequenceFlow id="f3" sourceRef="send" targetRef="sign"/>
                <bpmn:sequenceFlow id="f4" sourceRef="sign" targetRef="check"/>
                <bpmn:sequenceFlow id="f5" sourceRef="check" targetRef="end"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    private static final String VISIT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:baton="urn:baton:bpmn:1" targetNamespace="urn:test">
              <bpmn:process id="machine-visit" name="Visit" isExecutable="true">
                <bpmn:extensionElements>
                  <baton:case prefix="VIS"/>
                  <baton:share party="vendor" variables="machine" steps="choose visit"/>
                </bpmn:extensionElements>
                <bpmn:laneSet id="lanes">
                  <bpmn:lane id="a" name="Vendor"><bpmn:flowNodeRef>choose</bpmn:flowNodeRef></bpmn:lane>
                  <bpmn:lane id="b" name="Accounts payable">
                    <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>visit</bpmn:flowNodeRef>
                    <bpmn:flowNodeRef>end</bpmn:flowNodeRef>
                  </bpmn:lane>
                </bpmn:laneSet>
                <bpmn:startEvent id="start"/>
                <bpmn:userTask id="choose" name="Choose when we come">
                  <bpmn:extensionElements>
                    <baton:task holder="= vendor" due="P9D"/>
                    <baton:slots with="= host" lasts="PT2H" notice="PT12H" within="P8D" into="visitAt"/>
                  </bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="visit" name="Visit them"/>
                <bpmn:endEvent id="end"/>
                <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="choose"/>
                <bpmn:sequenceFlow id="f2" sourceRef="choose" targetRef="visit"/>
                <bpmn:sequenceFlow id="f3" sourceRef="visit" targetRef="end"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    private static final String SEND = """
            {"type": "default", "id": "ppr-send", "components": [
              {"type": "filepicker", "key": "invoice", "label": "The invoice", "validate": {"required": true}},
              {"type": "filepicker", "key": "more", "label": "More", "multiple": true},
              {"type": "textfield", "key": "note", "label": "A note"}]}
            """;

    private static final String CORRECT = """
            {"type": "default", "id": "inv-correct", "components": [
              {"type": "text", "text": "### Please correct {{invoiceNumber}}\\n\\nIt does not fit order **{{purchaseOrder}}**:\\n\\n> {{reason}}\\n\\n{{margin}}"},
              {"type": "textfield", "key": "invoiceNumber", "label": "Number", "validate": {"required": true, "maxLength": 20}},
              {"type": "number", "key": "amount", "label": "Amount", "decimalDigits": 2, "validate": {"required": true, "min": 0.01}},
              {"type": "datetime", "subtype": "date", "key": "dated", "dateLabel": "Dated"},
              {"type": "checkbox", "key": "final", "label": "This is final"},
              {"type": "select", "key": "currency", "label": "Currency", "values": [
                {"label": "Euro", "value": "EUR"}, {"label": "Dollar", "value": "USD"}]},
              {"type": "checklist", "key": "changed", "label": "What changed?", "values": [
                {"label": "Amount", "value": "amount"}, {"label": "Tax", "value": "tax"}]},
              {"type": "dynamiclist", "path": "lines", "label": "Lines", "defaultRepetitions": 2, "components": [
                {"type": "textfield", "key": "item", "label": "Item", "validate": {"required": true}},
                {"type": "number", "key": "price", "label": "Price"}]},
              {"type": "textarea", "key": "note", "label": "Anything else?", "description": "Whatever helps"}]}
            """;

    private static final String BANK = """
            {"type": "default", "id": "inv-bank", "components": [
              {"type": "textfield", "key": "iban", "label": "IBAN", "validate": {"required": true, "pattern": "^[A-Z]{2}[0-9 ]+$"}}]}
            """;

    /** What went to known addresses: {@code code a@b 123456}, {@code link a@b 1042.3}. */
    static final List<String> SENT = new CopyOnWriteArrayList<>();

    /** The codes among them, for whoever waits for one. */
    static final BlockingQueue<String> CODES = new LinkedBlockingQueue<>();

    @Configuration(proxyBeanMethods = false)
    static class Mailbox {

        @Bean
        KnownAddress mailbox() {
            return new KnownAddress() {
                @Override
                public void sendLink(Person to, long caseId, int step) {
                    SENT.add("link " + to.email() + " " + caseId + "." + step);
                }

                @Override
                public void sendCode(Person to, String about, String code) {
                    CODES.add(code);
                    SENT.add("code " + to.email() + " " + code);
                }
            };
        }
    }

    final TestServer server;
    final Node node;
    final String ada;
    final String vera;
    final String zoe;
    private final int process;
    private final int papers;
    private final int visit;

    GuestCompany() {
        this(ChannelSettings.NONE);
    }

    GuestCompany(ChannelSettings settings) {
        server = TestServer.start(settings, Mailbox.class);
        node = server.bean(Node.class);
        server.directory().putTeam("accounts-payable", "Accounts payable", Team.Kind.TEAM);
        server.directory().putTeam("vendor", "Vendors", Team.Kind.ORGANISATION);
        ada = server.addMember("Ada Owner", "accounts-payable");
        vera = contact("Vera", "vera@acme.example");
        zoe = contact("Zoe", "zoe@other.example");
        process = node.deployments()
                .deploy(
                        Sources.of(List.of(
                                file("invoice.bpmn", BPMN),
                                file("inv-correct.form", CORRECT),
                                file("agree.form", DiscountProcess.AGREE),
                                file("inv-bank.form", BANK))),
                        ada)
                .getFirst()
                .version()
                .id();
        papers = node.deployments()
                .deploy(Sources.of(List.of(file("papers.bpmn", PAPERS), file("ppr-send.form", SEND))), ada)
                .getFirst()
                .version()
                .id();
        visit = node.deployments()
                .deploy(Sources.of(List.of(file("visit.bpmn", VISIT))), ada)
                .getFirst()
                .version()
                .id();
    }

    /** Another version of that process, with something in it replaced; its number. */
    int otherVisit(String old, String now) {
        assertThat(VISIT).contains(old);
        var files = List.of(file("visit.bpmn", VISIT.replace(old, now)));
        return node.deployments()
                .deploy(Sources.of(files), ada)
                .getFirst()
                .version()
                .id();
    }

    /** A case whose vendor chooses a time of the host's. */
    long visitFor(String vendor, String host) {
        return visitFor(vendor, host, "Press 3");
    }

    long visitFor(String vendor, String host, String machine) {
        var variables = Values.variables(Map.of("vendor", vendor, "host", host, "machine", machine));
        return ((Answer.Done) node.cases().start(visit, null, variables, ada, Actor.person(ada), null)).caseId();
    }

    /** A case that waits for the vendor to send papers; terms and contract are shared with them. */
    long papersFor(String vendor, String canary) {
        var variables = Values.variables(Map.of("vendor", vendor, "canary", canary));
        var id = ((Answer.Done) node.cases().start(papers, null, variables, ada, Actor.person(ada), null)).caseId();
        var shared = Audience.people(List.of(vendor));
        complete(
                id,
                "prepare",
                ada,
                Map.of(
                        "terms", attach(id, "terms " + canary + ".pdf", shared),
                        "contract", attach(id, "contract " + canary + ".pdf", shared),
                        "inside", attach(id, "HIDDEN-" + canary + ".pdf", Audience.INTERNAL)));
        return id;
    }

    String attach(long caseId, String name, Audience audience) {
        return node.files()
                .attach(caseId, 0, ada, name, new ByteArrayInputStream(PDF), audience)
                .id()
                .toString();
    }

    static final byte[] PDF = pdf();

    private static byte[] pdf() {
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sources.File file(String name, String text) {
        return new Sources.File(name, text.getBytes(StandardCharsets.UTF_8));
    }

    String contact(String name, String email) {
        return server.directory().add(Person.contact(name, email, "Acme")).orElseThrow();
    }

    /** A case that waits for its vendor to correct the invoice. */
    long started(String vendor, Map<String, ? extends @Nullable Object> more) {
        var variables = Values.variables(more);
        variables.putIfAbsent("vendor", vendor);
        variables.putIfAbsent("invoiceNumber", "4711");
        variables.putIfAbsent("purchaseOrder", "PO-7");
        variables.putIfAbsent("reason", "The price is not ours");
        var done = (Answer.Done) node.cases().start(process, null, variables, ada, Actor.person(ada), null);
        complete(done.caseId(), "enter", ada, Map.of());
        return done.caseId();
    }

    void complete(long caseId, String node, String person, Map<String, ? extends @Nullable Object> variables) {
        assertThat(this.node
                        .tasks()
                        .complete(
                                caseId,
                                step(caseId, node).id(),
                                Values.variables(variables),
                                Actor.person(person),
                                null))
                .isInstanceOf(Answer.Done.class);
    }

    Case state(long caseId) {
        return node.cases().state(node.cases().find(caseId).orElseThrow());
    }

    Step step(long caseId, String node) {
        return state(caseId).steps().stream()
                .filter(step -> step.node() != null && step.node().id().equals(node))
                .findFirst()
                .orElseThrow();
    }

    boolean isAt(long caseId, String node) {
        return state(caseId).steps().stream()
                .anyMatch(step -> step.node() != null && step.node().id().equals(node));
    }

    @Override
    public void close() {
        server.close();
    }
}
