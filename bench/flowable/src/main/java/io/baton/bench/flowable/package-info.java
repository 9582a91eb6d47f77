/** Flowable as a contender. */
@NullMarked
package io.baton.bench.flowable;

import org.jspecify.annotations.NullMarked;
