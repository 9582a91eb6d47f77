/** Real event logs: reading them, measuring them, and driving them through the engine as commands. */
@NullMarked
package io.baton.server.replay;

import org.jspecify.annotations.NullMarked;
