package io.baton.server.directory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.baton.server.directory.Imports.LineMistake;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A table read from CSV (RFC 4180, UTF-8) with column names in its first line, in any case and order. Semicolons may
 * stand between the cells instead of commas, as spreadsheets in much of Europe write them.
 */
final class CsvFile {

    private static final int CELL_CHARACTERS_MAX = 10_000;

    /** Room for some of the longest cells; a quote that never ends is noticed when it is full. */
    private static final int BUFFER_CHARACTERS_MAX = 1 << 16;

    private static final int HEADER_CHARACTERS_MAX = 4_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Collection<String> columns;
    private final List<String> header = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<LineMistake> mistakes = new ArrayList<>();

    /** {@code columns} are those that there may be. */
    CsvFile(Collection<String> columns) {
        this.columns = columns;
    }

    /** Cells by column, without blanks around them; an empty one is there, a column that the file does not have is not. */
    record Row(long line, SequencedMap<String, String> cells) {

        @Nullable
        String cell(String column) {
            return cells.get(column);
        }
    }

    List<String> header() {
        return header;
    }

    List<Row> rows() {
        return rows;
    }

    List<LineMistake> mistakes() {
        return mistakes;
    }

    void read(InputStream bytes) {
        try (var reader = open(bytes)) {
            var separator = separator(reader);
            try (var csv = CsvReader.builder()
                    .fieldSeparator(separator)
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .maxBufferSize(BUFFER_CHARACTERS_MAX)
                    .ofCsvRecord(reader)) {
                csv.forEach(this::accept);
            }
        } catch (CsvParseException e) {
            mistakes.add(new LineMistake(lineAfterLast(), null, explain(e)));
        } catch (UncheckedIOException e) {
            fail(e.getCause());
        } catch (IOException e) {
            fail(e);
        }
        if (header.isEmpty() && mistakes.isEmpty()) {
            mistakes.add(new LineMistake(1, null, "the file is empty"));
        }
    }

    private static BufferedReader open(InputStream bytes) throws IOException {
        var limited = new Limited(bytes);
        var reader = new BufferedReader(new InputStreamReader(limited, StandardCharsets.UTF_8.newDecoder()));
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    private static char separator(BufferedReader reader) throws IOException {
        reader.mark(HEADER_CHARACTERS_MAX);
        var semicolons = 0;
        for (int i = 0; i < HEADER_CHARACTERS_MAX; i++) {
            int next = reader.read();
            if (next < 0 || next == '\n' || next == '\r') {
                break;
            }
            if (next == ',') {
                semicolons = 0;
                break;
            }
            semicolons += next == ';' ? 1 : 0;
        }
        reader.reset();
        return semicolons > 0 ? ';' : ',';
    }

    private void accept(CsvRecord record) {
        if (header.isEmpty()) {
            readHeader(record);
        } else if (rows.size() >= Imports.ROWS_MAX) {
            throw new CsvParseException("there are more than " + Imports.ROWS_MAX + " lines");
        } else if (mistakes.size() < Imports.MISTAKES_MAX) {
            readRow(record);
        }
    }

    private void readHeader(CsvRecord record) {
        var names = new LinkedHashMap<String, String>();
        columns.forEach(column -> names.put(column.toLowerCase(Locale.ROOT), column));
        for (var field : record.getFields()) {
            var column = names.get(field.strip().toLowerCase(Locale.ROOT));
            if (column == null) {
                mistakes.add(new LineMistake(1, field, "is not a column; there may be " + String.join(", ", columns)));
            } else if (header.contains(column)) {
                mistakes.add(new LineMistake(1, column, "is there twice"));
            }
            header.add(column == null ? field : column);
        }
    }

    private void readRow(CsvRecord record) {
        var line = record.getStartingLineNumber();
        if (record.getFieldCount() != header.size()) {
            mistakes.add(new LineMistake(
                    line, null, "has " + record.getFieldCount() + " cells where the first line has " + header.size()));
            return;
        }
        var cells = new LinkedHashMap<String, String>();
        for (int i = 0; i < header.size(); i++) {
            var cell = record.getField(i).strip();
            if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
                mistakes.add(new LineMistake(line, header.get(i), "must be on one line; a quote may be missing"));
                return;
            }
            if (cell.length() > CELL_CHARACTERS_MAX) {
                mistakes.add(new LineMistake(
                        line, header.get(i), "must have at most " + CELL_CHARACTERS_MAX + " characters"));
                return;
            }
            cells.put(header.get(i), cell);
        }
        rows.add(new Row(line, cells));
    }

    private long lineAfterLast() {
        return rows.isEmpty() ? (header.isEmpty() ? 1 : 2) : rows.getLast().line + 1;
    }

    private static String explain(CsvParseException e) {
        var message = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        return message == null ? "cannot be read" : message.strip();
    }

    private void fail(@Nullable IOException e) {
        switch (e) {
            case TooLarge tooLarge ->
                mistakes.add(new LineMistake(
                        lineAfterLast(), null, "the file has more than " + Imports.BYTES_MAX + " bytes"));
            case CharacterCodingException _ ->
                mistakes.add(new LineMistake(
                        lineAfterLast(), null, "the file is not UTF-8 from here on; save it as CSV in UTF-8"));
            case null -> throw new IllegalStateException("an I/O error without a cause");
            default -> throw new UncheckedIOException(e);
        }
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Limited extends FilterInputStream {

        private long left = Imports.BYTES_MAX;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var count = super.read(target, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) throws TooLarge {
            left -= bytes;
            if (left < 0) {
                throw new TooLarge();
            }
        }
    }

    /** The cells of one row, read as what they should be; what they are not is noted. */
    static final class Cells {

        private final Row row;
        private final List<LineMistake> mistakes;

        Cells(Row row, List<LineMistake> mistakes) {
            this.row = row;
            this.mistakes = mistakes;
        }

        interface Reading<T> {
            T of(String text);
        }

        /** As before where there is no such column; null where the cell is empty. */
        @Nullable
        String text(String column, @Nullable String before) {
            var cell = row.cell(column);
            return cell == null ? before : cell.isEmpty() ? null : cell;
        }

        /** As before where there is no such column; {@code empty} where the cell is. */
        <T extends @Nullable Object> T value(String column, T before, T empty, Reading<T> reading, String what) {
            var cell = row.cell(column);
            if (cell == null) {
                return before;
            }
            if (cell.isEmpty()) {
                return empty;
            }
            try {
                return reading.of(cell);
            } catch (RuntimeException e) {
                mistakes.add(new LineMistake(row.line, column, "must be " + what + ", not " + cell));
                return before;
            }
        }

        /** The parts of a cell between semicolons. */
        List<String> texts(String column, List<String> before) {
            var cell = row.cell(column);
            return cell == null
                    ? before
                    : List.of(cell.split(";")).stream()
                            .map(String::strip)
                            .filter(text -> !text.isEmpty())
                            .toList();
        }
    }
}
