package io.baton.server.directory;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where people are reached by what is not mail. What comes from an address is done in its person's name, so administrators
 * say whose it is, and it is one person's only.
 */
public final class Addresses {

    public static final int CHARACTERS_MAX = 200;

    /** E.164: a plus, the country's code and the number, 15 digits at most. */
    private static final Pattern PHONE = Pattern.compile("\\+[1-9]\\d{6,14}");

    private static final Pattern SLACK = Pattern.compile("[UW][A-Z0-9]{2,30}");
    private static final Pattern TEAMS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final JdbcClient database;
    private final Clock clock;

    public Addresses(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** {@code stopped}: they want nothing more there. */
    public record Address(String channel, String address, boolean stopped) {}

    /** What is wrong with an address of that channel; empty if nothing is. */
    public static Optional<String> mistake(String channel, String address) {
        return switch (channel) {
            case "sms" -> must(PHONE, address, "must be a number like +4915112345678 (E.164)");
            case "slack" -> must(SLACK, address, "must be a member ID of Slack like U012AB3CD");
            case "teams" -> must(TEAMS, address, "must be the object ID of a user of Microsoft Entra, in lower case");
            default -> Optional.of("has no channel " + channel);
        };
    }

    private static Optional<String> must(Pattern form, String address, String message) {
        return form.matcher(address).matches() ? Optional.empty() : Optional.of(message);
    }

    public List<Address> of(String person) {
        return database.sql("select channel, address, stopped_at from person_address where person = ? order by channel")
                .param(person)
                .query((row, _) -> new Address(row.getString(1), row.getString(2), row.getObject(3) != null))
                .list();
    }

    /** Where this channel reaches the person, unless they want nothing there. */
    public Optional<String> of(String person, String channel) {
        return database.sql(
                        "select address from person_address where person = ? and channel = ? and stopped_at is null")
                .param(person)
                .param(channel)
                .query(String.class)
                .optional();
    }

    /** Whose it is, if they are still here. */
    public Optional<String> whose(String channel, String address) {
        return database.sql("""
                        select a.person from person_address a join person p on p.id = a.person and p.left_at is null
                        where a.channel = ? and a.address = ?""")
                .param(channel)
                .param(address)
                .query(String.class)
                .optional();
    }

    /** False when it is another person's; then what the person had is gone, unless the caller's transaction is taken back. */
    public boolean put(String person, String channel, String address) {
        var _ = database.sql("delete from person_address where person = ? and channel = ? and address <> ?")
                .param(person)
                .param(channel)
                .param(address)
                .update();
        var _ = database.sql(
                        "insert into person_address (person, channel, address) values (?, ?, ?) on conflict do nothing")
                .param(person)
                .param(channel)
                .param(address)
                .update();
        return of(person).stream()
                .anyMatch(known ->
                        known.channel().equals(channel) && known.address().equals(address));
    }

    public boolean remove(String person, String channel) {
        return database.sql("delete from person_address where person = ? and channel = ?")
                        .param(person)
                        .param(channel)
                        .update()
                > 0;
    }

    /** They want nothing more there, or again. */
    public void stop(String channel, String address, boolean stop) {
        database.sql("""
                        update person_address set stopped_at = case when ? then coalesce(stopped_at, ?) end
                        where channel = ? and address = ?""")
                .param(stop)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(channel)
                .param(address)
                .update();
    }
}
