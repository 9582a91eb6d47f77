package io.baton.server.demo;

import io.baton.engine.Roster;
import io.baton.engine.RosterOver;
import io.baton.engine.calendar.WorkingCalendar;
import io.baton.server.directory.Person;
import io.baton.server.directory.Team;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The invented company, from the resource {@code demo/company.json}. The keys of its teams are the parties that the lanes
 * of the shipped processes name. Ids of people follow from their order, as a new directory gives them: p1, p2, ….
 */
final class Company {

    /** What an hour of its people costs, and a day of waiting for it; null where it is not counted. */
    record Group(
            String key,
            String name,
            Team.Kind kind,
            @Nullable BigDecimal ratePerHour,
            @Nullable BigDecimal costPerDay) {}

    record Member(String name, String email, List<String> teams) {}

    record Vendor(String name, String category, String contact, String email, String iban) {}

    record Customer(String name, String rating, String contact, String email, String address, String contractLevel) {}

    record Client(String name, String country, String industry, int contractValue, String contact, String email) {}

    private record File(
            String name,
            String zone,
            List<Group> teams,
            List<Member> members,
            List<Vendor> vendors,
            List<Customer> customers,
            List<Client> clients) {}

    private static final String RESOURCE = "/demo/company.json";

    /** The operations leader: the first person, whom the sign-in link is for. */
    static final String LEADER = "p1";

    private final File file;
    private final List<Person> people = new ArrayList<>();
    private final Map<String, List<String>> teams = new LinkedHashMap<>();
    private final Map<String, String> contacts = new HashMap<>();

    private final Roster roster = new Addresses();

    /** The teams whose time is booked; within the office hours that {@link Customs} gives them. */
    private final Map<String, Roster.Person> booked = new LinkedHashMap<>();

    /** As {@link Roster#NOBODY} otherwise. */
    private final class Addresses extends RosterOver {

        Addresses() {
            super(NOBODY);
        }

        @Override
        public Roster.@Nullable Person person(String id) {
            var team = booked.get(id);
            return team == null ? other.person(id) : team;
        }

        @Override
        public @Nullable String personAt(String email) {
            for (int i = 0; i < people.size(); i++) {
                if (email.equals(people.get(i).email())) {
                    return "p" + (i + 1);
                }
            }
            return null;
        }
    }

    private Company(File file) {
        this.file = file;
        var office = WorkingCalendar.of(zone(), Customs.officeHours(), List.of(), Map.of());
        for (var team : List.of("sales", "support")) {
            booked.put(team, new Roster.Person(team, true, null, List.of(), List.of(), 1, office, null, List.of()));
        }
        for (var member : file.members()) {
            var admin = people.isEmpty();
            var of = new ArrayList<>(member.teams());
            of.add("employee");
            add(new Person("", member.name(), member.email(), Person.Kind.MEMBER, null, admin, of));
        }
        file.vendors().forEach(each -> contact(each.name(), each.contact(), each.email(), "vendor"));
        file.customers().forEach(each -> contact(each.name(), each.contact(), each.email(), "customer"));
        file.clients().forEach(each -> contact(each.name(), each.contact(), each.email(), "client"));
    }

    static Company read() {
        try (InputStream json = Objects.requireNonNull(Company.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new Company(JsonMapper.shared().readValue(json, File.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String add(Person person) {
        people.add(person);
        var id = "p" + people.size();
        if (person.kind() == Person.Kind.MEMBER) {
            person.teams()
                    .forEach(team ->
                            teams.computeIfAbsent(team, _ -> new ArrayList<>()).add(id));
        }
        return id;
    }

    private void contact(String organisation, String name, String email, String team) {
        var person = new Person("", name, email, Person.Kind.CONTACT, organisation, false, List.of(team));
        contacts.put(organisation, add(person));
    }

    String name() {
        return file.name();
    }

    ZoneId zone() {
        return ZoneId.of(file.zone());
    }

    /** On that day, or on the Monday after. */
    String booking(LocalDate day, LocalTime at) {
        var workday = day;
        while (workday.getDayOfWeek().getValue() > DayOfWeek.FRIDAY.getValue()) {
            workday = workday.plusDays(1);
        }
        return workday.atTime(at).atZone(zone()).toInstant().toString();
    }

    List<Group> groups() {
        return file.teams();
    }

    /** The highest rate of the teams that somebody is in. */
    @Nullable
    BigDecimal rateOf(Person person) {
        return file.teams().stream()
                .filter(group -> person.teams().contains(group.key()))
                .map(Group::ratePerHour)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** In the order of their ids. */
    List<Person> people() {
        return people;
    }

    /** The ids of a team's own members. */
    List<String> members(String team) {
        return teams.getOrDefault(team, List.of());
    }

    /** Not one of an outside organisation. */
    boolean isMember(String id) {
        return people.get(Integer.parseInt(id.substring(1)) - 1).kind() == Person.Kind.MEMBER;
    }

    String nameOf(String id) {
        return people.get(Integer.parseInt(id.substring(1)) - 1).name();
    }

    /** The id of the person at a vendor, customer or client. */
    String contact(String organisation) {
        var contact = contacts.get(organisation);
        if (contact == null) {
            throw new IllegalArgumentException("nobody is known at '" + organisation + "'");
        }
        return contact;
    }

    /** Takes everybody at their word, but knows whose e-mail address is whose. */
    Roster roster() {
        return roster;
    }

    List<Vendor> vendors() {
        return file.vendors();
    }

    List<Customer> customers() {
        return file.customers();
    }

    List<Client> clients() {
        return file.clients();
    }
}
