package io.baton.server.export;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that is written row by row; closing it ends the file. Cells are texts and numbers. */
public interface Table extends AutoCloseable {

    void row(List<? extends @Nullable Object> cells) throws IOException;

    @Override
    void close() throws IOException;
}
