package io.baton.server.replies;

import java.util.List;

/** The one thing that a form asks for, where it asks for one thing only. {@code labels} are those of a choice. */
public record Wanted(Kind kind, List<String> labels) {

    public enum Kind {
        TEXT,
        NUMBER,
        DATE,
        CHOICE
    }

    public Wanted {
        labels = List.copyOf(labels);
    }
}
