package io.baton.server.replies;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Mails that no person wrote as an answer: absence notices, read receipts, answers of calendars and lists, and reports of
 * undelivered mail. By their headers (RFC 3834, RFC 3464, and what is in use besides); the words count only in the subject.
 */
final class Automatic {

    private static final Pattern SUBJECT = Text.pattern(
            "(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|autoreply|out of office|out of the office|automatische antwort"
                    + "|abwesenheitsnotiz|abwesenheit|abwesend|réponse automatique|absence du bureau|message d'absence|respuesta automática|fuera de (?:la )?oficina|ausencia)\\b.*");

    private static final Pattern BOUNCED = Text.pattern(
            "(?:undeliver(?:able|ed)|delivery status notification|mail delivery (?:failed|failure|subsystem)|returned mail|failure notice"
                    + "|unzustellbar|nicht zustellbar|échec de (?:la )?remise|non remis|no se puede entregar|error de entrega).*");

    private static final Pattern UNTIL = Text.pattern(
            "\\b(?:until|till|through|returning(?: on)?|return(?: to the office)? on|back(?: in the office)?(?: on)?|from"
                    + "|bis(?: einschließlich| zum| einschl\\.)?|ab(?: dem)?|am|jusqu'(?:au|à)|de retour(?: le)?|retour le|partir du|hasta el|regreso el|vuelvo el|a partir del)"
                    + " (?<date>[^,;\\n]{3,40})");

    private static final Pattern ACTION = Pattern.compile("(?im)^action:\\s*([a-z]+)");
    private static final Pattern STATUS = Pattern.compile("(?im)^status:\\s*([\\d.]+)");
    private static final Pattern DIAGNOSTIC = Pattern.compile("(?im)^diagnostic-code:\\s*(?:[a-z]+;)?\\s*(.+)$");
    private static final int REASON_CHARACTERS_MAX = 500;

    private Automatic() {}

    static Optional<Reply> of(Mail mail, Dates dates) {
        if (isBounce(mail)) {
            return Optional.of(bounce(mail));
        }
        return isAutomatic(mail) ? Optional.of(new Reply.Automatic(back(mail, dates))) : Optional.empty();
    }

    /** The report may be about several recipients; ours are one each. */
    private static Reply bounce(Mail mail) {
        var report = mail.content().report();
        var reason = first(DIAGNOSTIC, report)
                .or(() -> first(STATUS, report))
                .orElse("the mail came back: " + mail.subject());
        boolean lasting = first(ACTION, report)
                .map(action -> action.equalsIgnoreCase("failed"))
                .orElse(true);
        return new Reply.Bounce(
                lasting,
                reason.substring(0, Math.min(reason.length(), REASON_CHARACTERS_MAX)),
                mail.content().returned());
    }

    private static Optional<String> first(Pattern field, String report) {
        var found = field.matcher(report);
        return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
    }

    private static boolean isBounce(Mail mail) {
        var type = Text.fold(mail.first("content-type").orElse("")).replace("\"", "");
        if (mail.content().type().equals("multipart/report")) {
            return !type.contains("disposition-notification");
        }
        var local = mail.from().address().replaceFirst("@.*", "");
        return mail.first("x-failed-recipients").isPresent()
                || local.equals("mailer-daemon")
                || ((local.equals("postmaster") || isFromNobody(mail))
                        && BOUNCED.matcher(Text.fold(Text.clean(mail.subject())).strip())
                                .matches());
    }

    private static boolean isFromNobody(Mail mail) {
        return mail.first("return-path").map(path -> path.strip().equals("<>")).orElse(false);
    }

    private static boolean isAutomatic(Mail mail) {
        var submitted = word(mail, "auto-submitted");
        return (!submitted.isEmpty() && !submitted.equals("no"))
                || List.of("bulk", "auto_reply", "junk", "list").contains(word(mail, "precedence"))
                || mail.content().type().equals("multipart/report")
                || mail.content().calendarAnswer()
                || isFromNobody(mail)
                || List.of(
                                "x-autoreply",
                                "x-autorespond",
                                "x-auto-reply",
                                "x-mail-autoreply",
                                "list-id",
                                "list-unsubscribe",
                                "feedback-id")
                        .stream()
                        .anyMatch(header -> mail.first(header).isPresent()
                                && !word(mail, header).equals("no"))
                || word(mail, "x-ms-exchange-generated-message-source").contains("mailbox rules agent")
                || SUBJECT.matcher(Text.fold(Text.clean(mail.subject())).strip())
                        .matches();
    }

    /** The first word of a header, small; empty without. */
    private static String word(Mail mail, String header) {
        return mail.first(header)
                .map(value -> value.replaceFirst("[;(].*", "").strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** Of the days that an absence notice names, the last that can be read. */
    private static @Nullable LocalDate back(Mail mail, Dates dates) {
        var text = Text.fold(Text.clean(mail.subject() + "\n" + mail.content().text()));
        LocalDate last = null;
        var found = UNTIL.matcher(text);
        for (int from = 0; found.find(from); from = found.start() + 1) {
            var day = longest(found.group("date"), dates);
            last = day != null && (last == null || day.isAfter(last)) ? day : last;
        }
        return last;
    }

    private static @Nullable LocalDate longest(String text, Dates dates) {
        var words = text.strip().split("\\s+", -1);
        for (int count = Math.min(words.length, 5); count > 0; count--) {
            var start = String.join(" ", List.of(words).subList(0, count)).replaceFirst("[.,;!)]+$", "");
            for (var language : Grammar.LANGUAGES) {
                var day = dates.read(start, language).or(() -> dates.read(start + ".", language));
                if (day.isPresent()) {
                    return day.get().date();
                }
            }
        }
        return null;
    }
}
