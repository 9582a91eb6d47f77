/** Proves that the journal is whole and that every other table follows from it. */
@NullMarked
package io.baton.server.verify;

import org.jspecify.annotations.NullMarked;
