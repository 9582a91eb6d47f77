/**
 * What every request passes: who may call what ({@link io.baton.server.web.Access}), who is calling, limits, errors as
 * problem+json, and the shapes that all routes share. The routes themselves are in {@code api}.
 */
@NullMarked
package io.baton.server.web;

import org.jspecify.annotations.NullMarked;
