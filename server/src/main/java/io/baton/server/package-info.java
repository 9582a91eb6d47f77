/** The server: everything that touches the world around the engine. */
@NullMarked
package io.baton.server;

import org.jspecify.annotations.NullMarked;
