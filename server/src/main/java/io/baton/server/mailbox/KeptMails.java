package io.baton.server.mailbox;

import io.baton.engine.Actor;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.replies.Mail;
import io.baton.server.replies.Replies;
import io.baton.server.replies.UnreadableMail;
import io.baton.server.room.Audience;
import io.baton.server.room.Comments;
import io.baton.server.room.FileRefused;
import io.baton.server.room.Files;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Mails that came in and could be assigned to nothing, for an administrator: what they are, and how they get into a case by
 * hand, as an internal comment of who files them, with their files.
 */
public final class KeptMails {

    /** What is shown of a mail; all of it is in the raw mail. */
    public static final int TEXT_CHARACTERS_MAX = 20_000;

    /** Keys like PAY-1042 that a mail speaks of, at most. */
    private static final int MENTIONS_MAX = 5;

    private static final Pattern KEY = Pattern.compile("\\b[A-Z]{2,8}-[1-9]\\d{0,17}\\b");

    private final Mailbox mailbox;
    private final Comments comments;
    private final Files files;

    public KeptMails(Mailbox mailbox, Comments comments, Files files) {
        this.mailbox = mailbox;
        this.comments = comments;
        this.files = files;
    }

    public record File(String name, String type, int bytes) {}

    /** {@code mentions} are keys of cases that it speaks of, whether there are such cases or not. */
    public record Content(String text, List<File> files, List<String> mentions) {}

    /** {@code notTaken} says of each file why the case does not have it. */
    public record Filed(Answer answer, List<String> notTaken) {}

    /** Empty where there is no such mail. */
    public Optional<Content> content(long id) {
        return mailbox.raw(id).map(raw -> {
            try {
                return content(Replies.read(raw));
            } catch (UnreadableMail e) {
                return new Content("", List.of(), List.of());
            }
        });
    }

    private static Content content(Mail mail) {
        var text = mail.content().text().strip();
        var attached = mail.attachments().stream()
                .map(each -> new File(each.name(), each.type(), each.bytes().length))
                .toList();
        var mentions = KEY.matcher(mail.subject() + " " + text)
                .results()
                .map(found -> found.group())
                .distinct()
                .limit(MENTIONS_MAX)
                .toList();
        return new Content(cut(text, TEXT_CHARACTERS_MAX), attached, mentions);
    }

    /** Into the case; the mail itself stays until it is {@link Mailbox#discard}ed. Done again, neither comment nor files are there twice. */
    public Filed file(Mailbox.Kept kept, long caseId, String by) {
        var raw = mailbox.raw(kept.id()).orElseThrow();
        Mail mail;
        try {
            mail = Replies.read(raw);
        } catch (UnreadableMail e) {
            return new Filed(
                    post(kept, "(A mail that cannot be read: " + e.getMessage() + ")", raw, caseId, by), List.of());
        }
        var answer = post(kept, mail.content().text().strip(), raw, caseId, by);
        var notTaken = new ArrayList<String>();
        if (answer instanceof Answer.Done) {
            int nr = 0;
            for (var each : mail.attachments()) {
                try {
                    var _ = files.attachOnce(
                            FileAttachments.id(digest(kept, raw, caseId), nr++),
                            caseId,
                            0,
                            by,
                            each.name(),
                            new ByteArrayInputStream(each.bytes()),
                            Audience.INTERNAL);
                } catch (FileRefused e) {
                    notTaken.add(each.name() + ": " + e.sentence());
                }
            }
        }
        return new Filed(answer, notTaken);
    }

    private Answer post(Mailbox.Kept kept, String text, byte[] raw, long caseId, String by) {
        var said = "A mail that could not be assigned, filed by hand. From: " + kept.from() + ". Subject: "
                + kept.subject() + ".\n\n" + (text.isBlank() ? "(without text)" : text);
        Idempotency key = Correspondence.key(digest(kept, raw, caseId));
        return comments.post(
                        caseId,
                        0,
                        Actor.person(by),
                        cut(said, Comments.TEXT_CHARACTERS_MAX),
                        Audience.INTERNAL,
                        false,
                        key)
                .answer();
    }

    /** The same whenever the mail is filed to this case. */
    private static byte[] digest(Mailbox.Kept kept, byte[] raw, long caseId) {
        return Mailbox.digest(raw, kept.recipient() + " " + caseId);
    }

    private static String cut(String text, int charactersMax) {
        return text.length() <= charactersMax ? text : text.substring(0, charactersMax - 1) + "…";
    }
}
