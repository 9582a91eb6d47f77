package io.baton.server.directory;

import io.baton.server.directory.Profile.Channel;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** How a person stands in the table. */
final class PersonRow {

    static final String COLUMNS = """
            p.id, p.name, p.email, p.kind, p.organisation, p.admin, p.time_zone, p.calendar, p.quiet_from, p.quiet_until,
            p.manager, p.usual_work, p.skills, p.channels, p.locale, p.rate_per_hour, p.left_at,
            array(select m.team from membership m where m.person = p.id order by m.team) as teams""";

    /** In the order of {@link #VALUES}. */
    static final String WRITTEN = """
            name, email, kind, organisation, admin, time_zone, calendar, quiet_from, quiet_until, manager, usual_work,
            skills, channels, locale, rate_per_hour""";

    static final String VALUES = """
            :name, :email, :kind, :organisation, :admin, :timeZone, :calendar, :quietFrom, :quietUntil, :manager,
            :usualWork, :skills, :channels, :locale, :ratePerHour""";

    private PersonRow() {}

    static StatementSpec bind(StatementSpec statement, Person person) {
        var profile = person.profile();
        return statement
                .param("name", person.name())
                .param("email", Directory.normalised(person.email()))
                .param("kind", person.kind().word())
                .param("organisation", person.organisation())
                .param("admin", person.admin())
                .param("timeZone", profile.timeZone())
                .param("calendar", profile.calendar())
                .param("quietFrom", profile.quietFrom())
                .param("quietUntil", profile.quietUntil())
                .param("manager", profile.manager())
                .param("usualWork", profile.usualWork())
                .param("skills", profile.skills().toArray(String[]::new))
                .param(
                        "channels",
                        profile.channels().stream().map(Channel::word).toArray(String[]::new))
                .param("locale", profile.locale())
                .param("ratePerHour", profile.ratePerHour());
    }

    static Person read(ResultSet row) throws SQLException {
        return new Person(
                row.getString("id"),
                row.getString("name"),
                row.getString("email"),
                Person.Kind.of(row.getString("kind")),
                row.getString("organisation"),
                row.getBoolean("admin"),
                texts(row, "teams"),
                profile(row),
                instant(row, "left_at"));
    }

    private static Profile profile(ResultSet row) throws SQLException {
        return new Profile(
                row.getString("time_zone"),
                row.getString("calendar"),
                row.getObject("quiet_from", LocalTime.class),
                row.getObject("quiet_until", LocalTime.class),
                row.getString("manager"),
                row.getInt("usual_work"),
                texts(row, "skills"),
                Stream.of(array(row, "channels")).map(Channel::of).toList(),
                row.getString("locale"),
                row.getBigDecimal("rate_per_hour"));
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of(array(row, column));
    }

    private static String[] array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return (String[]) array.getArray();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
