/** The one way in: batches of commands, one transaction each, and the tables that follow from the journal. */
@NullMarked
package io.baton.server.commit;

import org.jspecify.annotations.NullMarked;
