package io.baton.server.guest;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody may have meant as their answer, by another channel than the page: it stands in the form when they open it,
 * and is an answer only when they confirm it there.
 */
final class Suggestions {

    private static final Duration AGE_MAX = Duration.ofDays(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String PUT = """
            insert into guest_suggestion (person, case_id, step, fields, at) values (?, ?, ?, ?, ?)
            on conflict (person, case_id, step) do update set fields = excluded.fields, at = excluded.at""";

    private static final String FIND =
            "select fields from guest_suggestion where person = ? and case_id = ? and step = ? and at > ?";

    private final JdbcClient database;
    private final Clock clock;

    Suggestions(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** {@code fields} by the names of the form's fields; takes the place of what was suggested before. */
    void put(String person, long caseId, int step, Map<String, List<String>> fields) {
        database.sql("delete from guest_suggestion where at <= ?")
                .param(oldest())
                .update();
        database.sql(PUT)
                .param(person)
                .param(caseId)
                .param(step)
                .param(JSON.writeValueAsString(fields))
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    Map<String, List<String>> find(String person, long caseId, int step) {
        return database.sql(FIND)
                .param(person)
                .param(caseId)
                .param(step)
                .param(oldest())
                .query((row, _) ->
                        JSON.readValue(row.getString(1), new TypeReference<LinkedHashMap<String, List<String>>>() {}))
                .optional()
                .orElseGet(LinkedHashMap::new);
    }

    void forget(String person, long caseId, int step) {
        database.sql("delete from guest_suggestion where person = ? and case_id = ? and step = ?")
                .param(person)
                .param(caseId)
                .param(step)
                .update();
    }

    private Object oldest() {
        return clock.instant().minus(AGE_MAX).atOffset(ZoneOffset.UTC);
    }
}
