package io.baton.server.channel;

import io.baton.server.pumps.Pump;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.IntUnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes what was sent long ago: attempts, and of cases that have ended then what became of their deliveries. The journal
 * still says whom they concerned; {@code deliveries-since} tells {@code verify} from when on there are rows to compare. Codes
 * in the outbox go as soon as they are good no more.
 */
public final class ForgetOldDeliveries implements Pump.Work {

    public static final int DAYS_DEFAULT = 400;
    public static final int DAYS_MIN = 30;

    /** Rows of each table in one round. */
    static final int ROUND_MAX = 1_000;

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration CALLBACKS_KEPT = Callbacks.AGE_MAX.multipliedBy(12);

    private static final String SINCE = """
            insert into setting (name, value) values ('deliveries-since', :since)
            on conflict (name) do update set value = excluded.value
            where setting.value::timestamptz < excluded.value::timestamptz""";

    private static final String ATTEMPTS = """
            delete from attempt where ctid = any(array(select ctid from attempt where at < :before order by at limit :max))""";

    private static final String DELIVERED = """
            delete from delivered where ctid = any(array(
                select d.ctid from delivered d join cases c on c.id = d.case_id and c.ended_at < :before
                where d.created_at < :before order by d.created_at limit :max))""";

    private static final String OLD = """
            select exists (
                select from delivered d join cases c on c.id = d.case_id and c.ended_at < :before where d.created_at < :before)""";

    private static final String CALLBACKS = """
            delete from callback_seen where ctid = any(array(
                select ctid from callback_seen where at < :before order by at limit :max))""";

    private final JdbcClient database;
    private final IntUnaryOperator outbox;
    private final Duration kept;
    private final Clock clock;

    /** {@code outbox} forgets so many of its mails at most and says how many there were. */
    public ForgetOldDeliveries(JdbcClient database, IntUnaryOperator outbox, ChannelSettings settings, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.kept = Duration.ofDays(settings.number("BATON_DELIVERIES_KEPT_DAYS", DAYS_DEFAULT, DAYS_MIN, 36_500));
        this.clock = clock;
    }

    @Override
    public Duration tick() {
        // By the day, so that the setting is written once a day.
        var before = clock.instant().minus(kept).truncatedTo(ChronoUnit.DAYS);
        int most = Math.max(outbox.applyAsInt(ROUND_MAX), delete(ATTEMPTS, before));
        most = Math.max(most, delete(CALLBACKS, clock.instant().minus(CALLBACKS_KEPT)));
        if (database.sql(OLD).param("before", time(before)).query(Boolean.class).single()) {
            var _ = database.sql(SINCE).param("since", before.toString()).update();
            most = Math.max(most, delete(DELIVERED, before));
        }
        return most == ROUND_MAX ? Duration.ZERO : PAUSE;
    }

    private int delete(String sql, Instant before) {
        return database.sql(sql)
                .param("before", time(before))
                .param("max", ROUND_MAX)
                .update();
    }

    private static java.time.OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
