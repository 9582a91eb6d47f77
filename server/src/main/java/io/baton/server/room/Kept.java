package io.baton.server.room;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what stands beside the journal with what the journal says of it: what is there must be the same, and what is
 * not there must have been erased.
 */
public final class Kept {

    private static final String TEXTS = """
            select case_id, id, text from comment_text where state <> 0 and case_id between ? and ? order by case_id, at""";

    private static final String FILES = """
            select case_id, id from file where state in (1, 2) and case_id between ? and ? order by case_id, changed_at""";

    private record FileRow(long caseId, UUID id) {}

    private final Map<Long, Map<UUID, String>> texts = new LinkedHashMap<>();
    private final Map<Long, Map<UUID, String>> files = new LinkedHashMap<>();

    /** Of the cases with these numbers. */
    public Kept(JdbcClient database, long from, long to) {
        database.sql(TEXTS).param(from).param(to).query(row -> {
            texts.computeIfAbsent(row.getLong("case_id"), _ -> new LinkedHashMap<>())
                    .put(row.getObject("id", UUID.class), Digests.of(row.getString("text")));
        });
        var parts = new FileParts(database, Clock.systemUTC());
        database.sql(FILES)
                .param(from)
                .param(to)
                .query((row, _) -> new FileRow(row.getLong(1), row.getObject(2, UUID.class)))
                .list()
                .forEach(row -> files.computeIfAbsent(row.caseId(), _ -> new LinkedHashMap<>())
                        .put(row.id(), digest(parts, row.id())));
    }

    private static String digest(FileParts parts, UUID id) {
        try (var bytes = parts.read(id)) {
            return Digests.of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What does not agree, in words; empty where all is well. */
    public List<String> problems(long caseId, Room room) {
        var problems = new ArrayList<String>();
        var said = new LinkedHashMap<>(texts.getOrDefault(caseId, Map.of()));
        room.comments()
                .forEach(each -> compare(
                        "comment " + each.id(),
                        each.digest(),
                        said.remove(each.id()),
                        each.erasedBy() != null,
                        problems));
        said.keySet()
                .forEach(id -> problems.add("there is a text of comment " + id + ", which the journal does not know"));
        var kept = new LinkedHashMap<>(files.getOrDefault(caseId, Map.of()));
        room.files()
                .forEach(each -> compare(
                        "file " + each.id(), each.digest(), kept.remove(each.id()), each.erasedBy() != null, problems));
        kept.keySet().forEach(id -> problems.add("there is a file " + id + ", which the journal does not know"));
        return problems;
    }

    private static void compare(
            String what, String expected, @Nullable String found, boolean erased, List<String> problems) {
        if (found == null && !erased) {
            problems.add(what + " is not erased, but what it said is gone");
        } else if (found != null && !found.equals(expected)) {
            problems.add(what + " has been changed: its digest does not match");
        }
    }
}
