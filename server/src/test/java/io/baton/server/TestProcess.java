package io.baton.server;

import io.baton.server.processes.Sources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Small processes for tests: BPMN from a handful of elements, joined one behind the other or as the test says. */
public final class TestProcess {

    private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");

    private final String key;
    private final String prefix;
    private final StringBuilder elements = new StringBuilder();
    private final StringBuilder around = new StringBuilder();
    private String last = "";
    private String ofCases = "";
    private int flows;

    private TestProcess(String key, String prefix) {
        this.key = key;
        this.prefix = prefix;
    }

    public static TestProcess of(String key, String prefix) {
        return new TestProcess(key, prefix);
    }

    /** Two tasks, one after the other; the commonest case. */
    public static TestProcess twoTasks() {
        return of("two-tasks", "TWO")
                .then("startEvent", "start")
                .then("userTask", "first")
                .then("userTask", "second")
                .then("endEvent", "end");
    }

    /** One task, then a call of the process that the variable {@code next} names. */
    public static TestProcess calling() {
        return of("calling", "CAL")
                .then("startEvent", "start")
                .then("userTask", "choose")
                .then("<bpmn:callActivity id=\"call\" calledElement=\"= next\"/>")
                .then("endEvent", "end");
    }

    /** More attributes of {@code baton:case}. */
    public TestProcess cases(String attributes) {
        ofCases = " " + attributes;
        return this;
    }

    /** The element, after the one before it. */
    public TestProcess then(String element, String id) {
        return then("<bpmn:" + element + " id=\"" + id + "\"/>");
    }

    /** The element as XML, after the one before it. */
    public TestProcess then(String xml) {
        var before = last;
        element(xml);
        return before.isEmpty() ? this : flow(before, last, "");
    }

    /** A job of this type, after the element before it. */
    public TestProcess job(String id, String type) {
        return then("<bpmn:serviceTask id=\"" + id + "\">" + extension("<baton:job type=\"" + type + "\"/>")
                + "</bpmn:serviceTask>");
    }

    public static String extension(String xml) {
        return "<bpmn:extensionElements>" + xml + "</bpmn:extensionElements>";
    }

    /** The element as XML, joined to nothing yet. What comes then follows it. */
    public TestProcess element(String xml) {
        elements.append("    ").append(xml).append('\n');
        last = id(xml);
        return this;
    }

    /** {@code inside} is empty or a condition expression. */
    public TestProcess flow(String from, String to, String inside) {
        elements.append(
                "    <bpmn:sequenceFlow id=\"flow%d\" sourceRef=\"%s\" targetRef=\"%s\">%s</bpmn:sequenceFlow>%n"
                        .formatted(++flows, from, to, inside));
        return this;
    }

    /** A message that may be waited for; {@code correlation} is FEEL, or empty for one that only starts cases. */
    public TestProcess message(String id, String name, String correlation) {
        var by = correlation.isEmpty() ? "" : extension("<baton:correlation key=\"" + correlation + "\"/>");
        around.append("  <bpmn:message id=\"%s\" name=\"%s\">%s</bpmn:message>%n".formatted(id, name, by));
        return this;
    }

    private static String id(String xml) {
        var found = ID.matcher(xml);
        if (!found.find()) {
            throw new IllegalArgumentException("no id: " + xml);
        }
        return found.group(1);
    }

    public String bpmn() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xmlns:baton="urn:baton:bpmn:1" targetNamespace="urn:test">
                %s  <bpmn:process id="%s" isExecutable="true">
                    %s
                %s  </bpmn:process>
                </bpmn:definitions>
                """.formatted(
                        around, key, extension("<baton:case prefix=\"" + prefix + "\"" + ofCases + "/>"), elements);
    }

    public Sources.File file() {
        return new Sources.File(key + ".bpmn", bpmn().getBytes(StandardCharsets.UTF_8));
    }

    public Sources sources(Sources.File... more) {
        var files = new ArrayList<>(List.of(more));
        files.add(file());
        return Sources.of(files);
    }
}
