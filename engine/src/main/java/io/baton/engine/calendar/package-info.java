/** Working time and quiet hours, on the line of instants: pure arithmetic over a calendar that somebody else keeps. */
@NullMarked
package io.baton.engine.calendar;

import org.jspecify.annotations.NullMarked;
