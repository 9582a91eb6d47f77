/** How long steps usually take. */
@NullMarked
package io.baton.server.usual;

import org.jspecify.annotations.NullMarked;
