package io.baton.server.channel;

import io.baton.server.answers.Scope;
import io.baton.server.channel.Deliveries.Attempted;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Mails that came back: the case is told who was not reached. A report counts only if it names a message that Baton sent,
 * by a name that nobody can guess, or came to the address of one of its mails.
 */
public final class Bounces {

    private static final int REASON_CHARACTERS_MAX = 500;

    private static final String SENT = """
            select d.step, a.person, a.address, j.hash
            from delivered d
            join attempt a on a.case_id = d.case_id and a.entry = d.entry and a.nr = d.nr and a.outcome = 1
            join journal j on j.case_id = d.case_id and j.seq = d.entry
            where d.case_id = :case and d.entry = :entry and d.nr = :nr
            order by a.at desc limit 1""";

    private static final String CAME_BACK = """
            insert into attempt (case_id, entry, nr, at, person, channel, address, outcome, reason)
            values (:case, :entry, :nr, :now, :person, 'mail', :address, :outcome, :reason)
            on conflict (case_id, entry, nr, at) do nothing""";

    private final JdbcClient database;
    private final Reports reports;
    private final Clock clock;

    Bounces(JdbcClient database, Reports reports, Clock clock) {
        this.database = database;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * {@code message} is the Message-ID of the mail that came back, or anything else; {@code lasting} is false for a mail
     * that is only late. Told twice, the case does nothing.
     */
    public record Bounce(String message, boolean lasting, String reason) {
        public Bounce {
            reason = reason.strip();
            reason = reason.substring(0, Math.min(REASON_CHARACTERS_MAX, reason.length()));
        }
    }

    private record Sent(int step, String person, @Nullable String address, byte[] hash) {}

    /** {@code to} is whom the mail's own address stands for, if it came there. False when Baton has sent no such mail. */
    public boolean report(Bounce bounce, @Nullable Scope to) {
        if (MessageId.in(bounce.message())
                .filter(message -> cameBack(message, bounce))
                .isPresent()) {
            return true;
        }
        if (to != null && bounce.lasting()) {
            reports.undelivered(to.caseId(), to.step(), to.person(), bounce.reason());
        }
        return to != null;
    }

    private boolean cameBack(MessageId id, Bounce bounce) {
        var sent = database.sql(SENT)
                .param("case", id.caseId())
                .param("entry", id.entry())
                .param("nr", id.nr())
                .query((row, _) -> new Sent(row.getInt(1), row.getString(2), row.getString(3), row.getBytes(4)))
                .optional()
                .filter(found -> HexFormat.of().formatHex(found.hash(), 0, 8).equals(id.mark()));
        sent.ifPresent(found -> {
            database.sql(CAME_BACK)
                    .param("case", id.caseId())
                    .param("entry", id.entry())
                    .param("nr", id.nr())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("person", found.person())
                    .param("address", found.address())
                    .param("outcome", bounce.lasting() ? Attempted.CAME_BACK.code() : Attempted.NOT_NOW.code())
                    .param("reason", bounce.reason())
                    .update();
            if (bounce.lasting()) {
                reports.undelivered(id.caseId(), found.step(), found.person(), bounce.reason());
            }
        });
        return sent.isPresent();
    }
}
