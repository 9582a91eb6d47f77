package io.baton.server.timers;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Event;
import io.baton.engine.codec.Decoder;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.commit.Wakeup;
import io.baton.server.pumps.Pump;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a command for every timer that is due. The timers lie in {@link #SLOTS} slots by their case; a node takes a slot
 * by an advisory lock, so that many nodes share the work without writing anything for it, and a node that dies leaves
 * nothing behind. The case decides: a timer that was seen twice is refused the second time.
 */
public final class FireDueTimers implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(FireDueTimers.class);

    /** As the index of the table has them. */
    private static final int SLOTS = 16;

    /** Commands given at once; people's commands wait behind no more than these. */
    private static final int TIMERS_MAX = 2_000;

    /** A timer set on another node is noticed after this at the latest. */
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    /** The first half of the locks' names. */
    private static final int LOCK = 0x7469_6d65;

    private static final String DUE_SLOTS = """
            select slot from generate_series(0, %d) as slot
            where exists (select from timer where (case_id & 15) = slot and due_at <= ?)""".formatted(SLOTS - 1);

    private static final String TAKE = "select pg_try_advisory_xact_lock(%d, ?)".formatted(LOCK);

    /** After the last one seen: one that cannot fire stays due, and must not keep the others from firing. */
    private static final String DUE = """
            select case_id, id, (extract(epoch from due_at) * 1000000)::bigint from timer
            where (case_id & 15) = ? and due_at <= ? and (due_at, case_id, id) > (?, ?, ?)
            order by due_at, case_id, id limit %d""".formatted(TIMERS_MAX);

    private static final String NEXT = """
            select (extract(epoch from min(next)) * 1000000)::bigint
            from generate_series(0, %d) as slot cross join lateral (
                select due_at as next from timer where (case_id & 15) = slot and due_at > ?
                order by due_at limit 1) as first""".formatted(SLOTS - 1);

    private record Due(long caseId, int id, Instant at) {
        static final Due FIRST = new Due(0, Integer.MIN_VALUE, Instant.EPOCH);
    }

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Committer committer;
    private final Clock clock;
    private final Wakeup wakeup = new Wakeup();

    public FireDueTimers(JdbcClient database, TransactionTemplate transaction, Committer committer, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.committer = committer;
        this.clock = clock;
        committer.onCommit(done -> {
            if (done.stream().flatMap(answer -> answer.events().stream()).anyMatch(this::isSoon)) {
                wakeup.signal();
            }
        });
    }

    public Wakeup wakeup() {
        return wakeup;
    }

    private boolean isSoon(Event event) {
        var due = switch (event) {
            case Event.TimerSet set -> set.due();
            case Event.ClockSet set -> set.at();
            default -> null;
        };
        return due != null && due.isBefore(clock.instant().plus(PAUSE_MAX));
    }

    @Override
    public Duration tick() {
        var now = clock.instant();
        var slots = new ArrayList<>(database.sql(DUE_SLOTS)
                .param(now.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .list());
        // Nodes that wake together begin at different ends of the list more often than not.
        Collections.rotate(slots, (int) ProcessHandle.current().pid() % SLOTS);
        int fired = 0;
        for (var slot : slots) {
            fired += inSlot(slot, now);
        }
        return fired > 0 ? Duration.ZERO : pause(now);
    }

    /** All that is due, if no other node is at it. The lock ends with the transaction, whatever happens. */
    private int inSlot(int slot, Instant now) {
        var fired = transaction.execute(_ -> {
            if (!database.sql(TAKE).param(slot).query(Boolean.class).single()) {
                return 0;
            }
            int count = 0;
            var due = due(slot, now, Due.FIRST);
            while (!due.isEmpty()) {
                count += fire(due);
                due = due.size() < TIMERS_MAX ? List.of() : due(slot, now, due.getLast());
            }
            return count;
        });
        return fired == null ? 0 : fired;
    }

    private List<Due> due(int slot, Instant now, Due after) {
        return database.sql(DUE)
                .param(slot)
                .param(now.atOffset(ZoneOffset.UTC))
                .param(after.at().atOffset(ZoneOffset.UTC))
                .param(after.caseId())
                .param(after.id())
                .query((row, _) -> new Due(row.getLong(1), row.getInt(2), Decoder.instant(row.getLong(3))))
                .list();
    }

    private int fire(List<Due> due) {
        var answers = due.stream()
                .map(timer ->
                        committer.submit(Request.of(timer.caseId(), new Command.FireTimer(timer.id()), Actor.TIMER)))
                .toList();
        int fired = 0;
        for (int i = 0; i < due.size(); i++) {
            if (done(due.get(i), answers.get(i))) {
                fired++;
            }
        }
        return fired;
    }

    /** One timer that fails must not keep the others from firing; it stays due and is tried again. */
    private static boolean done(Due timer, CompletableFuture<Answer> answer) {
        try {
            return answer.join() instanceof Answer.Done;
        } catch (CompletionException e) {
            log.warn("Timer {} of case {} could not fire; it is tried again", timer.id(), timer.caseId(), e.getCause());
            return false;
        }
    }

    private Duration pause(Instant now) {
        var next = database.sql(NEXT)
                .param(now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> row.getLong(1))
                .single();
        if (next == 0) {
            return PAUSE_MAX;
        }
        var until = Duration.between(clock.instant(), Decoder.instant(next));
        return until.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : until.isNegative() ? Duration.ZERO : until;
    }
}
