/** Tells those who watch which cases changed, on whichever node. */
@NullMarked
package io.baton.server.live;

import org.jspecify.annotations.NullMarked;
