/** Microsoft Teams, by incoming webhook, and what people say there to Baton. */
@NullMarked
package io.baton.server.channel.teams;

import org.jspecify.annotations.NullMarked;
