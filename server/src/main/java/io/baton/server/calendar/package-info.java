/** Working calendars by name, with the public holidays of their country. The façade is {@link io.baton.server.calendar.Calendars}. */
@NullMarked
package io.baton.server.calendar;

import org.jspecify.annotations.NullMarked;
