/**
 * The harness of {@code ./baton bench}. It forks one JVM for each contender ({@code io.baton.bench.contender} runs
 * inside), gives each a database of its own on one PostgreSQL server, and measures from outside whatever can be
 * measured from outside, so that no engine reports on itself.
 */
@NullMarked
package io.baton.bench;

import org.jspecify.annotations.NullMarked;
