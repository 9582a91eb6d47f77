package io.baton.server.replay;

import io.baton.engine.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the activities of a log mean for a process: {@code log-mapping.json} beside it. Each activity has alternatives; of
 * those the first is taken whose first step is open, and its acts follow each other at the event's time.
 */
record LogMapping(
        String process,
        List<String> startActivities,
        SequencedMap<String, String> startAttributes,
        SequencedMap<String, List<List<Act>>> activities) {

    /** Complete the open task or job at {@code step} with these variables. */
    record Act(String step, SequencedMap<String, @Nullable Object> variables) {}

    /** A mapping that cannot be used. */
    static final class MalformedMapping extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedMapping(String message) {
            super(message);
        }
    }

    static LogMapping read(Path file) throws IOException {
        try {
            return of(JsonMapper.shared().readValue(Files.readString(file), Map.class));
        } catch (JacksonException | ClassCastException | NullPointerException e) {
            throw new MalformedMapping("Expected a log mapping in " + file + ", but: " + e.getMessage());
        }
    }

    private static LogMapping of(Map<?, ?> json) {
        var start = (Map<?, ?>) json.get("start");
        var startActivities = ((List<?>) start.get("activities"))
                .stream().map(String.class::cast).toList();
        var startAttributes = new LinkedHashMap<String, String>();
        ((Map<?, ?>) start.get("attributes"))
                .forEach((variable, attribute) -> startAttributes.put((String) variable, (String) attribute));
        var activities = new LinkedHashMap<String, List<List<Act>>>();
        ((Map<?, ?>) json.get("activities")).forEach((activity, alternatives) -> {
            var all = new ArrayList<List<Act>>();
            for (var alternative : (List<?>) alternatives) {
                all.add(((List<?>) alternative)
                        .stream().map(act -> act((Map<?, ?>) act)).toList());
            }
            activities.put((String) activity, all);
        });
        return new LogMapping((String) json.get("process"), startActivities, startAttributes, activities);
    }

    private static Act act(Map<?, ?> json) {
        return new Act((String) json.get("step"), Values.variables((Map<?, ?>) json.get("variables")));
    }

    List<List<Act>> alternatives(String activity) {
        return activities.getOrDefault(activity, List.of());
    }

    /** Whether the activity, as the first of a case, starts it and does nothing else. */
    boolean isOnlyStart(String activity) {
        return startActivities.contains(activity) && !activities.containsKey(activity);
    }

    SequencedMap<String, @Nullable Object> startVariables(EventLog.Trace trace) {
        var first = trace.events().getFirst();
        var variables = new LinkedHashMap<String, @Nullable Object>();
        startAttributes.forEach((variable, attribute) -> {
            var value = trace.attributes()
                    .getOrDefault(attribute, first.attributes().get(attribute));
            if (value != null) {
                variables.put(variable, Values.numberOrText(value));
            }
        });
        return variables;
    }
}
