package io.baton.server.live;

import java.util.List;

/** What changed since the last time: these cases, or more than is worth naming. */
public record Change(boolean everything, List<Long> cases) {

    static final Change EVERYTHING = new Change(true, List.of());

    public Change {
        cases = List.copyOf(cases);
    }

    static Change of(List<Long> cases) {
        return new Change(false, cases);
    }
}
