package io.baton.server.api;

import io.baton.engine.Event;
import io.baton.engine.model.ProcessModel;
import io.baton.server.journal.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which node a step is or was: comments and files name only its number. */
final class StepNodes {

    private final Map<Integer, String> nodes = new LinkedHashMap<>();

    private StepNodes() {}

    static StepNodes of(List<Entry> journal) {
        var found = new StepNodes();
        for (var entry : journal) {
            for (var event : entry.events()) {
                if (event instanceof Event.StepEntered entered) {
                    found.nodes.put(entered.step(), entered.node());
                }
            }
        }
        return found;
    }

    /** What people call it; null for the case itself. */
    @Nullable
    String label(int step, ProcessModel model) {
        var node = nodes.get(step);
        return node == null
                ? null
                : model.has(node) ? model.node(node).element().label() : node;
    }
}
