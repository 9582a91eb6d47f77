package io.baton.server.directory;

/** As much of a person as a list shows. */
public record PersonName(String id, String name) {}
