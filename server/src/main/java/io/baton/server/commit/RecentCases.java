package io.baton.server.commit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cases that this node changed last, as it wrote them: a command that comes alone is decided on these without asking
 * the database. They may be outdated, since other nodes write too; so only an accepted command counts, and only if the
 * row still has as many entries when it is written.
 */
final class RecentCases {

    static final int CASES_MAX = 4_096;

    /** Larger states are read again: all together stay below 64 MB. */
    static final int STATE_BYTES_MAX = 16_384;

    private final Map<Long, WorkingCase.Stored> cases = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, WorkingCase.Stored> eldest) {
            return size() > CASES_MAX;
        }
    };

    synchronized WorkingCase.@Nullable Stored get(long id) {
        return cases.get(id);
    }

    /** After the commit. A case that has ended is not kept. */
    synchronized void put(long id, WorkingCase.Stored stored) {
        var state = stored.state();
        if (state == null || state.length > STATE_BYTES_MAX) {
            cases.remove(id);
        } else {
            cases.put(id, stored);
        }
    }

    synchronized void forget(long id) {
        cases.remove(id);
    }
}
