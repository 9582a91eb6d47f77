package io.baton.server.commit;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Hands out case numbers from blocks of a sequence, so that nodes never meet and most starts ask no database. */
final class CaseIds {

    /** The sequence's increment. */
    private static final int BLOCK = 50;

    /** Blocks fetched at once when starts come fast. */
    private static final int BLOCKS_MAX = 32;

    private static final long FAST_NANOS = 1_000_000_000L;

    private final DataSource database;
    private long[] blocks = {};
    private int block;
    private int used;
    private long fetchedAt;
    private int fetch = 1;

    CaseIds(DataSource database) {
        this.database = database;
    }

    synchronized long next() {
        if (block == blocks.length) {
            refill();
        }
        var id = blocks[block] + used++;
        if (used == BLOCK) {
            used = 0;
            block++;
        }
        return id;
    }

    private void refill() {
        var now = System.nanoTime();
        fetch = blocks.length > 0 && now - fetchedAt < FAST_NANOS ? Math.min(fetch * 2, BLOCKS_MAX) : 1;
        fetchedAt = now;
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select nextval('case_id') from generate_series(1, ?)")) {
            select.setInt(1, fetch);
            try (var rows = select.executeQuery()) {
                var fetched = new long[fetch];
                for (int i = 0; rows.next(); i++) {
                    fetched[i] = rows.getLong(1);
                }
                blocks = fetched;
                block = 0;
                used = 0;
            }
        } catch (SQLException e) {
            throw new UnavailableException("No number for a new case: the database is away. Try again in a moment", e);
        }
    }
}
