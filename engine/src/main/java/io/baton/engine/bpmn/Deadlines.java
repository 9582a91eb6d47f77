package io.baton.engine.bpmn;

import io.baton.engine.model.Due;
import io.baton.engine.xml.XmlElement;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads when something is due ({@code due}, {@code due-in}), and how long it usually takes ({@code takes}). */
final class Deadlines {

    private static final String JUST_IN_TIME = "just-in-time";
    private static final Duration TAKES_MAX = Duration.ofDays(3_650);

    private final Formulas formulas;
    private final Problems problems;

    Deadlines(Formulas formulas, Problems problems) {
        this.formulas = formulas;
        this.problems = problems;
    }

    @Nullable
    Due ofTask(XmlElement task) {
        if (JUST_IN_TIME.equals(task.attribute("due"))) {
            if (task.attribute("due-in") != null) {
                problems.add(task, "due-in counts a duration, which 'just-in-time' is not");
            }
            return new Due.JustInTime();
        }
        return at(task);
    }

    Due.@Nullable At at(XmlElement element) {
        var in = element.attribute("due-in");
        var working = "working-time".equals(in);
        if (in != null && !working) {
            problems.add(element, "due-in is working-time, not '" + Problems.clipped(in) + "'");
        } else if (in != null && element.attribute("due") == null) {
            problems.add(element, "due-in says how 'due' counts, which is missing");
        }
        var text = formulas.text(
                element,
                element.attribute("due"),
                working ? Iso8601::complaintAboutWorkingTime : Iso8601::complaintAboutDue);
        return text == null ? null : new Due.At(text, working);
    }

    /** What people do counts working hours, so it has no days. */
    @Nullable
    Duration takes(XmlElement node) {
        Duration takes = null;
        for (var extensions : node.children(Names.BPMN, "extensionElements")) {
            for (var element : extensions.children()) {
                var text = element.namespace().equals(Names.BATON) ? element.attribute("takes") : null;
                takes = text == null ? takes : duration(element, text.strip());
            }
        }
        return takes;
    }

    private @Nullable Duration duration(XmlElement element, String text) {
        var work = element.name().equals("task");
        try {
            var takes = Duration.parse(text);
            if (takes.isPositive() && takes.compareTo(TAKES_MAX) <= 0 && !(work && text.contains("D"))) {
                return takes;
            }
        } catch (DateTimeException _) {
            // told below
        }
        problems.add(
                element,
                "takes is a duration such as " + (work ? "PT4H, in hours of work" : "PT4H or P2D") + ": '"
                        + Problems.clipped(text) + "'");
        return null;
    }
}
