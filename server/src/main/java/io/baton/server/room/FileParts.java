package io.baton.server.room;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The bytes of files, piece by piece in both directions: never whole in memory, and no connection to the database is held
 * while a slow network is waited for.
 */
final class FileParts {

    /** One piece. Measured against larger and smaller ones and large objects: decision 0024. */
    static final int PART_BYTES = 256 * 1024;

    /** One statement, so that of two who send the same bytes one is refused. */
    private static final String APPEND = """
            with moved as (
                update file set received = received + :length, changed_at = :now
                where id = :id and state = 0 and received = :at returning id)
            insert into file_part (file, at, bytes) select id, :at, :bytes from moved""";

    private static final String PART = "select bytes from file_part where file = ? and at = ?";

    private final JdbcClient database;
    private final Clock clock;

    FileParts(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Returns where the file ends now. What arrived before the stream breaks off is kept. */
    long append(UUID id, long from, long max, InputStream bytes) throws IOException {
        long at = from;
        var part = new byte[PART_BYTES];
        while (true) {
            int filled = 0;
            IOException broken = null;
            try {
                filled = fill(bytes, part);
            } catch (Broken e) {
                filled = e.filled;
                broken = e.cause;
            }
            if (at + filled > max) {
                throw new FileRefused(
                        FileRefused.Reason.TOO_LARGE, "There is more than the " + max + " bytes announced or allowed.");
            }
            if (filled > 0) {
                write(id, at, filled == part.length ? part : Arrays.copyOf(part, filled));
                at += filled;
            }
            if (broken != null) {
                throw broken;
            }
            if (filled < part.length) {
                return at;
            }
        }
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
        final int filled;
        final IOException cause;

        Broken(int filled, IOException cause) {
            super(null, null, false, false);
            this.filled = filled;
            this.cause = cause;
        }
    }

    private static int fill(InputStream bytes, byte[] part) throws Broken {
        int filled = 0;
        try {
            while (filled < part.length) {
                int read = bytes.read(part, filled, part.length - filled);
                if (read < 0) {
                    break;
                }
                filled += read;
            }
        } catch (IOException e) {
            throw new Broken(filled, e);
        }
        return filled;
    }

    private void write(UUID id, long at, byte[] bytes) {
        var written = database.sql(APPEND)
                .param("id", id)
                .param("at", at)
                .param("length", bytes.length)
                .param("bytes", bytes)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (written == 0) {
            throw new FileRefused(
                    FileRefused.Reason.WRONG_OFFSET,
                    "The file does not end at " + at + "; somebody else may be sending it.");
        }
    }

    InputStream read(UUID id) {
        return new Parts(id);
    }

    private final class Parts extends InputStream {
        private final UUID id;
        private byte[] part = new byte[0];
        private int read;
        private long at;
        private boolean ended;

        Parts(UUID id) {
            this.id = id;
        }

        private boolean isAtEnd() {
            if (read == part.length && !ended) {
                part = database.sql(PART)
                        .param(id)
                        .param(at)
                        .query((row, _) -> row.getBytes(1))
                        .optional()
                        .orElseGet(() -> new byte[0]);
                at += part.length;
                read = 0;
                ended = part.length == 0;
            }
            return ended;
        }

        @Override
        public int read() {
            return isAtEnd() ? -1 : part[read++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (isAtEnd()) {
                return -1;
            }
            int count = Math.min(length, part.length - read);
            System.arraycopy(part, read, target, offset, count);
            read += count;
            return count;
        }
    }
}
