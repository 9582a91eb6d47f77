/**
 * FEEL expressions and DMN decisions behind one small interface; the only package that knows the library.
 *
 * <p>What is an error. An expression that does not parse, calls a function that does not exist, or would run Java is
 * refused when it is compiled. When it is evaluated, a name that the case does not have is null, and so is whatever FEEL
 * makes of null ({@code missing > 5}, {@code amount + missing}); but values that do not go together ({@code 1 + "a"},
 * {@code vendor > 5}, {@code 1 / 0}) and everything else the library reports as an error make it
 * {@link Expression.Result.Failed}, except inside a filter, where FEEL says the element is left out. Comparing different
 * kinds with {@code =} is null, as in FEEL.
 *
 * <p>What is closed. The library would let an expression call methods of Java objects by their names, paste strings into
 * an XQuery and parse strings as FEEL with Java functions; {@link Properties} and {@link Functions} stand before each.
 * Whoever moves to another version of the library has {@code FeelTest} to say whether that still holds.
 *
 * <p>What is pure. {@code now()} and {@code today()} answer the instant that was given, in UTC. Every bound is counted,
 * none is timed ({@link Limits}), so an expression ends alike on every machine.
 */
@NullMarked
package io.baton.engine.expression;

import org.jspecify.annotations.NullMarked;
