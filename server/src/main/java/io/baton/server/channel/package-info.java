/** What leaves Baton for people: deliveries, and the channels that carry them. */
@NullMarked
package io.baton.server.channel;

import org.jspecify.annotations.NullMarked;
