package io.baton.server.channel;

import io.baton.engine.Notice;
import java.time.Instant;

/**
 * Something to be told to somebody, once. {@code entry} is the entry of the case's journal that led to it, {@code nr}
 * counts within the entry; {@code recipient} is empty for what a process writes itself.
 */
public record Delivery(
        long caseId,
        int entry,
        int nr,
        int step,
        Notice.Reason reason,
        String recipient,
        Instant createdAt,
        Instant dueAt,
        int attempts) {}
