/** The compact binary form of values: what journal entries and case states are written in. */
@NullMarked
package io.baton.engine.codec;

import org.jspecify.annotations.NullMarked;
