package io.baton.server.mailbox;

import io.baton.server.directory.Person;
import io.baton.server.replies.Mail;
import io.baton.server.room.Audience;
import io.baton.server.room.FileRefused;
import io.baton.server.room.FileRefused.Reason;
import io.baton.server.room.Files;
import io.baton.server.words.Words;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/** Files what came with a mail to the case, as who sent it, by the rules for any other upload. Done again, it is there once. */
final class FileAttachments {

    /** While the scanner is away the mail waits; after so many times the file is refused. */
    private static final int SCANNED_WITHIN_ATTEMPTS = 4;

    private final Files files;

    FileAttachments(Files files) {
        this.files = files;
    }

    /** By the names that the mail gives: those attached, and why the others are not. */
    record Filed(List<String> names, SequencedMap<String, Reason> refused) {

        static final Filed NOTHING = new Filed(List.of(), new LinkedHashMap<>());

        /** One line each, in the words of who sent them. */
        List<String> lines(Words words, long bytesMax) {
            var lines = new ArrayList<String>();
            if (!names.isEmpty()) {
                lines.add(words.say("attached.filed", String.join(", ", names)));
            }
            refused.forEach((name, reason) ->
                    lines.add(words.say("attached.refused", name, words.say(key(reason), bytesMax >> 20))));
            return lines;
        }

        private static String key(Reason reason) {
            return switch (reason) {
                case TOO_LARGE -> "guest.wrong.FILE_TOO_LARGE";
                case TOO_MANY -> "guest.wrong.FILE_TOO_MANY";
                case EMPTY -> "guest.wrong.FILE_EMPTY";
                case TYPE_NOT_ALLOWED -> "guest.wrong.FILE_TYPE";
                case INFECTED -> "guest.wrong.FILE_INFECTED";
                case NOT_SCANNED -> "guest.wrong.FILE_NOT_SCANNED";
                case NO_SUCH_CASE, NO_SUCH_UPLOAD, WRONG_OFFSET, REFUSED -> "attached.closed";
            };
        }
    }

    long bytesMax() {
        return files.settings().fileBytesMax();
    }

    /** At the step, or at the case where the step is over. */
    Filed file(long caseId, int step, Person by, Mail mail, Mailbox.Waiting waiting) {
        var names = new ArrayList<String>();
        var refused = new LinkedHashMap<String, Reason>();
        var audience = by.kind() == Person.Kind.CONTACT ? Audience.people(List.of(by.id())) : Audience.INTERNAL;
        int nr = 0;
        for (var attachment : mail.attachments()) {
            var id = id(waiting.digest(), nr++);
            try {
                file(id, caseId, step, by, attachment, audience);
                names.add(attachment.name());
            } catch (FileRefused e) {
                if (e.reason() == Reason.NOT_SCANNED && waiting.attempts() < SCANNED_WITHIN_ATTEMPTS) {
                    throw e;
                }
                refused.put(attachment.name(), e.reason());
            }
        }
        return new Filed(List.copyOf(names), refused);
    }

    private void file(UUID id, long caseId, int step, Person by, Mail.Attachment attachment, Audience audience) {
        try {
            files.attachOnce(id, caseId, step, by.id(), attachment.name(), bytes(attachment), audience);
        } catch (FileRefused e) {
            if (e.reason() != Reason.REFUSED || step == 0) {
                throw e;
            }
            files.attachOnce(id, caseId, 0, by.id(), attachment.name(), bytes(attachment), audience);
        }
    }

    private static ByteArrayInputStream bytes(Mail.Attachment attachment) {
        return new ByteArrayInputStream(attachment.bytes());
    }

    /** The same for the same file of the same mail. */
    static UUID id(byte[] digest, int nr) {
        var name =
                ByteBuffer.allocate(digest.length + Integer.BYTES).put(digest).putInt(nr);
        return UUID.nameUUIDFromBytes(name.array());
    }
}
