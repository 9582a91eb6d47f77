/** The loop that fires due timers. */
@NullMarked
package io.baton.server.timers;

import org.jspecify.annotations.NullMarked;
