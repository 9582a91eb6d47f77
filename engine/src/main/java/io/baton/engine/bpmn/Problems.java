package io.baton.engine.bpmn;

import io.baton.engine.bpmn.BpmnReader.Problem;
import io.baton.engine.xml.XmlElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file. */
final class Problems {

    /** Enough to work on; a file that is not meant for Baton at all would fill pages. */
    static final int PROBLEMS_MAX = 200;

    private static final int NAME_LENGTH_MAX = 255;

    private final List<Problem> problems = new ArrayList<>();

    void add(XmlElement element, String reason) {
        problems.add(new Problem(label(element), reason, element.place()));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Its id, or that of the element it belongs to when it has none of its own. */
    private static String label(XmlElement element) {
        for (var each = element; each != null; each = each.parent()) {
            var id = each.attribute("id");
            if (id != null && !id.isBlank()) {
                return clipped(id);
            }
        }
        return clipped(element.name());
    }

    static String clipped(String text) {
        return text.length() <= NAME_LENGTH_MAX ? text : text.substring(0, NAME_LENGTH_MAX) + "…";
    }

    List<Problem> inOrder() {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparingInt((Problem each) -> each.place().line())
                        .thenComparingInt(each -> each.place().column()))
                .limit(PROBLEMS_MAX)
                .toList();
    }
}
