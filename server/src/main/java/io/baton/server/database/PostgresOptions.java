package io.baton.server.database;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may choose about the embedded PostgreSQL. The defaults are durable; {@link #forTests()} gives
 * durability up for speed and must not be used for anything else.
 *
 * @param cacheFolder where the PostgreSQL programs are unpacked once, or null for the user's usual cache folder
 * @param freeBytesMin refuse to start when the data folder's disk has less room than this
 * @param settings PostgreSQL settings that override Baton's own
 */
public record PostgresOptions(@Nullable Path cacheFolder, long freeBytesMin, SequencedMap<String, String> settings) {

    private static final long FREE_BYTES_MIN = 128L << 20;

    public PostgresOptions {
        settings = new LinkedHashMap<>(settings);
    }

    public static PostgresOptions durable() {
        return new PostgresOptions(null, FREE_BYTES_MIN, new LinkedHashMap<>());
    }

    /** Survives the end of the processes, but not a power cut: for databases that are thrown away. */
    public static PostgresOptions forTests() {
        return durable()
                .with("fsync", "off")
                .with("synchronous_commit", "off")
                .with("full_page_writes", "off")
                .with("shared_buffers", "64MB")
                .with("autovacuum", "off");
    }

    public PostgresOptions with(String setting, String value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(settings);
        more.put(setting, value);
        return new PostgresOptions(cacheFolder, freeBytesMin, more);
    }

    public PostgresOptions withCacheFolder(Path folder) {
        return new PostgresOptions(folder, freeBytesMin, settings);
    }

    public PostgresOptions withFreeBytesMin(long bytes) {
        return new PostgresOptions(cacheFolder, bytes, settings);
    }

    boolean syncs() {
        return !"off".equals(settings.get("fsync"));
    }
}
