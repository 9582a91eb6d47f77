package io.baton.server.api;

import io.baton.server.appointments.Appointments.Free;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of a task that offers times, for members: the field for the time becomes a choice of those that are free. The
 * owner, who may agree on any time, keeps a field for one, with the free ones in sight.
 */
final class TimesForm {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SHOWN_MAX = 30;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm zzz", Locale.UK);

    private TimesForm() {}

    static Object of(@Nullable String form, Free free, boolean any) {
        var schema = form == null
                ? new LinkedHashMap<String, Object>(Map.of("type", "default", "components", List.of()))
                : JSON.readValue(form, new TypeReference<LinkedHashMap<String, Object>>() {});
        var components = new ArrayList<Object>();
        boolean placed = false;
        for (var each : schema.get("components") instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> field && free.into().equals(field.get("key"))) {
                components.addAll(field(free, any));
                placed = true;
            } else if (each != null) {
                components.add(each);
            }
        }
        if (!placed) {
            components.addAll(0, field(free, any));
        }
        schema.put("components", components);
        return schema;
    }

    private static List<Map<String, Object>> field(Free free, boolean any) {
        var field = new LinkedHashMap<String, Object>();
        field.put("key", free.into());
        field.put("id", "Field_slot");
        field.put("validate", Map.of("required", true));
        if (!any) {
            field.put("type", "select");
            field.put("label", "Time");
            field.put(
                    "values",
                    free.starts().stream()
                            .map(at -> Map.of("label", text(free, at), "value", at.toString()))
                            .toList());
            return List.of(field);
        }
        field.put("type", "datetime");
        field.put("subtype", "datetime");
        field.put("dateLabel", "Day");
        field.put("timeLabel", "Time");
        field.put("timeSerializingFormat", "utc_offset");
        field.put("timeInterval", 15);
        field.put("use24h", true);
        var shown = free.starts().stream()
                .limit(SHOWN_MAX)
                .map(at -> "- " + text(free, at))
                .toList();
        return List.of(
                Map.of(
                        "type",
                        "text",
                        "id",
                        "Field_slots",
                        "text",
                        shown.isEmpty()
                                ? "No time is free."
                                : "Free, for " + free.minutes() + " minutes each:\n\n" + String.join("\n", shown)),
                field);
    }

    private static String text(Free free, Instant at) {
        return TIME.format(at.atZone(free.zone()));
    }
}
