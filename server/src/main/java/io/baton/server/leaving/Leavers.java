package io.baton.server.leaving;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.commit.Wakeup;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Rosters;
import io.baton.server.directory.Written;
import io.baton.server.pumps.Pump;
import io.baton.server.session.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Somebody leaves for good: they get in no more, nothing more is given to them, and each open case they have a part in is
 * told, so that nothing is orphaned. A loop does it again until it is certain: when this node is stopped in the middle,
 * and when another node, which had not heard yet, gave the leaver something.
 */
public final class Leavers implements Pump.Work {

    private static final Actor LEAVING = Actor.system("leaving");

    /** So long after they left nobody takes them for present: well over {@link Rosters#POLL}. */
    static final Duration SETTLED_AFTER = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_IDLE = Duration.ofSeconds(10);

    /** Commands given to the committer at once. */
    private static final int AT_ONCE_MAX = 256;

    /**
     * Cases are looked for again after they were told, since a command that was decided just before somebody left may
     * have given them something; up to so often.
     */
    private static final int ROUNDS_MAX = 5;

    /**
     * Where they are accountable, hold a step, are asked to take one or could remove its obstacle. A job's row does not
     * name its sponsor, so a sponsor is looked for in all cases that wait for a system.
     */
    private static final String CASES = """
            select c.id from cases c where c.ended_at is null and c.owner = :person
            union select t.case_id from task t where :person in (t.offered, t.holder, t.blocker)
            union select j.case_id from job j where :sponsor
            order by 1""";

    private final JdbcClient database;
    private final Directory directory;
    private final Sessions sessions;
    private final Committer committer;
    private final Audit audit;
    private final Clock clock;
    private final Wakeup wakeup = new Wakeup();

    public Leavers(
            JdbcClient database,
            Directory directory,
            Sessions sessions,
            Committer committer,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.directory = directory;
        this.sessions = sessions;
        this.committer = committer;
        this.audit = audit;
        this.clock = clock;
    }

    /** {@code cases} is how many changed; {@code written} is not {@link Written.Done} where nothing happened at all. */
    public record Left(Written written, int cases) {}

    public Left leave(String person, Audit.Who by) {
        var written = audit.within(() -> {
            var left = directory.leaveForGood(person, clock.instant());
            if (left instanceof Written.Done) {
                audit.add(by, Act.PERSON_LEFT, Audit.What.person(person));
            }
            return left;
        });
        if (!(written instanceof Written.Done)) {
            return new Left(written, 0);
        }
        sessions.lockOut(person);
        var changed = replace(person, Actor.person(by.person()));
        directory.passOn(person);
        wakeup.signal();
        return new Left(written, changed);
    }

    public Wakeup wakeup() {
        return wakeup;
    }

    @Override
    public Duration tick() {
        var now = clock.instant();
        var unsettled = directory.unsettled();
        for (var leaver : unsettled) {
            sessions.lockOut(leaver.id());
            replace(leaver.id(), LEAVING);
            directory.passOn(leaver.id());
            var left = leaver.leftAt();
            if (left != null && !now.isBefore(left.plus(SETTLED_AFTER))) {
                directory.settle(leaver.id());
            }
        }
        return unsettled.isEmpty() ? PAUSE_IDLE : PAUSE;
    }

    private int replace(String person, Actor by) {
        var sponsor = directory.sponsors(person);
        var all = new HashSet<Long>();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var changed = replace(casesOf(person, sponsor), person, by);
            if (changed.isEmpty()) {
                break;
            }
            all.addAll(changed);
        }
        return all.size();
    }

    private List<Long> casesOf(String person, boolean sponsor) {
        return database.sql(CASES)
                .param("person", person)
                .param("sponsor", sponsor)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private Set<Long> replace(List<Long> cases, String person, Actor by) {
        var changed = new HashSet<Long>();
        for (int i = 0; i < cases.size(); i += AT_ONCE_MAX) {
            var answers = new LinkedHashMap<Long, CompletableFuture<Answer>>();
            for (var each : cases.subList(i, Math.min(i + AT_ONCE_MAX, cases.size()))) {
                answers.put(each, committer.submit(Request.of(each, new Command.ReplacePerson(person), by)));
            }
            answers.forEach((each, answer) -> {
                if (hasChanged(answer)) {
                    changed.add(each);
                }
            });
        }
        return changed;
    }

    /** A case that has ended meanwhile refuses, and needs nothing. */
    private static boolean hasChanged(CompletableFuture<Answer> answer) {
        try {
            return answer.join() instanceof Answer.Done done && !done.events().isEmpty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
