package io.baton.server.cases;

import io.baton.engine.Case;
import io.baton.engine.Event;
import io.baton.engine.codec.Decoder;
import io.baton.engine.codec.Encoder;
import io.baton.server.commit.CaseStatus;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tasks that are done, and what was answered: the closed steps, with what the journal says was decided in them. */
public final class Decisions {

    private static final String COLUMNS = """
            s.case_id, s.id, s.process_id, s.node, (extract(epoch from s.entered_at) * 1000000)::bigint as entered,
            (extract(epoch from s.left_at) * 1000000)::bigint as left_,
            (extract(epoch from s.due_at) * 1000000)::bigint as due,
            (extract(epoch from s.decided_at) * 1000000)::bigint as decided, s.holder,
            c.process_id as case_process, c.title, c.status""";

    private static final String DONE_BY = """
            select %s from step s join cases c on c.id = s.case_id
            where s.holder = ? and s.outcome = 1 and (s.left_at, s.case_id, s.id) < (?, ?, ?)
            order by s.left_at desc, s.case_id desc, s.id desc limit ?""".formatted(COLUMNS);

    private static final String OF_CASE = """
            select %s from step s join cases c on c.id = s.case_id
            where s.case_id = ? and s.outcome = 1 and s.holder is not null
            order by s.left_at desc, s.id desc limit ?""".formatted(COLUMNS);

    private static final String THESE = """
            select %s from unnest(?::bigint[], ?::int[]) as a (case_id, step)
            join step s on s.case_id = a.case_id and s.id = a.step
            join cases c on c.id = s.case_id""".formatted(COLUMNS);

    private final JdbcClient database;
    private final Journal journal;

    public Decisions(JdbcClient database, Journal journal) {
        this.database = database;
        this.journal = journal;
    }

    /** {@code process} is the version whose node it was; {@code decidedAt}: before it took effect, where it can be undone. */
    public record Done(
            long caseId,
            int step,
            int process,
            int node,
            Instant enteredAt,
            Instant leftAt,
            @Nullable Instant dueAt,
            @Nullable Instant decidedAt,
            @Nullable String holder,
            int caseProcess,
            @Nullable String title,
            Case.Status status) {

        public Instant decided() {
            return decidedAt == null ? leftAt : decidedAt;
        }

        public boolean onTime() {
            return dueAt == null || !decided().isAfter(dueAt);
        }
    }

    /** Where a page goes on: before what was done then. */
    public record Before(Instant leftAt, long caseId, int step) {
        public static final Before START = new Before(Instant.parse("9999-12-31T00:00:00Z"), 0, 0);
    }

    /** The newest first. */
    public List<Done> doneBy(String person, Before before, int limit) {
        return database.sql(DONE_BY)
                .param(person)
                .param(before.leftAt().atOffset(ZoneOffset.UTC))
                .param(before.caseId())
                .param(before.step())
                .param(limit)
                .query((row, _) -> done(row))
                .list();
    }

    /** What people have done in the case so far, the newest first. */
    public List<Done> ofCase(long caseId, int limit) {
        return database.sql(OF_CASE)
                .param(caseId)
                .param(limit)
                .query((row, _) -> done(row))
                .list();
    }

    /** These steps, by the numbers of their cases and their own. */
    public List<Done> these(List<Long> cases, List<Integer> steps) {
        return database.sql(THESE)
                .param(cases.toArray(Long[]::new))
                .param(steps.toArray(Integer[]::new))
                .query((row, _) -> done(row))
                .list();
    }

    private static Done done(ResultSet row) throws SQLException {
        return new Done(
                row.getLong("case_id"),
                row.getInt("id"),
                row.getInt("process_id"),
                row.getInt("node"),
                Decoder.instant(row.getLong("entered")),
                Decoder.instant(row.getLong("left_")),
                time(row, "due"),
                time(row, "decided"),
                row.getString("holder"),
                row.getInt("case_process"),
                row.getString("title"),
                CaseStatus.of(row.getInt("status")));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var micros = row.getLong(column);
        return row.wasNull() ? null : Decoder.instant(micros);
    }

    /** A step of a case. */
    public record Which(long caseId, int step) {}

    /** What was answered in each of these, by case and step; nothing where only the fact that it is done was told. */
    public Map<Which, SequencedMap<String, @Nullable Object>> answers(List<Done> done) {
        var entries = journal.at(
                done.stream().map(Done::caseId).toList(),
                done.stream()
                        .map(each -> Encoder.micros(each.decidedAt() == null ? each.leftAt() : each.decidedAt()))
                        .toList());
        var answers = new LinkedHashMap<Which, SequencedMap<String, @Nullable Object>>();
        for (var each : done) {
            var all = new LinkedHashMap<String, @Nullable Object>();
            for (var entry : entries.getOrDefault(each.caseId(), List.of())) {
                all.putAll(answer(entry, each.step()));
            }
            answers.put(new Which(each.caseId(), each.step()), all);
        }
        return answers;
    }

    /** Of that one, as {@link #answers} gave them. */
    public static Map<String, @Nullable Object> answer(
            Map<Which, SequencedMap<String, @Nullable Object>> answers, Done done) {
        var found = answers.get(new Which(done.caseId(), done.step()));
        return found == null ? new LinkedHashMap<>() : found;
    }

    /** What the entry says was answered in the step; empty where it is about something else. */
    public static SequencedMap<String, @Nullable Object> answer(Entry entry, int step) {
        boolean completed = false;
        for (var event : entry.events()) {
            if (event instanceof Event.DecisionMade made && made.step() == step) {
                return made.variables();
            }
            if (event instanceof Event.TaskCompleted over && over.step() == step) {
                completed = true;
            } else if (event instanceof Event.VariablesSet set && completed) {
                return set.variables();
            }
        }
        return new LinkedHashMap<>();
    }
}
