package io.baton.server.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what stands beside the journal with what the journal says of it: what is there must be the same, and what is
 * not there must have been erased.
 */
public final class Kept {

    private static final String TEXTS = """
            select case_id, id, text from comment_text where state <> 0 and case_id between ? and ? order by case_id, at""";

    private final Map<Long, Map<UUID, String>> texts = new LinkedHashMap<>();

    /** Of the cases with these numbers. */
    public Kept(JdbcClient database, long from, long to) {
        database.sql(TEXTS).param(from).param(to).query(row -> {
            texts.computeIfAbsent(row.getLong("case_id"), _ -> new LinkedHashMap<>())
                    .put(row.getObject("id", UUID.class), Digests.of(row.getString("text")));
        });
    }

    /** What does not agree, in words; empty where all is well. */
    public List<String> problems(long caseId, Room room) {
        var problems = new ArrayList<String>();
        var found = new LinkedHashMap<>(texts.getOrDefault(caseId, Map.of()));
        for (var said : room.comments()) {
            var digest = found.remove(said.id());
            if (digest == null && said.erasedBy() == null) {
                problems.add("comment " + said.id() + " is not erased, but its text is gone");
            } else if (digest != null && !digest.equals(said.digest())) {
                problems.add("comment " + said.id() + " has been changed: its digest does not match");
            }
        }
        found.keySet()
                .forEach(id -> problems.add("there is a text of comment " + id + ", which the journal does not know"));
        return problems;
    }
}
