package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.TowerView.AgeingView;
import io.baton.server.api.TowerView.HomeView;
import io.baton.server.api.TowerView.MapView;
import io.baton.server.directory.Directory;
import io.baton.server.insight.CaseFilter;
import io.baton.server.insight.Insight;
import io.baton.server.insight.Needs;
import io.baton.server.insight.Period;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Deployments.Version;
import io.baton.server.session.Caller;
import io.baton.server.usual.Durations;
import io.baton.server.web.ProblemException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The control tower, and the figures of one process. Of the query's filters the tower takes process, owner, party, and variable with value. */
@RestController
final class InsightRoutes {

    private static final int DAYS_DEFAULT = 7;
    private static final int FIGURES_DAYS_DEFAULT = 30;
    private static final int NEEDS_MAX = 12;
    private static final int COURTS_MAX = 50;
    private static final int POINTS_MAX = 400;

    private final Insight insight;
    private final Deployments deployments;
    private final Durations durations;
    private final Directory directory;
    private final TowerViews views;

    InsightRoutes(Node node, Directory directory) {
        this.insight = node.insight();
        this.deployments = node.deployments();
        this.durations = node.durations();
        this.directory = directory;
        this.views = new TowerViews(node, directory);
    }

    /** Where the app begins: with the tower for who owns cases or leads a team, else with the inbox. */
    @GetMapping("/api/home")
    HomeView home(Caller caller) {
        var leads =
                !directory.ledBy(caller.person()).isEmpty() || insight.ask(reading -> reading.owns(caller.person()));
        return new HomeView(leads ? "tower" : "inbox");
    }

    @GetMapping("/api/tower")
    TowerView tower(
            @ParameterObject CaseQuery query, @RequestParam(required = false) @Nullable Integer days, Caller caller) {
        var input = new Input();
        var length = input.number("days", days, 1, Period.DAYS_MAX, DAYS_DEFAULT);
        var filter = filter(input, query, caller);
        var teams = directory.ledBy(caller.person()).stream().collect(Collectors.toUnmodifiableSet());
        return insight.ask(reading -> {
            var reader = new Needs.Reader(caller.person(), teams, caller.admin());
            var tower = reading.tower(filter, new Period(reading.now(), length), reader, NEEDS_MAX, COURTS_MAX);
            return views.tower(tower, new ListLink(query), reading.knowsClosed(filter), caller);
        });
    }

    @GetMapping("/api/tower/ageing")
    AgeingView ageing(@ParameterObject CaseQuery query, Caller caller) {
        var filter = filter(new Input(), query, caller);
        return insight.ask(reading ->
                views.ageing(reading.ageing(filter, POINTS_MAX), reading.now(), filter, new ListLink(query)));
    }

    @GetMapping("/api/tower/map")
    MapView map(@ParameterObject CaseQuery query, Caller caller) {
        var input = new Input();
        var key = input.exact("process", query.process(), 255);
        var filter = filter(input, query, caller);
        var version = newest(key);
        return insight.ask(reading -> views.map(reading.map(filter), version, new ListLink(query)));
    }

    /** How one process did, of all its cases. */
    @GetMapping("/api/processes/{key}/figures")
    FiguresView figures(@PathVariable String key, @RequestParam(required = false) @Nullable Integer days) {
        var length = Input.only(input -> input.number("days", days, 1, Period.DAYS_MAX, FIGURES_DAYS_DEFAULT));
        var version = newest(key);
        var usual = deployments.requireModel(version.id()).nodes().stream()
                .map(node -> durations.of(key, node.id()))
                .filter(Objects::nonNull)
                .toList();
        return insight.ask(reading -> FiguresView.of(
                reading.figures(key, new Period(reading.now(), length)), ListLink.of(key), deployments, usual));
    }

    private Version newest(String key) {
        return deployments
                .newestVersion(key)
                .orElseThrow(() -> ProblemException.notFound("NoSuchProcess", "No process '" + key + "' is deployed."));
    }

    private static CaseFilter filter(Input input, CaseQuery query, Caller caller) {
        var asked = query.filter(input, caller);
        input.done();
        return CaseFilter.of(asked.process(), asked.owner(), asked.party(), asked.variable(), asked.value());
    }
}
