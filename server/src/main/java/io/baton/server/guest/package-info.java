/**
 * How people outside take part without an account: links, the page behind them, and what can be done there. The façade
 * is {@link io.baton.server.guest.Links}.
 */
@NullMarked
package io.baton.server.guest;

import org.jspecify.annotations.NullMarked;
