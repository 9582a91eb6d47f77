/** The REST API: what the façades answer, in the shapes that callers see. Every route stands in {@code web.Access}. */
@NullMarked
package io.baton.server.api;

import org.jspecify.annotations.NullMarked;
