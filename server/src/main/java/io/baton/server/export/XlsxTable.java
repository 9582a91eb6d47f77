package io.baton.server.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A workbook with one sheet. Texts are typed as texts, so that none is a formula. */
public final class XlsxTable implements Table {

    /** What a cell may hold, by the format. */
    private static final int TEXT_LENGTH_MAX = 32_767;

    private static final int FLUSH_EVERY = 1_000;

    private final Workbook book;
    private final Worksheet sheet;
    private int rows;

    public XlsxTable(OutputStream out, String title) {
        this.book = new Workbook(out, "Baton", "1.0");
        this.sheet = book.newWorksheet(title);
        sheet.freezePane(0, 1);
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            switch (cells.get(i)) {
                case null -> {}
                case Number number -> sheet.value(rows, i, number);
                case Object text -> sheet.value(rows, i, text(text.toString()));
            }
        }
        if (rows == 0) {
            sheet.range(0, 0, 0, Math.max(0, cells.size() - 1)).style().bold().set();
        }
        rows++;
        if (rows % FLUSH_EVERY == 0) {
            sheet.flush();
        }
    }

    /** Without what XML cannot say. */
    private static String text(String text) {
        var cut = text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text;
        var said = new StringBuilder(cut.length());
        cut.codePoints()
                .filter(each -> each == '\t'
                        || each == '\n'
                        || (each >= ' ' && each < 0xD800)
                        || (each > 0xDFFF && each < 0xFFFE)
                        || each > 0xFFFF)
                .forEach(said::appendCodePoint);
        return said.toString();
    }

    @Override
    public void close() throws IOException {
        book.close();
    }
}
