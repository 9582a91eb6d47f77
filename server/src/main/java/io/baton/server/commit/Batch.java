package io.baton.server.commit;

import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.Outcome;
import io.baton.engine.Refusal;
import io.baton.engine.Roster;
import io.baton.engine.expression.Budget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Some commands in one transaction: load their cases, decide each in memory, write all rows, commit. Nothing is answered
 * before the commit.
 */
final class Batch {

    /** Once it holds more than this, states and entries together, the commands that are left go into the next batch. */
    static final long BYTES_MAX = 16_000_000;

    /** A larger state is not read with the others, but when a command needs it. */
    static final int STATE_BYTES_MAX = 32_768;

    static final String READ = """
            select id, process_id, status, entries,
                (extract(epoch from changed_at) * 1000000)::bigint as changed, head,
                case when octet_length(state) <= %1$d then state end, octet_length(state) > %1$d
            from cases where id = any(?)""".formatted(STATE_BYTES_MAX);

    static final String LOCK = READ + " order by id for update";

    static final String READ_STATE = "select state from cases where id = ? and entries = ?";

    static final String KNOWN_KEYS = """
            select key, fingerprint, case_id, seq, (extract(epoch from at) * 1000000)::bigint
            from idempotency where key = any(?::text[]::uuid[])""";

    private final Deciding deciding;
    private final Roster roster;
    private final Statements statements = new Statements();
    private List<Pending> commands;

    /** By number: so their rows are locked in the same order by everyone, and nobody waits in a circle. */
    private final SortedMap<Long, WorkingCase> cases = new TreeMap<>();

    /** Read but for their states. */
    private final Map<Long, WorkingCase.Stored> large = new HashMap<>();

    private final List<WorkingCase> remembered = new ArrayList<>();
    private final Seats seats = new Seats();
    private int statementsSent;
    private long bytes;

    Batch(Deciding deciding, List<Pending> commands) {
        this.deciding = deciding;
        this.roster = deciding.roster().get();
        this.commands = commands;
    }

    /**
     * On what the node remembers of the cases, and what the database says of the others. False where that does not do: a
     * case that is not written may be another than the one remembered, and nobody would notice.
     */
    boolean decide(Connection connection, RecentCases recent) throws SQLException {
        var unknown = caseIds();
        unknown.removeIf(id -> recall(recent.take(id), id));
        load(connection, READ, unknown);
        // A key that was used before would fail the whole batch; a lone command finds it by writing it again.
        if (commands.size() > 1 || !unknown.isEmpty()) {
            answerKnownKeys(connection);
        }
        decideAll(connection);
        return remembered.stream().noneMatch(working -> working.entries().isEmpty());
    }

    /** On what the database says: {@code READ}, which holds if it is still so when it is written, or {@code LOCK}. */
    void decide(Connection connection, String read) throws SQLException {
        load(connection, read, caseIds());
        // After the cases: if another node has used a key a moment ago, it is seen now.
        answerKnownKeys(connection);
        decideAll(connection);
    }

    private void decideAll(Connection connection) throws SQLException {
        for (int i = 0; i < commands.size(); i++) {
            if (i > 0 && bytes > BYTES_MAX) {
                commands = commands.subList(0, i);
                return;
            }
            var pending = commands.get(i);
            if (pending.answer == null) {
                loadLarge(connection, pending.request.caseId());
                decide(connection, pending);
            }
        }
    }

    /** From here on a lost connection leaves open whether it has happened. */
    void commit(Connection connection) throws SQLException {
        cases.values().forEach(working -> working.write(statements));
        statementsSent += statements.commit(connection, commands.size() == 1);
    }

    /** After the commit. */
    void remember(RecentCases recent) {
        cases.forEach((id, working) -> {
            if (!working.entries().isEmpty()) {
                recent.bring(id, working.afterCommit());
            }
        });
    }

    int statementsSent() {
        return statementsSent;
    }

    /** Those that the batch has room for, in their order; the others wait for the next. */
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

    private Collection<Long> caseIds() {
        var ids = new LinkedHashSet<Long>();
        for (var pending : commands) {
            if (!(pending.request.command() instanceof Command.StartCase)) {
                ids.add(pending.request.caseId());
            }
        }
        return ids;
    }

    private boolean recall(WorkingCase.@Nullable Stored stored, long id) {
        if (stored != null) {
            remembered.add(add(id, stored));
        }
        return stored != null;
    }

    private WorkingCase add(long id, WorkingCase.Stored stored) {
        var working = new WorkingCase(id, deciding.processes(), stored);
        cases.put(id, working);
        var state = stored.state();
        bytes += state == null ? 0 : state.length;
        return working;
    }

    private void load(Connection connection, String read, Collection<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        statementsSent++;
        try (var select = connection.prepareStatement(read)) {
            var numbers = ids.stream().mapToLong(Long::longValue).toArray();
            select.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int8", numbers));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getLong(1);
                    var stored = new WorkingCase.Stored(
                            rows.getInt(2),
                            CaseStatus.of(rows.getInt(3)),
                            rows.getInt(4),
                            instant(rows.getLong(5)),
                            rows.getBytes(6),
                            rows.getBytes(7));
                    if (rows.getBoolean(8)) {
                        large.put(id, stored);
                    } else {
                        add(id, stored);
                    }
                }
            }
        }
    }

    private void loadLarge(Connection connection, long id) throws SQLException {
        var stored = large.remove(id);
        if (stored == null) {
            return;
        }
        statementsSent++;
        try (var select = connection.prepareStatement(READ_STATE)) {
            select.setLong(1, id);
            select.setInt(2, stored.entries());
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("case " + id + " has just changed", Statements.UNEXPECTED_ROWS);
                }
                add(id, stored.with(rows.getBytes(1)));
            }
        }
    }

    private void decide(Connection connection, Pending pending) throws SQLException {
        var request = pending.request;
        var earlier = sameKeyInThisBatch(pending);
        if (earlier != null) {
            pending.answer = earlier;
            return;
        }
        try {
            pending.answer = Budget.share(() -> decide(connection, request)); // with what its workers lead to
        } catch (Seats.NotKnownException e) {
            throw e.reason();
        } catch (RuntimeException | StackOverflowError e) {
            pending.failure = e;
            var working = cases.get(request.caseId());
            if (working != null) {
                working.restore();
            }
        }
    }

    private Answer decide(Connection connection, Request request) {
        var working = cases.computeIfAbsent(request.caseId(), id -> new WorkingCase(id, deciding.processes()));
        var at = working.notBefore(
                (request.at() == null ? deciding.clock().instant() : request.at()).truncatedTo(ChronoUnit.MICROS));
        return switch (working.decide(request.command(), request.actor(), at, roster)) {
            case Outcome.Refused(var reason, var message) -> new Answer.Refused(reason, message);
            case Outcome.Accepted(var events) -> {
                if (seats.areTaken(connection, working.id, events)) {
                    working.restore();
                    yield new Answer.Refused(Refusal.SLOT_TAKEN, Seats.TAKEN_BY_ANOTHER);
                }
                yield accept(request, working, at, events);
            }
        };
    }

    private Answer accept(Request request, WorkingCase working, Instant at, List<Event> events) {
        if (events.isEmpty()) {
            return new Answer.Done(working.id, working.seq(), at, events);
        }
        var workers = deciding.workers();
        var all = workers.isEmpty() ? events : workers.runFollowing(working, at, events, roster);
        bytes += working.append(request, at, all);
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
