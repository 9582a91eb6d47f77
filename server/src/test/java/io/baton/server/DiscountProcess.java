package io.baton.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Values;
import io.baton.server.commit.Answer;
import io.baton.server.processes.Sources;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Asks whoever is the vendor: agree to a discount, agree to a rate with time to take it back, confirm by a code. */
public final class DiscountProcess {

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

    /** A yes or no, and why not. */
    public static final String AGREE = """
            {"type": "default", "id": "agree", "components": [
              {"type": "radio", "key": "outcome", "label": "Do you agree?", "validate": {"required": true}, "values": [
                {"label": "Yes", "value": "approved"}, {"label": "No", "value": "rejected"}]},
              {"type": "textarea", "key": "why", "label": "Why not?", "validate": {"required": true},
                "conditional": {"hide": "=outcome != \\"rejected\\""}}]}
            """;

    private DiscountProcess() {}

    /** The number of its version. */
    public static int deploy(Node node, String owner) {
        return node.deployments()
                .deploy(Sources.of(List.of(file("discount.bpmn", BPMN), file("agree.form", AGREE))), owner)
                .getFirst()
                .version()
                .id();
    }

    private static Sources.File file(String name, String text) {
        return new Sources.File(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A case that asks the vendor whether they agree. */
    public static long asking(Node node, int process, String owner, String vendor) {
        var by = Actor.person(owner);
        var variables = Values.variables(Map.of("vendor", vendor));
        var id = ((Answer.Done) node.cases().start(process, null, variables, owner, by, null)).caseId();
        var enter = node.cases()
                .state(node.cases().find(id).orElseThrow())
                .steps()
                .iterator()
                .next()
                .id();
        assertThat(node.tasks().complete(id, enter, Values.variables(Map.of()), by, null))
                .isInstanceOf(Answer.Done.class);
        return id;
    }
}
