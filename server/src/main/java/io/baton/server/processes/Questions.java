package io.baton.server.processes;

import io.baton.engine.model.FlowNode;
import io.baton.engine.model.ProcessModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the form of a user task asks and shows: the one question with listed answers by which the process goes on, and by what
 * it is decided. Read once for each version, which never changes.
 */
public final class Questions {

    /** Of what a form shows, the first. */
    public static final int INPUTS_MAX = 8;

    /** More answers than these are a list to pick from, not a decision. */
    public static final int OPTIONS_MAX = 12;

    /** Where a form asks several, this one comes first; approvals are counted by it. */
    private static final String USUAL_FIELD = "outcome";

    /** Names that a text of the form shows: {@code {{amount}}}. */
    private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*=?\\s*([A-Za-z_]\\w*)");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private static final int DEPTH_MAX = 20;

    /** {@code inputs} are names of variables that the form shows and does not ask for. */
    public record Question(String field, String label, List<Option> options, List<String> inputs) {
        public Question {
            options = List.copyOf(options);
            inputs = List.copyOf(inputs);
        }

        /** How people call that answer. */
        public String label(Object value) {
            return options.stream()
                    .filter(option -> option.value().equals(value))
                    .findFirst()
                    .map(Option::label)
                    .orElseGet(value::toString);
        }
    }

    /** {@code value} is a text or a truth. */
    public record Option(Object value, String label) {}

    private record Place(int process, int node) {}

    private final Deployments deployments;
    private final Map<Place, Optional<Question>> known = new ConcurrentHashMap<>();

    public Questions(Deployments deployments) {
        this.deployments = deployments;
    }

    /** Empty where the node is no user task with a form, or its form asks nothing by which the process goes on. */
    public Optional<Question> of(int process, int node) {
        return known.computeIfAbsent(new Place(process, node), this::read);
    }

    /** Whether any task of this version decides something, also in a process that it may call. */
    public boolean anyIn(int process) {
        var model = deployments.requireModel(process);
        return model.nodes().stream()
                .anyMatch(node -> node instanceof FlowNode.CallActivity
                        || of(process, node.index()).isPresent());
    }

    private Optional<Question> read(Place place) {
        var model = deployments.requireModel(place.process());
        var node = model.node(place.node());
        if (!(node instanceof FlowNode.UserTask task) || task.assignment().form() == null) {
            return Optional.empty();
        }
        var branches = branches(model);
        return deployments.form(place.process(), task.assignment().form()).flatMap(form -> of(form, branches));
    }

    /** The names by which the process decides where it goes on. */
    private static Set<String> branches(ProcessModel model) {
        var names = new HashSet<String>();
        names.add(USUAL_FIELD);
        for (var flow : model.flows()) {
            if (flow.condition() != null) {
                var found = NAME.matcher(flow.condition().source());
                while (found.find()) {
                    names.add(found.group());
                }
            }
        }
        return names;
    }

    static Optional<Question> of(String form, Set<String> branches) {
        try {
            var read = new FormReader();
            read.components(JsonMapper.shared().readTree(form), 0);
            return read.question(branches);
        } catch (JacksonException e) {
            return Optional.empty(); // what is deployed was read before
        }
    }

    private static final class FormReader {
        private final List<Question> asked = new ArrayList<>();
        private final SequencedSet<String> shown = new LinkedHashSet<>();
        private final SequencedSet<String> fields = new LinkedHashSet<>();

        void components(JsonNode around, int depth) {
            for (var component : around.path("components")) {
                component(component);
                if (depth < DEPTH_MAX) {
                    components(component, depth + 1);
                }
            }
        }

        private void component(JsonNode component) {
            var found = SHOWN.matcher(component.path("text").asString(""));
            while (found.find()) {
                shown.add(found.group(1));
            }
            var key = component.path("key").asString("");
            if (key.isEmpty()) {
                return;
            }
            if (component.path("readonly").asBoolean(false)
                    || component.path("disabled").asBoolean(false)) {
                shown.add(key);
                return;
            }
            fields.add(key);
            var options = options(component);
            if (options.size() > 1 && options.size() <= OPTIONS_MAX) {
                asked.add(new Question(key, component.path("label").asString(key), options, List.of()));
            }
        }

        private static List<Option> options(JsonNode component) {
            var options = new ArrayList<Option>();
            switch (component.path("type").asString("").toLowerCase(Locale.ROOT)) {
                case "radio", "select" ->
                    component.path("values").forEach(each -> {
                        var value = each.path("value").asString("");
                        options.add(new Option(value, each.path("label").asString(value)));
                    });
                case "checkbox" -> {
                    options.add(new Option(true, "Yes"));
                    options.add(new Option(false, "No"));
                }
                default -> {}
            }
            return options;
        }

        Optional<Question> question(Set<String> branches) {
            var inputs = shown.stream()
                    .filter(name -> !fields.contains(name))
                    .limit(INPUTS_MAX)
                    .toList();
            return asked.stream()
                    .filter(each -> branches.contains(each.field()))
                    .min(Comparator.comparing(each -> !each.field().equals(USUAL_FIELD)))
                    .map(each -> new Question(each.field(), each.label(), each.options(), inputs));
        }
    }
}
