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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives a command for every timer that is due. Two nodes may see the same timer; the case decides once, the other is
 * refused and nothing happens.
 */
public final class FireDueTimers implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(FireDueTimers.class);

    private static final int TIMERS_MAX = 1_000;

    /** A timer set on another node is noticed after this at the latest. */
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private static final String DUE =
            "select case_id, id from timer where due_at <= ? order by due_at limit " + TIMERS_MAX;

    private static final String NEXT =
            "select (extract(epoch from min(due_at)) * 1000000)::bigint from timer where due_at > ?";

    private record Due(long caseId, int id) {}

    private final JdbcClient database;
    private final Committer committer;
    private final Clock clock;
    private final Wakeup wakeup = new Wakeup();

    public FireDueTimers(JdbcClient database, Committer committer, Clock clock) {
        this.database = database;
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
        return event instanceof Event.TimerSet set
                && set.due().isBefore(clock.instant().plus(PAUSE_MAX));
    }

    @Override
    public Duration tick() {
        var now = clock.instant();
        var due = database.sql(DUE)
                .param(now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Due(row.getLong(1), row.getInt(2)))
                .list();
        var fired = fire(due);
        if (due.size() == TIMERS_MAX && fired > 0) {
            return Duration.ZERO;
        }
        return pause(now);
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
