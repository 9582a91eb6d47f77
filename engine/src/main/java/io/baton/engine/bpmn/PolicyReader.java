package io.baton.engine.bpmn;

import io.baton.engine.model.FlowNode.Assignment.Overrides;
import io.baton.engine.xml.XmlElement;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a task does otherwise than its policy: {@code remind}, {@code escalate}, {@code reassign}. */
final class PolicyReader {

    private static final String NONE = "none";
    private static final int ACTS_MAX = 10;

    private PolicyReader() {}

    static @Nullable Overrides overrides(XmlElement task, Problems problems) {
        var reassign = task.attribute("reassign");
        if (reassign != null && !reassign.equals(NONE)) {
            problems.add(task, "reassign is none, or left to the policy: '" + Problems.clipped(reassign) + "'");
        }
        var reminders = reminders(task, problems);
        var ladder = ladder(task, problems);
        return reminders == null && ladder == null && reassign == null
                ? null
                : new Overrides(reminders, ladder, reassign != null);
    }

    private static @Nullable List<Duration> reminders(XmlElement task, Problems problems) {
        var words = words(task, "remind", problems);
        if (words == null) {
            return null;
        }
        var offsets = new ArrayList<Duration>();
        for (var word : words) {
            var offset = duration(word);
            if (offset == null) {
                problems.add(
                        task, "remind is none, or offsets such as '-PT4H PT0S P1D': '" + Problems.clipped(word) + "'");
            } else {
                offsets.add(offset);
            }
        }
        return List.copyOf(offsets);
    }

    private static @Nullable List<Overrides.Rung> ladder(XmlElement task, Problems problems) {
        var words = words(task, "escalate", problems);
        if (words == null) {
            return null;
        }
        var rungs = new ArrayList<Overrides.Rung>();
        for (var word : words) {
            var parts = word.split(":", 2);
            var after = duration(parts[0]);
            if (after == null || parts.length < 2 || parts[1].isBlank()) {
                problems.add(
                        task,
                        "escalate is none, or rungs such as 'P1D:team-lead P2D:owner P3D:p7': '"
                                + Problems.clipped(word) + "'");
            } else {
                rungs.add(new Overrides.Rung(after, parts[1]));
            }
        }
        return List.copyOf(rungs);
    }

    /** Null where the attribute is missing, empty for none. */
    private static @Nullable List<String> words(XmlElement task, String attribute, Problems problems) {
        var value = task.attribute(attribute);
        if (value == null) {
            return null;
        }
        var words = value.strip().equals(NONE)
                ? List.<String>of()
                : List.of(value.strip().split("\\s+"));
        if (words.size() > ACTS_MAX) {
            problems.add(task, attribute + " has at most " + ACTS_MAX + " entries");
        }
        return words;
    }

    private static @Nullable Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
