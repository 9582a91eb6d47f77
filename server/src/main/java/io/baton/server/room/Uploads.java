package io.baton.server.room;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.codec.Decoder;
import io.baton.engine.model.FlowNode;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.processes.Deployments;
import io.baton.server.room.FileRefused.Reason;
import io.baton.server.room.Files.Upload;
import io.baton.server.tasks.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Files on their way in. They come piece by piece, or all at once; complete, each is looked at and scanned, and then
 * attached by a command, or held until whoever sent it hands it in.
 */
final class Uploads {

    /** One person's uploads under way. */
    static final int UNFINISHED_MAX = 50;

    /** Complete and looked at, and its sender's to hand in or to take away. */
    static final int HELD = 4;

    private static final String BEGIN = """
            insert into file (id, case_id, step, person, name, length, received, audience, field, state, changed_at)
            values (?, ?, ?, ?, ?, ?, 0, ?, ?, 0, ?)""";

    private static final String USED = """
            select count(*), coalesce(sum(coalesce(length, received)), 0),
                count(*) filter (where state in (0, 4) and person = ?)
            from file where case_id = ?""";

    private static final String UPLOAD = """
            select id, case_id, step, person, name, length, received, audience, field, state,
                (extract(epoch from changed_at) * 1000000)::bigint as changed
            from file where id = ?""";

    private final JdbcClient database;
    private final FileParts parts;
    private final Cases cases;
    private final Tasks tasks;
    private final Deployments deployments;
    private final FileSettings settings;
    private final Clock clock;
    private final @Nullable Scanner scanner;

    Uploads(
            JdbcClient database,
            FileParts parts,
            Cases cases,
            Tasks tasks,
            Deployments deployments,
            FileSettings settings,
            Clock clock) {
        this.database = database;
        this.parts = parts;
        this.cases = cases;
        this.tasks = tasks;
        this.deployments = deployments;
        this.settings = settings;
        this.clock = clock;
        this.scanner = settings.clamav() == null ? null : new Scanner(settings.clamav());
    }

    /** The content types that may be attached there: {@code image/*} stands for all pictures but SVG. */
    List<String> types(long caseId, int step) {
        return tasks.find(caseId, step)
                .map(task -> deployments.requireModel(task.process()).node(task.node()))
                .filter(FlowNode.UserTask.class::isInstance)
                .map(node -> ((FlowNode.UserTask) node).papers().uploads())
                .filter(types -> !types.isEmpty())
                .orElse(ContentTypes.USUAL);
    }

    /** {@code field} is that of a form for which somebody outside sends it, else null. */
    UUID begin(
            long caseId, int step, String person, String name, long length, Audience audience, @Nullable String field) {
        if (length > settings.fileBytesMax()) {
            throw tooLarge();
        }
        return insert(UUID.randomUUID(), caseId, step, person, name, length, audience, field);
    }

    UUID insert(
            UUID id,
            long caseId,
            int step,
            String person,
            String name,
            @Nullable Long length,
            Audience audience,
            @Nullable String field) {
        if (cases.find(caseId).isEmpty()) {
            throw new FileRefused(Reason.NO_SUCH_CASE, "There is no such case.");
        }
        if (length != null && length == 0) {
            throw empty();
        }
        record Used(int files, long bytes, int unfinished) {}
        var used = database.sql(USED)
                .param(person)
                .param(caseId)
                .query((row, _) -> new Used(row.getInt(1), row.getLong(2), row.getInt(3)))
                .single();
        if (used.files() >= Files.FILES_MAX || used.unfinished() >= UNFINISHED_MAX) {
            throw new FileRefused(
                    Reason.TOO_MANY,
                    used.files() >= Files.FILES_MAX
                            ? "The case has " + Files.FILES_MAX + " files, which is all it may have."
                            : "There are " + UNFINISHED_MAX + " uploads of yours under way; finish them first.");
        }
        if (used.bytes() + (length == null ? 0 : length) > settings.caseBytesMax()) {
            throw new FileRefused(
                    Reason.TOO_LARGE,
                    "The files of a case may have " + megabytes(settings.caseBytesMax()) + " MB together.");
        }
        database.sql(BEGIN)
                .param(id)
                .param(caseId)
                .param(step)
                .param(person)
                .param(FileName.sane(name))
                .param(length)
                .param(audience.parties().toArray(String[]::new))
                .param(field)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    private FileRefused tooLarge() {
        return new FileRefused(
                Reason.TOO_LARGE, "A file may have at most " + megabytes(settings.fileBytesMax()) + " MB.");
    }

    private static FileRefused empty() {
        return new FileRefused(Reason.EMPTY, "The file is empty.");
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }

    Optional<Upload> find(UUID id) {
        return database.sql(UPLOAD)
                .param(id)
                .query((row, _) -> upload(row))
                .optional()
                .filter(upload -> upload.complete() || clock.instant().isBefore(upload.expiresAt()));
    }

    private Upload upload(ResultSet row) throws SQLException {
        return new Upload(
                row.getObject("id", UUID.class),
                row.getLong("case_id"),
                row.getInt("step"),
                row.getString("person"),
                row.getString("name"),
                row.getObject("length", Long.class),
                row.getLong("received"),
                new Audience(List.of((String[]) row.getArray("audience").getArray())),
                row.getString("field"),
                row.getInt("state") == 1 || row.getInt("state") == HELD,
                Decoder.instant(row.getLong("changed")).plus(settings.unfinishedMax()));
    }

    long append(UUID id, long offset, InputStream bytes) throws IOException {
        var upload = find(id).orElseThrow(Uploads::noSuchUpload);
        if (upload.complete() || upload.received() != offset) {
            throw new FileRefused(
                    Reason.WRONG_OFFSET, "The file goes on at " + upload.received() + ", not at " + offset + ".");
        }
        long length = upload.length() == null ? settings.fileBytesMax() : upload.length();
        long end = parts.append(id, offset, length, bytes);
        if (upload.length() != null && end == length) {
            finish(find(id).orElseThrow(Uploads::noSuchUpload));
        }
        return end;
    }

    /** All of a file that was begun; nothing stays of one that is refused. */
    void receive(UUID id, InputStream bytes) {
        try {
            long end = parts.append(id, 0, settings.fileBytesMax(), bytes);
            if (end == 0) {
                throw empty();
            }
            finish(find(id).orElseThrow(Uploads::noSuchUpload));
        } catch (IOException e) {
            drop(id);
            throw new UncheckedIOException(e);
        } catch (FileRefused e) {
            drop(id);
            throw e.reason() == Reason.TOO_LARGE ? tooLarge() : e;
        }
    }

    void cancel(UUID id) {
        database.sql("delete from file where id = ? and state in (0, 4)")
                .param(id)
                .update();
    }

    void drop(UUID id) {
        database.sql("delete from file where id = ? and state <> 1").param(id).update();
    }

    private static FileRefused noSuchUpload() {
        return new FileRefused(Reason.NO_SUCH_UPLOAD, "There is no such upload; it may have expired.");
    }

    /** One who finishes; the other is told that the file does not go on. */
    private void finish(Upload upload) {
        var mine = database.sql("update file set state = 3, length = received where id = ? and state = 0")
                .param(upload.id())
                .update();
        if (mine == 0) {
            throw new FileRefused(Reason.WRONG_OFFSET, "The file is complete already.");
        }
        try {
            if (upload.field() == null) {
                attach(upload);
            } else {
                var _ = look(upload);
                database.sql("update file set state = 4 where id = ? and state = 3")
                        .param(upload.id())
                        .update();
            }
        } catch (FileRefused e) {
            drop(upload.id());
            throw e;
        }
    }

    /** Attaches what is held; looked at again, for the scanner may know more by now. False where it is held no more. */
    boolean handIn(UUID id) {
        var upload = find(id).orElse(null);
        var mine = database.sql("update file set state = 3, changed_at = ? where id = ? and state = 4")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(id)
                .update();
        if (mine == 0 || upload == null) {
            return false;
        }
        try {
            attach(upload);
            return true;
        } catch (FileRefused e) {
            drop(id);
            throw e;
        }
    }

    private void attach(Upload upload) {
        var looked = look(upload);
        var answer = cases.perform(
                upload.caseId(),
                new Command.AttachFile(
                        upload.step(),
                        upload.id().toString(),
                        looked.digest(),
                        looked.type(),
                        (int) looked.size(),
                        upload.audience().parties()),
                Actor.person(upload.person()),
                null);
        if (!(answer instanceof Answer.Done)) {
            throw new FileRefused(
                    Reason.REFUSED,
                    answer instanceof Answer.Refused refused
                            ? "The file cannot be attached: " + refused.message() + "."
                            : "The file cannot be attached.");
        }
        keep(upload.id());
    }

    private record Looked(String digest, String type, long size) {}

    /** What it is, whether that is allowed, and whether the scanner lets it pass; one reading for digest and scanner. */
    private Looked look(Upload upload) {
        try (var bytes = parts.read(upload.id())) {
            var type = ContentTypes.detect(bytes.readNBytes(ContentTypes.BYTES_LOOKED_AT), upload.name());
            if (!ContentTypes.allows(types(upload.caseId(), upload.step()), type)) {
                throw new FileRefused(
                        Reason.TYPE_NOT_ALLOWED, "A file of the type " + type + " may not be attached here.");
            }
            var digest = Digests.sha256();
            long size = 0;
            try (var all = new DigestInputStream(parts.read(upload.id()), digest)) {
                if (scanner != null) {
                    scanner.scan(all);
                }
                var _ = all.transferTo(java.io.OutputStream.nullOutputStream());
                size = upload.received();
            }
            return new Looked(Digests.hex(digest), type, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keep(UUID id) {
        database.sql("update file set state = 1 where id = ? and state = 3")
                .param(id)
                .update();
    }
}
