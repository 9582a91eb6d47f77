package io.baton.server.room;

import io.baton.engine.Event;
import io.baton.server.journal.Entry;
import java.time.Instant;
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

    private final SequencedMap<UUID, Said> said = new LinkedHashMap<>();

    public static Room of(List<Entry> entries) {
        var room = new Room();
        entries.forEach(room::add);
        return room;
    }

    /** Entries must come in order. */
    public void add(Entry entry) {
        for (var event : entry.events()) {
            if (event instanceof Event.CommentPosted posted) {
                var id = UUID.fromString(posted.comment());
                said.put(id, said(entry, posted, id));
            } else if (event instanceof Event.CommentErased erased) {
                said.computeIfPresent(UUID.fromString(erased.comment()), (_, was) -> was.erased(erased.by()));
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

    /** In the order in which they were written. */
    public List<Said> comments() {
        return List.copyOf(said.values());
    }

    public @Nullable Said comment(UUID id) {
        return said.get(id);
    }
}
