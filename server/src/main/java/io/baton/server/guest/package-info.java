/**
 * How people outside take part without an account: links, the page behind them, and what can be done there. The façades
 * are {@link io.baton.server.guest.Links} and {@link io.baton.server.guest.GuestActs}.
 */
@NullMarked
package io.baton.server.guest;

import org.jspecify.annotations.NullMarked;
