package io.baton.engine.model;

import io.baton.engine.expression.Expression;

/** An attribute that is either written out or computed: {@code treasury} or {@code = region + "-treasury"}. */
public sealed interface Text {
    /** Characters, also of what is computed: people, teams and job types are keys of the store's indexes. */
    int LENGTH_MAX = 255;

    record Literal(String value) implements Text {}

    record Computed(Expression expression) implements Text {}
}
