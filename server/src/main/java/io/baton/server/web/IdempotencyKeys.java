package io.baton.server.web;

import io.baton.server.commit.Request.Idempotency;
import io.baton.server.session.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Turns the header {@code Idempotency-Key} into what the committer remembers: a hash of who asked with which key, and a
 * hash of what was asked. Each part goes in behind its length, so that no two requests run into the same bytes.
 */
public final class IdempotencyKeys {

    public static final String HEADER = "Idempotency-Key";
    public static final int CHARACTERS_MAX = 200;

    private IdempotencyKeys() {}

    /** {@code target} is the path with its query. */
    public static Idempotency of(Caller caller, String method, String target, String header, byte[] body) {
        if (header.isBlank() || header.length() > CHARACTERS_MAX) {
            throw ProblemException.invalid(HEADER, "must have 1 to " + CHARACTERS_MAX + " characters");
        }
        return new Idempotency(hash(bytes(caller.person()), bytes(header)), hash(bytes(method), bytes(target), body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The first half of a SHA-256. */
    private static UUID hash(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
                digest.update(part);
            }
            var result = ByteBuffer.wrap(digest.digest());
            return new UUID(result.getLong(), result.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
