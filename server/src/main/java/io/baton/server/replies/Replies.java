package io.baton.server.replies;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a mail says. Conservative by construction: an act is found only where the text, without what it answers and without
 * its signature, is one short sentence that {@link Grammar} accounts for to the last word. All else is a message.
 */
public final class Replies {

    /** A mail may wait this long on its way; its author's "tomorrow" counts from when it was written. */
    private static final Duration WAY_MAX = Duration.ofDays(7);

    private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofHours(1);

    private static final Pattern FORWARDED = Text.pattern("(?:fwd?|wg|tr|rv|i|enc|weitergeleitet) ?:.*");

    private Replies() {}

    /** Throws {@link UnreadableMail} for what is no mail. */
    public static Mail read(byte[] raw) {
        return MailReader.read(raw);
    }

    public static Reply understand(Mail mail, Asked asked) {
        var dates = dates(mail, asked);
        return Automatic.of(mail, dates).orElseGet(() -> person(mail, asked, dates));
    }

    /** A line that somebody typed for us alone: it quotes nothing, and nobody signs it. {@code name} is theirs. */
    public static Reply understand(String line, String name, Asked asked) {
        var text = Text.clean(line);
        var today = asked.now()
                .atZone(asked.zone() == null ? ZoneOffset.UTC : asked.zone())
                .toLocalDate();
        return act(text.lines().toList(), new Mail.Sender(name, ""), asked, new Dates(today, today, asked.languages()))
                .orElseGet(() -> note(text));
    }

    /** What its author wrote, without what it answers and without the signature; of a mail that is passed on, all of it. */
    public static String text(Mail mail) {
        var written = Written.of(mail.content().text());
        return text(written, lines(written, mail, new Dates(LocalDate.EPOCH, LocalDate.EPOCH, List.of())), mail);
    }

    private static List<String> lines(Written written, Mail mail, Dates dates) {
        return new Signature(mail.from(), dates, Grammar.LANGUAGES).cut(written.lines());
    }

    private static Reply person(Mail mail, Asked asked, Dates dates) {
        var written = Written.of(mail.content().text());
        var lines = lines(written, mail, dates);
        boolean plain = !written.forwarded()
                && !written.inline()
                && !mail.content().struck()
                && !FORWARDED
                        .matcher(Text.fold(Text.clean(mail.subject())).strip())
                        .matches();
        if (!plain) {
            return note(text(written, lines, mail));
        }
        return act(lines, mail.from(), asked, dates).orElseGet(() -> note(text(written, lines, mail)));
    }

    private static Optional<Reply> act(List<String> lines, Mail.Sender from, Asked asked, Dates dates) {
        var grammar = new Grammar(asked, dates, from);
        var act = grammar.understand(lines);
        var answer = asked.wanted() == null
                ? Optional.<Reply.Answer>empty()
                : AnswerReader.read(asked.wanted(), grammar.core(lines), act.orElse(null), dates);
        return answer.<Reply>map(found -> found).or(() -> act);
    }

    /** For a person to read. */
    private static Reply note(String text) {
        return text.contains("?") ? new Reply.Question(text) : new Reply.Message(text);
    }

    private static String text(Written written, List<String> lines, Mail mail) {
        return (written.forwarded() ? Text.clean(mail.content().text()) : String.join("\n", lines)).strip();
    }

    private static Dates dates(Mail mail, Asked asked) {
        var zone = asked.zone() != null ? asked.zone() : mail.writtenIn() != null ? mail.writtenIn() : ZoneOffset.UTC;
        var written =
                mail.writtenAt() != null && isPlausible(mail.writtenAt(), asked.now()) ? mail.writtenAt() : asked.now();
        return new Dates(
                written.atZone(zone).toLocalDate(), asked.now().atZone(zone).toLocalDate(), asked.languages());
    }

    private static boolean isPlausible(Instant written, Instant now) {
        return written.isAfter(now.minus(WAY_MAX)) && written.isBefore(now.plus(CLOCK_DIFFERENCE_MAX));
    }
}
