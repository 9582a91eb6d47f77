package io.baton.engine.xml;

/** Where an element stands in its file: line and column, both from 1. */
public record Place(int line, int column) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
