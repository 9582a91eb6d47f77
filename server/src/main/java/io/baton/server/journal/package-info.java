/** The append-only, hash-chained record of each case. */
@NullMarked
package io.baton.server.journal;

import org.jspecify.annotations.NullMarked;
