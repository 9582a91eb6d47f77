/** Messages: correlated to the case that waits, or kept until one does. */
@NullMarked
package io.baton.server.messages;

import org.jspecify.annotations.NullMarked;
