package io.baton.server.mailbox;

import io.baton.engine.Actor;
import io.baton.server.answers.Scope;
import io.baton.server.answers.ShortAnswers;
import io.baton.server.answers.ShortAnswers.Done;
import io.baton.server.channel.Bounces;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.mailbox.Acknowledgements.Line;
import io.baton.server.mailbox.FileAttachments.Filed;
import io.baton.server.replies.Act;
import io.baton.server.replies.Asked;
import io.baton.server.replies.Mail;
import io.baton.server.replies.Replies;
import io.baton.server.replies.Reply;
import io.baton.server.room.Audience;
import io.baton.server.room.Comments;
import io.baton.server.words.Words;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of a mail: whose it is, what they say, that it is done once, and that they hear of it. */
final class Correspondence {

    static final Actor MAILBOX = Actor.system("mailbox");

    private final ReplyTokens tokens;
    private final Directory directory;
    private final ShortAnswers answers;
    private final Mailbox mailbox;
    private final StartByMail starts;
    private final Acknowledgements acknowledgements;
    private final FileAttachments attachments;
    private final Comments comments;
    private final Bounces bounces;
    private final OurAddresses addresses;
    private final @Nullable String authenticatedBy;

    Correspondence(
            ReplyTokens tokens,
            Directory directory,
            ShortAnswers answers,
            Mailbox mailbox,
            StartByMail starts,
            Acknowledgements acknowledgements,
            FileAttachments attachments,
            Comments comments,
            Bounces bounces,
            OurAddresses addresses,
            @Nullable String authenticatedBy) {
        this.tokens = tokens;
        this.directory = directory;
        this.answers = answers;
        this.mailbox = mailbox;
        this.starts = starts;
        this.acknowledgements = acknowledgements;
        this.attachments = attachments;
        this.comments = comments;
        this.bounces = bounces;
        this.addresses = addresses;
        this.authenticatedBy = authenticatedBy;
    }

    /** Throws {@link Undeliverable} for a mail with which nothing can be done. */
    Outcome take(Mailbox.Waiting waiting) {
        var mail = Replies.read(waiting.raw());
        var process = OurAddresses.process(waiting.recipient()).orElse(null);
        if (process != null) {
            return isWrittenByPerson(mail, waiting)
                    ? starts.start(process, mail, from(mail), waiting, key(waiting.digest()))
                    : Outcome.of(Outcome.Kind.AUTOMATIC);
        }
        var scope =
                ReplyTokens.inAddress(waiting.recipient()).flatMap(tokens::find).orElse(null);
        return scope == null ? ofNoAddress(mail, waiting) : reply(mail, scope, waiting);
    }

    /** What of a mail that is dealt with is filed nowhere else; null for nothing. */
    @Nullable
    String left(Mailbox.Waiting waiting, Outcome outcome) {
        var mail = Replies.read(waiting.raw());
        if (outcome.kind() != Outcome.Kind.NOT_VERIFIED) {
            return starts.left(mail, outcome);
        }
        var files = mail.attachments().stream().map(Mail.Attachment::name).toList();
        return files.isEmpty() ? null : "It is not verified, and files came with it: " + String.join(", ", files);
    }

    // A mail that answers none of ours

    private static Reply alone(Mail mail, Mailbox.Waiting waiting) {
        return Replies.understand(mail, new Asked(Set.of(), null, waiting.receivedAt(), null, List.of()));
    }

    private boolean isWrittenByPerson(Mail mail, Mailbox.Waiting waiting) {
        return !addresses.isOurSender(mail.from().address())
                && !(alone(mail, waiting) instanceof Reply.Bounce || alone(mail, waiting) instanceof Reply.Automatic);
    }

    private StartByMail.From from(Mail mail) {
        return Authenticity.isDenied(mail, authenticatedBy)
                ? StartByMail.From.DENIED
                : Authenticity.isConfirmed(mail, authenticatedBy)
                        ? StartByMail.From.CONFIRMED
                        : StartByMail.From.UNKNOWN;
    }

    private Outcome ofNoAddress(Mail mail, Mailbox.Waiting waiting) {
        if (alone(mail, waiting) instanceof Reply.Bounce bounce && bounces.report(told(bounce), null)) {
            return Outcome.of(Outcome.Kind.BOUNCE);
        }
        throw new Undeliverable("It answers no mail of ours that is known");
    }

    private static Bounces.Bounce told(Reply.Bounce bounce) {
        return new Bounces.Bounce(bounce.returned(), bounce.lasting(), bounce.reason());
    }

    // A reply

    /** A mail that is surely from whom we wrote to. */
    private record From(Scope scope, Person person, Mail mail, Mailbox.Waiting waiting, Idempotency key) {}

    private Outcome reply(Mail mail, Scope scope, Mailbox.Waiting waiting) {
        var person = directory.find(scope.person()).orElseThrow(() -> new Undeliverable("Its addressee is not here"));
        var key = key(waiting.digest());
        if (addresses.isOurSender(mail.from().address())) {
            return about(Outcome.Kind.AUTOMATIC, scope); // a loop ends here
        }
        var from = new From(scope, person, mail, waiting, key);
        return switch (Replies.understand(mail, answers.asked(scope, person))) {
            case Reply.Bounce bounce -> {
                bounces.report(told(bounce), scope);
                yield about(Outcome.Kind.BOUNCE, scope);
            }
            case Reply.Automatic _ -> about(Outcome.Kind.AUTOMATIC, scope);
            case Reply _ when !isFrom(person, mail) -> notVerified(scope, mail, key);
            case Reply reply -> dealWith(from, reply);
        };
    }

    private boolean isFrom(Person person, Mail mail) {
        return person.email() != null
                && person.leftAt() == null
                && person.email().toLowerCase(Locale.ROOT).equals(mail.from().address())
                && !Authenticity.isDenied(mail, authenticatedBy);
    }

    /** Files first: what they show is there when the step is done. */
    private Outcome dealWith(From from, Reply reply) {
        var scope = from.scope();
        var filed = attachments.file(scope.caseId(), scope.step(), from.person(), from.mail(), from.waiting());
        if (from.waiting().attempts() > 1) {
            var before = answers.before(scope, from.key());
            if (before.isPresent()) {
                var done = before.get();
                return performed(from, done, done.act() == Act.APPROVE ? "done" : done.word(), filed);
            }
        }
        if (reply instanceof Reply.Answer answer && !answer.sure()) {
            answers.suggest(scope, answer);
            return said(from, false, "perhaps-answer", filed);
        }
        if (reply.act() == null) {
            return said(from, reply instanceof Reply.Question, "message", filed);
        }
        if (reply instanceof Reply.Undo
                && !mailbox.mayTakeBack(scope, from.mail().writtenAt())) {
            return said(from, false, "not-possible", filed);
        }
        return switch (answers.perform(scope, reply, "by mail", from.key())) {
            case Done.Performed done -> performed(from, done, done.word(), filed);
            case Done.ByLink _ -> {
                if (reply instanceof Reply.Answer answer) {
                    answers.suggest(scope, answer);
                }
                yield said(from, false, "by-link", filed);
            }
            case Done.NotPossible _, Done.NotTheirs _ -> said(from, false, "not-possible", filed);
        };
    }

    private Outcome performed(From from, Done.Performed done, String what, Filed filed) {
        var scope = from.scope();
        var outcome = new Outcome(
                Outcome.Kind.ACT,
                scope.person(),
                scope.caseId(),
                scope.step(),
                done.act().name(),
                done.seq(),
                null,
                false);
        return acknowledged(from, outcome, new Line(what, done.day(), done.undoUntil(), done.seq(), filed));
    }

    /** A comment of theirs on the step, for whoever has it. */
    private Outcome said(From from, boolean question, String what, Filed filed) {
        var person = from.person();
        var audience = person.kind() == Person.Kind.CONTACT ? Audience.people(List.of(person.id())) : Audience.INTERNAL;
        var text = text(from.mail(), filed, Words.of(person.profile().locale()));
        int seq = post(from.scope(), Actor.person(person.id()), text, audience, question, from.key());
        return acknowledged(from, about(Outcome.Kind.COMMENT, from.scope()), Line.of(what, seq, filed));
    }

    private Outcome acknowledged(From from, Outcome outcome, Line line) {
        var scope = from.scope();
        boolean answered = acknowledgements.send(
                from.person(), scope.caseId(), scope.step(), from.mail().subject(), line, from.waiting());
        return outcome.from(from.mail().from().address(), answered);
    }

    /** Somebody else wrote it, or it looks so: it is read, and nothing is done in the name of whom we wrote to. */
    private Outcome notVerified(Scope scope, Mail mail, Idempotency key) {
        var from = mail.from().address().isEmpty() ? "nobody" : mail.from().address();
        var text = "Not verified. A mail that says it is from " + from + " came as an answer:\n\n" + text(mail);
        post(scope, MAILBOX, clipped(text, Comments.TEXT_CHARACTERS_MAX), Audience.INTERNAL, false, key);
        return about(Outcome.Kind.NOT_VERIFIED, scope);
    }

    /** Returns its place in the journal. */
    private int post(Scope scope, Actor author, String text, Audience audience, boolean question, Idempotency key) {
        var answer = comments.post(scope.caseId(), scope.step(), author, text, audience, question, key)
                .answer();
        if (answer instanceof Answer.Refused && scope.step() != 0) {
            // The step is over: then it is about the case.
            answer = comments.post(scope.caseId(), 0, author, text, audience, question, key)
                    .answer();
        }
        return switch (answer) {
            case Answer.Done done -> done.seq();
            case Answer.Refused refused ->
                throw new Undeliverable("The case does not take it as a comment: " + refused.message());
            case Answer.KeyReused _ -> throw new Undeliverable("It was dealt with before, as something else");
        };
    }

    private String text(Mail mail, Filed filed, Words words) {
        var lines = filed.lines(words, attachments.bytesMax());
        var files = lines.isEmpty() ? "" : "\n\n" + String.join("\n", lines);
        int room = Math.max(1, Comments.TEXT_CHARACTERS_MAX - files.length());
        return clipped(clipped(text(mail), room) + files, Comments.TEXT_CHARACTERS_MAX);
    }

    private static String clipped(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }

    private static String text(Mail mail) {
        var text = Replies.text(mail);
        return text.isBlank() ? "(A mail without text: " + mail.subject() + ")" : text;
    }

    private static Outcome about(Outcome.Kind kind, Scope scope) {
        return new Outcome(kind, scope.person(), scope.caseId(), scope.step(), null, 0, null, false);
    }

    /** The same for the same mail, however often it is dealt with. */
    static Idempotency key(byte[] digest) {
        var bytes = ByteBuffer.wrap(digest);
        var key = new UUID(bytes.getLong(), bytes.getLong());
        return new Idempotency(key, new UUID(bytes.getLong(), bytes.getLong()));
    }
}
