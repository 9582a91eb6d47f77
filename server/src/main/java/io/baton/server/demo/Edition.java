package io.baton.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.baton.server.processes.ProcessFolder;
import io.baton.server.processes.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A version of a process that the company published so many days ago. What ships is the newest; of two processes there is
 * one before it, which is what ships without what an improvement brought: steps, due dates, fields that must be filled in.
 */
record Edition(Sources sources, int daysAgo, boolean improvedOn) {

    /** The day before the first case. */
    static final int FIRST = History.DAYS + 1;

    /** {@code added}: flow nodes that were not there before, with their flows. {@code otherwise}: what stood there, by what stands there now. */
    private record Improvement(int daysAgo, List<String> added, Map<String, String> otherwise) {}

    private static final Map<String, Improvement> IMPROVEMENTS = Map.of(
            "vendor-payment",
            new Improvement(
                    17,
                    List.of("withdrawal", "not-confirmed", "call-vendor"),
                    Map.of(
                            "form=\"pay-approval\" team=\"= approver\" due=\"P2D\"",
                            "form=\"pay-approval\" team=\"= approver\" due=\"P6D\"",
                            "form=\"pay-difference\" due=\"P2D\"",
                            "form=\"pay-difference\" due=\"P5D\"",
                            optional("purchaseOrder", "Purchase order", true),
                            optional("purchaseOrder", "Purchase order", false))),
            "customer-order",
            new Improvement(
                    25,
                    List.of("packing-late", "hurry-warehouse", "hurried", "review-late", "delay-told"),
                    Map.of(
                            "form=\"ord-credit\" due=\"P1D\"",
                            "form=\"ord-credit\" due=\"P4D\"",
                            "form=\"ord-delivery\" due=\"P1D\"",
                            "form=\"ord-delivery\" due=\"P3D\"")));

    /** All of the folder of processes, in the order of their publication. A called process comes before those that call it. */
    static List<Edition> read(Path processes, List<String> keys) throws IOException {
        var before = new ArrayList<Edition>();
        var after = new ArrayList<Edition>();
        for (var key : keys) {
            var files = ProcessFolder.files(processes.resolve(key));
            var improvement = IMPROVEMENTS.get(key);
            if (improvement == null) {
                before.add(new Edition(Sources.of(files), FIRST, false));
            } else {
                before.add(new Edition(Sources.of(undone(files, improvement)), FIRST, true));
                after.add(new Edition(Sources.of(files), improvement.daysAgo(), false));
            }
        }
        after.sort((a, b) -> b.daysAgo() - a.daysAgo());
        before.addAll(after);
        return before;
    }

    private static List<Sources.File> undone(List<Sources.File> files, Improvement improvement) {
        var old = new ArrayList<Sources.File>();
        int found = 0;
        for (var file : files) {
            var text = new String(file.content(), UTF_8);
            for (var one : improvement.otherwise().entrySet()) {
                found += text.contains(one.getKey()) ? 1 : 0;
                text = text.replace(one.getKey(), one.getValue());
            }
            if (file.name().endsWith(".bpmn")) {
                text = without(text, improvement.added());
            }
            old.add(new Sources.File(file.name(), text.getBytes(UTF_8)));
        }
        if (found != improvement.otherwise().size()) {
            throw new IllegalStateException("The demo's earlier version no longer fits the process that ships: " + found
                    + " of " + improvement.otherwise().size() + " passages are there");
        }
        return old;
    }

    /** The elements with all that is in them, their sequence flows, what refers to them, and their drawing. */
    private static String without(String bpmn, List<String> nodes) {
        var rest = bpmn;
        var gone = new ArrayList<>(nodes);
        for (var node : nodes) {
            gone.addAll(
                    found(rest, "<bpmn:sequenceFlow id=\"([^\"]+)\"[^>]* (?:sourceRef|targetRef)=\"" + node + "\""));
        }
        for (int i = 0; i < gone.size(); i++) {
            var element = "\\s*<bpmn:(\\w+) id=\"" + gone.get(i) + "\"[^>]*?(?:/>|(?<!/)>.*?</bpmn:\\1>)";
            var inside = Pattern.compile(element, Pattern.DOTALL).matcher(rest);
            if (inside.find()) {
                found(inside.group(), " id=\"([^\"]+)\"").stream()
                        .filter(id -> !gone.contains(id))
                        .forEach(gone::add);
                rest = rest.substring(0, inside.start()) + rest.substring(inside.end());
            }
            rest = removed(rest, "\\s*<bpmn:(incoming|outgoing|flowNodeRef)>" + gone.get(i) + "</bpmn:\\1>");
            rest = removed(
                    rest,
                    "\\s*<bpmndi:BPMN(\\w+) id=\"[^\"]*\" bpmnElement=\"" + gone.get(i)
                            + "\"[^>]*>.*?</bpmndi:BPMN\\1>");
        }
        return rest;
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }

    private static String removed(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).replaceAll("");
    }

    /** A text field of a form, and whether it must be filled in. */
    private static String optional(String key, String label, boolean required) {
        return "\"key\": \"" + key + "\",\n      \"label\": \"" + label
                + "\",\n      \"validate\": {\n        \"required\": " + required;
    }
}
