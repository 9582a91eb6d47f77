/** The engine: decides what a command means for one case, and folds events into its state. No clock, no I/O. */
@NullMarked
package io.baton.engine;

import org.jspecify.annotations.NullMarked;
