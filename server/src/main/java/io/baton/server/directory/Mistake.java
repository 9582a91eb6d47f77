package io.baton.server.directory;

/** What is wrong with what somebody wants to write: a value, since it is the writer's to put right. */
public record Mistake(String field, String message) {}
