package io.baton.server.room;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Paper;
import io.baton.engine.model.FlowNode;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.pumps.Pump;
import io.baton.server.tasks.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The files of a case. Bytes come in as they arrive and may go on later ({@link #begin}, {@link #append}) or at once
 * ({@link #attach}); complete, they are looked at, scanned, and only then attached by a command. Whoever is not to see a
 * file is told that there is none.
 */
public final class Files implements Pump.Work {

    /** In one case, those under way too. */
    public static final int FILES_MAX = 2_000;

    /** No file has this id. */
    private static final UUID NONE = new UUID(0, 0);

    static final Duration SETTLED_AFTER = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int AT_ONCE_MAX = 100;

    private static final String UNSETTLED = """
            select id, case_id, state from file
            where (state in (2, 3) and changed_at < :settled) or (state in (0, 4) and changed_at < :expired)
            order by changed_at limit :limit""";

    private final JdbcClient database;
    private final Cases cases;
    private final Tasks tasks;
    private final Journal journal;
    private final Deployments deployments;
    private final Clock clock;
    private final FileSettings settings;
    private final FileParts parts;
    private final Uploads uploads;

    public Files(
            JdbcClient database,
            Cases cases,
            Tasks tasks,
            Journal journal,
            Deployments deployments,
            Clock clock,
            FileSettings settings) {
        this.database = database;
        this.cases = cases;
        this.tasks = tasks;
        this.journal = journal;
        this.deployments = deployments;
        this.clock = clock;
        this.settings = settings;
        this.parts = new FileParts(database, clock);
        this.uploads = new Uploads(database, parts, cases, tasks, deployments, settings, clock);
    }

    /** A file as a reader may see it; {@code name} is null once it is erased. */
    public record Attachment(
            Room.Attached attached, @Nullable String name) {
        public UUID id() {
            return attached.id();
        }
    }

    /**
     * On its way. {@code length} is null where it was not announced; {@code field} is that of a form for which somebody
     * outside sends it, else null; {@code complete}: it is attached, or held.
     */
    public record Upload(
            UUID id,
            long caseId,
            int step,
            String person,
            String name,
            @Nullable Long length,
            long received,
            Audience audience,
            @Nullable String field,
            boolean complete,
            Instant expiresAt) {}

    /** Its bytes are read as they are asked for; close it. */
    public record Download(Attachment attachment, InputStream bytes) {}

    public FileSettings settings() {
        return settings;
    }

    /** The content types that may be attached there: {@code image/*} stands for all pictures but SVG. */
    public List<String> types(long caseId, int step) {
        return uploads.types(caseId, step);
    }

    // Coming in

    /** Announces a file; its bytes follow. */
    public UUID begin(long caseId, int step, String person, String name, long length, Audience audience) {
        return uploads.begin(caseId, step, person, name, length, audience, null);
    }

    public Optional<Upload> upload(UUID id) {
        return uploads.find(id);
    }

    /**
     * More bytes, from where it ended; returns where it ends now. With the last one the file is attached, or refused and
     * gone. What came before a connection broke off is kept.
     */
    public long append(UUID id, long offset, InputStream bytes) throws IOException {
        return uploads.append(id, offset, bytes);
    }

    /** Gives an upload up. */
    public void cancel(UUID id) {
        uploads.cancel(id);
    }

    Uploads uploads() {
        return uploads;
    }

    /** All of a file at once, as a form sends it. */
    public Attachment attach(long caseId, int step, String person, String name, InputStream bytes, Audience audience) {
        var id = uploads.insert(UUID.randomUUID(), caseId, step, person, name, null, audience, null);
        uploads.receive(id, bytes);
        return attachment(caseId, id);
    }

    /** For what may come twice: under the same id it is attached once. */
    public Attachment attachOnce(
            UUID id, long caseId, int step, String person, String name, InputStream bytes, Audience audience) {
        if (room(caseId).file(id) == null) {
            uploads.drop(id); // what a crash has left of it
            uploads.receive(uploads.insert(id, caseId, step, person, name, null, audience, null), bytes);
        } else {
            uploads.keep(id);
        }
        return attachment(caseId, id);
    }

    private Attachment attachment(long caseId, UUID id) {
        return named(caseId, List.of(Objects.requireNonNull(room(caseId).file(id))))
                .getFirst();
    }

    // Going out

    /** What this reader may see, in the order of attaching. */
    public List<Attachment> list(long caseId, Reader reader) {
        return named(
                caseId,
                room(caseId).files().stream()
                        .filter(file -> reader.sees(file.by(), file.audience()))
                        .toList());
    }

    private List<Attachment> named(long caseId, List<Room.Attached> files) {
        var names = new LinkedHashMap<UUID, String>();
        database.sql("select id, name from file where case_id = ?")
                .param(caseId)
                .query(row -> {
                    names.put(row.getObject("id", UUID.class), row.getString("name"));
                });
        return files.stream()
                .map(file -> new Attachment(file, file.erasedBy() == null ? names.get(file.id()) : null))
                .toList();
    }

    public Optional<Attachment> find(long caseId, UUID id, Reader reader) {
        return list(caseId, reader).stream()
                .filter(file -> file.id().equals(id))
                .findFirst();
    }

    /** A file that a task asks for, if it is still there. */
    public record Asked(Attachment file, Paper paper) {}

    /** What the task asks this reader to open and to sign: whoever has the task, or is asked to take it, may see that. */
    public List<Asked> asked(long caseId, int step, Reader reader) {
        var room = room(caseId);
        return papers(caseId, step, reader).stream()
                .flatMap(paper -> Stream.ofNullable(room.file(uuid(paper.file())))
                        .filter(file -> file.erasedBy() == null)
                        .map(file -> new Asked(named(caseId, List.of(file)).getFirst(), paper)))
                .toList();
    }

    private List<Paper> papers(long caseId, int step, Reader reader) {
        var row = cases.find(caseId).orElse(null);
        var task = tasks.find(caseId, step).orElse(null);
        if (row == null || task == null || !(reader.member() || reader.isAddressed(task))) {
            return List.of();
        }
        var state = cases.state(row);
        var open = state.step(step);
        return open == null ? List.of() : state.papers(open, reader.person());
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            return NONE;
        }
    }

    /**
     * The bytes. That an outsider, or whoever works at a task that demands it, has been given them at this step is noted
     * in the journal, once.
     */
    public Optional<Download> open(long caseId, int step, UUID id, Reader reader) {
        var found = read(caseId, step, id, reader);
        if (found.isPresent()) {
            note(caseId, step, id, reader);
        }
        return found;
    }

    /** The bytes, without a note of it: for those whose machines open everything, until they say that it was they. */
    public Optional<Download> read(long caseId, int step, UUID id, Reader reader) {
        return Optional.ofNullable(room(caseId).file(id))
                .filter(file -> file.erasedBy() == null
                        && (reader.sees(file.by(), file.audience()) || isAsked(caseId, step, id, reader)))
                .map(file -> named(caseId, List.of(file)).getFirst())
                .filter(file -> file.name() != null)
                .map(file -> new Download(file, parts.read(id)));
    }

    /** Of a file that this reader may see. */
    public void note(long caseId, int step, UUID id, Reader reader) {
        if (isNoted(caseId, step, reader) && !isKnown(room(caseId), step, id, reader)) {
            var _ = cases.perform(
                    caseId, new Command.OpenFile(step, id.toString()), Actor.person(reader.person()), null);
        }
    }

    private boolean isAsked(long caseId, int step, UUID id, Reader reader) {
        return papers(caseId, step, reader).stream()
                .anyMatch(paper -> paper.file().equals(id.toString()));
    }

    private boolean isNoted(long caseId, int step, Reader reader) {
        return !reader.member()
                || tasks.find(caseId, step)
                        .map(task -> deployments.requireModel(task.process()).node(task.node()))
                        .filter(node -> node instanceof FlowNode.UserTask task
                                && task.papers().demands())
                        .isPresent();
    }

    private static boolean isKnown(Room room, int step, UUID id, Reader reader) {
        return room.openings().stream()
                .anyMatch(opened -> opened.file().equals(id)
                        && opened.step() == step
                        && opened.person().equals(reader.person()));
    }

    /** With which the bytes are to be answered: saved, never shown or run in the name of this site. */
    public static Map<String, String> headers(Attachment file) {
        return Map.of(
                HttpHeaders.CONTENT_TYPE,
                file.attached().type(),
                HttpHeaders.CONTENT_LENGTH,
                String.valueOf(file.attached().size()),
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(String.valueOf(file.name()), StandardCharsets.UTF_8)
                        .build()
                        .toString(),
                "X-Content-Type-Options",
                "nosniff",
                "Content-Security-Policy",
                "sandbox; default-src 'none'",
                HttpHeaders.CACHE_CONTROL,
                "private, no-store");
    }

    Room room(long caseId) {
        return cases.find(caseId).map(row -> Room.of(journal.all(caseId))).orElseGet(Room::new);
    }

    InputStream bytes(UUID id) {
        return parts.read(id);
    }

    // Erasing, and putting right

    /** Name and bytes are gone; that there was a file, with which digest, stays. False where there is no such file. */
    public boolean erase(long caseId, UUID id, Actor by) {
        var file = room(caseId).file(id);
        if (file == null) {
            return false;
        }
        if (file.erasedBy() == null) {
            database.sql("update file set state = 2 where id = ?").param(id).update();
            if (!(cases.perform(caseId, new Command.EraseFile(id.toString()), by, null) instanceof Answer.Done)) {
                throw new IllegalStateException("a file cannot be erased that the journal has");
            }
        }
        database.sql("delete from file where id = ?").param(id).update();
        return true;
    }

    private record Unsettled(UUID id, long caseId, int state) {}

    /** Uploads that nobody finishes go; what a crash left half done is finished or never was. */
    @Override
    public Duration tick() {
        var now = clock.instant();
        var rows = database.sql(UNSETTLED)
                .params(Map.of(
                        "settled", now.minus(SETTLED_AFTER).atOffset(ZoneOffset.UTC),
                        "expired", now.minus(settings.unfinishedMax()).atOffset(ZoneOffset.UTC),
                        "limit", AT_ONCE_MAX))
                .query((row, _) ->
                        new Unsettled(row.getObject("id", UUID.class), row.getLong("case_id"), row.getInt("state")))
                .list();
        rows.forEach(this::settle);
        return rows.size() == AT_ONCE_MAX ? Duration.ZERO : PAUSE;
    }

    private void settle(Unsettled row) {
        if (row.state() == 0 || row.state() == Uploads.HELD) {
            cancel(row.id());
            return;
        }
        var file = room(row.caseId()).file(row.id());
        if (file == null) {
            uploads.drop(row.id());
        } else if (row.state() == 2 || file.erasedBy() != null) {
            var _ = erase(row.caseId(), row.id(), Actor.system("retention"));
        } else {
            uploads.keep(row.id());
        }
    }
}
