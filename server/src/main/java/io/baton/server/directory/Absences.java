package io.baton.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is away and who stands in. Nobody is away twice at once. */
public final class Absences {

    public static final Duration LENGTH_MAX = Duration.ofDays(1000);

    /** Absences of one person that are not over. */
    public static final int PER_PERSON_MAX = 200;

    private static final String COLUMNS = "a.id, a.person, a.from_at, a.until_at, a.substitute, a.reason";

    private static final String OVERLAPPING = """
            select %s from absence a where a.person = :person and a.from_at < :until and :from < a.until_at
            order by a.from_at limit 1""".formatted(COLUMNS);

    private static final String NOT_OVER = "select count(*) from absence where person = ? and until_at > ?";

    private static final String ADD = """
            insert into absence (person, from_at, until_at, substitute, reason)
            values (:person, :from, :until, :substitute, :reason) returning id""";

    private static final String OF_PERSON =
            "select " + COLUMNS + " from absence a where a.person = ? and a.until_at > ? order by a.from_at, a.id";

    private final JdbcClient database;
    private final Changes changes;
    private final Known known;
    private final Clock clock;

    public Absences(JdbcClient database, Changes changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.known = new Lookups(database, _ -> false);
        this.clock = clock;
    }

    /** The id given is ignored; {@link Written.Done} has the new one. */
    public Written add(Absence absence) {
        return changes.make(() -> {
            if (!known.isPresent(absence.person())) {
                return new Written.NoSuchPerson(absence.person());
            }
            var mistakes = mistakes(absence);
            if (!mistakes.isEmpty()) {
                return new Written.Wrong(mistakes);
            }
            var other = overlapping(absence);
            return other.isPresent() ? new Written.Overlaps(other.get()) : insert(absence);
        });
    }

    private List<Mistake> mistakes(Absence absence) {
        var mistakes = new ArrayList<Mistake>();
        if (!absence.from().isBefore(absence.until())) {
            mistakes.add(new Mistake("until", "must be later than from"));
        } else if (Duration.between(absence.from(), absence.until()).compareTo(LENGTH_MAX) > 0) {
            mistakes.add(new Mistake("until", "must be at most " + LENGTH_MAX.toDays() + " days after from"));
        }
        var substitute = absence.substitute();
        if (substitute != null && substitute.equals(absence.person())) {
            mistakes.add(new Mistake("substitute", "must be somebody else"));
        } else if (substitute != null && !known.isPresent(substitute)) {
            mistakes.add(new Mistake("substitute", "is nobody who is here: " + substitute));
        }
        if (absence.reason() != null && absence.reason().length() > Absence.REASON_CHARACTERS_MAX) {
            mistakes.add(new Mistake("reason", "must have at most " + Absence.REASON_CHARACTERS_MAX + " characters"));
        }
        if (mistakes.isEmpty() && notOver(absence.person()) >= PER_PERSON_MAX) {
            mistakes.add(new Mistake("person", "has " + PER_PERSON_MAX + " absences already that are not over"));
        }
        return mistakes;
    }

    private int notOver(String person) {
        return database.sql(NOT_OVER)
                .param(person)
                .param(time(clock.instant()))
                .query(Integer.class)
                .single();
    }

    private Optional<Absence> overlapping(Absence absence) {
        return database.sql(OVERLAPPING)
                .param("person", absence.person())
                .param("from", time(absence.from()))
                .param("until", time(absence.until()))
                .query((row, _) -> read(row))
                .optional();
    }

    private Written insert(Absence absence) {
        long id = database.sql(ADD)
                .param("person", absence.person())
                .param("from", time(absence.from()))
                .param("until", time(absence.until()))
                .param("substitute", absence.substitute())
                .param("reason", absence.reason())
                .query(Long.class)
                .single();
        return new Written.Done(Long.toString(id));
    }

    /** False when there is no such absence. */
    public boolean remove(long id) {
        return changes.make(
                () -> database.sql("delete from absence where id = ?").param(id).update() == 1);
    }

    public Optional<Absence> find(long id) {
        return database.sql("select " + COLUMNS + " from absence a where a.id = ?")
                .param(id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Those that are not over, in the order of their beginnings. */
    public List<Absence> of(String person) {
        return database.sql(OF_PERSON)
                .param(person)
                .param(time(clock.instant()))
                .query((row, _) -> read(row))
                .list();
    }

    private static Absence read(ResultSet row) throws SQLException {
        return new Absence(
                row.getLong("id"),
                row.getString("person"),
                row.getObject("from_at", OffsetDateTime.class).toInstant(),
                row.getObject("until_at", OffsetDateTime.class).toInstant(),
                row.getString("substitute"),
                row.getString("reason"));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
