/** The case room: what is said and kept about a case, and who may see it. The journal knows it by id and digest only. */
@NullMarked
package io.baton.server.room;

import org.jspecify.annotations.NullMarked;
