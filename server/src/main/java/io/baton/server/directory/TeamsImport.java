package io.baton.server.directory;

import io.baton.server.directory.CsvFile.Cells;
import io.baton.server.directory.CsvFile.Row;
import io.baton.server.directory.Imports.Line;
import io.baton.server.directory.Imports.LineMistake;
import io.baton.server.directory.Imports.What;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Teams, organisations, systems and assistants from a file, known by their keys. A lead is named by address or id. */
final class TeamsImport implements Imports.Import {

    static final String KEY = "key";

    private static final String NAME = "name";
    private static final String LEAD = "lead";

    static final List<String> COLUMNS =
            List.of(KEY, NAME, "kind", LEAD, "calendar", "timeZone", "costPerDay", "emailDomain");

    private final Directory directory;
    private final Known known;
    private final Map<String, Team> changed = new LinkedHashMap<>();

    TeamsImport(JdbcClient database, Directory directory, Predicate<String> calendars) {
        this.directory = directory;
        this.known = new FileKnown(database, calendars);
    }

    @Override
    public Collection<String> columns() {
        return COLUMNS;
    }

    @Override
    public Collection<String> required() {
        return List.of(KEY, NAME);
    }

    @Override
    public List<Line> plan(List<Row> rows, List<LineMistake> mistakes) {
        var lines = new ArrayList<Line>();
        var seen = new HashMap<String, Long>();
        for (var row : rows) {
            var key = Objects.requireNonNull(row.cell(KEY));
            var first = seen.putIfAbsent(key, row.line());
            if (first != null) {
                mistakes.add(new LineMistake(row.line(), KEY, "is in line " + first + " already: " + key));
            } else if (mistakes.size() < Imports.MISTAKES_MAX) {
                lines.add(plan(key, row, mistakes));
            }
        }
        return lines;
    }

    private Line plan(String key, Row row, List<LineMistake> mistakes) {
        var before = directory.findTeam(key).orElse(null);
        var after = team(
                before == null ? Team.of(key, "", Team.Kind.TEAM) : before.with(List.of()), new Cells(row, mistakes));
        for (var mistake : Check.team(after, known)) {
            mistakes.add(new LineMistake(row.line(), mistake.field(), mistake.message()));
        }
        var columns = before == null ? List.<String>of() : differing(before, after);
        var what = before == null ? What.ADDED : columns.isEmpty() ? What.UNCHANGED : What.CHANGED;
        if (what != What.UNCHANGED) {
            changed.put(key, after);
        }
        return new Line(row.line(), key, what, columns);
    }

    private Team team(Team before, Cells cells) {
        var name = cells.text(NAME, before.name());
        return new Team(
                before.key(),
                name == null ? "" : name,
                cells.value(
                        "kind",
                        before.kind(),
                        Team.Kind.TEAM,
                        Team.Kind::of,
                        "team, organisation, system or assistant"),
                person(cells.text(LEAD, before.lead())),
                cells.text("calendar", before.calendar()),
                cells.text("timeZone", before.timeZone()),
                cells.<@Nullable BigDecimal>value(
                        "costPerDay", before.costPerDay(), null, BigDecimal::new, "an amount such as 1200.00"),
                cells.text("emailDomain", before.emailDomain()),
                List.of());
    }

    private @Nullable String person(@Nullable String named) {
        return named == null || !named.contains("@")
                ? named
                : directory.findByEmail(named).map(Person::id).orElse(named);
    }

    private static List<String> differing(Team before, Team after) {
        var was = values(before);
        var is = values(after);
        return COLUMNS.stream()
                .filter(column -> !Objects.equals(was.get(column), is.get(column)))
                .toList();
    }

    private static Map<String, @Nullable Object> values(Team team) {
        var values = new HashMap<String, @Nullable Object>();
        values.put(NAME, team.name());
        values.put("kind", team.kind());
        values.put(LEAD, team.lead());
        values.put("calendar", team.calendar());
        values.put("timeZone", team.timeZone());
        var cost = team.costPerDay();
        values.put("costPerDay", cost == null ? null : cost.stripTrailingZeros());
        values.put("emailDomain", team.emailDomain());
        return values;
    }

    @Override
    public void write() {
        changed.values().forEach(directory::write);
    }
}
