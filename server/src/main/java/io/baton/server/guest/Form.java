package io.baton.server.guest;

import io.baton.engine.expression.Expression;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A form-js schema, read for a page without scripts. What form-js shows by scripts only, such as a picture behind an
 * expression, is left out; every kind of field that asks for something is here.
 */
record Form(List<Component> components) {

    static final Form EMPTY = new Form(List.of());

    private static final Field EVIDENCE =
            new Field(Papers.EVIDENCE, Kind.FILE, "", null, false, false, List.of(), Limits.NONE, null, null, null);

    Form {
        components = List.copyOf(components);
    }

    /** {@code hide} is FEEL over the answers so far; null is always shown. */
    sealed interface Component {
        @Nullable
        Expression hide();
    }

    /** A text for the reader, in Markdown with {@code {{FEEL}}} in it. */
    record Words(String markdown, @Nullable Expression hide) implements Component {}

    enum Kind {
        TEXT,
        LONG_TEXT,
        NUMBER,
        CHECKBOX,
        /** One of the options, all of them in sight. */
        RADIO,
        SELECT,
        /** Any of the options. */
        CHECKLIST,
        DATE,
        TIME,
        DATE_TIME,
        /** One of the times that the task offers. */
        SLOT,
        /** Its value is the id of a file of the case, or a list of them. */
        FILE
    }

    record Option(String label, String value) {}

    /**
     * {@code approve} and {@code reject} are the answers that a plain "yes" or "no" stands for, where the form says so.
     *
     * @param readOnly shown, never taken from what is sent
     */
    record Field(
            String key,
            Kind kind,
            String label,
            @Nullable String description,
            boolean required,
            boolean readOnly,
            List<Option> options,
            Limits limits,
            @Nullable String approve,
            @Nullable String reject,
            @Nullable Expression hide)
            implements Component {

        Field {
            options = List.copyOf(options);
        }

        /** A list of files, not one. */
        boolean isMany() {
            return kind == Kind.FILE && limits.lengthMax() == null;
        }
    }

    /** Null is no limit. {@code pattern} is a regular expression of form-js, compared with the whole text. */
    record Limits(
            @Nullable Integer lengthMin,
            @Nullable Integer lengthMax,
            @Nullable String pattern,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable Integer decimals) {
        static final Limits NONE = new Limits(null, null, null, null, null, null);
    }

    /** A list whose elements have the same fields. */
    record Rows(
            String key,
            String label,
            int atFirst,
            List<Field> fields,
            @Nullable Expression hide) implements Component {
        static final int ROWS_MAX = 50;

        Rows {
            fields = List.copyOf(fields);
        }
    }

    /** With a place for files where it has none; they are attached to the case and set no variable. */
    Form withEvidence() {
        if (!fileFields().isEmpty()) {
            return this;
        }
        var more = new ArrayList<>(components);
        more.add(EVIDENCE);
        return new Form(more);
    }

    /** With the times that are offered where the form asks for this variable, or first where it does not. */
    Form withSlots(String into) {
        var more = new ArrayList<Component>();
        for (var component : components) {
            more.add(component instanceof Field field && field.key().equals(into) ? slots(into) : component);
        }
        if (!keys().contains(into)) {
            more.add(more.isEmpty() || !(more.getFirst() instanceof Words) ? 0 : 1, slots(into));
        }
        return new Form(more);
    }

    private static Field slots(String into) {
        return new Field(into, Kind.SLOT, "", null, true, false, List.of(), Limits.NONE, null, null, null);
    }

    /** Those for files that an answer may set. */
    List<Field> fileFields() {
        return components.stream()
                .filter(component -> component instanceof Field field && field.kind() == Kind.FILE && !field.readOnly())
                .map(Field.class::cast)
                .toList();
    }

    /** All keys whose values the form shows. */
    List<String> keys() {
        return keys(true);
    }

    /** Those that an answer may set. */
    List<String> answerable() {
        return keys(false);
    }

    private List<String> keys(boolean readOnly) {
        var keys = new ArrayList<String>();
        for (var component : components) {
            switch (component) {
                case Words _ -> {}
                case Field field -> {
                    if (readOnly || !field.readOnly()) {
                        keys.add(field.key());
                    }
                }
                case Rows rows -> keys.add(rows.key());
            }
        }
        return keys;
    }

    /** What is shown while the answers are these. A condition that fails hides nothing: the reader may still answer. */
    List<Component> visible(SequencedMap<String, @Nullable Object> values, Instant now) {
        return components.stream()
                .filter(component -> component.hide() == null || !isTrue(component.hide(), values, now))
                .toList();
    }

    private static boolean isTrue(Expression hide, SequencedMap<String, @Nullable Object> values, Instant now) {
        return hide.evaluate(values, now) instanceof Expression.Result.Value(var value) && Boolean.TRUE.equals(value);
    }

    /** The field that may be set, if there is exactly one, and it is always shown. */
    Optional<Field> onlyField() {
        var fields = components.stream()
                .filter(component ->
                        component instanceof Rows || (component instanceof Field field && !field.readOnly()))
                .toList();
        return fields.size() == 1 && fields.getFirst() instanceof Field field && field.hide() == null
                ? Optional.of(field)
                : Optional.empty();
    }

    /** The answer that approves or rejects, if there is exactly one question that can be answered so. */
    Optional<SequencedMap<String, List<String>>> decision(boolean approve) {
        var found = new LinkedHashMap<String, List<String>>();
        for (var component : components) {
            if (component instanceof Field field) {
                var value = approve ? field.approve() : field.reject();
                if (value != null) {
                    found.put(field.key(), List.of(value));
                }
            }
        }
        return found.size() == 1 ? Optional.of(found) : Optional.empty();
    }
}
