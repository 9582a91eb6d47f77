package io.baton.server.guest;

import io.baton.engine.Step;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Answers.Why;
import io.baton.server.room.FileRefused;
import io.baton.server.room.Files;
import io.baton.server.room.Files.Attachment;
import io.baton.server.room.HeldFiles;
import io.baton.server.room.Reader;
import io.baton.server.room.Signatures;
import io.baton.server.room.Signatures.Mark;
import io.baton.server.room.Signatures.Signer;
import java.io.InputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files of a step as one contact meets them: what they are to open and to sign, what they may see, what they send. */
final class Papers {

    /** Stands for what is added to an answer whose form has no field for files; no variable of the case. */
    static final String EVIDENCE = "+files";

    static final String NAME = "sign.name";
    static final String DRAWING = "sign.drawing";

    private static final String PNG = "data:image/png;base64,";

    private final Files files;
    private final HeldFiles held;
    private final Signatures signatures;

    Papers(Files files, HeldFiles held, Signatures signatures) {
        this.files = files;
        this.held = held;
        this.signatures = signatures;
    }

    /** A file that the contact sent at the step; {@code held}: not handed in yet. */
    record Mine(UUID id, String field, String name, long size, boolean held) {}

    static Reader reader(Person person) {
        return Reader.contact(person.id(), person.organisation());
    }

    // What they send

    /** By id, in the order of coming. */
    SequencedMap<String, Mine> mine(long caseId, int step, String person) {
        var mine = new LinkedHashMap<String, Mine>();
        files.list(caseId, Reader.contact(person, null)).stream()
                .filter(file ->
                        file.attached().step() == step && file.attached().by().equals(person) && file.name() != null)
                .forEach(file -> mine.put(
                        file.id().toString(),
                        new Mine(
                                file.id(),
                                "",
                                String.valueOf(file.name()),
                                file.attached().size(),
                                false)));
        held.list(caseId, step, person)
                .forEach(file -> mine.put(
                        file.id().toString(), new Mine(file.id(), file.field(), file.name(), file.size(), true)));
        return mine;
    }

    List<String> types(long caseId, int step) {
        return files.types(caseId, step);
    }

    long bytesMax() {
        return files.settings().fileBytesMax();
    }

    UUID hold(long caseId, int step, String person, String field, String name, InputStream bytes) {
        return held.hold(caseId, step, person, field, name, bytes);
    }

    UUID begin(long caseId, int step, String person, String field, String name, long length) {
        return held.begin(caseId, step, person, field, name, length);
    }

    /** What the page listed and the contact no longer wants to send. */
    void takeAway(long caseId, int step, String person, Set<String> listed, Set<String> wanted) {
        held.list(caseId, step, person).stream()
                .map(HeldFiles.Held::id)
                .filter(id -> listed.contains(id.toString()) && !wanted.contains(id.toString()))
                .forEach(held::takeAway);
    }

    /** The files of an answer are attached to the case now. Null when that went well. */
    @Nullable
    Problem handIn(List<Mine> chosen) {
        for (var file : chosen) {
            try {
                if (file.held() && !held.handIn(file.id())) {
                    return new Problem(Why.FILE_GONE, file.name());
                }
            } catch (FileRefused e) {
                return problem(e, bytesMax());
            }
        }
        return null;
    }

    static Problem problem(FileRefused refused, long bytesMax) {
        return switch (refused.reason()) {
            case TOO_LARGE -> new Problem(Why.FILE_TOO_LARGE, String.valueOf(bytesMax >> 20));
            case TOO_MANY -> new Problem(Why.FILE_TOO_MANY, null);
            case EMPTY -> new Problem(Why.FILE_EMPTY, null);
            case TYPE_NOT_ALLOWED -> new Problem(Why.FILE_TYPE, null);
            case INFECTED -> new Problem(Why.FILE_INFECTED, null);
            case NOT_SCANNED -> new Problem(Why.FILE_NOT_SCANNED, null);
            case NO_SUCH_CASE, NO_SUCH_UPLOAD, WRONG_OFFSET, REFUSED -> new Problem(Why.FILE_GONE, null);
        };
    }

    // What they see

    /** To be opened or signed here. */
    List<Files.Asked> asked(long caseId, int step, Person person) {
        return files.asked(caseId, step, reader(person)).stream()
                .filter(asked -> asked.file().name() != null)
                .toList();
    }

    /** All else that is shared with them or that they sent, in the order of attaching. */
    List<Attachment> shared(long caseId, Person person, List<Files.Asked> asked) {
        return files.list(caseId, reader(person)).stream()
                .filter(file -> file.name() != null
                        && asked.stream().noneMatch(each -> each.file().id().equals(file.id())))
                .toList();
    }

    // What has to be so before the task can be done

    static boolean asksToSign(GuestCase seen, Step step, String person) {
        return seen.state().papers(step, person).stream().anyMatch(paper -> paper.toSign() && !paper.signed());
    }

    /** By the ids of their places on the page. */
    SequencedMap<String, Problem> missing(
            long caseId, int step, Person person, Set<UUID> opened, Map<String, List<String>> sent) {
        var missing = new LinkedHashMap<String, Problem>();
        var asked = asked(caseId, step, person);
        for (var each : asked) {
            var paper = each.paper();
            if (paper.toOpen()
                    && !paper.opened()
                    && !opened.contains(each.file().id())) {
                missing.put(
                        "paper-" + each.file().id(),
                        new Problem(Why.NOT_OPENED, each.file().name()));
            }
        }
        if (asked.stream()
                .anyMatch(each -> each.paper().toSign() && !each.paper().signed())) {
            if (text(sent, NAME).isBlank()) {
                missing.put(NAME, new Problem(Why.REQUIRED, null));
            } else if (text(sent, NAME).length() > Signatures.NAME_CHARACTERS_MAX) {
                missing.put(NAME, new Problem(Why.TOO_LONG, String.valueOf(Signatures.NAME_CHARACTERS_MAX)));
            } else if (mark(sent) == null) {
                missing.put(DRAWING, new Problem(Why.DRAWING, null));
            }
        }
        return missing;
    }

    /** Notes what was opened, and signs what is to be signed. Null when that went well. */
    @Nullable
    Problem bring(
            long caseId, int step, Person person, Set<UUID> opened, Map<String, List<String>> sent, Signer signer) {
        var asked = asked(caseId, step, person);
        asked.stream()
                .filter(each -> opened.contains(each.file().id()))
                .forEach(each -> files.note(caseId, step, each.file().id(), reader(person)));
        for (var each : asked) {
            if (each.paper().toSign() && !each.paper().signed()) {
                var mark = mark(sent);
                if (mark == null) {
                    return new Problem(Why.DRAWING, null);
                }
                try {
                    var signed = signatures.sign(caseId, step, each.file().id(), reader(person), signer, mark);
                    if (!(signed.answer() instanceof Answer.Done)) {
                        return new Problem(Why.NOT_SIGNED, each.file().name());
                    }
                } catch (FileRefused e) {
                    return new Problem(Why.NOT_SIGNED, each.file().name());
                }
            }
        }
        return null;
    }

    private static @Nullable Mark mark(Map<String, List<String>> sent) {
        var drawing = text(sent, DRAWING);
        try {
            return new Mark(
                    text(sent, NAME).strip(),
                    drawing.startsWith(PNG) ? Base64.getDecoder().decode(drawing.substring(PNG.length())) : null);
        } catch (FileRefused | IllegalArgumentException e) {
            return null;
        }
    }

    private static String text(Map<String, List<String>> sent, String name) {
        var texts = sent.getOrDefault(name, List.of());
        return texts.isEmpty() ? "" : texts.getFirst();
    }
}
