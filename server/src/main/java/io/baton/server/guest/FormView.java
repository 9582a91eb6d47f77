package io.baton.server.guest;

import io.baton.engine.expression.Expression;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Form.Field;
import io.baton.server.guest.Form.Kind;
import io.baton.server.guest.Form.Option;
import io.baton.server.guest.Form.Rows;
import io.baton.server.guest.Views.Choice;
import io.baton.server.guest.Views.Fact;
import io.baton.server.guest.Views.Input;
import io.baton.server.guest.Views.Mistake;
import io.baton.server.guest.Views.Part;
import io.baton.server.words.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a form and what is in it into what a page shows. A field that is asked only with one answer stands below that
 * answer, where the style sheet shows and hides it without a script; any other condition is asked when the form is sent.
 */
final class FormView {

    /** Names of fields begin with this, so that no key of a form can be taken for something else. */
    static final String PREFIX = "f.";

    private static final Pattern UNLESS = Pattern.compile("(\\w+)\\s*!=\\s*\"([^\"]*)\"");
    private static final int SPARE_ROWS = 2;

    /** More are not told: then nearly everything is taken. */
    private static final int TYPES_NAMED_MAX = 5;

    private final Form form;
    private final SequencedMap<String, @Nullable Object> seen;
    private final Map<String, List<String>> sent;
    private final SequencedMap<String, Problem> problems;
    private final Uploads uploads;
    private final Times times;
    private final Words words;
    private final Instant now;

    /**
     * What is known of the files that may be sent.
     *
     * @param path under which the page's script sends them
     * @param mine by id, what the reader sent at the step so far
     */
    record Uploads(String path, List<String> types, long bytesMax, SequencedMap<String, Papers.Mine> mine) {}

    /** The times that are free, on the reader's clock. */
    record Times(int minutes, List<Instant> starts, ZoneId zone) {
        static final Times NONE = new Times(0, List.of(), ZoneOffset.UTC);
    }

    /** {@code sent} is empty before anything was. */
    FormView(
            Form form,
            SequencedMap<String, @Nullable Object> seen,
            Map<String, List<String>> sent,
            SequencedMap<String, Problem> problems,
            Uploads uploads,
            Times times,
            Words words,
            Instant now) {
        this.form = form;
        this.seen = seen;
        this.sent = sent;
        this.problems = problems;
        this.uploads = uploads;
        this.times = times;
        this.words = words;
        this.now = now;
    }

    List<Part> parts() {
        var parts = new ArrayList<Part>();
        for (var component : form.components()) {
            if (below(component).isEmpty() && isShown(component)) {
                parts.add(part(component));
            }
        }
        return parts;
    }

    /** The heading with which the form begins says better than the task's name what is asked. */
    static Optional<String> heading(List<Part> parts) {
        return parts.isEmpty()
                        || !(parts.getFirst() instanceof Views.Text(var blocks))
                        || blocks.isEmpty()
                        || blocks.getFirst().kind() != Prose.Kind.HEADING
                ? Optional.empty()
                : Optional.of(String.join(
                        "",
                        blocks.getFirst().lines().getFirst().stream()
                                .map(Prose.Span::text)
                                .toList()));
    }

    static List<Part> withoutHeading(List<Part> parts) {
        var rest = new ArrayList<>(parts);
        if (heading(parts).isPresent() && parts.getFirst() instanceof Views.Text(var blocks)) {
            rest.set(0, new Views.Text(blocks.subList(1, blocks.size())));
        }
        return rest;
    }

    private Part part(Form.Component component) {
        return switch (component) {
            case Form.Words(var markdown, var _) -> new Views.Text(Prose.of(markdown, seen, now));
            case Field field when field.kind() == Kind.SLOT -> slots(field);
            case Field field -> input(field, field.key(), seen.get(field.key()), true);
            case Rows rows -> rows(rows);
        };
    }

    /** The free times, day by day. */
    private Views.Slots slots(Field field) {
        var chosen = sent.getOrDefault(field.key(), List.of());
        var byDay = new LinkedHashMap<String, List<Choice>>();
        for (var at : times.starts()) {
            byDay.computeIfAbsent(words.date(at, times.zone()), _ -> new ArrayList<>())
                    .add(new Choice(
                            words.time(at, times.zone()), at.toString(), chosen.contains(at.toString()), List.of()));
        }
        var problem = problems.get(field.key());
        return new Views.Slots(
                PREFIX + field.key(),
                id(field.key()),
                words.say("guest.slot.label"),
                times.starts().isEmpty()
                        ? words.say("guest.slot.none")
                        : words.say("guest.slot.hint", String.valueOf(times.minutes()), words.zone(times.zone())),
                byDay.entrySet().stream()
                        .map(day -> new Views.Day(day.getKey(), day.getValue()))
                        .toList(),
                problem == null ? null : say(problem));
    }

    /** The answer below which it stands: a radio button of the form. */
    private Optional<Map.Entry<Field, String>> below(Form.Component component) {
        var hide = component.hide();
        var unless = hide == null ? null : UNLESS.matcher(hide.source().strip());
        if (unless == null || !unless.matches()) {
            return Optional.empty();
        }
        var value = unless.group(2);
        return form.components().stream()
                .filter(each -> each instanceof Field field
                        && field.kind() == Kind.RADIO
                        && field.hide() == null
                        && field.key().equals(unless.group(1))
                        && field.options().stream()
                                .anyMatch(option -> option.value().equals(value)))
                .map(each -> Map.entry((Field) each, value))
                .findFirst();
    }

    private boolean isShown(Form.Component component) {
        if (component.hide() == null) {
            return true;
        }
        var known = new LinkedHashMap<String, @Nullable Object>(seen);
        sent.forEach((name, texts) -> {
            if (!texts.isEmpty() && form.answerable().contains(name)) {
                known.put(name, texts.getFirst());
            }
        });
        return !(component.hide().evaluate(known, now) instanceof Expression.Result.Value(var value)
                && Boolean.TRUE.equals(value));
    }

    private Input input(Field field, String name, @Nullable Object value, boolean mayHaveDependents) {
        var texts = sent.containsKey(name) ? sent.get(name) : sent.isEmpty() ? texts(value) : List.<String>of();
        if (field.kind() == Kind.FILE) {
            return files(field, texts);
        }
        var choices = field.options().stream()
                .map(option -> new Choice(
                        option.label(),
                        option.value(),
                        texts.contains(option.value()),
                        mayHaveDependents ? dependents(field, option) : List.of()))
                .toList();
        var problem = problems.get(name);
        return new Input(
                PREFIX + name,
                id(name),
                field.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Prose.fill(field.label(), seen, now),
                field.description() == null ? null : Prose.fill(field.description(), seen, now),
                field.required(),
                field.readOnly(),
                field.kind() == Kind.CHECKBOX
                        ? (texts.isEmpty() || texts.getFirst().equals("false") ? "" : "on")
                        : texts.isEmpty() ? "" : texts.getFirst(),
                choices,
                problem == null ? null : say(problem),
                null);
    }

    /** What was sent so far is listed, ticked: what is not to be sent is unticked. */
    private Input files(Field field, List<String> chosen) {
        var listed = uploads.mine().entrySet().stream()
                .filter(each -> each.getValue().held()
                        ? each.getValue().field().equals(field.key())
                        : chosen.contains(each.getKey()))
                .map(each -> new Choice(named(each.getValue()), each.getKey(), true, List.of()))
                .toList();
        var problem = problems.get(field.key());
        var named = uploads.types().size() <= TYPES_NAMED_MAX;
        return new Input(
                PREFIX + field.key(),
                id(field.key()),
                "file",
                label(field.key()),
                field.description() == null ? null : Prose.fill(field.description(), seen, now),
                field.required(),
                field.readOnly(),
                "",
                listed,
                problem == null ? null : say(problem),
                new Views.Upload(
                        uploads.path(),
                        named ? String.join(",", uploads.types()) : "",
                        field.isMany(),
                        words.say(
                                named ? "guest.file.hint.types" : "guest.file.hint",
                                String.valueOf(uploads.bytesMax() >> 20),
                                named ? types(uploads.types()) : "")));
    }

    private static String types(List<String> types) {
        return String.join(
                ", ",
                types.stream()
                        .map(type -> type.endsWith("/*")
                                ? type.substring(0, type.length() - 2)
                                : type.substring(type.indexOf('/') + 1).toUpperCase(Locale.ROOT))
                        .toList());
    }

    private String named(Papers.Mine file) {
        return file.name() + " (" + words.size(file.size()) + ")";
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(Prose::plain).toList();
            case Object one -> List.of(Prose.plain(one));
        };
    }

    /** What is not shown by the browser must not be required by it; the server asks for it. */
    private List<Part> dependents(Field field, Option option) {
        return form.components().stream()
                .filter(component -> below(component)
                        .filter(at -> at.getKey().equals(field) && at.getValue().equals(option.value()))
                        .isPresent())
                .map(this::part)
                .toList();
    }

    private Views.Rows rows(Rows rows) {
        var values = seen.get(rows.key()) instanceof List<?> list && sent.isEmpty() ? list : List.of();
        int filled = values.size();
        for (int i = 0; i < Rows.ROWS_MAX; i++) {
            var at = rows.key() + "." + i + ".";
            if (sent.entrySet().stream()
                    .anyMatch(each -> each.getKey().startsWith(at)
                            && each.getValue().stream().anyMatch(text -> !text.isBlank()))) {
                filled = i + 1;
            }
        }
        int count = Math.min(Rows.ROWS_MAX, Math.max(rows.atFirst(), filled == 0 ? 0 : filled + SPARE_ROWS));
        var shown = new ArrayList<List<Input>>();
        for (int i = 0; i < count; i++) {
            var row = i < values.size() && values.get(i) instanceof Map<?, ?> map ? map : Map.of();
            var at = rows.key() + "." + i + ".";
            shown.add(rows.fields().stream()
                    .map(field -> input(field, at + field.key(), row.get(field.key()), false))
                    .toList());
        }
        return new Views.Rows(rows.label(), id(rows.key()), shown, true);
    }

    private static String id(String name) {
        return "field-" + name.replaceAll("[^A-Za-z0-9_-]", "-");
    }

    // What is wrong, and what was said

    List<Mistake> mistakes() {
        return problems.entrySet().stream()
                .map(each -> new Mistake(id(each.getKey()), label(each.getKey()) + ": " + say(each.getValue())))
                .toList();
    }

    private String say(Problem problem) {
        return words.say("guest.wrong." + problem.why().name(), String.valueOf(problem.limit()));
    }

    private String label(String name) {
        for (var component : form.components()) {
            if (name.equals(Papers.EVIDENCE)) {
                return words.say("guest.evidence");
            }
            if (component instanceof Field field
                    && field.kind() == Kind.SLOT
                    && field.key().equals(name)) {
                return words.say("guest.slot.label");
            }
            if (component instanceof Field field && field.key().equals(name)) {
                return Prose.fill(field.label(), seen, now);
            }
            if (component instanceof Rows rows && name.startsWith(rows.key() + ".")) {
                return rows.fields().stream()
                        .filter(field -> name.endsWith("." + field.key()))
                        .map(field -> rows.label() + ", " + field.label())
                        .findFirst()
                        .orElse(rows.label());
            }
        }
        return name;
    }

    /** The answers as the reader will recognise them. */
    List<Fact> summary(Answers answers) {
        var facts = new ArrayList<Fact>();
        for (var component : form.components()) {
            switch (component) {
                case Form.Words _ -> {}
                case Field field -> {
                    if (field.kind() == Kind.FILE && answers.values().get(field.key()) != null) {
                        facts.add(new Fact(
                                label(field.key()), fileNames(answers.values().get(field.key()))));
                    } else if (answers.values().containsKey(field.key())) {
                        // A choice of times is asked for with a question, which is no name for the one chosen.
                        facts.add(new Fact(
                                field.kind() == Kind.SLOT ? words.say("guest.slot.now") : label(field.key()),
                                shown(field, answers.values().get(field.key()))));
                    }
                }
                case Rows rows -> {
                    if (answers.values().get(rows.key()) instanceof List<?> list) {
                        list.forEach(row -> facts.add(new Fact(rows.label(), shown(rows, row))));
                    }
                }
            }
        }
        return facts;
    }

    private String span(String at) {
        try {
            var from = Instant.parse(at);
            return words.span(from, from.plus(Duration.ofMinutes(times.minutes())), times.zone());
        } catch (DateTimeParseException e) {
            return at;
        }
    }

    private String fileNames(@Nullable Object value) {
        return String.join(
                ", ",
                texts(value).stream()
                        .map(id -> uploads.mine().get(id))
                        .filter(Objects::nonNull)
                        .map(this::named)
                        .toList());
    }

    private String shown(Rows rows, @Nullable Object row) {
        return rows.fields().stream()
                .map(field ->
                        field.label() + ": " + shown(field, row instanceof Map<?, ?> map ? map.get(field.key()) : null))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    private String shown(Field field, @Nullable Object value) {
        return switch (value) {
            case null -> words.say("guest.empty");
            case String at when field.kind() == Kind.SLOT -> span(at);
            case Boolean yes -> words.say(yes ? "guest.yes" : "guest.no");
            case List<?> list when list.isEmpty() -> words.say("guest.empty");
            case List<?> list ->
                String.join(", ", list.stream().map(each -> option(field, each)).toList());
            case Object one -> option(field, one);
        };
    }

    private static String option(Field field, @Nullable Object value) {
        return field.options().stream()
                .filter(option -> Objects.equals(option.value(), value))
                .map(Option::label)
                .findFirst()
                .orElse(Prose.plain(value));
    }
}
