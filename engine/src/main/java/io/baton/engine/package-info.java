/** Placeholder. */
@NullMarked
package io.baton.engine;

import org.jspecify.annotations.NullMarked;
