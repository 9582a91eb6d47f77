/**
 * The PostgreSQL that Baton keeps everything in: one it starts itself from real binaries in a data folder, or an
 * external one named by a URL. The façade is {@link io.baton.server.database.Databases}; nothing here knows Spring.
 */
@NullMarked
package io.baton.server.database;

import org.jspecify.annotations.NullMarked;
