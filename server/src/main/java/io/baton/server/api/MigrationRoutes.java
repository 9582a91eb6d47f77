package io.baton.server.api;

import io.baton.engine.Actor;
import io.baton.engine.model.ProcessModel;
import io.baton.server.Node;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.migration.AnotherMigration;
import io.baton.server.migration.Migrations;
import io.baton.server.migration.Migrations.Outcome;
import io.baton.server.migration.Migrations.Plan;
import io.baton.server.migration.Migrations.Portion;
import io.baton.server.migration.Migrations.Result;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Deployments.Version;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Running cases to another version of their process, over HTTP: tried first, then done, a portion at a time. */
@RestController
final class MigrationRoutes {

    private static final int MOVES_MAX = 1_000;
    private static final int ID_LENGTH_MAX = 255;

    private final Deployments deployments;
    private final Cases cases;
    private final Directory directory;
    private final Migrations migrations;
    private final Clock clock;

    MigrationRoutes(Node node, Directory directory) {
        this.directory = directory;
        this.deployments = node.deployments();
        this.cases = node.cases();
        this.migrations = new Migrations(node.jdbc(), node.deployments(), node.committer());
        this.clock = node.clock();
    }

    /** {@code moves}: the old and the new id of elements that are called otherwise; {@code cases}: these alone, by key. */
    record MigrationBody(
            @Nullable Integer to,
            @Nullable Map<String, @Nullable String> moves,
            @Nullable List<@Nullable String> cases) {}

    record HindranceView(String element, String name, String reason, String suggestion) {}

    record ResultView(String caseKey, Outcome outcome, List<HindranceView> hindrances) {}

    /** {@code counts} by outcome, of this portion; {@code left} come after it, {@code next} goes on there. */
    record MigrationView(
            List<ResultView> items,
            Map<Outcome, Long> counts,
            long left,
            @Nullable String next) {}

    /** With {@code dryRun} it only says what would happen; else it moves what can be moved. */
    @PostMapping("/api/processes/{key}/versions/{version}/migrations")
    MigrationView migrate(
            @PathVariable String key,
            @PathVariable int version,
            @RequestParam(defaultValue = "true") boolean dryRun,
            @RequestParam(defaultValue = "0") long cursor,
            @RequestParam(defaultValue = "50") int limit,
            @RequestBody MigrationBody body,
            Caller caller) {
        var from = version(key, version);
        var input = new Input();
        if (limit < 1 || limit > Migrations.PORTION_MAX) {
            input.wrong("limit", "must be from 1 to " + Migrations.PORTION_MAX);
        }
        var moves = moves(input, body.moves());
        var chosen = body.cases() == null ? null : numbers(input, body.cases());
        if (body.to() == null) {
            input.wrong("to", "is required");
        }
        input.done();
        var to = version(key, body.to() == null ? 0 : body.to());
        if (to.id() == from.id()) {
            throw ProblemException.invalid("to", "must be another version");
        }
        var plan = new Plan(from.id(), to.id(), moves);
        var now = clock.instant();
        var actor = Actor.person(caller.person());
        try {
            if (chosen != null) {
                var results = dryRun ? migrations.tried(plan, chosen, now) : migrations.moved(plan, chosen, now, actor);
                return view(new Portion(results, 0, null), from, to);
            }
            return view(
                    dryRun
                            ? migrations.tried(plan, cursor, limit, now)
                            : migrations.moved(plan, cursor, limit, now, actor),
                    from,
                    to);
        } catch (AnotherMigration other) {
            throw underWay(from, other);
        }
    }

    private ProblemException underWay(Version from, AnotherMigration other) {
        return ProblemException.of(
                HttpStatus.CONFLICT,
                "MigrationUnderWay",
                "%s has been moving the cases of version %d to version %d since %s. Begin when that is over; %d minutes in which nothing moves count as giving up."
                        .formatted(
                                Names.of(directory, List.of(other.person()), List.of())
                                        .personName(other.person()),
                                from.version(),
                                deployments.require(other.to()).version(),
                                other.beganAt().truncatedTo(ChronoUnit.SECONDS),
                                AnotherMigration.SILENCE_MAX.toMinutes()));
    }

    private static SequencedMap<String, String> moves(Input input, @Nullable Map<String, @Nullable String> given) {
        var moves = new LinkedHashMap<String, String>();
        if (given == null) {
            return moves;
        }
        if (given.size() > MOVES_MAX) {
            input.wrong("moves", "must have at most " + MOVES_MAX + " elements");
            return moves;
        }
        given.forEach((old, now) ->
                moves.put(input.exact("moves", old, ID_LENGTH_MAX), input.exact("moves", now, ID_LENGTH_MAX)));
        return moves;
    }

    private static List<Long> numbers(Input input, List<@Nullable String> keys) {
        var numbers = new ArrayList<Long>();
        if (keys.size() > Migrations.PORTION_MAX) {
            input.wrong("cases", "must be at most " + Migrations.PORTION_MAX);
            return numbers;
        }
        for (var key : keys) {
            Cases.number(key == null ? "" : key)
                    .ifPresentOrElse(numbers::add, () -> input.wrong("cases", "must be keys of cases"));
        }
        return numbers.stream().distinct().toList();
    }

    private Version version(String key, int version) {
        return deployments
                .find(key, version)
                .orElseThrow(() -> ProblemException.notFound(
                        "NoSuchProcess", "There is no version " + version + " of a process '" + key + "'."));
    }

    private MigrationView view(Portion portion, Version from, Version to) {
        var own = deployments.requireModel(from.id());
        var other = deployments.requireModel(to.id());
        var counts = new LinkedHashMap<Outcome, Long>();
        portion.results().forEach(each -> counts.merge(each.outcome(), 1L, Long::sum));
        return new MigrationView(
                portion.results().stream()
                        .map(each -> view(each, from, own, other))
                        .toList(),
                counts,
                portion.left(),
                portion.next() == null ? null : Long.toString(portion.next()));
    }

    private ResultView view(Result result, Version from, ProcessModel own, ProcessModel other) {
        return new ResultView(
                cases.key(result.caseId(), from.id()),
                result.outcome(),
                result.hindrances().stream()
                        .map(each -> new HindranceView(
                                each.element(), label(each.element(), own, other), each.reason(), each.suggestion()))
                        .toList());
    }

    private static String label(String element, ProcessModel own, ProcessModel other) {
        return own.has(element)
                ? own.node(element).element().label()
                : other.has(element) ? other.node(element).element().label() : element;
    }
}
