package io.baton.server.mailbox;

import io.baton.server.answers.Answerable;
import io.baton.server.answers.ShortAnswers;
import io.baton.server.cases.Cases;
import io.baton.server.channel.Channel;
import io.baton.server.channel.Channel.Sent;
import io.baton.server.channel.Channels;
import io.baton.server.channel.Letter;
import io.baton.server.channel.MessageId;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.mailbox.FileAttachments.Filed;
import io.baton.server.words.Words;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One line to who wrote: what became of it, and how to take it back. Sent again after a crash, it is the same mail. */
final class Acknowledgements {

    /** To one address in an hour: two programs that answer each other must not go on for ever. */
    static final int PER_HOUR_MAX = 20;

    /** A mail server that is away is waited for, but not for ever: what was asked for is done. */
    private static final int SENT_WITHIN_ATTEMPTS = 5;

    /** Beside the deliveries that the same entry of the journal leads to. */
    private static final int NR = 30_000;

    /** Of a number in a {@link MessageId}. */
    private static final int ENTRY_MAX = 999_999_999;

    private static final int MARK_BYTES = 8;
    private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);

    private final JdbcClient database;
    private final Cases cases;
    private final Directory directory;
    private final Channels channels;
    private final Channel mail;
    private final Mailbox mailbox;
    private final FileAttachments attachments;
    private final ShortAnswers answers;

    Acknowledgements(
            JdbcClient database,
            Cases cases,
            Directory directory,
            Channels channels,
            Mailbox mailbox,
            FileAttachments attachments,
            ShortAnswers answers) {
        this.database = database;
        this.cases = cases;
        this.directory = directory;
        this.mail = channels.mail();
        this.channels = channels;
        this.mailbox = mailbox;
        this.attachments = attachments;
        this.answers = answers;
    }

    /**
     * {@code what} is a key of the words below {@code acknowledged.}; {@code seq} the entry of the case's journal that it
     * led to.
     */
    record Line(
            String what, @Nullable LocalDate day, @Nullable Instant undoUntil, int seq, Filed files) {

        static Line of(String what, int seq, Filed files) {
            return new Line(what, null, null, seq, files);
        }
    }

    /** Whether one went; throws where it should be tried again. */
    boolean send(Person to, long caseId, int step, String subject, Line line, Mailbox.Waiting waiting) {
        var address = mail.address(to).orElse(null);
        if (address == null || mailbox.answered(address) >= PER_HOUR_MAX) {
            return false;
        }
        var message = new Channel.Message(
                id(caseId, line.seq()),
                step,
                address,
                to,
                letter(to, caseId, subject, line),
                () -> channels.link(to, caseId, step),
                false,
                () -> Answerable.NOTHING,
                null,
                null);
        return send(message, waiting);
    }

    /** Why a mail started nothing, to somebody who need not be in the directory. */
    boolean regret(Person to, String subject, String why, Mailbox.Waiting waiting) {
        var address = mail.address(to).orElse(null);
        if (address == null || mailbox.answered(address) >= PER_HOUR_MAX) {
            return false;
        }
        var words = Words.of(to.profile().locale());
        var organisation = directory.organisation().name();
        var letter = new Letter(
                words,
                organisation,
                "",
                re(words, subject),
                words.say("greeting", to.name()),
                List.of(words.say("started." + why, organisation)),
                List.of(),
                List.of(),
                null,
                List.of(),
                words.say("guest.mail.footer", organisation),
                null);
        var digest = ByteBuffer.wrap(waiting.digest());
        var id = new MessageId(
                0,
                Math.floorMod(digest.getInt(), ENTRY_MAX),
                NR,
                HexFormat.of().formatHex(waiting.digest(), 0, MARK_BYTES));
        return send(
                new Channel.Message(id, 0, address, to, letter, () -> "", false, () -> Answerable.NOTHING, null, null),
                waiting);
    }

    private boolean send(Channel.Message message, Mailbox.Waiting waiting) {
        try (var open = mail.open()) {
            return switch (open.send(message)) {
                case Sent.Accepted _ -> true;
                case Sent.Never(var reason) -> {
                    log.info(
                            "{} does not get an acknowledgement: {}",
                            message.to().id(),
                            reason);
                    yield false;
                }
                case Sent.Later(var reason) -> notYet(reason, waiting);
                case Sent.Down down -> notYet(down.reason(), waiting);
            };
        }
    }

    private static boolean notYet(String reason, Mailbox.Waiting waiting) {
        if (waiting.attempts() < SENT_WITHIN_ATTEMPTS) {
            throw new IllegalStateException("The acknowledgement cannot be sent yet: " + reason);
        }
        return false;
    }

    private Letter letter(Person to, long caseId, String subject, Line line) {
        var words = Words.of(to.profile().locale());
        var key = cases.key(caseId, cases.find(caseId).orElseThrow().process());
        var organisation = directory.organisation().name();
        var paragraphs = new ArrayList<String>();
        paragraphs.add(words.say("acknowledged." + line.what(), line.day() == null ? key : words.date(line.day())));
        paragraphs.addAll(line.files().lines(words, attachments.bytesMax()));
        var notes = new ArrayList<String>();
        if (line.undoUntil() != null) {
            notes.add(words.say("acknowledged.undo-by-link", words.moment(line.undoUntil(), answers.zone(to.id()))));
        }
        return new Letter(
                words,
                organisation,
                key,
                re(words, subject),
                words.say("greeting", to.name()),
                paragraphs,
                List.of(),
                List.of(),
                words.say(to.kind() == Person.Kind.CONTACT ? "button.contact" : "button.member"),
                notes,
                words.say("footer", organisation, key),
                null);
    }

    private static String re(Words words, String subject) {
        return words.say("acknowledged.subject", subject.strip().replaceFirst("(?i)^((re|aw|antw|sv|r|rv) ?: ?)+", ""));
    }

    private MessageId id(long caseId, int seq) {
        var hash = database.sql("select hash from journal where case_id = ? and seq = ?")
                .param(caseId)
                .param(seq)
                .query((row, _) -> row.getBytes(1))
                .single();
        return new MessageId(caseId, seq, NR, HexFormat.of().formatHex(hash, 0, MARK_BYTES));
    }
}
