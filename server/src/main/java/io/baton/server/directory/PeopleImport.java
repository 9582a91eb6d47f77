package io.baton.server.directory;

import io.baton.server.directory.CsvFile.Cells;
import io.baton.server.directory.CsvFile.Row;
import io.baton.server.directory.Imports.Line;
import io.baton.server.directory.Imports.LineMistake;
import io.baton.server.directory.Imports.What;
import io.baton.server.directory.Profile.Channel;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * People from a file, known by their e-mail addresses. A manager is named by address or id, and may stand in any line of
 * the same file; so managers who are new are set when all people are there.
 */
final class PeopleImport implements Imports.Import {

    private static final String EMAIL = "email";
    private static final String NAME = "name";
    private static final String MANAGER = "manager";
    private static final String ADMIN = "admin";

    static final List<String> COLUMNS = List.of(
            EMAIL,
            NAME,
            "organisation",
            ADMIN,
            "teams",
            "timeZone",
            "calendar",
            "quietFrom",
            "quietUntil",
            MANAGER,
            "usualWork",
            "skills",
            "channels",
            "locale",
            "ratePerHour");

    private static final String BY_EMAIL =
            "select " + PersonRow.COLUMNS + " from person p where p.email = any(?::text[])";

    private static final String ADMINISTRATORS =
            "select id from person where admin and kind = 'member' and left_at is null";

    private final JdbcClient database;
    private final Directory directory;
    private final Known known;
    private final Map<String, Person> existing = new HashMap<>();
    private final SequencedMap<String, Planned> planned = new LinkedHashMap<>();

    PeopleImport(JdbcClient database, Directory directory, Predicate<String> calendars) {
        this.database = database;
        this.directory = directory;
        this.known = new FileKnown(database, calendars);
    }

    /** {@code newManager} is the address of somebody whom this file adds. */
    private record Planned(
            long line,
            @Nullable Person before,
            Person after,
            @Nullable String newManager) {

        List<String> differing() {
            if (before == null) {
                return List.of();
            }
            var was = values(before);
            var is = values(after);
            return COLUMNS.stream()
                    .filter(column -> (column.equals(MANAGER) && newManager != null)
                            || !Objects.equals(was.get(column), is.get(column)))
                    .toList();
        }

        What what() {
            return before == null ? What.ADDED : differing().isEmpty() ? What.UNCHANGED : What.CHANGED;
        }
    }

    private static Map<String, @Nullable Object> values(Person person) {
        var profile = person.profile();
        var values = new HashMap<String, @Nullable Object>();
        values.put(NAME, person.name());
        values.put("organisation", person.organisation());
        values.put(ADMIN, person.admin());
        values.put("teams", new HashSet<>(person.teams()));
        values.put("timeZone", profile.timeZone());
        values.put("calendar", profile.calendar());
        values.put("quietFrom", profile.quietFrom());
        values.put("quietUntil", profile.quietUntil());
        values.put(MANAGER, profile.manager());
        values.put("usualWork", profile.usualWork());
        values.put("skills", profile.skills());
        values.put("channels", profile.channels());
        values.put("locale", profile.locale());
        var rate = profile.ratePerHour();
        values.put("ratePerHour", rate == null ? null : rate.stripTrailingZeros());
        return values;
    }

    @Override
    public Collection<String> columns() {
        return COLUMNS;
    }

    @Override
    public Collection<String> required() {
        return List.of(EMAIL, NAME);
    }

    @Override
    public List<Line> plan(List<Row> rows, List<LineMistake> mistakes) {
        var byEmail = byEmail(rows, mistakes);
        find(byEmail);
        byEmail.forEach((email, row) -> {
            if (mistakes.size() < Imports.MISTAKES_MAX) {
                plan(email, row, byEmail, mistakes);
            }
        });
        requireAnAdministrator(mistakes);
        return planned.entrySet().stream()
                .map(each -> new Line(
                        each.getValue().line,
                        each.getKey(),
                        each.getValue().what(),
                        each.getValue().differing()))
                .toList();
    }

    private static SequencedMap<String, Row> byEmail(List<Row> rows, List<LineMistake> mistakes) {
        var byEmail = new LinkedHashMap<String, Row>();
        for (var row : rows) {
            var email = Directory.normalised(row.cell(EMAIL));
            if (email == null) {
                mistakes.add(new LineMistake(row.line(), EMAIL, "is required"));
                continue;
            }
            var first = byEmail.putIfAbsent(email, row);
            if (first != null) {
                mistakes.add(new LineMistake(row.line(), EMAIL, "is in line " + first.line() + " already: " + email));
            }
        }
        return byEmail;
    }

    private void find(Map<String, Row> byEmail) {
        var asked = new HashSet<>(byEmail.keySet());
        for (var row : byEmail.values()) {
            var manager = Directory.normalised(row.cell(MANAGER));
            if (manager != null) {
                asked.add(manager);
            }
        }
        database.sql(BY_EMAIL).param(asked.toArray(String[]::new)).query(row -> {
            var person = PersonRow.read(row);
            existing.put(Objects.requireNonNull(person.email()), person);
        });
    }

    private void plan(String email, Row row, Map<String, Row> byEmail, List<LineMistake> mistakes) {
        var before = existing.get(email);
        if (before != null && !before.isPresent()) {
            mistakes.add(new LineMistake(row.line(), EMAIL, "is that of somebody who has left: " + email));
            return;
        }
        var basis = before == null ? Person.member("", email, List.of()) : before;
        var named = row.cell(MANAGER);
        String newManager = null;
        var manager = basis.profile().manager();
        if (named != null) {
            var found = existing.get(Directory.normalised(named));
            var isNew = found == null && byEmail.containsKey(Directory.normalised(named));
            newManager = isNew ? Directory.normalised(named) : null;
            manager = named.isEmpty() || isNew ? null : found == null ? named : found.id();
            if (email.equals(newManager)) {
                mistakes.add(new LineMistake(row.line(), MANAGER, "must be somebody else"));
            }
        }
        var after = person(basis, manager, new Cells(row, mistakes));
        for (var mistake : Check.person(after, known)) {
            mistakes.add(new LineMistake(row.line(), mistake.field(), mistake.message()));
        }
        planned.put(email, new Planned(row.line(), before, after, newManager));
    }

    private static Person person(Person before, @Nullable String manager, Cells cells) {
        var name = cells.text(NAME, before.name());
        var organisation = cells.text("organisation", before.organisation());
        return new Person(
                before.id(),
                name == null ? "" : name,
                before.email(),
                organisation == null ? Person.Kind.MEMBER : Person.Kind.CONTACT,
                organisation,
                cells.value(ADMIN, before.admin(), false, PeopleImport::truth, "true or false"),
                cells.texts("teams", before.teams()),
                profile(before.profile(), manager, cells),
                null);
    }

    private static Profile profile(Profile before, @Nullable String manager, Cells cells) {
        return new Profile(
                cells.text("timeZone", before.timeZone()),
                cells.text("calendar", before.calendar()),
                cells.<@Nullable LocalTime>value(
                        "quietFrom", before.quietFrom(), null, LocalTime::parse, "a time such as 18:30"),
                cells.<@Nullable LocalTime>value(
                        "quietUntil", before.quietUntil(), null, LocalTime::parse, "a time such as 08:00"),
                manager,
                cells.value(
                        "usualWork",
                        before.usualWork(),
                        Profile.USUAL_WORK_DEFAULT,
                        Integer::parseInt,
                        "a whole number"),
                cells.texts("skills", before.skills()),
                cells.value(
                        "channels",
                        before.channels(),
                        List.of(),
                        text -> List.of(text.split(";")).stream()
                                .map(word -> Channel.of(word.strip()))
                                .toList(),
                        "mail, chat, sms, web or api with semicolons between"),
                cells.text("locale", before.locale()),
                cells.<@Nullable BigDecimal>value(
                        "ratePerHour", before.ratePerHour(), null, BigDecimal::new, "an amount such as 85.50"));
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private void requireAnAdministrator(List<LineMistake> mistakes) {
        var administrators = new HashSet<>(
                database.sql(ADMINISTRATORS).query((row, _) -> row.getString(1)).list());
        var before = administrators.size();
        Planned last = null;
        boolean isNew = false;
        for (var each : planned.values()) {
            if (each.after.admin()) {
                isNew = true;
            } else if (each.before != null && administrators.remove(each.before.id())) {
                last = each;
            }
        }
        if (before > 0 && administrators.isEmpty() && !isNew && last != null) {
            mistakes.add(new LineMistake(last.line, ADMIN, "would leave nobody to administer Baton"));
        }
    }

    @Override
    public void write() {
        var ids = new HashMap<String, String>();
        planned.forEach((email, each) -> {
            switch (each.what()) {
                case ADDED -> ids.put(email, directory.insert(each.after).orElseThrow());
                case CHANGED -> directory.write(each.after);
                case UNCHANGED -> {}
            }
            if (each.before != null) {
                ids.put(email, each.before.id());
            }
        });
        planned.forEach((email, each) -> {
            if (each.newManager != null) {
                directory.setManager(
                        Objects.requireNonNull(ids.get(email)), Objects.requireNonNull(ids.get(each.newManager)));
            }
        });
    }
}
