package io.baton.engine.bpmn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.baton.engine.bpmn.BpmnReader.Problem;
import io.baton.engine.bpmn.BpmnReader.Result;
import io.baton.engine.expression.Decision;
import io.baton.engine.expression.Expression;
import io.baton.engine.model.ProcessModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** BPMN files for tests, written short: {@code b:} is BPMN's prefix, {@code baton:} Baton's. */
final class Files {

    private static final Decision APPROVAL = new Decision() {
        @Override
        public String key() {
            return "approval";
        }

        @Override
        public Expression.Result evaluate(Map<String, ? extends @Nullable Object> variables, Instant now) {
            return new Expression.Result.Value(true);
        }
    };

    private Files() {}

    static String definitions(String content) {
        return """
                <b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:baton="urn:baton:bpmn:1" \
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
                xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:flowable="http://flowable.org/bpmn" \
                xmlns:tool="http://tool.example/1" id="definitions" targetNamespace="urn:test">
                %s
                </b:definitions>
                """.formatted(content);
    }

    static String process(String content) {
        return "<b:process id=\"p\" name=\"P\" isExecutable=\"true\"><b:extensionElements><baton:case prefix=\"PRO\"/>"
                + "</b:extensionElements>\n" + content + "\n</b:process>";
    }

    /** A process of start, the given node with the id {@code x}, and end; {@code more} beside them. */
    static String around(String node, String more) {
        return definitions(process("<b:startEvent id=\"start\"/><b:sequenceFlow id=\"f1\" sourceRef=\"start\""
                        + " targetRef=\"x\"/>\n" + node
                        + "\n<b:sequenceFlow id=\"f2\" sourceRef=\"x\" targetRef=\"end\"/><b:endEvent id=\"end\"/>\n"
                        + more)
                + DECLARATIONS);
    }

    static final String DECLARATIONS = """

            <b:message id="paid" name="Paid"><b:extensionElements><baton:correlation key="= order"/></b:extensionElements></b:message>
            <b:message id="ordered" name="Ordered"/>
            <b:error id="broken" errorCode="BROKEN"/>
            <b:error id="codeless"/>
            """;

    static String around(String node) {
        return around(node, "");
    }

    static Result read(String file) {
        return read(file.getBytes(UTF_8));
    }

    static Result read(byte[] file) {
        return BpmnReader.read(file, Map.of("approval", APPROVAL), Set.of("request"));
    }

    static ProcessModel model(String file) {
        return switch (read(file)) {
            case Result.Read(var processes) -> processes.getFirst();
            case Result.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    static List<Problem> problems(byte[] file) {
        return switch (read(file)) {
            case Result.Read(var processes) -> throw new AssertionError("was read: " + processes);
            case Result.Refused(var problems) -> problems;
        };
    }

    /** {@code id: reason} */
    static List<String> complaints(String file) {
        return problems(file.getBytes(UTF_8)).stream()
                .map(each -> each.element() + ": " + each.reason())
                .toList();
    }
}
