package io.baton.server.commit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cases that this node changed last, as it wrote them: commands are decided on these without asking the database.
 * They may be outdated, since other nodes write too; so only what leads to a change counts, and only if the row still has
 * as many entries when it is written. Whoever takes a case from here brings it back when it is committed: what failed is
 * forgotten by itself, and two lanes never decide on the same memory.
 */
final class RecentCases {

    static final int CASES_MAX = 4_096;

    /** Larger states are read again: all together stay below 64 MB. */
    static final int STATE_BYTES_MAX = 16_384;

    private final Map<Long, WorkingCase.Stored> cases = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, WorkingCase.Stored> eldest) {
            return size() > CASES_MAX;
        }
    };

    synchronized WorkingCase.@Nullable Stored take(long id) {
        return cases.remove(id);
    }

    /** After the commit. A case that has ended is not kept. */
    synchronized void bring(long id, WorkingCase.Stored stored) {
        var state = stored.state();
        cases.remove(id);
        if (state != null && state.length <= STATE_BYTES_MAX) {
            cases.put(id, stored);
        }
    }
}
