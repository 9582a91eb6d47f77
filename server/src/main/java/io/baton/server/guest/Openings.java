package io.baton.server.guest;

import io.baton.server.session.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which files a browser was given. A machine may have pressed the button, so it counts only together with something that
 * is confirmed with the same browser.
 */
final class Openings {

    private static final Duration AGE_MAX = Duration.ofDays(30);

    private static final String OPENED = """
            insert into guest_opening (link, cookie, case_id, step, file, at) values (?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    private final JdbcClient database;
    private final Clock clock;

    Openings(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void opened(Link link, String cookie, long caseId, int step, UUID file) {
        var now = clock.instant();
        database.sql("delete from guest_opening where at < ?")
                .param(now.minus(AGE_MAX).atOffset(ZoneOffset.UTC))
                .update();
        database.sql(OPENED)
                .param(link.id())
                .param(Secret.hash(cookie))
                .param(caseId)
                .param(step)
                .param(file)
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Set<UUID> of(Link link, String cookie, long caseId, int step) {
        return Set.copyOf(database.sql(
                        "select file from guest_opening where link = ? and cookie = ? and case_id = ? and step = ?")
                .param(link.id())
                .param(Secret.hash(cookie))
                .param(caseId)
                .param(step)
                .query(UUID.class)
                .list());
    }
}
