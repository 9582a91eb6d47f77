package io.baton.server.room;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param fileBytesMax of one file
 * @param caseBytesMax of all files of a case, those under way too
 * @param unfinishedMax how long an upload waits for its next byte
 * @param clamav {@code host:port} of a virus scanner, or null
 */
public record FileSettings(
        long fileBytesMax,
        long caseBytesMax,
        Duration unfinishedMax,
        @Nullable String clamav) {

    public static final FileSettings USUAL = new FileSettings(200L << 20, 2L << 30, Duration.ofHours(24), null);

    /** Events count the bytes of a file in 32 bits. */
    private static final long FILE_BYTES_MOST = 2_000L << 20;

    /** Sizes in megabytes. */
    public static FileSettings of(Map<String, String> environment) {
        return new FileSettings(
                Math.min(FILE_BYTES_MOST, megabytes(environment, "BATON_FILE_MB_MAX", USUAL.fileBytesMax)),
                megabytes(environment, "BATON_CASE_FILES_MB_MAX", USUAL.caseBytesMax),
                USUAL.unfinishedMax,
                environment.getOrDefault("BATON_CLAMAV", "").isBlank() ? null : environment.get("BATON_CLAMAV"));
    }

    private static long megabytes(Map<String, String> environment, String name, long usual) {
        var value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return usual;
        }
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(
                    name + " is a whole number of megabytes from 1 to 9999, not '" + value + "'");
        }
        return Long.parseLong(value) << 20;
    }
}
