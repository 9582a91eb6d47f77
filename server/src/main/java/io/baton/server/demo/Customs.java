package io.baton.server.demo;

import io.baton.engine.calendar.Hours;
import io.baton.server.Node;
import io.baton.server.calendar.Calendar;
import io.baton.server.directory.PolicyBody;
import io.baton.server.directory.PolicyBody.Reminder;
import io.baton.server.directory.PolicyBody.Rung;
import io.baton.server.directory.Profile;
import io.baton.server.directory.Team;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How the invented company works: its office hours and holidays, who leads whom, what an hour costs, and what happens when
 * nobody acts. Put there before the first case, so that the history follows it.
 */
final class Customs {

    private static final String OFFICE = "office";
    private static final int USUAL_WORK = 8;

    private final Company company;

    Customs(Company company) {
        this.company = company;
    }

    void into(Node node) {
        calendar(node);
        policies(node);
        people(node);
        teams(node);
    }

    static Map<DayOfWeek, List<Hours>> officeHours() {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (var day : List.of(
                DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY)) {
            week.put(day, List.of(Hours.parse("08:30-12:30"), Hours.parse("13:00-17:30")));
        }
        return week;
    }

    private void calendar(Node node) {
        node.calendars()
                .put(new Calendar(OFFICE, "Office hours", company.zone(), officeHours(), "NL", null, List.of()));
    }

    /** Our own people are asked in working time; outside parties more patiently. */
    private void policies(Node node) {
        var _ = node.policies()
                .put(
                        "standard",
                        new PolicyBody(
                                "PT8H",
                                true,
                                false,
                                List.of(new Reminder("-PT4H", null, null), new Reminder("PT0S", "P1D", 3)),
                                List.of(new Rung("P1D", "team-lead"), new Rung("P3D", "owner")),
                                null),
                        Company.LEADER);
        var _ = node.policies()
                .put(
                        "outside",
                        new PolicyBody(
                                null,
                                false,
                                true,
                                List.of(new Reminder("-P1D", null, null), new Reminder("PT0S", "P2D", 4)),
                                List.of(new Rung("P4D", "owner")),
                                null),
                        Company.LEADER);
    }

    private void people(Node node) {
        int number = 0;
        for (var _ : company.people()) {
            var id = "p" + ++number;
            var _ = node.directory().change(id, person -> {
                var lead = person.teams().stream()
                        .map(company::members)
                        .filter(members ->
                                !members.isEmpty() && !members.getFirst().equals(id))
                        .map(List::getFirst)
                        .findFirst();
                var manager = id.equals(Company.LEADER) ? null : lead.orElse(Company.LEADER);
                return person.with(new Profile(
                        company.zone().getId(),
                        company.isMember(id) ? OFFICE : null,
                        LocalTime.of(20, 0),
                        LocalTime.of(7, 0),
                        company.isMember(id) ? manager : null,
                        USUAL_WORK,
                        List.of(),
                        List.of(),
                        null,
                        company.isMember(id) ? company.rateOf(person) : null));
            });
        }
    }

    private void teams(Node node) {
        for (var group : company.groups()) {
            var members = company.members(group.key());
            var _ = node.directory()
                    .put(new Team(
                            group.key(),
                            group.name(),
                            group.kind(),
                            members.isEmpty() ? Company.LEADER : members.getFirst(),
                            OFFICE,
                            company.zone().getId(),
                            group.costPerDay(),
                            null,
                            List.of()));
        }
    }
}
