package io.baton.server.room;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the journal writes it: in hex. */
final class Digests {

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static byte[] bytes(byte[] bytes) {
        return sha256().digest(bytes);
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String of(InputStream bytes) throws IOException {
        var digest = sha256();
        try (var all = new DigestInputStream(bytes, digest)) {
            var _ = all.transferTo(OutputStream.nullOutputStream());
        }
        return hex(digest);
    }
}
