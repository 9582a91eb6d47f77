package io.baton.server.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Views of the tower that people keep, share with a team, and have sent to them. */
public final class SavedViews {

    /** Of one person; more are refused. */
    public static final int VIEWS_MAX = 100;

    private static final String VISIBLE = """
            from saved_view v left join view_digest d on d.view = v.id and d.person = :reader
            where (v.person = :reader
                or v.team in (select m.team from membership m where m.person = :reader))""";

    private static final String LIST = "select v.id, v.person, v.team, v.name, v.page, v.query, d.every " + VISIBLE
            + " order by lower(v.name), v.id limit :limit";

    private static final String FIND =
            "select v.id, v.person, v.team, v.name, v.page, v.query, d.every " + VISIBLE + " and v.id = :id";

    private static final String SUBSCRIBE = """
            insert into view_digest (view, person, every) values (?, ?, ?)
            on conflict (view, person) do update set every = excluded.every, next_at = null""";

    private static final String DUE = """
            select view, person, every, next_at from view_digest where next_at is null or next_at <= ?
            order by next_at nulls first limit 1 for update skip locked""";

    /** How often a digest comes. */
    public enum Every {
        DAY,
        WEEK;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Daily where nobody said. */
        public static Every of(@Nullable String word) {
            return word == null ? DAY : valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Who wants which view how often; {@code at} is when it was to be sent, null before the first time is set. */
    public record Subscription(
            UUID view, String person, Every every, @Nullable Instant at) {}

    /** Of which page the view is. */
    public enum Page {
        TOWER,
        CASES,
        LEDGER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code every}: how often the reader has it sent, null for not. */
    public record View(
            UUID id,
            String person,
            @Nullable String team,
            String name,
            Page page,
            String query,
            @Nullable Every every) {}

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public SavedViews(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The reader's own, and those shared with teams that the reader is in; by name. */
    public List<View> of(String reader) {
        return database.sql(LIST)
                .param("reader", reader)
                .param("limit", 10 * VIEWS_MAX)
                .query((row, _) -> view(row))
                .list();
    }

    /** Null where there is none, or it is nobody's business of the reader. */
    public @Nullable View find(String reader, UUID id) {
        return database.sql(FIND)
                .param("reader", reader)
                .param("id", id)
                .query((row, _) -> view(row))
                .optional()
                .orElse(null);
    }

    /** False where the person has {@link #VIEWS_MAX} already. */
    public boolean keep(View view) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            // The person's row keeps two requests from both being the last that fits.
            database.sql("select id from person where id = ? for no key update")
                    .param(view.person())
                    .query((row, _) -> row.getString(1))
                    .list();
            var kept = database.sql("""
                            insert into saved_view (id, person, team, name, page, query, created_at)
                            select ?, ?, ?, ?, ?, ?, ? where (select count(*) from saved_view where person = ?) < ?""")
                    .param(view.id())
                    .param(view.person())
                    .param(view.team())
                    .param(view.name())
                    .param(view.page().word())
                    .param(view.query())
                    .param(clock.instant().atOffset(ZoneOffset.UTC))
                    .param(view.person())
                    .param(VIEWS_MAX)
                    .update();
            return kept == 1;
        }));
    }

    /** Only who made it can; false otherwise. */
    public boolean remove(String owner, UUID id) {
        return database.sql("delete from saved_view where id = ? and person = ?")
                        .param(id)
                        .param(owner)
                        .update()
                == 1;
    }

    /** To be asked only for a view that the reader may see. */
    public void subscribe(String reader, UUID id, Every every) {
        database.sql(SUBSCRIBE).param(id).param(reader).param(every.word()).update();
    }

    public void unsubscribe(String reader, UUID id) {
        database.sql("delete from view_digest where view = ? and person = ?")
                .param(id)
                .param(reader)
                .update();
    }

    /** One that is due, kept from other nodes until the end of the transaction. */
    public Optional<Subscription> lockDue() {
        return database.sql(DUE)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> {
                    var at = row.getObject("next_at", OffsetDateTime.class);
                    return new Subscription(
                            row.getObject("view", UUID.class),
                            row.getString("person"),
                            Every.of(row.getString("every")),
                            at == null ? null : at.toInstant());
                })
                .optional();
    }

    public void next(Subscription subscription, Instant at) {
        database.sql("update view_digest set next_at = ? where view = ? and person = ?")
                .param(at.atOffset(ZoneOffset.UTC))
                .param(subscription.view())
                .param(subscription.person())
                .update();
    }

    private static View view(ResultSet row) throws SQLException {
        var every = row.getString("every");
        return new View(
                row.getObject("id", UUID.class),
                row.getString("person"),
                row.getString("team"),
                row.getString("name"),
                Page.valueOf(row.getString("page").toUpperCase(Locale.ROOT)),
                row.getString("query"),
                every == null ? null : Every.of(every));
    }
}
