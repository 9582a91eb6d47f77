package io.baton.server.room;

import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Files that somebody outside has sent for a field of a form and not handed in: they are looked at and scanned when they
 * come, stand in no journal, can be taken away, and are gone after a day.
 */
public final class HeldFiles {

    private static final String OF_STEP = """
            select id, field, name, received from file
            where case_id = ? and step = ? and person = ? and state = 4 and changed_at > ? order by changed_at, id""";

    private final JdbcClient database;
    private final Files files;
    private final Clock clock;

    public HeldFiles(JdbcClient database, Files files, Clock clock) {
        this.database = database;
        this.files = files;
        this.clock = clock;
    }

    public record Held(UUID id, String field, String name, long size) {}

    /** Announces one; its bytes follow by {@link Files#append}. */
    public UUID begin(long caseId, int step, String person, String field, String name, long length) {
        return files.uploads().begin(caseId, step, person, name, length, Audience.people(List.of(person)), field);
    }

    /** All of it at once. */
    public UUID hold(long caseId, int step, String person, String field, String name, InputStream bytes) {
        var uploads = files.uploads();
        var audience = Audience.people(List.of(person));
        var id = uploads.insert(UUID.randomUUID(), caseId, step, person, name, null, audience, field);
        uploads.receive(id, bytes);
        return id;
    }

    /** In the order of coming. */
    public List<Held> list(long caseId, int step, String person) {
        Instant oldest = clock.instant().minus(files.settings().unfinishedMax());
        return database.sql(OF_STEP)
                .param(caseId)
                .param(step)
                .param(person)
                .param(oldest.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Held(
                        row.getObject("id", UUID.class),
                        row.getString("field"),
                        row.getString("name"),
                        row.getLong("received")))
                .list();
    }

    /** Attached now, seen by members and by whoever sent it. False where it is held no more. */
    public boolean handIn(UUID id) {
        return files.uploads().handIn(id);
    }

    public void takeAway(UUID id) {
        files.cancel(id);
    }
}
