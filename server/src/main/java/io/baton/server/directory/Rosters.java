package io.baton.server.directory;

import io.baton.engine.Roster;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.server.commit.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The directory for decisions: a picture of it in memory, taken again when it has changed. A change that this node made
 * shows at once; of others it learns by the version that a caller saw, or else within {@link #POLL}.
 */
public final class Rosters {

    /** For this long a change on another node may go unseen where no caller tells the version. */
    public static final Duration POLL = Duration.ofSeconds(1);

    private static final long ANY = 0;

    private static final String VERSION = "select version from directory_version";

    private final JdbcClient database;
    private final TransactionTemplate moment;
    private final Changes changes;
    private final Policies policies;
    private final Function<String, @Nullable WorkingCalendar> calendars;
    private final BiFunction<String, String, @Nullable Duration> usual;
    private final Clock clock;
    private final Workload workload;
    private volatile @Nullable Known known;

    /**
     * {@code calendars} has the working calendar of a key, or null; {@code usual} how long a process's steps at a node take,
     * as {@link Roster#usual} says it.
     */
    public Rosters(
            JdbcClient database,
            PlatformTransactionManager transactions,
            Changes changes,
            Policies policies,
            Function<String, @Nullable WorkingCalendar> calendars,
            BiFunction<String, String, @Nullable Duration> usual,
            Clock clock) {
        this.database = database;
        this.changes = changes;
        this.policies = policies;
        this.calendars = calendars;
        this.usual = usual;
        this.clock = clock;
        this.workload = new Workload(database, clock);
        this.moment = new TransactionTemplate(transactions);
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.moment.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.moment.setReadOnly(true);
    }

    /** {@code roster} is null while there is nobody; {@code changes} are those this node had made when it was checked. */
    private record Known(long version, @Nullable DirectoryRoster roster, long changes, Instant checkedAt) {

        Known checked(long changes, Instant at) {
            return new Known(version, roster, changes, at);
        }
    }

    /** As far as this node knows; asks the database at most once in {@link #POLL}, but after each change of its own. */
    public Roster current() {
        var found = known;
        return roster(found == null || !isFresh(found) ? check(ANY) : found);
    }

    /** At least as new as this version, which the caller read from the database; costs nothing where it is known. */
    public Roster at(long version) {
        var found = known;
        return roster(found == null || found.version < version ? check(version) : found);
    }

    /** The version of what is in memory; 0 before anything was read. */
    public long version() {
        var found = known;
        return found == null ? 0 : found.version;
    }

    private Roster roster(Known found) {
        if (found.roster == null) {
            return Roster.NOBODY;
        }
        workload.refresh();
        return found.roster;
    }

    private boolean isFresh(Known found) {
        var now = clock.instant();
        return found.changes == changes.made()
                && !now.isBefore(found.checkedAt)
                && now.isBefore(found.checkedAt.plus(POLL));
    }

    /** One at a time: whoever waited for the lock may find it done. */
    private synchronized Known check(long wanted) {
        var found = known;
        if (found != null && (wanted == ANY ? isFresh(found) : found.version >= wanted)) {
            return found;
        }
        var made = changes.made();
        var now = clock.instant();
        var version = database.sql(VERSION).query(Long.class).single();
        var fresh = found != null && found.version >= version ? found.checked(made, now) : load(made, now);
        known = fresh;
        return fresh;
    }

    private Known load(long made, Instant now) {
        return moment.execute(_ -> {
            var version = database.sql(VERSION).query(Long.class).single();
            var roster = new RosterLoad(database, policies, calendars, clock).load(workload, usual);
            if (roster != null) {
                workload.know(roster.people());
            }
            return new Known(version, roster, made, now);
        });
    }

    /** To be told of each commit of this node: whom it gave work. */
    public void committed(List<Answer.Done> done) {
        workload.committed(done);
    }
}
