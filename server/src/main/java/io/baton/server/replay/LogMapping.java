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

    static LogMapping read(Path file) throws IOException {
        try {
            return of(JsonMapper.shared().readValue(Files.readString(file), Map.class));
        } catch (JacksonException | ClassCastException e) {
            throw new MalformedFile("Expected a log mapping in " + file + ", but: " + e.getMessage());
        }
    }

    private static LogMapping of(Map<?, ?> json) {
        var start = map(json, "start");
        var startActivities =
                list(start.get("activities")).stream().map(String.class::cast).toList();
        var startAttributes = new LinkedHashMap<String, String>();
        map(start, "attributes")
                .forEach((variable, attribute) -> startAttributes.put((String) variable, (String) attribute));
        var activities = new LinkedHashMap<String, List<List<Act>>>();
        map(json, "activities").forEach((activity, alternatives) -> {
            var all = new ArrayList<List<Act>>();
            for (var alternative : list(alternatives)) {
                all.add(list(alternative).stream()
                        .map(act -> act((Map<?, ?>) act))
                        .toList());
            }
            activities.put((String) activity, all);
        });
        return new LogMapping(text(json, "process"), startActivities, startAttributes, activities);
    }

    private static Act act(Map<?, ?> json) {
        return new Act(text(json, "step"), Values.variables(map(json, "variables")));
    }

    // A part that is missing or of another kind is told by the ClassCastException or by its name.

    private static Map<?, ?> map(Map<?, ?> json, String name) {
        return (Map<?, ?>) required(json, name);
    }

    private static String text(Map<?, ?> json, String name) {
        return (String) required(json, name);
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static Object required(Map<?, ?> json, String name) {
        var value = json.get(name);
        if (value == null) {
            throw new ClassCastException("'" + name + "' is missing");
        }
        return value;
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
