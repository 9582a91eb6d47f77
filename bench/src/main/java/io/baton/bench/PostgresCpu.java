package io.baton.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The CPU time of a whole PostgreSQL server, from the operating system's accounting: its first process, all children
 * alive, and through the first process's own totals the children that have ended. Known only where the server runs on
 * this machine and the machine has {@code /proc}.
 */
final class PostgresCpu {
    /** {@code sysconf(_SC_CLK_TCK)} of every Linux on every common architecture. */
    private static final double MILLIS_PER_TICK = 10;

    private static final Path PROC = Path.of("/proc");

    private final long server;

    private PostgresCpu(long server) {
        this.server = server;
    }

    /** Of the server at the other end of the connection: its first process is the parent of the one that serves it. */
    static PostgresCpu of(Connection connection) throws SQLException {
        long backend = Sql.number(connection, "select pg_backend_pid()");
        return new PostgresCpu(
                Files.exists(PROC.resolve("self/stat"))
                        ? read(backend)
                                .filter(stat -> stat.command().startsWith("postgres"))
                                .map(Stat::parent)
                                .orElse(0L)
                        : 0);
    }

    /** Milliseconds since the server started, or empty where it cannot be known. */
    OptionalDouble millis() {
        var first = read(server);
        if (server == 0 || first.isEmpty()) {
            return OptionalDouble.empty();
        }
        long ticks = first.get().ownTicks() + first.get().endedChildrenTicks();
        ticks += ProcessHandle.of(server).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .flatMap(pid -> read(pid).stream())
                .mapToLong(Stat::ownTicks)
                .sum();
        return OptionalDouble.of(ticks * MILLIS_PER_TICK);
    }

    private static Optional<Stat> read(long pid) {
        try {
            return Optional.of(Stat.parse(Files.readString(PROC.resolve(pid + "/stat"))));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** What is needed of {@code /proc/PID/stat}, see proc(5). */
    record Stat(String command, long parent, long ownTicks, long endedChildrenTicks) {

        /** The command stands in parentheses and may itself hold spaces and parentheses. */
        static Stat parse(String line) {
            int open = line.indexOf('(');
            int close = line.lastIndexOf(')');
            // The first word after the command is field 3, the state.
            String[] fields = line.substring(close + 2).split(" ");
            return new Stat(
                    line.substring(open + 1, close),
                    Long.parseLong(fields[4 - 3]),
                    Long.parseLong(fields[14 - 3]) + Long.parseLong(fields[15 - 3]),
                    Long.parseLong(fields[16 - 3]) + Long.parseLong(fields[17 - 3]));
        }
    }
}
