/** Slack, by incoming webhook, and what people do there by its buttons. */
@NullMarked
package io.baton.server.channel.slack;

import org.jspecify.annotations.NullMarked;
