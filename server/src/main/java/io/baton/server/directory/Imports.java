package io.baton.server.directory;

import io.baton.server.directory.CsvFile.Row;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes over people or teams from a CSV file: each line adds one or changes the one that is there, all lines or none. A
 * column that the file does not have leaves things as they are; an empty cell clears. Nobody is removed.
 */
public final class Imports {

    public static final int BYTES_MAX = 10 << 20;
    public static final int ROWS_MAX = 20_000;

    /** After so many mistakes no more are looked for. */
    public static final int MISTAKES_MAX = 100;

    private final JdbcClient database;
    private final Changes changes;
    private final Directory directory;
    private final Predicate<String> calendars;

    public Imports(JdbcClient database, Changes changes, Directory directory, Predicate<String> calendars) {
        this.database = database;
        this.changes = changes;
        this.directory = directory;
        this.calendars = calendars;
    }

    public enum What {
        ADDED,
        CHANGED,
        UNCHANGED
    }

    /**
     * What a line does. {@code name} is the e-mail address of a person or the key of a team; {@code columns} are those
     * that differ.
     */
    public record Line(long line, String name, What what, List<String> columns) {}

    /** {@code column} is null where the whole line is meant. */
    public record LineMistake(long line, @Nullable String column, String message) {}

    /** With any mistake nothing was written, nor in a dry run. */
    public record Report(List<Line> lines, List<LineMistake> mistakes) {
        public Report {
            lines = List.copyOf(lines);
            mistakes = List.copyOf(mistakes.subList(0, Math.min(mistakes.size(), MISTAKES_MAX)));
        }
    }

    /** People or teams, by the columns of the file; the stream is read to its end at most. */
    public Report run(InputStream csv, boolean dryRun) {
        return run(csv, dryRun, _ -> {});
    }

    /** {@code written} is told in the transaction of the change, when there is one. */
    public Report run(InputStream csv, boolean dryRun, Consumer<Report> written) {
        var columns = new LinkedHashSet<>(PeopleImport.COLUMNS);
        columns.addAll(TeamsImport.COLUMNS);
        var file = new CsvFile(columns);
        file.read(csv);
        if (!file.mistakes().isEmpty()) {
            return new Report(List.of(), file.mistakes());
        }
        return changes.make(() -> {
            Import work = file.header().contains(TeamsImport.KEY)
                    ? new TeamsImport(database, directory, calendars)
                    : new PeopleImport(database, directory, calendars);
            var report = run(work, file, dryRun);
            if (!dryRun && report.mistakes().isEmpty()) {
                written.accept(report);
            }
            return report;
        });
    }

    /** One kind of file. */
    interface Import {

        Collection<String> columns();

        Collection<String> required();

        List<Line> plan(List<Row> rows, List<LineMistake> mistakes);

        void write();
    }

    private static Report run(Import work, CsvFile file, boolean dryRun) {
        var mistakes = new ArrayList<LineMistake>();
        for (var column : file.header()) {
            if (!work.columns().contains(column)) {
                mistakes.add(new LineMistake(1, column, "does not belong to the other columns"));
            }
        }
        for (var column : work.required()) {
            if (!file.header().contains(column)) {
                mistakes.add(new LineMistake(1, column, "is missing"));
            }
        }
        if (!mistakes.isEmpty()) {
            return new Report(List.of(), mistakes);
        }
        var lines = work.plan(file.rows(), mistakes);
        if (mistakes.isEmpty() && !dryRun) {
            work.write();
        }
        return new Report(mistakes.isEmpty() ? lines : List.of(), mistakes);
    }
}
