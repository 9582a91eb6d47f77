package io.baton.server.commit;

import io.baton.engine.Event;
import io.baton.server.commit.OpenRows.BookingRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Keeps two cases from having the same time. Whom this batch or the database gave it is seen here; of two nodes that give
 * it in the same moment, the table's primary key refuses the later one.
 */
final class Seats {

    /** What is told to the later of two. */
    static final String TAKEN_BY_ANOTHER = "another has just taken this time";

    static final String TAKEN = """
            select exists (
                select from booking
                where book = ? and seat = ? and quarter between ? and ? and not (case_id = ? and step = ?))""";

    private static final String UNIQUE_VIOLATION = "23505";

    private record Quarter(String book, int seat, int quarter) {}

    private record Who(long caseId, int step) {}

    private final Map<Quarter, Who> given = new HashMap<>();

    /** Whether another has a time that these events book; if none has, it is given to this case. */
    boolean areTaken(Connection connection, long caseId, List<Event> events) {
        for (var event : events) {
            try {
                if (event instanceof Event.SlotBooked booked && isTaken(connection, caseId, booked)) {
                    return true;
                }
            } catch (SQLException e) {
                throw new NotKnownException(e);
            }
        }
        return false;
    }

    /** The database could not be asked: the batch does not happen. */
    static final class NotKnownException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient SQLException reason;

        NotKnownException(SQLException reason) {
            super(reason);
            this.reason = reason;
        }

        SQLException reason() {
            return reason;
        }
    }

    private boolean isTaken(Connection connection, long caseId, Event.SlotBooked booked) throws SQLException {
        var row = BookingRow.of(booked.book(), booked.seat(), booked.at(), booked.minutes());
        var who = new Who(caseId, booked.step());
        for (int quarter = row.first(); quarter <= row.last(); quarter++) {
            if (!who.equals(given.getOrDefault(new Quarter(row.book(), row.seat(), quarter), who))) {
                return true;
            }
        }
        try (var select = connection.prepareStatement(TAKEN)) {
            select.setString(1, row.book());
            select.setInt(2, row.seat());
            select.setInt(3, row.first());
            select.setInt(4, row.last());
            select.setLong(5, who.caseId());
            select.setInt(6, who.step());
            try (var rows = select.executeQuery()) {
                if (rows.next() && rows.getBoolean(1)) {
                    return true;
                }
            }
        }
        for (int quarter = row.first(); quarter <= row.last(); quarter++) {
            given.put(new Quarter(row.book(), row.seat(), quarter), who);
        }
        return false;
    }

    /** Whether the database refused a command because another node was quicker. */
    static boolean wereTaken(@Nullable Exception refused) {
        return refused instanceof PSQLException e
                && UNIQUE_VIOLATION.equals(e.getSQLState())
                && e.getServerErrorMessage() != null
                && "booking_pkey".equals(e.getServerErrorMessage().getConstraint());
    }
}
