package io.baton.server.directory;

/** Whose Baton this is. Only in a demo may everybody act as anybody. */
public record Organisation(String name, boolean demo) {}
