package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.CaseView;
import io.baton.server.api.Views.PartyRef;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.api.Views.ProcessRef;
import io.baton.server.api.Views.TaskView;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Directory.PeopleFilter;
import io.baton.server.directory.Person;
import io.baton.server.insight.Insight;
import io.baton.server.insight.Insight.Found;
import io.baton.server.insight.Reading;
import io.baton.server.insight.SearchQuery;
import io.baton.server.processes.Deployments;
import io.baton.server.session.Caller;
import io.baton.server.tasks.Tasks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One search over cases, people, parties, processes and open tasks. Every member may see all of these. */
@RestController
final class SearchRoutes {

    private static final int TEXT_LENGTH_MAX = 200;
    private static final int CASES_MAX = 20;
    private static final int OTHERS_MAX = 5;

    private final Insight insight;
    private final Cases cases;
    private final Tasks tasks;
    private final Deployments deployments;
    private final Directory directory;
    private final CaseViews views;

    SearchRoutes(Node node, Directory directory, CaseViews views) {
        this.insight = node.insight();
        this.cases = node.cases();
        this.tasks = node.tasks();
        this.deployments = node.deployments();
        this.directory = directory;
        this.views = views;
    }

    /** {@code match}: because of which variable an open case is there. {@code more}: there are more cases than these. */
    record SearchView(
            List<FoundCase> cases,
            boolean more,
            List<TaskView> tasks,
            List<PersonRef> people,
            List<PartyRef> parties,
            List<ProcessRef> processes) {}

    record FoundCase(CaseView item, @Nullable MatchView match) {}

    record MatchView(String variable, String value) {}

    @GetMapping("/api/search")
    SearchView search(@RequestParam(required = false) @Nullable String q, Caller caller) {
        var text = Input.only(input -> input.exact("q", q, TEXT_LENGTH_MAX));
        var names = new KnownNames();
        var query = SearchQuery.of(text, names);
        if (query.isEmpty()) {
            return new SearchView(List.of(), false, List.of(), List.of(), List.of(), List.of());
        }
        return insight.search(query, CASES_MAX, (reading, found) -> {
            var rows = rows(text, found);
            return new SearchView(
                    cases(rows, query, reading),
                    found.more(),
                    tasks(rows, query, caller),
                    people(query, names),
                    parties(query),
                    processes(query));
        });
    }

    /** The case with that very key or number first, in the order of what was found. */
    private List<CaseRow> rows(String text, Found found) {
        var named = Cases.number(text.strip()).flatMap(cases::find);
        var byId =
                cases.among(found.cases(), null).stream().collect(Collectors.toMap(CaseRow::id, Function.identity()));
        var rows = new ArrayList<CaseRow>();
        named.ifPresent(rows::add);
        for (var id : found.cases()) {
            var row = byId.get(id);
            if (row != null && (named.isEmpty() || named.get().id() != id)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<FoundCase> cases(List<CaseRow> rows, SearchQuery query, Reading reading) {
        var items = views.list(rows);
        var found = new ArrayList<FoundCase>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var match = match(row, query, reading);
            found.add(
                    new FoundCase(items.get(i), match == null ? null : new MatchView(match.variable(), match.value())));
        }
        return found;
    }

    /** Not where the title says it. What a case that is over was about its journal alone knows. */
    private Reading.@Nullable Match match(CaseRow row, SearchQuery query, Reading reading) {
        if (row.title() != null && query.touches(row.title())) {
            return null;
        }
        return row.endedAt() == null
                ? reading.match(query, row.id())
                : Reading.match(query, cases.state(row).variables());
    }

    /** Open tasks of these cases whose name begins as the query says. */
    private List<TaskView> tasks(List<CaseRow> rows, SearchQuery query, Caller caller) {
        var ids = new ArrayList<Long>();
        var steps = new ArrayList<Integer>();
        for (var row : rows) {
            for (var step : row.open()) {
                if (query.touches(step.name())) {
                    ids.add(row.id());
                    steps.add(step.step());
                }
            }
        }
        var found = ids.isEmpty() ? List.<Tasks.Task>of() : tasks.these(ids, steps);
        return views.tasks().list(found.subList(0, Math.min(OTHERS_MAX, found.size())), caller);
    }

    private List<PersonRef> people(SearchQuery query, KnownNames names) {
        return names.named(query.words().getFirst().text()).stream()
                .filter(person -> query.isIn(person.name(), person.email() == null ? "" : person.email()))
                .limit(OTHERS_MAX)
                .map(person -> new PersonRef(person.id(), person.name()))
                .toList();
    }

    private List<PartyRef> parties(SearchQuery query) {
        return directory.teamNames().entrySet().stream()
                .filter(team -> query.isIn(team.getValue(), team.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .limit(OTHERS_MAX)
                .map(team -> new PartyRef(team.getKey(), team.getValue()))
                .toList();
    }

    private List<ProcessRef> processes(SearchQuery query) {
        return deployments.newestVersions().stream()
                .filter(each -> query.isIn(each.label(), each.key(), each.prefix()))
                .sorted(Comparator.comparing(Deployments.Version::label))
                .limit(OTHERS_MAX)
                .map(each -> new ProcessRef(each.key(), each.label(), each.version()))
                .toList();
    }

    /** What a word may mean beside itself. */
    private final class KnownNames implements SearchQuery.Meanings {

        private static final int PEOPLE_MAX = 200;

        List<Person> named(String beginning) {
            return directory.people(new PeopleFilter(null, beginning, false, "", "", PEOPLE_MAX));
        }

        @Override
        public Collection<String> processes(String beginning) {
            return deployments.newestVersions().stream()
                    .filter(each -> SearchQuery.named(each.label(), beginning)
                            || SearchQuery.named(each.key(), beginning)
                            || SearchQuery.named(each.prefix(), beginning))
                    .map(Deployments.Version::key)
                    .toList();
        }

        @Override
        public Collection<String> people(String beginning) {
            return named(beginning).stream()
                    .filter(person -> SearchQuery.named(person.name(), beginning))
                    .map(Person::id)
                    .toList();
        }

        @Override
        public Collection<String> parties(String beginning) {
            return directory.teamNames().entrySet().stream()
                    .filter(team -> SearchQuery.named(team.getValue(), beginning)
                            || SearchQuery.named(team.getKey(), beginning))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}
