package io.baton.engine.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A calendar in any of the JDK's zones and a span of whole minutes to ask it about, most often around a change of clocks. */
final class RandomCalendar {

    static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().toList();

    private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2040-01-01T00:00:00Z");

    final WorkingCalendar calendar;
    final Instant start;
    final int minutes;

    private final Random random;

    RandomCalendar(Random random) {
        this.random = random;
        var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        minutes = minutes();
        start = start(zone);
        var around = LocalDate.ofInstant(start, ZoneOffset.UTC);
        var days = minutes / Hours.MINUTES_OF_DAY + 3;
        var holidays = new TreeSet<LocalDate>();
        var exceptions = new TreeMap<LocalDate, List<Hours>>();
        for (int i = random.nextInt(1 + days / 3); i > 0; i--) {
            holidays.add(around.plusDays(random.nextInt(days) - 1));
        }
        for (int i = random.nextInt(1 + days / 3); i > 0; i--) {
            exceptions.put(around.plusDays(random.nextInt(days) - 1), hours());
        }
        calendar = WorkingCalendar.of(zone, week(), holidays, exceptions);
    }

    private int minutes() {
        int of = random.nextInt(200);
        int days = of == 0
                ? 400 + random.nextInt(400)
                : of < 10 ? 30 + random.nextInt(40) : of < 40 ? 6 + random.nextInt(9) : 2 + random.nextInt(4);
        return days * Hours.MINUTES_OF_DAY - random.nextInt(Hours.MINUTES_OF_DAY);
    }

    private Instant start(ZoneId zone) {
        var changes = new ArrayList<Instant>();
        for (ZoneOffsetTransition change = zone.getRules().nextTransition(FROM);
                change != null && change.getInstant().isBefore(UNTIL);
                change = zone.getRules().nextTransition(change.getInstant())) {
            changes.add(change.getInstant());
        }
        if (changes.isEmpty() || random.nextInt(4) == 0) {
            return FROM.plus(random.nextInt((int) ChronoUnit.MINUTES.between(FROM, UNTIL)), ChronoUnit.MINUTES);
        }
        return changes.get(random.nextInt(changes.size())).minus(random.nextInt(minutes), ChronoUnit.MINUTES);
    }

    private Map<DayOfWeek, List<Hours>> week() {
        var week = new TreeMap<DayOfWeek, List<Hours>>();
        switch (random.nextInt(10)) {
            case 0 -> {} // never but on exceptions
            case 1 -> List.of(DayOfWeek.values()).forEach(day -> week.put(day, List.of(Hours.ALL_DAY)));
            case 2 -> {
                var hours = hours();
                List.of(DayOfWeek.values()).subList(0, 5).forEach(day -> week.put(day, hours));
            }
            default -> List.of(DayOfWeek.values()).forEach(day -> week.put(day, hours()));
        }
        return week;
    }

    /** Any that do not overlap, some of them touching, in any order; small hours more than others, where clocks change. */
    private List<Hours> hours() {
        var cuts = new TreeSet<Integer>();
        for (int i = random.nextInt(7); i > 0; i--) {
            cuts.add(
                    switch (random.nextInt(6)) {
                        case 0 -> 0;
                        case 1 -> Hours.MINUTES_OF_DAY;
                        case 2, 3 -> 15 * random.nextInt(20);
                        default -> random.nextInt(Hours.MINUTES_OF_DAY + 1);
                    });
        }
        var hours = new ArrayList<Hours>();
        var from = cuts.pollFirst();
        while (from != null) {
            var until = cuts.pollFirst();
            if (until != null) {
                hours.add(random.nextInt(hours.size() + 1), new Hours(from, until));
            }
            from = random.nextInt(3) == 0 ? until : cuts.pollFirst();
        }
        return hours;
    }

    Instant end() {
        return start.plus(minutes, ChronoUnit.MINUTES);
    }

    /** An instant of the span, most often with microseconds. */
    Instant instant() {
        var minute = start.plus(random.nextInt(minutes), ChronoUnit.MINUTES);
        return random.nextInt(4) == 0 ? minute : minute.plus(random.nextInt(60_000_000), ChronoUnit.MICROS);
    }

    @Override
    public String toString() {
        return calendar + " from " + start + " for " + minutes + " minutes";
    }
}
