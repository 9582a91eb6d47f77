package io.baton.engine;

import io.baton.engine.Outcome.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What systems say of one case, name by name, beside the case's own variable of that name. Where two disagree there is an
 * incident, until they agree or a person decides; what was overruled then does not count until the system says something
 * else.
 */
public final class Facts {

    /** Names under which anything was said of a case. */
    public static final int NAMES_MAX = 200;

    /** Systems that said something under one name. */
    public static final int SYSTEMS_MAX = 20;

    /** Characters of one value, of a name and of a system's key. */
    public static final int LENGTH_MAX = 200;

    private static final int SHOWN_MAX = 60;

    /** What one system says; {@code overruled} where a person has decided since. */
    public record Statement(Object value, boolean overruled) {}

    /** All that is said under a name; {@code own} is the case's variable, null where it has none. */
    public record Said(String name, @Nullable Object own, SequencedMap<String, Statement> systems) {}

    private Facts() {}

    static Outcome report(Case state, Command.ReportFacts command, Instant now) {
        if (state.status != Case.Status.OPEN) {
            return Engine.notOpen(state);
        }
        var run = new Run(state, now);
        var news = news(state, command);
        if (isTooMuch(state, command.system(), news)) {
            return new Refused(
                    Refusal.TOO_LARGE,
                    "a case keeps what %d systems say under each of %d names, in texts of up to %d characters"
                            .formatted(SYSTEMS_MAX, NAMES_MAX, LENGTH_MAX));
        }
        if (!news.isEmpty()) {
            run.emit(new Event.FactsStated(command.system(), news));
        }
        return run.accepted();
    }

    /** Saying the same again is no news: systems tell all they know every night. */
    private static SequencedMap<String, @Nullable Object> news(Case state, Command.ReportFacts command) {
        var news = Run.variables();
        command.facts().forEach((name, value) -> {
            var said = state.facts.getOrDefault(name, new LinkedHashMap<>()).get(command.system());
            if (!Objects.equals(said == null ? null : said.value(), value)) {
                news.put(name, value);
            }
        });
        return news;
    }

    private static boolean isTooMuch(Case state, String system, SequencedMap<String, @Nullable Object> news) {
        int names = state.facts.size();
        for (var fact : news.entrySet()) {
            var said = state.facts.get(fact.getKey());
            names += said == null && fact.getValue() != null ? 1 : 0;
            if (fact.getKey().length() > LENGTH_MAX
                    || Values.size(fact.getValue()) > LENGTH_MAX + 1
                    || (said != null && said.size() >= SYSTEMS_MAX && !said.containsKey(system))) {
                return true;
            }
        }
        return names > NAMES_MAX || system.length() > LENGTH_MAX;
    }

    static Outcome decide(Case state, Command.DecideConflict command, Instant now) {
        var incident = state.incidents.get(command.incident());
        if (incident == null || incident.kind() != IncidentKind.CONFLICT || incident.about() == null) {
            return new Refused(Refusal.NO_SUCH_INCIDENT, "no open conflict " + command.incident());
        }
        var run = new Run(state, now);
        run.emit(new Event.IncidentResolved(incident.id()));
        run.emit(new Event.FactDecided(incident.about()));
        run.setVariables(0, variable(incident.about(), command.value()));
        return run.finish();
    }

    static SequencedMap<String, @Nullable Object> variable(String name, @Nullable Object value) {
        var variables = Run.variables();
        variables.put(name, value);
        return variables;
    }

    // Applying

    static void state(Case state, Event.FactsStated stated) {
        stated.facts().forEach((name, value) -> {
            var said = state.facts.computeIfAbsent(name, _ -> new LinkedHashMap<>());
            if (value == null) {
                said.remove(stated.system());
            } else {
                said.put(stated.system(), new Statement(value, false));
            }
            if (said.isEmpty()) {
                state.facts.remove(name);
            }
        });
    }

    static void overrule(Case state, String name) {
        var said = state.facts.get(name);
        if (said != null) {
            said.replaceAll((_, statement) -> new Statement(statement.value(), true));
        }
    }

    // Comparing

    /** After a command that may have changed what somebody says. */
    static void compare(Run run) {
        var state = run.state;
        if (state.status != Case.Status.OPEN
                || (state.facts.isEmpty() && !Incidents.isOpen(state, state.root(), IncidentKind.CONFLICT))
                || run.events().stream().noneMatch(Facts::saysSomething)) {
            return;
        }
        for (var incident : List.copyOf(state.incidents.values())) {
            var name = incident.about();
            if (incident.kind() == IncidentKind.CONFLICT
                    && name != null
                    && !incident.message().equals(disagreement(state, name))) {
                run.emit(new Event.IncidentResolved(incident.id()));
            }
        }
        for (var name : List.copyOf(state.facts.keySet())) {
            var message = disagreement(state, name);
            if (message != null) {
                Incidents.report(run, state.root(), IncidentKind.CONFLICT, name, message);
            }
        }
    }

    private static boolean saysSomething(Event event) {
        return event instanceof Event.FactsStated
                || event instanceof Event.FactDecided
                || (event instanceof Event.VariablesSet set && set.scope() == 0);
    }

    /** Who says what; null where nobody disagrees. */
    private static @Nullable String disagreement(Case state, String name) {
        var said = state.facts.get(name);
        var parts = new ArrayList<String>();
        var values = new ArrayList<Object>();
        if (said != null) {
            said.forEach((system, statement) -> {
                if (!statement.overruled()) {
                    values.add(statement.value());
                    parts.add(system + " says " + shown(statement.value()));
                }
            });
        }
        var own = state.root().variables.get(name);
        if (own != null) {
            values.add(own);
            parts.add("the case says " + shown(own));
        }
        return values.stream().distinct().count() < 2 ? null : name + ": " + String.join(", ", parts);
    }

    private static String shown(Object value) {
        return value instanceof String text ? Incidents.cut(text, SHOWN_MAX) : Expressions.brief(value);
    }

    static List<Said> said(Case state) {
        var all = new ArrayList<Said>();
        state.facts.forEach((name, systems) ->
                all.add(new Said(name, state.root().variables.get(name), new LinkedHashMap<>(systems))));
        return all;
    }
}
