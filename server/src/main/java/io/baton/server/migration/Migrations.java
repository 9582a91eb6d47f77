package io.baton.server.migration;

import io.baton.engine.Actor;
import io.baton.engine.CaseCodec;
import io.baton.engine.Command;
import io.baton.engine.Migration;
import io.baton.engine.Migration.Hindrance;
import io.baton.engine.Processes;
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
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Moves the open cases of one version to another, a portion at a time. Nothing is kept between portions but who is at it: a
 * case that was moved is no longer one of the version, so whoever begins again after a crash goes on where it stopped.
 */
public final class Migrations {

    public static final int PORTION_MAX = 200;

    private static final String PORTION =
            "select id, state from cases where process_id = ? and ended_at is null and id > ? order by id limit ?";

    private static final String CHOSEN =
            "select id, state from cases where process_id = ? and ended_at is null and id = any(?)";

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
    private final Processes processes;
    private final Committer committer;
    private final UnderWay underWay;

    public Migrations(JdbcClient database, Processes processes, Committer committer) {
        this.database = database;
        this.processes = processes;
        this.committer = committer;
        this.underWay = new UnderWay(database);
    }

    /** What would happen to the cases after this one. */
    public Portion tried(Plan plan, long after, int limit, Instant now) {
        return portion(plan, after, limit, tried(plan, next(plan, after, limit), now));
    }

    /**
     * Moves the cases after this one that can be moved.
     *
     * @throws AnotherMigration while somebody else moves the cases of this version, or the same person to another one
     */
    public Portion moved(Plan plan, long after, int limit, Instant now, Actor actor) {
        underWay.begin(plan, actor, now);
        var portion = portion(plan, after, limit, moved(plan, tried(plan, next(plan, after, limit), now), actor));
        if (portion.next() == null) {
            underWay.end(plan, actor);
        }
        return portion;
    }

    /** What would happen to these cases. */
    public List<Result> tried(Plan plan, List<Long> ids, Instant now) {
        var found = new LinkedHashMap<Long, Result>();
        ids.forEach(id -> found.put(id, new Result(id, Outcome.GONE, List.of())));
        tried(plan, database.sql(CHOSEN).param(plan.from()).param(ids.toArray(Long[]::new)), now)
                .forEach(each -> found.put(each.caseId(), each));
        return List.copyOf(found.values());
    }

    /**
     * Moves these cases, where they can be moved and are cases of that version.
     *
     * @throws AnotherMigration as for a portion of all
     */
    public List<Result> moved(Plan plan, List<Long> ids, Instant now, Actor actor) {
        underWay.begin(plan, actor, now);
        var results = moved(plan, tried(plan, ids, now), actor);
        underWay.end(plan, actor);
        return results;
    }

    private StatementSpec next(Plan plan, long after, int limit) {
        return database.sql(PORTION).param(plan.from()).param(after).param(limit);
    }

    private List<Result> tried(Plan plan, StatementSpec cases, Instant now) {
        return cases.query((row, _) -> {
                    var state = CaseCodec.read(processes, plan.from(), row.getBytes("state"));
                    var hindrances = Migration.hindrances(state, plan.to(), plan.moves(), now);
                    return new Result(
                            row.getLong("id"), hindrances.isEmpty() ? Outcome.POSSIBLE : Outcome.HINDERED, hindrances);
                })
                .list();
    }

    private List<Result> moved(Plan plan, List<Result> tried, Actor actor) {
        var command = new Command.MigrateCase(plan.from(), plan.to(), plan.moves());
        var answers = new LinkedHashMap<Long, CompletableFuture<Answer>>();
        for (var each : tried) {
            if (each.outcome() == Outcome.POSSIBLE) {
                answers.put(each.caseId(), committer.submit(Request.of(each.caseId(), command, actor)));
            }
        }
        var results = new ArrayList<>(tried);
        results.replaceAll(each -> {
            var answer = answers.get(each.caseId());
            return answer == null ? each : result(each.caseId(), answer.join());
        });
        return results;
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

    private Portion portion(Plan plan, long after, int limit, List<Result> results) {
        var last = results.isEmpty() ? after : results.getLast().caseId();
        var left = results.size() < limit
                ? 0
                : database.sql(LEFT)
                        .param(plan.from())
                        .param(last)
                        .query(Long.class)
                        .single();
        return new Portion(results, left, left == 0 ? null : last);
    }
}
