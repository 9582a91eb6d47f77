/** Whether the installation is well: its nodes and their loops, what waits, the database, the last check of the journal. */
@NullMarked
package io.baton.server.health;

import org.jspecify.annotations.NullMarked;
