package io.baton.server.answers;

/** Who answers, about which step; 0 is the whole case. */
public record Scope(String person, long caseId, int step) {}
