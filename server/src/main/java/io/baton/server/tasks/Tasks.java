package io.baton.server.tasks;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.codec.Decoder;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Open tasks. A task lies in one inbox: that of whom it is offered to, else its holder's, else the queue of its team.
 */
public final class Tasks {

    private static final String TEAM_QUEUE = "@";

    private static final String COLUMNS = """
            t.case_id, t.step, t.process_id, t.node, (extract(epoch from t.opened_at) * 1000000)::bigint as opened,
            (extract(epoch from t.due_at) * 1000000)::bigint as due, t.holder, t.team, t.offered,
            (extract(epoch from t.accept_by) * 1000000)::bigint as accept_by,
            (extract(epoch from t.promised_at) * 1000000)::bigint as promised, t.blocker, t.decided_by,
            (extract(epoch from t.decided_at) * 1000000)::bigint as decided,
            (extract(epoch from t.effective_at) * 1000000)::bigint as effective,
            c.process_id as case_process, c.owner, c.title""";

    /** Stands for no date at all in the order of an inbox. */
    public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private static final String DUE = "coalesce(t.due_at, timestamptz '9999-12-31 00:00:00+00')";

    /** Each inbox in its own index range, what is due first before the rest, then the first of all of them. */
    private static final String INBOXES = """
            select %1$s from (
                select t.* from unnest(?::text[]) as i (inbox) cross join lateral (
                    select * from task t
                    where coalesce(t.offered, t.holder, '@' || t.team, '@') = i.inbox
                        and (%2$s, t.case_id, t.step) > (?::timestamptz, ?, ?)
                        and (?::text is null or exists (
                            select from cases c
                            where c.id = t.case_id and (c.id::text = substring(? from '[0-9]+$') or c.title ilike ? escape '\\')))
                    order by %2$s, t.case_id, t.step limit ?) t
                order by %2$s, t.case_id, t.step limit ?) t
            join cases c on c.id = t.case_id
            order by %2$s, t.case_id, t.step""".formatted(COLUMNS, DUE);

    private static final String COUNT =
            "select count(*) from task t where coalesce(t.offered, t.holder, '@' || t.team, '@') = any(?::text[])";

    private final JdbcClient database;
    private final Committer committer;

    public Tasks(JdbcClient database, Committer committer) {
        this.database = database;
        this.committer = committer;
    }

    /**
     * {@code process} is the version whose node the task is; {@code caseProcess} that of the case. {@code offered} is the
     * inbox of an offer: a person's id, or {@code @} and the key of a team.
     */
    public record Task(
            long caseId,
            int step,
            int process,
            int node,
            Instant openedAt,
            @Nullable Instant dueAt,
            @Nullable String holder,
            @Nullable String team,
            @Nullable String offered,
            @Nullable Instant acceptBy,
            @Nullable Instant promisedAt,
            @Nullable String blocker,
            @Nullable Decided decided,
            int caseProcess,
            String owner,
            @Nullable String title) {

        /** The person who is asked to take it. */
        public @Nullable String offeredPerson() {
            return offered == null || offered.startsWith(TEAM_QUEUE) ? null : offered;
        }

        /** The team of which somebody is asked to take it from who has it. */
        public @Nullable String offeredTeam() {
            return offered != null && offered.startsWith(TEAM_QUEUE) ? offered.substring(1) : null;
        }

        /** Who has the step now, as {@code Case.holder} says for an open task that its giver's offer does not change. */
        public String custodian() {
            return blocker != null ? blocker : holder != null ? holder : owner;
        }
    }

    /** Completed, but not in effect: until {@code effectiveAt} it can be taken back. */
    public record Decided(String by, Instant at, Instant effectiveAt) {}

    /** Where a page goes on: after the task that is due then. */
    public record After(Instant due, long caseId, int step) {
        public static final After START = new After(Instant.EPOCH, 0, 0);

        public static After of(Task task) {
            return new After(task.dueAt() == null ? NEVER : task.dueAt(), task.caseId(), task.step());
        }
    }

    /** {@code text}: only tasks of cases with that key or number, or with the text in their title; null for all. */
    public List<Task> heldBy(String person, @Nullable String text, After after, int limit) {
        return inboxes(List.of(person), text, after, limit);
    }

    /** What waits in the queues of these teams, not yet claimed. */
    public List<Task> queuedFor(List<String> teams, @Nullable String text, After after, int limit) {
        return inboxes(queues(teams), text, after, limit);
    }

    public long countHeldBy(String person) {
        return count(List.of(person));
    }

    public long countQueuedFor(List<String> teams) {
        return count(queues(teams));
    }

    private static List<String> queues(List<String> teams) {
        return teams.stream().map(team -> TEAM_QUEUE + team).toList();
    }

    private long count(List<String> inboxes) {
        return database.sql(COUNT)
                .param(inboxes.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    private List<Task> inboxes(List<String> inboxes, @Nullable String text, After after, int limit) {
        var pattern = text == null
                ? null
                : "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        return database.sql(INBOXES)
                .param(1, inboxes.toArray(String[]::new))
                .param(2, after.due().atOffset(ZoneOffset.UTC))
                .param(3, after.caseId())
                .param(4, after.step())
                .param(5, pattern)
                .param(6, text)
                .param(7, pattern)
                .param(8, limit)
                .param(9, limit)
                .query((row, _) -> task(row))
                .list();
    }

    public List<Task> ofCase(long caseId) {
        return database.sql("select " + COLUMNS
                        + " from task t join cases c on c.id = t.case_id where t.case_id = ? order by t.step")
                .param(caseId)
                .query((row, _) -> task(row))
                .list();
    }

    /** These tasks, by the numbers of their cases and their own; what is due first comes first. */
    public List<Task> these(List<Long> cases, List<Integer> steps) {
        return database.sql("select " + COLUMNS + """
                         from unnest(?::bigint[], ?::int[]) as a (case_id, step)
                        join task t on t.case_id = a.case_id and t.step = a.step
                        join cases c on c.id = t.case_id
                        order by\s""" + DUE + ", t.case_id, t.step")
                .param(cases.toArray(Long[]::new))
                .param(steps.toArray(Integer[]::new))
                .query((row, _) -> task(row))
                .list();
    }

    public Optional<Task> find(long caseId, int step) {
        return database.sql("select " + COLUMNS
                        + " from task t join cases c on c.id = t.case_id where t.case_id = ? and t.step = ?")
                .param(caseId)
                .param(step)
                .query((row, _) -> task(row))
                .optional();
    }

    public Answer claim(long caseId, int step, Actor actor, Request.@Nullable Idempotency key) {
        return committer.perform(new Request(caseId, new Command.ClaimTask(step), actor, null, key, false));
    }

    public Answer release(long caseId, int step, Actor actor, Request.@Nullable Idempotency key) {
        return committer.perform(new Request(caseId, new Command.ReleaseTask(step), actor, null, key, false));
    }

    /** Any other command on a task; it names the step itself. */
    public Answer perform(long caseId, Command command, Actor actor, Request.@Nullable Idempotency key) {
        return committer.perform(new Request(caseId, command, actor, null, key, false));
    }

    public Answer complete(
            long caseId,
            int step,
            SequencedMap<String, @Nullable Object> variables,
            Actor actor,
            Request.@Nullable Idempotency key) {
        return committer.perform(
                new Request(caseId, new Command.CompleteTask(step, variables), actor, null, key, false));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var micros = row.getLong(column);
        return row.wasNull() ? null : Decoder.instant(micros);
    }

    private static @Nullable Decided decided(ResultSet row) throws SQLException {
        var by = row.getString("decided_by");
        return by == null
                ? null
                : new Decided(by, Decoder.instant(row.getLong("decided")), Decoder.instant(row.getLong("effective")));
    }

    private static Task task(ResultSet row) throws SQLException {
        return new Task(
                row.getLong("case_id"),
                row.getInt("step"),
                row.getInt("process_id"),
                row.getInt("node"),
                Decoder.instant(row.getLong("opened")),
                time(row, "due"),
                row.getString("holder"),
                row.getString("team"),
                row.getString("offered"),
                time(row, "accept_by"),
                time(row, "promised"),
                row.getString("blocker"),
                decided(row),
                row.getInt("case_process"),
                row.getString("owner"),
                row.getString("title"));
    }
}
