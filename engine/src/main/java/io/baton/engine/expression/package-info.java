/** FEEL expressions and DMN decisions behind one small interface; the only package that knows the library. */
@NullMarked
package io.baton.engine.expression;

import org.jspecify.annotations.NullMarked;
