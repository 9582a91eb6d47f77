package io.baton.server.api;

import io.baton.engine.IncidentKind;
import io.baton.engine.Roster;
import io.baton.engine.model.FlowNode;
import io.baton.engine.model.ProcessModel;
import io.baton.server.Node;
import io.baton.server.api.TowerView.ActView;
import io.baton.server.api.TowerView.AgeingView;
import io.baton.server.api.TowerView.ArcView;
import io.baton.server.api.TowerView.ChangesView;
import io.baton.server.api.TowerView.ColumnView;
import io.baton.server.api.TowerView.Counted;
import io.baton.server.api.TowerView.CourtView;
import io.baton.server.api.TowerView.Figure;
import io.baton.server.api.TowerView.HeadlineView;
import io.baton.server.api.TowerView.MapNodeView;
import io.baton.server.api.TowerView.MapView;
import io.baton.server.api.TowerView.NeedView;
import io.baton.server.api.TowerView.OnTime;
import io.baton.server.api.TowerView.PeriodView;
import io.baton.server.api.TowerView.PersonLoadView;
import io.baton.server.api.TowerView.TeamLoadView;
import io.baton.server.api.TowerView.Took;
import io.baton.server.api.TowerView.TroubleView;
import io.baton.server.api.Views.ProcessRef;
import io.baton.server.api.Views.Span;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Team;
import io.baton.server.insight.Ageing;
import io.baton.server.insight.CaseFilter;
import io.baton.server.insight.Courts;
import io.baton.server.insight.Headline;
import io.baton.server.insight.LiveMap;
import io.baton.server.insight.Needs;
import io.baton.server.insight.Needs.Why;
import io.baton.server.insight.Reading.Changes;
import io.baton.server.insight.Reading.Tower;
import io.baton.server.insight.Troubles;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Deployments.Version;
import io.baton.server.session.Caller;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what insight counted into the API's shapes: with names, with the act that helps, and with the lists behind the numbers. */
final class TowerViews {

    private static final int LOADS_MAX = 50;
    private static final int TEAMS_MAX = 1_000;
    private static final int SHARE_DIGITS = 4;

    private final Cases cases;
    private final Deployments deployments;
    private final Directory directory;
    private final Supplier<Roster> roster;

    TowerViews(Node node, Directory directory) {
        this.cases = node.cases();
        this.deployments = node.deployments();
        this.directory = directory;
        this.roster = node.rosters()::current;
    }

    TowerView tower(Tower tower, ListLink link, boolean knowsClosed, Caller caller) {
        var headline = tower.headline();
        var period = headline.period();
        var people = new LinkedHashSet<String>();
        tower.needs().forEach(need -> people.add(need.holder()));
        tower.courts().people().forEach(court -> people.add(court.who()));
        var loaded = heaviest(tower.load());
        loaded.forEach(load -> people.add(load.person()));
        var names = Names.of(
                directory,
                people,
                tower.courts().parties().stream().map(Courts.Court::who).toList());
        return new TowerView(
                period.now(),
                new PeriodView(period.days(), period.since(), headline.usualPeriods()),
                headline(headline, link, knowsClosed),
                needs(tower.needs(), names, caller),
                tower.courts().parties().stream()
                        .map(court -> court(court, names, link, true))
                        .toList(),
                tower.courts().people().stream()
                        .map(court -> court(court, names, link, false))
                        .toList(),
                loaded.stream()
                        .map(load -> new PersonLoadView(
                                java.util.Objects.requireNonNull(names.person(load.person())),
                                load.tasks(),
                                tasks(link).and("person", load.person()).to("tasks"),
                                load.usual()))
                        .toList(),
                teamLoads(tower.load(), link),
                tower.troubles().stream().map(each -> trouble(each, link)).toList(),
                WaitingViews.of(tower.waiting(), cases, link, caller),
                changes(tower.changes(), link, knowsClosed));
    }

    // The headline

    static HeadlineView headline(Headline headline, ListLink link, boolean knowsClosed) {
        var done = headline.done();
        var usual = headline.usual();
        var completed = link.and("state", "completed")
                .and("endedSince", headline.period().since());
        return new HeadlineView(
                new Figure(headline.open(), link.open().cases(), number(headline.openUsual()), headline.openBefore()),
                knowsClosed
                        ? new OnTime(
                                share(done.onTime(), done.withDue()),
                                share(usual.onTime(), usual.withDue()),
                                new Counted(
                                        done.onTime(),
                                        completed.and("risk", "on-time").cases()),
                                new Counted(
                                        done.withDue() - done.onTime(),
                                        completed.and("risk", "late").cases()))
                        : null,
                risk(headline.atRisk(), "at-risk", knowsClosed ? headline.atRiskUsual() : null, link),
                risk(headline.overdue(), "overdue", headline.overdueUsual(), link),
                risk(headline.orphaned(), "orphaned", knowsClosed ? headline.orphanedUsual() : null, link),
                knowsClosed
                        ? new Figure(
                                done.completed(),
                                completed.cases(),
                                headline.usualPeriods() == 0
                                        ? null
                                        : number((double) usual.completed() / headline.usualPeriods()),
                                headline.completedBefore())
                        : null,
                knowsClosed ? took(done.median(), usual.median(), done.completed(), completed) : null,
                knowsClosed ? took(done.p85(), usual.p85(), done.completed(), completed) : null);
    }

    private static Figure risk(long count, String risk, @Nullable Double usual, ListLink link) {
        return new Figure(count, link.open().and("risk", risk).cases(), number(usual), List.of());
    }

    private static Took took(@Nullable Duration time, @Nullable Duration usual, long completed, ListLink link) {
        return new Took(span(time), span(usual), completed, link.cases());
    }

    static @Nullable Span span(@Nullable Duration time) {
        return time == null ? null : Span.of(time);
    }

    private static @Nullable BigDecimal number(@Nullable Double number) {
        return number == null ? null : BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
    }

    static @Nullable BigDecimal share(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), SHARE_DIGITS, RoundingMode.HALF_UP);
    }

    // What needs the reader

    private List<NeedView> needs(List<Needs> needs, Names names, Caller caller) {
        var rows = cases.among(needs.stream().map(Needs::caseId).toList(), null).stream()
                .collect(Collectors.toMap(CaseRow::id, Function.identity()));
        return needs.stream()
                .flatMap(need -> java.util.stream.Stream.ofNullable(rows.get(need.caseId()))
                        .map(row -> need(need, row, names, caller)))
                .toList();
    }

    private NeedView need(Needs need, CaseRow row, Names names, Caller caller) {
        var key = cases.key(need.caseId(), need.process());
        var incident = need.incident() == null ? null : IncidentKind.valueOf(need.kind());
        return new NeedView(
                key,
                row.title(),
                process(deployments.require(need.process())),
                need.why().name(),
                need.kind(),
                incident == null ? null : incident.suggestion(),
                need.node() == null ? null : label(deployments.requireModel(need.process()), need.node()),
                names.person(need.holder()),
                need.since(),
                need.due(),
                act(need, incident, key, row, caller));
    }

    private static String label(ProcessModel model, String node) {
        return model.has(node) ? model.node(node).element().label() : node;
    }

    private ActView act(Needs need, @Nullable IncidentKind incident, String key, CaseRow row, Caller caller) {
        var task = "/tasks/" + need.caseId() + "." + need.step();
        if (incident != null && incident.stopsToken()) {
            return new ActView(
                    "RETRY", "POST", "/cases/" + key + "/incidents/" + need.incident() + "/resolution", Map.of(), null);
        }
        if (need.why() == Why.OWNERSHIP) {
            return new ActView("ACCEPT_OWNERSHIP", "POST", "/cases/" + key + "/owner/acceptance", Map.of(), null);
        }
        if (need.why() == Why.PROPOSAL) {
            return new ActView("AGREE", "POST", task + "/proposal/answer", Map.of("agreed", true), null);
        }
        var mayDecide = caller.person().equals(row.owner()) || caller.person().equals(need.holder());
        if (incident == IncidentKind.STUCK && mayDecide && need.task()) {
            return new ActView("CLEAR", "DELETE", task + "/obstacle", null, null);
        }
        return need.task() && mayDecide ? offer(need, row, task) : ActView.OPEN;
    }

    /** To whoever of the team has least to do against a usual day's, and is here. */
    private ActView offer(Needs need, CaseRow row, String task) {
        var known = roster.get();
        var party = row.open().stream()
                .filter(step -> step.step() == need.step())
                .findFirst()
                .map(CaseRow.OpenStep::party)
                .orElse(null);
        var team = party == null ? null : known.team(party);
        if (team == null) {
            return ActView.OPEN;
        }
        var to = team.members().stream()
                .filter(member -> !member.equals(need.holder()))
                .map(known::person)
                .flatMap(java.util.stream.Stream::ofNullable)
                .filter(person -> person.present() && person.absenceAt(need.since()) == null)
                .min(Comparator.comparingDouble(
                        (Roster.Person person) -> (double) known.openWork(person.id()) / person.usualWork()))
                .orElse(null);
        if (to == null) {
            return ActView.OPEN;
        }
        var name = Names.of(directory, Set.of(to.id()), Set.of()).person(to.id());
        return new ActView("OFFER", "POST", task + "/offer", Map.of("person", to.id()), name);
    }

    // Who has it

    private static CourtView court(Courts.Court court, Names names, ListLink link, boolean isParty) {
        return new CourtView(
                isParty ? names.party(court.who()) : null,
                isParty ? null : names.person(court.who()),
                court.cases(),
                link.open().and(isParty ? "party" : "holder", court.who()).cases(),
                court.steps(),
                court.oldest(),
                Span.of(court.held()));
    }

    private record Loaded(String person, long tasks, int usual) {}

    /** Who has most to do against a usual day's comes first. */
    private List<Loaded> heaviest(Courts.Load load) {
        var known = roster.get();
        return load.people().entrySet().stream()
                .map(entry -> {
                    var person = known.person(entry.getKey());
                    return new Loaded(entry.getKey(), entry.getValue(), person == null ? 1 : person.usualWork());
                })
                .sorted(Comparator.comparingDouble((Loaded each) -> -(double) each.tasks() / each.usual())
                        .thenComparing(Loaded::person))
                .limit(LOADS_MAX)
                .toList();
    }

    private List<TeamLoadView> teamLoads(Courts.Load load, ListLink link) {
        var known = roster.get();
        return directory.teams(Team.Kind.TEAM, "", "", TEAMS_MAX).stream()
                .filter(team -> load.teams().containsKey(team.key()))
                .map(team -> new TeamLoadView(
                        new Views.PartyRef(team.key(), team.name()),
                        load.teams().getOrDefault(team.key(), 0L),
                        tasks(link).and("team", team.key()).to("tasks"),
                        team.members().stream()
                                .map(member -> known.person(member.id()))
                                .mapToLong(person -> person == null ? 0 : person.usualWork())
                                .sum()))
                .sorted(Comparator.comparingDouble(
                        (TeamLoadView each) -> -(double) each.count() / Math.max(1, each.usual())))
                .toList();
    }

    private static ListLink tasks(ListLink link) {
        return link.and("view", "all");
    }

    private static TroubleView trouble(Troubles each, ListLink link) {
        var ofKind = link.and("kind", each.kind().name());
        return new TroubleView(
                each.kind().name(),
                each.kind().severity().name(),
                each.incidents(),
                ofKind.to("incidents"),
                new Counted(each.late(), ofKind.and("late", "true").to("incidents")),
                each.oldest());
    }

    private static ChangesView changes(Changes changes, ListLink link, boolean knowsClosed) {
        var since = changes.since();
        return new ChangesView(
                since,
                new Counted(
                        changes.started(),
                        link.and("state", knowsClosed ? "all" : "open")
                                .and("startedSince", since)
                                .cases()),
                knowsClosed
                        ? new Counted(
                                changes.completed(),
                                link.and("state", "completed")
                                        .and("endedSince", since)
                                        .cases())
                        : null,
                knowsClosed
                        ? new Counted(
                                changes.cancelled(),
                                link.and("state", "cancelled")
                                        .and("endedSince", since)
                                        .cases())
                        : null,
                new Counted(
                        changes.overdue(),
                        link.open()
                                .and("risk", "overdue")
                                .and("dueSince", since)
                                .cases()),
                new Counted(changes.incidents(), link.and("raisedSince", since).to("incidents")));
    }

    private static ProcessRef process(Version version) {
        return new ProcessRef(version.key(), version.label(), version.version());
    }

    // The other two pictures

    AgeingView ageing(Ageing ageing, Instant now, CaseFilter filter, ListLink link) {
        var model = filter.process() == null ? null : newest(filter.process());
        var open = link.open();
        var rows = cases
                .among(ageing.oldest().stream().map(Ageing.Point::id).distinct().toList(), null)
                .stream()
                .collect(Collectors.toMap(CaseRow::id, Function.identity()));
        var lines = ageing.lines();
        return new AgeingView(
                now,
                lines.of(),
                span(lines.p50()),
                span(lines.p85()),
                span(lines.p95()),
                ageing.columns().stream()
                        .sorted(Comparator.comparingInt((Ageing.Column column) -> place(model, column.key()))
                                .thenComparing(Ageing.Column::key))
                        .map(column -> column(column, lines, now, model, open))
                        .toList(),
                ageing.oldest().stream()
                        .map(point -> new TowerView.PointView(
                                cases.key(point.id(), point.process()),
                                rows.containsKey(point.id())
                                        ? rows.get(point.id()).title()
                                        : null,
                                point.column(),
                                point.startedAt(),
                                point.overdue(),
                                point.atRisk()))
                        .toList());
    }

    private @Nullable ProcessModel newest(String process) {
        return deployments
                .newestVersion(process)
                .map(version -> deployments.requireModel(version.id()))
                .orElse(null);
    }

    /** In the order of the process, as far as it has one; steps of older versions at the end. */
    private static int place(@Nullable ProcessModel model, String node) {
        return model != null && model.has(node) ? model.node(node).index() : Integer.MAX_VALUE;
    }

    private ColumnView column(
            Ageing.Column column, Ageing.Lines lines, Instant now, @Nullable ProcessModel model, ListLink open) {
        var link = open.and(model == null ? "process" : "step", column.key());
        return new ColumnView(
                column.key(),
                model == null
                        ? deployments
                                .newestVersion(column.key())
                                .map(Version::label)
                                .orElse(column.key())
                        : label(model, column.key()),
                column.cases(),
                link.cases(),
                over(column.overP50(), lines.p50(), now, link),
                over(column.overP85(), lines.p85(), now, link),
                over(column.overP95(), lines.p95(), now, link),
                column.oldest());
    }

    private static @Nullable Counted over(long count, @Nullable Duration line, Instant now, ListLink link) {
        return line == null
                ? null
                : new Counted(count, link.and("startedBefore", now.minus(line)).cases());
    }

    MapView map(List<LiveMap> nodes, Version version, ListLink link) {
        var model = deployments.requireModel(version.id());
        var names = Names.of(
                directory,
                Set.of(),
                model.nodes().stream().map(node -> node.element().party()).toList());
        return new MapView(
                process(version),
                nodes.stream()
                        .map(each -> new MapNodeView(
                                each.node(),
                                label(model, each.node()),
                                model.has(each.node())
                                        ? names.party(model.node(each.node())
                                                .element()
                                                .party())
                                        : null,
                                each.cases(),
                                link.open().and("step", each.node()).cases(),
                                new Counted(
                                        each.untaken(),
                                        link.open()
                                                .and("step", each.node())
                                                .and("untaken", "true")
                                                .cases()),
                                each.oldest(),
                                Span.of(each.held())))
                        .toList(),
                arcs(model, nodes, names, link));
    }

    /**
     * A flow that leaves a party's lane, where cases wait at the next tasks behind it to be taken. A task that several such
     * flows lead to counts at each: a case does not keep by which it came.
     */
    private static List<ArcView> arcs(ProcessModel model, List<LiveMap> nodes, Names names, ListLink link) {
        var behind = new LinkedHashMap<String, Set<String>>();
        for (var each : nodes) {
            if (each.untaken() > 0 && model.has(each.node())) {
                var node = model.node(each.node());
                flowsInto(model, node, node, new HashSet<>(), behind);
            }
        }
        var untaken = nodes.stream().collect(Collectors.toMap(LiveMap::node, LiveMap::untaken));
        var arcs = new ArrayList<ArcView>();
        behind.forEach((flow, steps) -> {
            var from =
                    names.party(model.node(model.flow(flow).source()).element().party());
            var to = names.party(model.node(model.flow(flow).target()).element().party());
            if (from != null && to != null && steps.size() == 1) {
                var step = steps.iterator().next();
                arcs.add(new ArcView(
                        flow,
                        from,
                        to,
                        untaken.getOrDefault(step, 0L),
                        link.open().and("step", step).and("untaken", "true").cases()));
            }
        });
        return arcs;
    }

    private static void flowsInto(
            ProcessModel model, FlowNode task, FlowNode at, Set<Integer> seen, Map<String, Set<String>> behind) {
        for (var flow : model.incoming(at)) {
            var source = model.node(flow.source());
            var party = source.element().party();
            if (party != null && !party.equals(task.element().party())) {
                behind.computeIfAbsent(flow.id(), _ -> new LinkedHashSet<>()).add(task.id());
            } else if (isPassed(source) && seen.add(source.index())) {
                flowsInto(model, task, source, seen, behind);
            }
        }
    }

    /** Whether a token goes through without waiting. */
    private static boolean isPassed(FlowNode node) {
        return switch (node) {
            case FlowNode.ExclusiveGateway _, FlowNode.InclusiveGateway _, FlowNode.ParallelGateway _ -> true;
            case FlowNode.IntermediateThrowEvent event -> event.job() == null;
            default -> false;
        };
    }
}
