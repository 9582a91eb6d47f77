/** HTTP to other systems, guarded against reaching inside. */
@NullMarked
package io.baton.server.outbound;

import org.jspecify.annotations.NullMarked;
