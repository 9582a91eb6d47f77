package io.baton.server.channel.mail;

import io.baton.server.channel.Channel;
import io.baton.server.directory.Brand;
import io.baton.server.directory.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The mails that would have gone, if there were a mail server. They are kept without their links: whoever wants to follow
 * one gets a new one. The oldest make room. A mail with a code is kept with it, for here it is how one gets the code, until
 * the code is good no more: then it is not shown, and soon deleted.
 */
public final class Outbox {

    public static final int MAILS_MAX = 5_000;

    private static final String INSERT = """
            insert into outbox (case_id, entry, nr, step, person, address, name, subject, body_text, body_html, at, forget_at)
            values (:case, :entry, :nr, :step, :person, :address, :name, :subject, :text, :html, :now, :forgetAt)
            on conflict (case_id, entry, nr) where entry > 0 do nothing""";

    private static final String MAKE_ROOM = """
            delete from outbox where id <= (select id from outbox order by id desc offset %d limit 1)""".formatted(MAILS_MAX);

    private static final String FORGET = """
            delete from outbox where id in (select id from outbox where forget_at <= :now order by forget_at limit :max)""";

    private static final String COLUMNS = "id, case_id, step, person, address, name, subject, at";

    private final JdbcClient database;
    private final Supplier<Brand> brand;
    private final Clock clock;

    public Outbox(JdbcClient database, Supplier<Brand> brand, Clock clock) {
        this.database = database;
        this.brand = brand;
        this.clock = clock;
    }

    public record Line(
            long id, long caseId, int step, String person, String address, String name, String subject, Instant at) {}

    public record Mail(Line line, String text, String html) {}

    /** The newest first, below the last one seen; {@code person} null for everybody's. */
    public List<Line> list(@Nullable String person, long before, int limit) {
        return database.sql("select " + COLUMNS
                        + " from outbox where id < :before and (forget_at is null or forget_at > :now) and (:person::text is null or person = :person)"
                        + " order by id desc limit :limit")
                .param("before", before)
                .param("now", now())
                .param("person", person)
                .param("limit", limit)
                .query((row, _) -> line(row))
                .list();
    }

    public Optional<Mail> find(long id) {
        return database.sql("select " + COLUMNS + ", body_text, body_html from outbox where id = ?"
                        + " and (forget_at is null or forget_at > ?)")
                .param(id)
                .param(now())
                .query((row, _) -> new Mail(line(row), row.getString("body_text"), row.getString("body_html")))
                .optional();
    }

    public Channel channel() {
        return new InsteadOfMail();
    }

    private void keep(Channel.Message message) {
        var letter = message.letter();
        var forgetAt = message.forgetAt();
        int added = database.sql(INSERT)
                .param("case", message.id().caseId())
                .param("entry", message.id().entry())
                .param("nr", message.id().nr())
                .param("step", message.step())
                .param("person", message.to().id())
                .param("address", message.address())
                .param("name", message.to().name())
                .param("subject", letter.subject())
                .param("text", letter.text())
                .param("html", Rendering.html(letter, brand.get(), ""))
                .param("now", now())
                .param(
                        "forgetAt",
                        forgetAt == null ? null : forgetAt.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        if (added > 0) {
            database.sql(MAKE_ROOM).update();
        }
    }

    /** Deletes what may not lie here any longer, some at a time; how many there were. */
    public int forget(int max) {
        return database.sql(FORGET).param("now", now()).param("max", max).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("id"),
                row.getLong("case_id"),
                row.getInt("step"),
                row.getString("person"),
                row.getString("address"),
                row.getString("name"),
                row.getString("subject"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private final class InsteadOfMail implements Channel {

        @Override
        public String name() {
            return SmtpChannel.NAME;
        }

        @Override
        public Optional<String> address(Person person) {
            return Optional.ofNullable(person.email());
        }

        @Override
        public Channel.Line open() {
            return new Channel.Line() {
                @Override
                public Sent send(Message message) {
                    keep(message);
                    return new Sent.Accepted();
                }

                @Override
                public void close() {}
            };
        }
    }
}
