/** Operaton as a contender. */
@NullMarked
package io.baton.bench.operaton;

import org.jspecify.annotations.NullMarked;
