package io.baton.engine;

import java.time.Instant;

/** An open incident: what keeps a token of the step from going on. */
public record Incident(int id, int step, String node, IncidentKind kind, String message, Instant raisedAt) {}
