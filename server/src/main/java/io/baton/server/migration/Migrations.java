package io.baton.server.migration;

import io.baton.engine.Actor;
import io.baton.engine.Case;
import io.baton.engine.Command;
import io.baton.engine.Migration;
import io.baton.engine.Migration.Hindrance;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Moves the open cases of one version to another, a portion at a time. Nothing is kept between portions: a case that was
 * moved is no longer one of the version, so whoever begins again after a crash goes on where it stopped.
 */
public final class Migrations {

    public static final int PORTION_MAX = 200;

    private static final String PORTION =
            "select id from cases where process_id = ? and ended_at is null and id > ? order by id limit ?";

    private static final String LEFT =
            "select count(*) from cases where process_id = ? and ended_at is null and id > ?";

    public enum Outcome {
        /** A dry run finds nothing in the way. */
        POSSIBLE,
        MIGRATED,
        HINDERED,
        /** It ended, or went to another version, meanwhile. */
        GONE
    }

    public record Result(long caseId, Outcome outcome, List<Hindrance> hindrances) {
        public Result {
            hindrances = List.copyOf(hindrances);
        }
    }

    /** {@code left} cases of the version come after this portion; {@code next} is where it goes on, or null. */
    public record Portion(
            List<Result> results, long left, @Nullable Long next) {
        public Portion {
            results = List.copyOf(results);
        }
    }

    /** From which version of a process to which, and the ids of the elements that are called otherwise there. */
    public record Plan(int from, int to, SequencedMap<String, String> moves) {}

    private final JdbcClient database;
    private final Cases cases;
    private final Committer committer;

    public Migrations(JdbcClient database, Cases cases, Committer committer) {
        this.database = database;
        this.cases = cases;
        this.committer = committer;
    }

    /** What would happen to the cases after this one. */
    public Portion tried(Plan plan, long after, int limit, Instant now) {
        var ids = ids(plan, after, limit);
        return portion(
                plan,
                ids,
                after,
                limit,
                ids.stream().map(id -> tried(plan, id, now)).toList());
    }

    /** Moves the cases after this one that can be moved. */
    public Portion moved(Plan plan, long after, int limit, Instant now, Actor actor) {
        var ids = ids(plan, after, limit);
        return portion(plan, ids, after, limit, moved(plan, ids, now, actor));
    }

    /** Moves these cases, where they can be moved and are cases of that version. */
    public List<Result> moved(Plan plan, List<Long> ids, Instant now, Actor actor) {
        var command = new Command.MigrateCase(plan.to(), plan.moves());
        var answers = new LinkedHashMap<Long, CompletableFuture<Answer>>();
        var results = new ArrayList<Result>();
        for (var id : ids) {
            var tried = tried(plan, id, now);
            results.add(tried);
            if (tried.outcome() == Outcome.POSSIBLE) {
                answers.put(id, committer.submit(Request.of(id, command, actor)));
            }
        }
        results.replaceAll(each -> {
            var answer = answers.get(each.caseId());
            return answer == null ? each : result(each.caseId(), answer.join());
        });
        return results;
    }

    /** What would happen to one case. */
    public Result tried(Plan plan, long id, Instant now) {
        var row = cases.find(id).orElse(null);
        if (row == null || row.status() != Case.Status.OPEN || row.process() != plan.from()) {
            return new Result(id, Outcome.GONE, List.of());
        }
        var hindrances = hindrances(plan, row, now);
        return new Result(id, hindrances.isEmpty() ? Outcome.POSSIBLE : Outcome.HINDERED, hindrances);
    }

    private List<Hindrance> hindrances(Plan plan, CaseRow row, Instant now) {
        var state = cases.state(row);
        return state.status() == Case.Status.OPEN
                ? Migration.hindrances(state, plan.to(), plan.moves(), now)
                : List.of();
    }

    private static Result result(long id, Answer answer) {
        return switch (answer) {
            case Answer.Done _ -> new Result(id, Outcome.MIGRATED, List.of());
            case Answer.Refused(var reason, var message) ->
                switch (reason) {
                    case NOT_MIGRATABLE ->
                        new Result(id, Outcome.HINDERED, List.of(new Hindrance("", message, "try it again")));
                    default -> new Result(id, Outcome.GONE, List.of());
                };
            case Answer.KeyReused _ -> throw new IllegalStateException("a migration has no idempotency key");
        };
    }

    private List<Long> ids(Plan plan, long after, int limit) {
        return database.sql(PORTION)
                .param(plan.from())
                .param(after)
                .param(limit)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private Portion portion(Plan plan, List<Long> ids, long after, int limit, List<Result> results) {
        var last = ids.isEmpty() ? after : ids.getLast();
        var left = ids.size() < limit
                ? 0
                : database.sql(LEFT)
                        .param(plan.from())
                        .param(last)
                        .query(Long.class)
                        .single();
        return new Portion(results, left, left == 0 ? null : last);
    }
}
