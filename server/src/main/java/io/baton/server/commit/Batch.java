package io.baton.server.commit;

import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Outcome;
import io.baton.engine.Roster;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some commands in one transaction: load and lock their cases, decide each in memory, write all rows, commit. Nothing is
 * answered before the commit.
 */
final class Batch {

    static final String LOAD = """
            select id, process_id, status, entries,
                (extract(epoch from changed_at) * 1000000)::bigint as changed, head, state
            from cases where id = any(?) order by id for update""";

    static final String KNOWN_KEYS = """
            select key, fingerprint, case_id, seq, (extract(epoch from at) * 1000000)::bigint
            from idempotency where key = any(?::text[]::uuid[])""";

    private final Deciding deciding;
    private final Roster roster;
    private final List<Pending> commands;
    private final SequencedMap<Long, WorkingCase> cases = new LinkedHashMap<>();
    private final Statements statements = new Statements();
    private int statementsSent;

    Batch(Deciding deciding, List<Pending> commands) {
        this.deciding = deciding;
        this.roster = deciding.roster().get();
        this.commands = commands;
    }

    /** Everything before the writes. */
    void decide(Connection connection) throws SQLException {
        load(connection);
        // Under the cases' locks: a key that another node used a moment ago is seen now.
        answerKnownKeys(connection);
        for (var pending : commands) {
            if (pending.answer == null) {
                decide(pending);
            }
        }
    }

    /**
     * The same for a single command without asking the database; false where that does not do. A key used before is
     * found by writing it again.
     */
    boolean decide(RecentCases recent) {
        var pending = commands.getFirst();
        if (!(pending.request.command() instanceof Command.StartCase)) {
            var stored = recent.get(pending.request.caseId());
            if (stored == null) {
                return false;
            }
            cases.put(
                    pending.request.caseId(), new WorkingCase(pending.request.caseId(), deciding.processes(), stored));
        }
        decide(pending);
        return writes();
    }

    /** From here on a lost connection leaves open whether it has happened. */
    void commit(Connection connection) throws SQLException {
        cases.values().forEach(working -> working.write(statements));
        statementsSent += statements.commit(connection);
    }

    /** After the commit. */
    void remember(RecentCases recent) {
        cases.forEach((id, working) -> {
            if (!working.entries().isEmpty()) {
                recent.put(id, working.afterCommit());
            }
        });
    }

    void forget(RecentCases recent) {
        cases.keySet().forEach(recent::forget);
    }

    int statementsSent() {
        return statementsSent;
    }

    boolean writes() {
        return cases.values().stream().anyMatch(working -> !working.entries().isEmpty());
    }

    List<Pending> commands() {
        return commands;
    }

    /** The last entry that the batch adds, to find out whether a commit with a lost answer has happened. */
    WorkingCase.@Nullable NewEntry lastEntry() {
        return cases.values().stream()
                .filter(working -> !working.entries().isEmpty())
                .findFirst()
                .map(working -> working.entries().getLast())
                .orElse(null);
    }

    long lastEntryCase() {
        return cases.values().stream()
                .filter(working -> !working.entries().isEmpty())
                .findFirst()
                .map(working -> working.id)
                .orElse(-1L);
    }

    private void answerKnownKeys(Connection connection) throws SQLException {
        var keyed = new LinkedHashMap<UUID, List<Pending>>();
        for (var pending : commands) {
            var key = pending.request.key();
            if (key != null) {
                keyed.computeIfAbsent(key.key(), _ -> new ArrayList<>()).add(pending);
            }
        }
        if (keyed.isEmpty()) {
            return;
        }
        statementsSent++;
        try (var select = connection.prepareStatement(KNOWN_KEYS)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", keyed.keySet().stream().map(UUID::toString).toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var fingerprint = rows.getObject(2, UUID.class);
                    var done = new Answer.Done(rows.getLong(3), rows.getInt(4), instant(rows.getLong(5)), List.of());
                    for (var pending : keyed.getOrDefault(rows.getObject(1, UUID.class), List.of())) {
                        var key = pending.request.key();
                        pending.answer =
                                key != null && key.fingerprint().equals(fingerprint) ? done : new Answer.KeyReused();
                    }
                }
            }
        }
    }

    private static Instant instant(long micros) {
        return io.baton.engine.codec.Decoder.instant(micros);
    }

    private void load(Connection connection) throws SQLException {
        var ids = commands.stream()
                .filter(pending -> !(pending.request.command() instanceof Command.StartCase))
                .mapToLong(pending -> pending.request.caseId())
                .distinct()
                .toArray();
        if (ids.length == 0) {
            return;
        }
        statementsSent++;
        try (var select = connection.prepareStatement(LOAD)) {
            select.setArray(
                    1, connection.unwrap(org.postgresql.PGConnection.class).createArrayOf("int8", ids));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var stored = new WorkingCase.Stored(
                            rows.getInt(2),
                            CaseStatus.of(rows.getInt(3)),
                            rows.getInt(4),
                            instant(rows.getLong(5)),
                            rows.getBytes(6),
                            rows.getBytes(7));
                    var id = rows.getLong(1);
                    cases.put(id, new WorkingCase(id, deciding.processes(), stored));
                }
            }
        }
    }

    private void decide(Pending pending) {
        var request = pending.request;
        var earlier = sameKeyInThisBatch(pending);
        if (earlier != null) {
            pending.answer = earlier;
            return;
        }
        try {
            pending.answer = decide(request);
        } catch (RuntimeException | StackOverflowError e) {
            pending.failure = e;
            var working = cases.get(request.caseId());
            if (working != null) {
                working.restore();
            }
        }
    }

    private Answer decide(Request request) {
        var working = cases.computeIfAbsent(request.caseId(), id -> new WorkingCase(id, deciding.processes()));
        var at = working.notBefore(
                (request.at() == null ? deciding.clock().instant() : request.at()).truncatedTo(ChronoUnit.MICROS));
        return switch (working.decide(request.command(), request.actor(), at, roster)) {
            case Outcome.Refused(var reason, var message) -> new Answer.Refused(reason, message);
            case Outcome.Accepted(var events) -> accept(request, working, at, events);
        };
    }

    private Answer accept(Request request, WorkingCase working, Instant at, List<Event> events) {
        if (events.isEmpty()) {
            return new Answer.Done(working.id, working.seq(), at, events);
        }
        var workers = deciding.workers();
        var all = workers.isEmpty() ? events : workers.runFollowing(working, at, events, roster);
        working.append(at, request.actor(), request.command().getClass().getSimpleName(), all);
        if (request.key() != null) {
            statements.idempotency.add(
                    request.key().key().toString(),
                    request.key().fingerprint().toString(),
                    working.id,
                    working.seq(),
                    at);
        }
        if (request.bufferedMessage() && request.command() instanceof Command.ReceiveMessage received) {
            statements.messagesGone.add(received.message());
        }
        return new Answer.Done(working.id, working.seq(), at, all);
    }

    private @Nullable Answer sameKeyInThisBatch(Pending pending) {
        var key = pending.request.key();
        if (key == null) {
            return null;
        }
        for (var other : commands) {
            if (other == pending) {
                return null;
            }
            var otherKey = other.request.key();
            if (otherKey != null && otherKey.key().equals(key.key()) && other.answer instanceof Answer.Done) {
                return otherKey.fingerprint().equals(key.fingerprint()) ? other.answer : new Answer.KeyReused();
            }
        }
        return null;
    }
}
