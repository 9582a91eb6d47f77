/**
 * Signing in and staying signed in: passwords, one-time links, sessions, API tokens, and acting as somebody else in a
 * demo. Knows nothing of HTTP. The façades are {@link io.baton.server.session.SignIn}, {@link
 * io.baton.server.session.Sessions} and {@link io.baton.server.session.ApiTokens}.
 */
@NullMarked
package io.baton.server.session;

import org.jspecify.annotations.NullMarked;
