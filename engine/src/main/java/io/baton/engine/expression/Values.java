package io.baton.engine.expression;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoPeriod;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.Range;
import org.kie.dmn.feel.runtime.UnaryTest;
import org.kie.dmn.feel.util.TypeUtil;

/** Brings what FEEL computed into JSON's shapes; counts what it copies, since lists that share parts can be huge. */
final class Values {

    private int count;

    private Values() {}

    /** Why a result cannot leave as a value. */
    static final class NotAValue extends RuntimeException {
        NotAValue(String reason) {
            super(reason, null, false, false);
        }
    }

    static @Nullable Object normalised(@Nullable Object value) {
        return new Values().copy(value, 0);
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (depth > Limits.RESULT_DEPTH_MAX) {
            throw new NotAValue("the result is nested more than " + Limits.RESULT_DEPTH_MAX + " levels deep");
        }
        if (++count > Limits.RESULT_VALUES_MAX) {
            throw new NotAValue("the result has more than " + Limits.RESULT_VALUES_MAX + " values");
        }
        return switch (value) {
            case null -> null;
            case Boolean bool -> bool;
            case String text -> text;
            case Character character -> character.toString();
            case BigDecimal number -> number(number);
            case Number number -> number(new BigDecimal(number.toString()));
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, element) -> copy.put(String.valueOf(key), copy(element, depth + 1)));
                yield Collections.unmodifiableSequencedMap(copy);
            }
            case Collection<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                list.forEach(element -> copy.add(copy(element, depth + 1)));
                yield Collections.unmodifiableList(copy);
            }
            case Range _ -> throw new NotAValue("the result is a range, which is not a value that can be kept");
            case FEELFunction _ ->
                throw new NotAValue("the result is a function, which is not a value that can be kept");
            case UnaryTest _ -> throw new NotAValue("the result is a test, which is not a value that can be kept");
            default -> temporal(value);
        };
    }

    private static BigDecimal number(BigDecimal number) {
        if (Numbers.isOutOfRange(number)) {
            throw new NotAValue("the result has a number with more than " + Limits.NUMBER_DIGITS_MAX + " digits");
        }
        return Numbers.canonical(number);
    }

    /** ISO 8601; a named time zone leaves as its offset at that moment. */
    private static String temporal(Object value) {
        return switch (value) {
            case ZonedDateTime moment -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
            case LocalDateTime moment -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(moment);
            case LocalDate date -> date.toString();
            case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
            case OffsetTime time -> DateTimeFormatter.ISO_OFFSET_TIME.format(time);
            case Duration duration -> String.valueOf(TypeUtil.formatValue(duration, false));
            case Period period -> String.valueOf(TypeUtil.formatValue(period, false));
            case ChronoPeriod period -> String.valueOf(TypeUtil.formatValue(period, false));
            case java.time.temporal.TemporalAccessor other -> String.valueOf(TypeUtil.formatValue(other, false));
            default ->
                throw new NotAValue("the result is of a kind that cannot be kept: "
                        + value.getClass().getSimpleName());
        };
    }
}
