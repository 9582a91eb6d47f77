/**
 * What runs inside the JVM of an engine under test, whichever engine it is: the workloads, the closed loop that drives
 * them, and the worker that the harness talks to over standard input and output. The JDK, HikariCP and pgjdbc only, so
 * that every engine keeps a dependency closure of its own.
 */
@NullMarked
package io.baton.bench.contender;

import org.jspecify.annotations.NullMarked;
