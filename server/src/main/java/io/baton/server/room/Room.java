package io.baton.server.room;

import io.baton.engine.Event;
import io.baton.server.journal.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the journal of one case says about its room: a fold of its entries and nothing else. */
public final class Room {

    /** {@code seq} is its entry in the journal; {@code asked} is whose answer is wanted. */
    public record Said(
            UUID id,
            int seq,
            int step,
            Instant at,
            String author,
            String digest,
            List<String> audience,
            @Nullable String asked,
            @Nullable String erasedBy) {

        Said erased(String by) {
            return new Said(id, seq, step, at, author, digest, audience, asked, by);
        }
    }

    /** {@code size} in bytes; {@code digest} is their SHA-256. */
    public record Attached(
            UUID id,
            int seq,
            int step,
            Instant at,
            String by,
            String digest,
            String type,
            int size,
            List<String> audience,
            @Nullable String erasedBy) {

        Attached erased(String who) {
            return new Attached(id, seq, step, at, by, digest, type, size, audience, who);
        }
    }

    /** Somebody was given the bytes of a file. */
    public record Opened(UUID file, int step, String person, Instant at) {}

    public record Signed(UUID file, int step, String person, Instant at, String digest, String evidence, UUID sealed) {}

    private final SequencedMap<UUID, Said> said = new LinkedHashMap<>();
    private final SequencedMap<UUID, Attached> attached = new LinkedHashMap<>();
    private final List<Opened> opened = new ArrayList<>();
    private final List<Signed> signed = new ArrayList<>();

    public static Room of(List<Entry> entries) {
        var room = new Room();
        entries.forEach(room::add);
        return room;
    }

    /** Entries must come in order. */
    public void add(Entry entry) {
        for (var event : entry.events()) {
            switch (event) {
                case Event.CommentPosted posted -> {
                    var id = UUID.fromString(posted.comment());
                    said.put(id, said(entry, posted, id));
                }
                case Event.CommentErased erased ->
                    said.computeIfPresent(UUID.fromString(erased.comment()), (_, was) -> was.erased(erased.by()));
                case Event.FileAttached file -> {
                    var id = UUID.fromString(file.file());
                    attached.put(id, attached(entry, file, id));
                }
                case Event.FileErased erased ->
                    attached.computeIfPresent(UUID.fromString(erased.file()), (_, was) -> was.erased(erased.by()));
                case Event.FileOpened open ->
                    opened.add(new Opened(UUID.fromString(open.file()), open.step(), open.person(), entry.at()));
                case Event.FileSigned sign ->
                    signed.add(new Signed(
                            UUID.fromString(sign.file()),
                            sign.step(),
                            sign.person(),
                            entry.at(),
                            sign.digest(),
                            sign.evidence(),
                            UUID.fromString(sign.sealed())));
                default -> {}
            }
        }
    }

    private static Said said(Entry entry, Event.CommentPosted posted, UUID id) {
        return new Said(
                id,
                entry.seq(),
                posted.step(),
                entry.at(),
                posted.author(),
                posted.digest(),
                List.copyOf(posted.audience()),
                posted.asked(),
                null);
    }

    private static Attached attached(Entry entry, Event.FileAttached file, UUID id) {
        return new Attached(
                id,
                entry.seq(),
                file.step(),
                entry.at(),
                file.by(),
                file.digest(),
                file.type(),
                file.size(),
                List.copyOf(file.audience()),
                null);
    }

    /** In the order in which they were written. */
    public List<Said> comments() {
        return List.copyOf(said.values());
    }

    public @Nullable Said comment(UUID id) {
        return said.get(id);
    }

    /** In the order in which they were attached. */
    public List<Attached> files() {
        return List.copyOf(attached.values());
    }

    public @Nullable Attached file(UUID id) {
        return attached.get(id);
    }

    public List<Opened> openings() {
        return List.copyOf(opened);
    }

    public List<Signed> signatures() {
        return List.copyOf(signed);
    }
}
