/** Leaving for good, with everything that hangs on it. The façade is {@link io.baton.server.leaving.Leavers}. */
@NullMarked
package io.baton.server.leaving;

import org.jspecify.annotations.NullMarked;
