/**
 * The routes: one class per resource, from HTTP to a façade and back. Who may call a route stands in {@link
 * io.baton.server.web.Access}.
 */
@NullMarked
package io.baton.server.api;

import org.jspecify.annotations.NullMarked;
