package io.baton.server.room;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Engine;
import io.baton.engine.Outcome;
import io.baton.engine.Refusal;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.room.FileRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signing a document that a task asks to be signed. What comes out is a sealed PDF: the document, a page of evidence, and
 * the installation's seal over both. The task can be completed afterwards, and not before.
 */
public final class Signatures {

    /** A document to be signed is read whole. */
    public static final long DOCUMENT_BYTES_MAX = 30L << 20;

    public static final int NAME_CHARACTERS_MAX = 200;
    public static final int DRAWING_BYTES_MAX = 200_000;
    private static final int USER_AGENT_CHARACTERS_MAX = 300;

    private final Cases cases;
    private final Files files;
    private final Keys keys;
    private final Clock clock;

    public Signatures(Cases cases, Files files, Keys keys, Clock clock) {
        this.cases = cases;
        this.files = files;
        this.keys = keys;
        this.clock = clock;
    }

    /** How it is known who signs. */
    public enum Identified {
        SIGNED_IN,
        LINK,
        ONE_TIME_CODE
    }

    /** {@code name} as the directory has it. */
    public record Signer(String person, String name, Identified identified, String address, String userAgent) {
        public Signer {
            userAgent = userAgent.length() > USER_AGENT_CHARACTERS_MAX
                    ? userAgent.substring(0, USER_AGENT_CHARACTERS_MAX)
                    : userAgent;
        }
    }

    /** What they wrote: their name, and perhaps a drawing of it as a PNG. */
    public record Mark(String name, byte @Nullable [] drawing) {
        public Mark {
            if (name.isBlank() || name.length() > NAME_CHARACTERS_MAX) {
                throw new FileRefused(
                        Reason.REFUSED, "Write your name, in at most " + NAME_CHARACTERS_MAX + " characters.");
            }
            if (drawing != null && !SealedPdf.isSmallPng(drawing)) {
                throw new FileRefused(Reason.REFUSED, "The drawn signature cannot be read.");
            }
        }

        public static Mark typed(String name) {
            return new Mark(name, null);
        }
    }

    /** {@code sealed} is null unless the answer says that it is done. */
    public record Signed(Answer answer, Files.@Nullable Attachment sealed) {}

    /**
     * The {@code reader} is the signer; a file they may not see does not exist for them. The sealed document has the
     * audience of the signed one.
     */
    public Signed sign(long caseId, int step, UUID file, Reader reader, Signer signer, Mark mark) {
        var refused = wouldRefuse(caseId, step, file, signer);
        if (refused != null) {
            return new Signed(refused, null);
        }
        var document = files.asked(caseId, step, reader).stream()
                .map(Files.Asked::file)
                .filter(found -> found.id().equals(file) && found.name() != null)
                .findFirst()
                .orElseThrow(() -> new FileRefused(Reason.NO_SUCH_UPLOAD, "There is no such file."));
        var attached = document.attached();
        if (attached.size() > DOCUMENT_BYTES_MAX) {
            throw new FileRefused(
                    Reason.TOO_LARGE, "Only documents of at most " + (DOCUMENT_BYTES_MAX >> 20) + " MB can be signed.");
        }
        var row = cases.find(caseId).orElseThrow();
        var evidence = new Evidence(
                cases.key(caseId, row.process()),
                step,
                file.toString(),
                String.valueOf(document.name()),
                attached.digest(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                signer,
                mark);
        var audience = new Audience(attached.audience());
        var sealed = files.attach(
                caseId,
                0,
                signer.person(),
                "signed " + withoutEnding(String.valueOf(document.name())) + ".pdf",
                new ByteArrayInputStream(seal(attached, evidence)),
                audience);
        var command = new Command.SignFile(
                step,
                file.toString(),
                attached.digest(),
                Digests.of(evidence.json()),
                sealed.id().toString());
        var answer = cases.perform(caseId, command, Actor.person(signer.person()), null);
        if (!(answer instanceof Answer.Done)) {
            files.erase(caseId, sealed.id(), Actor.system("retention"));
            return new Signed(answer, null);
        }
        return new Signed(answer, sealed);
    }

    private byte[] seal(Room.Attached attached, Evidence evidence) {
        try (var bytes = files.bytes(attached.id())) {
            return SealedPdf.of(bytes.readAllBytes(), attached.type(), evidence, keys.seal());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asked before anything is made; the committer asks again. */
    private Answer.@Nullable Refused wouldRefuse(long caseId, int step, UUID file, Signer signer) {
        var row = cases.find(caseId).orElse(null);
        if (row == null) {
            return new Answer.Refused(Refusal.NO_SUCH_CASE, "there is no such case");
        }
        var command = new Command.SignFile(step, file.toString(), "", "", "");
        var outcome = Engine.decide(cases.state(row), command, Actor.person(signer.person()), clock.instant());
        return outcome instanceof Outcome.Refused(var reason, var message) ? new Answer.Refused(reason, message) : null;
    }

    /** What was signed in a case, as far as this reader may see it. */
    public List<Room.Signed> list(long caseId, Reader reader) {
        var room = files.room(caseId);
        return room.signatures().stream()
                .filter(signed -> {
                    var file = room.file(signed.file());
                    return file != null && reader.sees(file.by(), file.audience());
                })
                .toList();
    }

    private static String withoutEnding(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
