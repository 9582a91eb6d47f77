package io.baton.server.live;

import java.util.List;

/**
 * What changed since the last time: these cases, or more than is worth naming; {@code company}: people, teams, policies, processes
 * or whatever else is put on record outside the cases.
 */
public record Change(boolean everything, boolean company, List<Long> cases) {

    static final Change EVERYTHING = new Change(true, true, List.of());

    static final Change COMPANY = new Change(false, true, List.of());

    public Change {
        cases = List.copyOf(cases);
    }

    static Change of(List<Long> cases) {
        return new Change(false, false, cases);
    }

    boolean isNone() {
        return !everything && !company && cases.isEmpty();
    }
}
