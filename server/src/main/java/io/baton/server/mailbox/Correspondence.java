package io.baton.server.mailbox;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.cases.Cases;
import io.baton.server.channel.ReplyTokens;
import io.baton.server.channel.ReplyTokens.Scope;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.mailbox.ActByMail.Done;
import io.baton.server.replies.Mail;
import io.baton.server.replies.Replies;
import io.baton.server.replies.Reply;
import io.baton.server.room.Audience;
import io.baton.server.room.Comments;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of a mail: whose it is, what they say, and that it is done once. */
final class Correspondence {

    static final Actor MAILBOX = Actor.system("mailbox");

    private final ReplyTokens tokens;
    private final Directory directory;
    private final ActByMail acts;
    private final Cases cases;
    private final Comments comments;
    private final Addresses addresses;
    private final @Nullable String authenticatedBy;

    Correspondence(
            ReplyTokens tokens,
            Directory directory,
            ActByMail acts,
            Cases cases,
            Comments comments,
            Addresses addresses,
            @Nullable String authenticatedBy) {
        this.tokens = tokens;
        this.directory = directory;
        this.acts = acts;
        this.cases = cases;
        this.comments = comments;
        this.addresses = addresses;
        this.authenticatedBy = authenticatedBy;
    }

    /** Throws {@link Undeliverable} for a mail with which nothing can be done. */
    Outcome take(Mailbox.Waiting waiting) {
        var mail = Replies.read(waiting.raw());
        var scope = ReplyTokens.inAddress(waiting.recipient())
                .flatMap(tokens::find)
                .orElseThrow(() -> new Undeliverable("It answers no mail of ours that is known"));
        var person = directory.find(scope.person()).orElseThrow(() -> new Undeliverable("Its addressee is not here"));
        var key = key(waiting.digest());
        if (addresses.isOurSender(mail.from().address())) {
            return about(Outcome.Kind.AUTOMATIC, scope); // a loop ends here
        }
        return switch (Replies.understand(mail, acts.asked(scope, person))) {
            case Reply.Bounce bounce -> bounced(scope, bounce);
            case Reply.Automatic _ -> about(Outcome.Kind.AUTOMATIC, scope);
            case Reply reply when !isFrom(person, mail) -> notVerified(scope, mail, key);
            case Reply reply
            when reply.act() == null -> said(scope, person, mail, reply instanceof Reply.Question, key);
            case Reply reply -> act(scope, person, mail, reply, key);
        };
    }

    /** What of a mail that is dealt with is filed nowhere else; null for nothing. */
    static @Nullable String left(Mailbox.Waiting waiting, Outcome outcome) {
        var files = Replies.read(waiting.raw()).attachments().stream()
                .map(Mail.Attachment::name)
                .toList();
        return switch (outcome.kind()) {
            case ACT, COMMENT, NOT_VERIFIED ->
                files.isEmpty() ? null : "It is dealt with, but files came with it: " + String.join(", ", files);
            case STARTED, AUTOMATIC, BOUNCE, KEPT -> null;
        };
    }

    /** About the step, or about the case where the step is over. Told twice, the case does nothing. */
    private Outcome bounced(Scope scope, Reply.Bounce bounce) {
        if (bounce.lasting()) {
            var told = report(scope, scope.step(), bounce.reason());
            if (told instanceof Answer.Refused && scope.step() != 0) {
                report(scope, 0, bounce.reason());
            }
        }
        return about(Outcome.Kind.BOUNCE, scope);
    }

    private Answer report(Scope scope, int step, String reason) {
        var command = new Command.ReportUndelivered(step, scope.person(), reason);
        return cases.perform(scope.caseId(), command, MAILBOX, null);
    }

    private boolean isFrom(Person person, Mail mail) {
        return person.email() != null
                && person.leftAt() == null
                && person.email().toLowerCase(Locale.ROOT).equals(mail.from().address())
                && !Authenticity.isDenied(mail, authenticatedBy);
    }

    private Outcome act(Scope scope, Person person, Mail mail, Reply reply, Idempotency key) {
        return switch (acts.perform(scope, reply, key)) {
            case Done.Performed done ->
                new Outcome(
                        Outcome.Kind.ACT,
                        scope.person(),
                        scope.caseId(),
                        scope.step(),
                        done.act().name(),
                        done.seq());
            case Done.NotPossible _ -> said(scope, person, mail, false, key);
        };
    }

    /** A comment of theirs on the step, for whoever has it. */
    private Outcome said(Scope scope, Person person, Mail mail, boolean question, Idempotency key) {
        var audience = person.kind() == Person.Kind.CONTACT ? Audience.people(List.of(person.id())) : Audience.INTERNAL;
        post(scope, Actor.person(person.id()), text(mail), audience, question, key);
        return about(Outcome.Kind.COMMENT, scope);
    }

    /** Somebody else wrote it, or it looks so: it is read, and nothing is done in the name of whom we wrote to. */
    private Outcome notVerified(Scope scope, Mail mail, Idempotency key) {
        var from = mail.from().address().isEmpty() ? "nobody" : mail.from().address();
        var text = "Not verified. A mail that says it is from " + from + " came as an answer:\n\n" + text(mail);
        post(scope, MAILBOX, text, Audience.INTERNAL, false, key);
        return about(Outcome.Kind.NOT_VERIFIED, scope);
    }

    private void post(Scope scope, Actor author, String text, Audience audience, boolean question, Idempotency key) {
        var cut = text.length() <= Comments.TEXT_CHARACTERS_MAX
                ? text
                : text.substring(0, Comments.TEXT_CHARACTERS_MAX - 1) + "…";
        var answer = comments.post(scope.caseId(), scope.step(), author, cut, audience, question, key)
                .answer();
        if (answer instanceof Answer.Refused && scope.step() != 0) {
            // The step is over: then it is about the case.
            answer = comments.post(scope.caseId(), 0, author, cut, audience, question, key)
                    .answer();
        }
        if (answer instanceof Answer.Refused refused) {
            throw new Undeliverable("The case does not take it as a comment: " + refused.message());
        }
    }

    private static String text(Mail mail) {
        var text = Replies.text(mail);
        return text.isBlank() ? "(A mail without text: " + mail.subject() + ")" : text;
    }

    private static Outcome about(Outcome.Kind kind, Scope scope) {
        return new Outcome(kind, scope.person(), scope.caseId(), scope.step(), null, 0);
    }

    /** The same for the same mail, however often it is dealt with. */
    static Idempotency key(byte[] digest) {
        var bytes = ByteBuffer.wrap(digest);
        var key = new UUID(bytes.getLong(), bytes.getLong());
        return new Idempotency(key, new UUID(bytes.getLong(), bytes.getLong()));
    }
}
