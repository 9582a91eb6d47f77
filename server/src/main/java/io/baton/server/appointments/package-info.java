/** Times that tasks offer: which are free, and booking one that stays nobody else's. The façade is {@link io.baton.server.appointments.Appointments}. */
@NullMarked
package io.baton.server.appointments;

import org.jspecify.annotations.NullMarked;
