package io.baton.server.guest;

import io.baton.server.session.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Links by which a contact sees and does what a case asks of them. The secret is told once, when a link is issued, and
 * kept nowhere: only its hash is. A link never does more than the engine lets its person do.
 */
public final class Links {

    /** A link's path is this and the secret. */
    public static final String PATH = "/g/";

    /** How long what was done can still be looked at, counted from the end of the step or case. */
    public static final Duration LOOKING_AFTERWARDS = Duration.ofDays(14);

    public static final int DAYS_DEFAULT = 30;
    public static final int DAYS_MAX = 366;

    /** Links that one person has for the same; another one replaces the oldest. Each mail brings its own. */
    public static final int PER_SCOPE_MAX = 20;

    /** New links that somebody gets by asking for them, within the window. */
    static final int REISSUES_MAX = 3;

    static final Duration REISSUE_WINDOW = Duration.ofHours(1);

    static final String DAYS_SETTING = "guest-link-days";

    private static final String INSERT = """
            with spare as (
                delete from guest_link where id in (
                    select id from guest_link where person = :person and case_id = :case and step = :step and look_only = :lookOnly
                    order by created_at desc, id offset :keep))
            insert into guest_link (id, hash, person, case_id, step, look_only, created_at, expires_at)
            select :id, :hash, p.id, :case, :step, :lookOnly, :now,
                :now + make_interval(days => coalesce(
                    (select s.value::int from setting s where s.name = '%s'), :days))
            from person p where p.id = :person and p.kind = 'contact' and p.left_at is null""".formatted(DAYS_SETTING);

    private static final String COLUMNS = """
            l.id, l.person, l.case_id, l.step, l.look_only, l.created_at, l.expires_at, l.revoked_at, l.last_used_at,
            case when l.step = 0 or c.ended_at is not null then c.ended_at
                when exists (
                    select from booking b
                    where b.case_id = l.case_id and b.step = l.step and b.quarter > extract(epoch from s.left_at) / 900)
                then null
                else s.left_at end as ended_at""";

    private static final String FROM = """
            from guest_link l
            left join cases c on c.id = l.case_id
            left join step s on l.step > 0 and s.case_id = l.case_id and s.id = l.step""";

    /** Only a contact who is still here has a link: a member signs in. */
    private static final String FIND = """
            select %s %s
            join person p on p.id = l.person and p.kind = 'contact' and p.left_at is null
            where l.hash = ?""".formatted(COLUMNS, FROM);

    private static final String OF_CASE = """
            select %s %s where l.case_id = ? order by l.created_at desc, l.id limit ?""".formatted(COLUMNS, FROM);

    private static final int LIST_MAX = 200;

    private final JdbcClient database;
    private final JdbcClient apart;
    private final Clock clock;

    /** {@code apart} takes part in no transaction: a link is good before the message with it is on its way. */
    public Links(JdbcClient database, JdbcClient apart, Clock clock) {
        this.database = database;
        this.apart = apart;
        this.clock = clock;
    }

    /**
     * A new link: its path, {@code /g/SECRET}. {@code step} 0 is the whole case, {@code caseId} 0 all that the person has to
     * do in any case. Only for contacts who are still here.
     */
    public String issue(String person, long caseId, int step) {
        return issue(person, caseId, step, false);
    }

    /** A new link by which one sees where the case stands, as this contact may see it, and can do nothing. */
    public String issueStatus(String person, long caseId) {
        return issue(person, caseId, 0, true);
    }

    private String issue(String person, long caseId, int step, boolean lookOnly) {
        var secret = Secret.fresh();
        int issued = apart.sql(INSERT)
                .param("id", UUID.randomUUID())
                .param("hash", Secret.hash(secret))
                .param("person", person)
                .param("case", caseId)
                .param("step", step)
                .param("lookOnly", lookOnly)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("days", DAYS_DEFAULT)
                .param("keep", PER_SCOPE_MAX - 1)
                .update();
        if (issued != 1) {
            throw new IllegalArgumentException(person + " is no contact who is still here");
        }
        return PATH + secret;
    }

    /** For how many days a new link is good. */
    public int days() {
        return database.sql("select value::int from setting where name = ?")
                .param(DAYS_SETTING)
                .query(Integer.class)
                .optional()
                .orElse(DAYS_DEFAULT);
    }

    public void setDays(int days) {
        database.sql(
                        "insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value")
                .param(DAYS_SETTING)
                .param(String.valueOf(days))
                .update();
    }

    /** The link with this secret, whatever it is still good for. */
    public Optional<Link> find(String secret) {
        return database.sql(FIND)
                .param(Secret.hash(secret))
                .query((row, _) -> link(row))
                .optional();
    }

    /** What was issued for a case and its steps, newest first. */
    public List<Link> ofCase(long caseId) {
        return database.sql(OF_CASE)
                .param(caseId)
                .param(LIST_MAX)
                .query((row, _) -> link(row))
                .list();
    }

    /** False when the case has no such link. */
    public boolean revoke(long caseId, UUID id) {
        return database.sql("update guest_link set revoked_at = coalesce(revoked_at, ?) where case_id = ? and id = ?")
                        .param(clock.instant().atOffset(ZoneOffset.UTC))
                        .param(caseId)
                        .param(id)
                        .update()
                == 1;
    }

    /** Whether another link for the same may be sent to its person; not again and again. */
    boolean mayReissue(Link link) {
        return database.sql("""
                        select count(*) from guest_link
                        where person = ? and case_id = ? and step = ? and created_at > ?""")
                        .param(link.person())
                        .param(link.caseId())
                        .param(link.step())
                        .param(clock.instant().minus(REISSUE_WINDOW).atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single()
                < REISSUES_MAX;
    }

    /** Something was done by it. */
    void used(Link link) {
        database.sql("update guest_link set last_used_at = ? where id = ?")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(link.id())
                .update();
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                row.getObject("id", UUID.class),
                row.getString("person"),
                row.getLong("case_id"),
                row.getInt("step"),
                row.getBoolean("look_only"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"),
                instant(row, "revoked_at"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
