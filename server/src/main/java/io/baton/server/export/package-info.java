/** Lists as files: CSV and XLSX, written row by row. */
@NullMarked
package io.baton.server.export;

import org.jspecify.annotations.NullMarked;
