package io.baton.server.guest;

import io.baton.engine.Values;
import io.baton.engine.expression.Expression;
import io.baton.engine.expression.Expression.Result;
import io.baton.engine.expression.Feel;
import io.baton.server.guest.Form.Field;
import io.baton.server.guest.Form.Option;
import io.baton.server.guest.Form.Rows;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sent for a form, read and checked against it. Only fields of the form that are shown count: whatever else
 * was sent is not looked at. {@code values} are ready for the case; {@code problems} are by the name of the HTML field.
 */
record Answers(SequencedMap<String, @Nullable Object> values, SequencedMap<String, Problem> problems) {

    static final int TEXT_CHARACTERS_MAX = 10_000;
    private static final Expression MATCHES = Feel.expression("matches(text, pattern)");
    private static final int DIGITS_MAX = 30;

    /** Why an answer does not do; {@code limit} goes into the sentence, where it has one. */
    record Problem(Why why, @Nullable String limit) {}

    enum Why {
        REQUIRED,
        NOT_A_NUMBER,
        TOO_SMALL,
        TOO_LARGE,
        TOO_MANY_DECIMALS,
        TOO_SHORT,
        TOO_LONG,
        WRONG_FORM,
        NOT_A_CHOICE,
        NOT_A_DATE,
        NOT_A_TIME,
        NOT_OPENED,
        NOT_SIGNED,
        /** The drawn signature cannot be read. */
        DRAWING,
        /** Somebody else was quicker, or it is too late for this time. */
        SLOT_TAKEN,
        FILE_TOO_LARGE,
        FILE_TOO_MANY,
        FILE_EMPTY,
        FILE_TYPE,
        FILE_INFECTED,
        FILE_NOT_SCANNED,
        /** Taken away meanwhile, or too old. */
        FILE_GONE
    }

    boolean isRight() {
        return problems.isEmpty();
    }

    /**
     * Whether a field is shown may depend on another's answer, so it is asked again until nothing changes.
     *
     * @param seen what the reader sees of the case, for the conditions
     * @param sent by the names of the HTML fields; rows are {@code key.0.field}
     * @param choices the ids that a field for files may have, and the times that are free
     */
    static Answers of(
            Form form,
            SequencedMap<String, @Nullable Object> seen,
            Map<String, List<String>> sent,
            Set<String> choices,
            ZoneId zone,
            Instant now) {
        var known = new LinkedHashMap<String, @Nullable Object>(seen);
        form.answerable().forEach(known::remove);
        var answers = new Reading(choices, zone, now).read(form.components(), sent);
        for (int i = 0; i <= form.components().size(); i++) {
            var before = answers.values;
            var answered = new LinkedHashMap<String, @Nullable Object>(known);
            answered.putAll(before);
            answers = new Reading(choices, zone, now).read(form.visible(answered, now), sent);
            if (answers.values.equals(before)) {
                break;
            }
        }
        return answers;
    }

    private static final class Reading {

        private final Set<String> choices;
        private final ZoneId zone;
        private final Instant now;
        private final SequencedMap<String, @Nullable Object> values = new LinkedHashMap<>();
        private final SequencedMap<String, Problem> problems = new LinkedHashMap<>();

        Reading(Set<String> choices, ZoneId zone, Instant now) {
            this.choices = choices;
            this.zone = zone;
            this.now = now;
        }

        Answers read(List<Form.Component> shown, Map<String, List<String>> sent) {
            for (var component : shown) {
                switch (component) {
                    case Form.Words _ -> {}
                    case Field field -> {
                        if (field.kind() == Form.Kind.FILE) {
                            files(field, sent.getOrDefault(field.key(), List.of()));
                        } else if (!field.readOnly()) {
                            values.put(field.key(), value(field, field.key(), sent));
                        }
                    }
                    case Rows rows -> values.put(rows.key(), rows(rows, sent));
                }
            }
            return new Answers(Values.variables(values), problems);
        }

        /** Where none is sent, what was there stays. */
        private void files(Field field, List<String> ids) {
            var chosen = ids.stream().filter(id -> !id.isBlank()).distinct().toList();
            if (field.readOnly() || chosen.isEmpty()) {
                if (field.required() && !field.readOnly()) {
                    wrong(field.key(), Why.REQUIRED, null);
                }
                return;
            }
            if (!choices.containsAll(chosen)) {
                wrong(field.key(), Why.FILE_GONE, null);
            } else if (field.isMany()) {
                values.put(field.key(), chosen);
            } else {
                values.put(field.key(), chosen.getLast());
            }
        }

        /** Rows in which nothing was filled in are none. */
        private List<@Nullable Object> rows(Rows rows, Map<String, List<String>> sent) {
            var read = new ArrayList<@Nullable Object>();
            for (int i = 0; i < Rows.ROWS_MAX; i++) {
                var at = rows.key() + "." + i + ".";
                if (rows.fields().stream().allMatch(field -> isBlank(sent.get(at + field.key())))) {
                    continue;
                }
                var row = new LinkedHashMap<String, @Nullable Object>();
                for (var field : rows.fields()) {
                    row.put(field.key(), value(field, at + field.key(), sent));
                }
                read.add(row);
            }
            return read;
        }

        private static boolean isBlank(@Nullable List<String> texts) {
            return texts == null || texts.stream().allMatch(String::isBlank);
        }

        private @Nullable Object value(Field field, String name, Map<String, List<String>> sent) {
            var texts = sent.getOrDefault(name, List.of());
            var text = texts.isEmpty() ? "" : texts.getFirst().strip();
            if (field.kind() == Form.Kind.CHECKBOX) {
                return checked(field, name, !text.isEmpty());
            }
            if (isBlank(texts)) {
                if (field.required()) {
                    wrong(name, Why.REQUIRED, null);
                }
                return field.kind() == Form.Kind.CHECKLIST ? List.of() : null;
            }
            return switch (field.kind()) {
                case TEXT, LONG_TEXT -> text(field, name, text);
                case NUMBER -> number(field, name, text);
                case RADIO, SELECT -> choice(field, name, text);
                case CHECKLIST -> choices(field, name, texts);
                case DATE -> date(name, text);
                case TIME -> time(name, text);
                case DATE_TIME -> dateTime(name, text);
                case SLOT -> slot(name, text);
                case FILE, CHECKBOX -> throw new IllegalStateException("read above");
            };
        }

        private Object checked(Field field, String name, boolean checked) {
            if (field.required() && !checked) {
                wrong(name, Why.REQUIRED, null);
            }
            return checked;
        }

        private String text(Field field, String name, String text) {
            var limits = field.limits();
            int max = limits.lengthMax() == null
                    ? TEXT_CHARACTERS_MAX
                    : Math.min(limits.lengthMax(), TEXT_CHARACTERS_MAX);
            if (text.length() > max) {
                wrong(name, Why.TOO_LONG, String.valueOf(max));
            } else if (limits.lengthMin() != null && text.length() < limits.lengthMin()) {
                wrong(name, Why.TOO_SHORT, String.valueOf(limits.lengthMin()));
            } else if (limits.pattern() != null && !fits(limits.pattern(), text)) {
                wrong(name, Why.WRONG_FORM, null);
            }
            return text.indexOf('\0') < 0 ? text.replace("\r\n", "\n") : "";
        }

        /** By FEEL, which bounds the steps that a pattern may take. One that FEEL does not read asks for nothing. */
        private boolean fits(String pattern, String text) {
            return !(MATCHES.evaluate(Map.of("text", text, "pattern", pattern), now) instanceof Result.Value(var value))
                    || !Boolean.FALSE.equals(value);
        }

        /** A comma is read as the decimal point where there is no point and it is the only one. */
        private @Nullable BigDecimal number(Field field, String name, String text) {
            var plain = text.replaceAll("[\\s\\u00a0\\u202f']", "");
            if (plain.indexOf('.') < 0 && plain.indexOf(',') == plain.lastIndexOf(',')) {
                plain = plain.replace(',', '.');
            }
            if (plain.length() > DIGITS_MAX || !plain.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)")) {
                wrong(name, Why.NOT_A_NUMBER, null);
                return null;
            }
            var number = new BigDecimal(plain);
            var limits = field.limits();
            if (limits.min() != null && number.compareTo(limits.min()) < 0) {
                wrong(name, Why.TOO_SMALL, limits.min().toPlainString());
            } else if (limits.max() != null && number.compareTo(limits.max()) > 0) {
                wrong(name, Why.TOO_LARGE, limits.max().toPlainString());
            } else if (limits.decimals() != null && number.stripTrailingZeros().scale() > limits.decimals()) {
                wrong(name, Why.TOO_MANY_DECIMALS, String.valueOf(limits.decimals()));
            }
            return number;
        }

        private String choice(Field field, String name, String text) {
            if (field.options().stream().map(Option::value).noneMatch(text::equals)) {
                wrong(name, Why.NOT_A_CHOICE, null);
            }
            return text;
        }

        private List<String> choices(Field field, String name, List<String> texts) {
            texts.forEach(text -> choice(field, name, text.strip()));
            return texts.stream().map(String::strip).distinct().toList();
        }

        private String slot(String name, String text) {
            if (!choices.contains(text)) {
                wrong(name, Why.SLOT_TAKEN, null);
            }
            return text;
        }

        private String date(String name, String text) {
            try {
                return LocalDate.parse(text).toString();
            } catch (DateTimeException e) {
                wrong(name, Why.NOT_A_DATE, null);
                return text;
            }
        }

        private String time(String name, String text) {
            try {
                return LocalTime.parse(text).toString();
            } catch (DateTimeException e) {
                wrong(name, Why.NOT_A_TIME, null);
                return text;
            }
        }

        /** As form-js writes it by default, with the offset that the reader's time zone has then. */
        private String dateTime(String name, String text) {
            try {
                var at = LocalDateTime.parse(text).atZone(zone).toOffsetDateTime();
                return at.toLocalDateTime() + at.getOffset().getId();
            } catch (DateTimeException e) {
                wrong(name, Why.NOT_A_DATE, null);
                return text;
            }
        }

        private void wrong(String name, Why why, @Nullable String limit) {
            problems.putIfAbsent(name, new Problem(why, limit));
        }
    }
}
