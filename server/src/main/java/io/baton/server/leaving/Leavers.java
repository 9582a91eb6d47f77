package io.baton.server.leaving;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Committer;
import io.baton.server.commit.Request;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Written;
import io.baton.server.session.SignIn;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Somebody leaves for good: they get in no more, nothing more is given to them, and each open case they have a part in is
 * told, so that nothing is orphaned. Each step is harmless when it is done again: what was interrupted is called again.
 */
public final class Leavers {

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
    private final SignIn signIn;
    private final Committer committer;
    private final Clock clock;

    public Leavers(JdbcClient database, Directory directory, SignIn signIn, Committer committer, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.signIn = signIn;
        this.committer = committer;
        this.clock = clock;
    }

    /** {@code cases} is how many changed; {@code written} is not {@link Written.Done} where nothing happened at all. */
    public record Left(Written written, int cases) {}

    public Left leave(String person, Actor by) {
        var written = directory.leaveForGood(person, clock.instant());
        if (!(written instanceof Written.Done)) {
            return new Left(written, 0);
        }
        signIn.lockOut(person);
        var changed = replace(person, by);
        directory.passOn(person);
        return new Left(written, changed);
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
