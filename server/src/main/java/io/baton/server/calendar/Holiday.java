package io.baton.server.calendar;

import java.time.LocalDate;

/** A day off by law, on the date on which it is observed; the name is in English. */
public record Holiday(LocalDate date, String name) {}
