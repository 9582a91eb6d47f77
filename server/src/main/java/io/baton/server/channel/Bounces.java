package io.baton.server.channel;

import io.baton.server.channel.Deliveries.Attempted;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Mails that came back: reports about deliveries (RFC 3464) are understood, and the case is told who was not reached. A
 * report counts only if it names a message that Baton sent, by a name that nobody can guess.
 */
public final class Bounces {

    /** A report's parts are short; what is longer is cut. */
    private static final int PART_BYTES_MAX = 200_000;

    private static final int PARTS_MAX = 20;

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

    /** {@code permanent} is false for a mail that is only late. */
    public record Bounce(MessageId message, boolean permanent, String reason) {}

    /** Empty for what is no report about a mail of ours. */
    public static Optional<Bounce> read(MimeMessage mail) throws MessagingException, IOException {
        if (!mail.isMimeType("multipart/report") || !(mail.getContent() instanceof Multipart parts)) {
            return Optional.empty();
        }
        Map<String, String> fields = Map.of();
        Optional<MessageId> about = Optional.empty();
        for (int i = 0; i < Math.min(parts.getCount(), PARTS_MAX); i++) {
            var part = parts.getBodyPart(i);
            if (part.isMimeType("message/delivery-status")) {
                fields = fields(text(part));
            } else if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers")) {
                about = MessageId.in(messageId(text(part)));
            }
        }
        var action = fields.getOrDefault("action", "").toLowerCase(Locale.ROOT);
        var status = fields.getOrDefault("status", "");
        if (about.isEmpty() || !(action.equals("failed") || action.equals("delayed"))) {
            return Optional.empty();
        }
        var said = fields.getOrDefault("diagnostic-code", status.isEmpty() ? "it came back" : status);
        return Optional.of(new Bounce(about.get(), action.equals("failed"), said.strip()));
    }

    private static String text(Part part) throws MessagingException, IOException {
        try (var in = part.getInputStream()) {
            return new String(in.readNBytes(PART_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }

    /** Of the headers of the mail that came back: only its own, not those it refers to. */
    private static String messageId(String headers) {
        var unfolded = headers.replaceAll("\\r?\\n[ \\t]+", " ");
        return unfolded.lines()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.regionMatches(true, 0, "message-id:", 0, "message-id:".length()))
                .findFirst()
                .orElse("");
    }

    /** The last word on each field: a report about one recipient says it after what holds for all. */
    private static Map<String, String> fields(String text) {
        var fields = new LinkedHashMap<String, String>();
        text.replaceAll("\\r?\\n[ \\t]+", " ").lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    private record Sent(int step, String person, @Nullable String address, byte[] hash) {}

    /** False when Baton has sent no such mail. A mail that is only late is noted and nothing else. */
    public boolean report(Bounce bounce) {
        var id = bounce.message();
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
                    .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                    .param("person", found.person())
                    .param("address", found.address())
                    .param("outcome", bounce.permanent() ? Attempted.CAME_BACK.code() : Attempted.NOT_NOW.code())
                    .param(
                            "reason",
                            bounce.reason()
                                    .substring(0, Math.min(500, bounce.reason().length())))
                    .update();
            if (bounce.permanent()) {
                reports.undelivered(id.caseId(), found.step(), found.person(), bounce.reason());
            }
        });
        return sent.isPresent();
    }
}
