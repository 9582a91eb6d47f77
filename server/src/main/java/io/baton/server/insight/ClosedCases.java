package io.baton.server.insight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The cases that are over, in columns: 41 bytes each. A case that is over does not change again, so they are only added to.
 */
final class ClosedCases {

    private static final int CHUNK_BITS = 14;
    private static final int CHUNK = 1 << CHUNK_BITS;

    static final byte COMPLETED = 2;

    /** Beside the status: work was sent back at one of its steps. */
    private static final byte REWORKED = 0x40;

    private static final class Chunk {
        final long[] id = new long[CHUNK];
        final long[] started = new long[CHUNK];
        final long[] ended = new long[CHUNK];
        final long[] due = new long[CHUNK];
        final int[] process = new int[CHUNK];
        final int[] owner = new int[CHUNK];
        final byte[] status = new byte[CHUNK];
    }

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<String> owners = new ArrayList<>();
    private final Map<String, Integer> ownerNumbers = new HashMap<>();
    private int size;
    private long firstStart = OpenCase.NEVER;

    void add(long id, int process, byte status, boolean reworked, String owner, long started, long ended, long due) {
        if (size == chunks.size() << CHUNK_BITS) {
            chunks.add(new Chunk());
        }
        var chunk = chunks.getLast();
        int at = size & (CHUNK - 1);
        chunk.id[at] = id;
        chunk.started[at] = started;
        chunk.ended[at] = ended;
        chunk.due[at] = due;
        chunk.process[at] = process;
        chunk.owner[at] = ownerNumbers.computeIfAbsent(owner, name -> {
            owners.add(name);
            return owners.size() - 1;
        });
        chunk.status[at] = reworked ? (byte) (status | REWORKED) : status;
        size++;
        firstStart = Math.min(firstStart, started);
    }

    int size() {
        return size;
    }

    /** When the first of them began; {@link OpenCase#NEVER} where there is none. */
    long firstStart() {
        return firstStart;
    }

    /** Null for any; a number that is nobody's for somebody who never owned a case that is over. */
    @Nullable
    Integer ownerNumber(@Nullable String owner) {
        return owner == null ? null : ownerNumbers.getOrDefault(owner, -1);
    }

    interface Reader {
        void read(Row row);
    }

    /** Where a walk stands; the same object for all rows. */
    static final class Row {
        private Chunk chunk;
        private int at;

        private Row(Chunk chunk) {
            this.chunk = chunk;
        }

        long id() {
            return chunk.id[at];
        }

        long started() {
            return chunk.started[at];
        }

        long ended() {
            return chunk.ended[at];
        }

        /** {@link OpenCase#NEVER} where it had none. */
        long due() {
            return chunk.due[at];
        }

        int process() {
            return chunk.process[at];
        }

        int owner() {
            return chunk.owner[at];
        }

        boolean isCompleted() {
            return (chunk.status[at] & ~REWORKED) == COMPLETED;
        }

        boolean isReworked() {
            return (chunk.status[at] & REWORKED) != 0;
        }
    }

    /** How far somebody has read on; {@code of} tells whether it was of these. */
    record Mark(Object of, int size) {}

    /** The processes of some cases by their number, in the order in which they were added; {@code more} came after them. */
    record Added(Mark mark, SequencedMap<Long, Integer> processes, boolean more) {}

    /** What was added after that, or all; at most so many. */
    Added addedAfter(@Nullable Mark mark, int limit) {
        int from = mark != null && mark.of().equals(this) ? mark.size() : 0;
        int to = Math.min(size, from + limit);
        var processes = new LinkedHashMap<Long, Integer>();
        for (int i = from; i < to; i++) {
            var chunk = chunks.get(i >> CHUNK_BITS);
            processes.put(chunk.id[i & (CHUNK - 1)], chunk.process[i & (CHUNK - 1)]);
        }
        return new Added(new Mark(this, to), processes, to < size);
    }

    /** All that ended at or after that time. */
    void endedSince(long since, Reader reader) {
        if (chunks.isEmpty()) {
            return;
        }
        var row = new Row(chunks.getFirst());
        for (int i = 0; i < chunks.size(); i++) {
            row.chunk = chunks.get(i);
            int in = Math.min(CHUNK, size - (i << CHUNK_BITS));
            var ended = row.chunk.ended;
            for (int at = 0; at < in; at++) {
                if (ended[at] >= since) {
                    row.at = at;
                    reader.read(row);
                }
            }
        }
    }
}
