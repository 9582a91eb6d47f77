package io.baton.server.mailbox;

import io.baton.engine.Actor;
import io.baton.engine.model.Outside;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.mailbox.Acknowledgements.Line;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Deployments.Version;
import io.baton.server.replies.Mail;
import io.baton.server.replies.Replies;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail to {@code start+PROCESS@…} starts a case, where the process says whose may. What the mail says is the variable
 * {@code mail}: {@code from}, {@code name}, {@code subject}, {@code text}.
 */
final class StartByMail {

    /** Within a day, of one sender and of all: a mail loop, or somebody who means ill, must not fill the installation. */
    static final int STARTS_OF_ONE_MAX = 20;

    static final int STARTS_MAX = 500;

    /** Beyond so many kept mails, one that may not start anything is only counted. */
    static final int KEPT_MAX = 1_000;

    private static final int TEXT_CHARACTERS_MAX = 20_000;
    private static final int SUBJECT_CHARACTERS_MAX = 500;

    private final Deployments deployments;
    private final Cases cases;
    private final Directory directory;
    private final Mailbox mailbox;
    private final FileAttachments attachments;
    private final Acknowledgements acknowledgements;

    StartByMail(
            Deployments deployments,
            Cases cases,
            Directory directory,
            Mailbox mailbox,
            FileAttachments attachments,
            Acknowledgements acknowledgements) {
        this.deployments = deployments;
        this.cases = cases;
        this.directory = directory;
        this.mailbox = mailbox;
        this.attachments = attachments;
        this.acknowledgements = acknowledgements;
    }

    /** How sure it is that the mail is from whom it says. */
    enum From {
        DENIED,
        UNKNOWN,
        CONFIRMED
    }

    Outcome start(String process, Mail mail, From from, Mailbox.Waiting waiting, Idempotency key) {
        var address = mail.from().address();
        var version = deployments.newestVersions().stream()
                .filter(each -> each.key().equalsIgnoreCase(process))
                .findFirst()
                .orElse(null);
        var sender = directory
                .findByEmail(address)
                .filter(person -> person.leftAt() == null)
                .orElse(null);
        var refused = refused(version, address, sender, from);
        if (version == null || refused != null) {
            return regret(refused == null ? "refused" : refused, mail, sender, from, waiting);
        }
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("mail", content(mail));
        var actor = sender == null ? Correspondence.MAILBOX : Actor.person(sender.id());
        return switch (cases.start(version.id(), null, variables, version.deployedBy(), actor, key)) {
            case Answer.Done done -> started(done, mail, sender, waiting);
            case Answer.Refused answer -> throw new Undeliverable("No case starts: " + answer.message());
            case Answer.KeyReused _ -> throw new Undeliverable("It started a case before");
        };
    }

    /** Null where a case may start, else below {@code started.} what to say. */
    private @Nullable String refused(@Nullable Version version, String address, @Nullable Person sender, From from) {
        var allowed = version == null
                ? Outside.StartByMail.NOBODY
                : deployments.requireModel(version.id()).outside().startByMail();
        var may = switch (allowed) {
            case NOBODY -> false;
            case KNOWN -> sender != null;
            case ANYONE -> !address.isEmpty();
        };
        if (version != null && sender != null && !mayStart(version, sender)) {
            return "refused";
        }
        if (!may || from == From.DENIED || version == null || !deployments.startsByHand(version.id())) {
            return "refused";
        }
        return mailbox.started(address) >= STARTS_OF_ONE_MAX || mailbox.started(null) >= STARTS_MAX ? "too-many" : null;
    }

    /** Of members those may by mail who may by hand. */
    private boolean mayStart(Version version, Person sender) {
        return sender.kind() != Person.Kind.MEMBER
                || sender.admin()
                || directory.mayStart(deployments.requireModel(version.id()).starters(), sender.id());
    }

    private Outcome started(Answer.Done done, Mail mail, @Nullable Person sender, Mailbox.Waiting waiting) {
        var outcome = new Outcome(
                Outcome.Kind.STARTED,
                sender == null ? null : sender.id(),
                done.caseId(),
                0,
                null,
                done.seq(),
                mail.from().address(),
                false);
        if (sender == null) {
            return outcome;
        }
        var filed = attachments.file(done.caseId(), 0, sender, mail, waiting);
        var line = Line.of("started", done.seq(), filed);
        boolean answered = acknowledgements.send(sender, done.caseId(), 0, mail.subject(), line, waiting);
        return outcome.from(mail.from().address(), answered);
    }

    /** Said to who is known, or surely wrote it: an answer to a forged address would reach somebody who asked nothing. */
    private Outcome regret(String why, Mail mail, @Nullable Person sender, From from, Mailbox.Waiting waiting) {
        var address = mail.from().address();
        var stranger = Person.contact(
                mail.from().name().isBlank() ? address : mail.from().name(), address, "");
        boolean mayHear = from == From.CONFIRMED || (from == From.UNKNOWN && sender != null);
        boolean answered =
                mayHear && acknowledgements.regret(sender == null ? stranger : sender, mail.subject(), why, waiting);
        return Outcome.of(Outcome.Kind.NOT_STARTED).from(address, answered);
    }

    /** Why such a mail is kept for an administrator; null where it is not. */
    @Nullable
    String left(Mail mail, Outcome outcome) {
        return switch (outcome.kind()) {
            case NOT_STARTED ->
                mailbox.keptCount() < KEPT_MAX
                        ? "It may not start a case" + (outcome.answered() ? "; its sender was told so" : "")
                        : null;
            case STARTED ->
                outcome.person() == null && !mail.attachments().isEmpty()
                        ? "It started a case, but files came with it from somebody unknown"
                        : null;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> content(Mail mail) {
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("from", mail.from().address());
        content.put("name", mail.from().name());
        content.put("subject", clipped(mail.subject(), SUBJECT_CHARACTERS_MAX));
        content.put("text", clipped(Replies.text(mail), TEXT_CHARACTERS_MAX));
        return content;
    }

    private static String clipped(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }
}
