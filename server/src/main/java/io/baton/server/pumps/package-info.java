/** Background loops: one shape for all of them. */
@NullMarked
package io.baton.server.pumps;

import org.jspecify.annotations.NullMarked;
