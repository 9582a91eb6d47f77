package io.baton.engine.expression;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.sf.saxon.Configuration;
import net.sf.saxon.functions.Replace;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.regex.ARegularExpression;
import net.sf.saxon.str.StringView;
import net.sf.saxon.trans.UncheckedXPathException;
import net.sf.saxon.trans.XPathException;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent.Severity;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.FEELProfile;
import org.kie.dmn.feel.lang.impl.NamedParameter;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.events.FEELEventBase;
import org.kie.dmn.feel.runtime.functions.BaseFEELFunction;
import org.kie.dmn.feel.runtime.functions.ContextMergeFunction;
import org.kie.dmn.feel.runtime.functions.ContextPutFunction;
import org.kie.dmn.feel.runtime.functions.DistinctValuesFunction;
import org.kie.dmn.feel.runtime.functions.GetEntriesFunction;
import org.kie.dmn.feel.runtime.functions.GetValueFunction;
import org.kie.dmn.feel.runtime.functions.RangeFunction;
import org.kie.dmn.feel.runtime.functions.StringJoinFunction;
import org.kie.dmn.feel.runtime.functions.UnionFunction;

/**
 * The built-in functions that Baton does not take from the library as they are: those that look at the clock, that can
 * take longer than their arguments are long, or that would run text as a program. In the library {@code matches} and
 * {@code replace} paste their arguments into an XQuery, which can read files; {@code range} and {@code decision table}
 * parse strings as FEEL, which can call Java; those that take contexts call the getters of any other object.
 */
final class Functions implements FEELProfile {

    /** Named as the function to be refused when compiling; also shadowed here, in case it is reached another way. */
    static final String DECISION_TABLE = "decision table";

    private static final Configuration SAXON = new Configuration();

    static {
        SAXON.setConfigurationProperty(Feature.REGEX_BACKTRACKING_LIMIT, Limits.REGEX_BACKTRACKS_MAX);
    }

    /** {@code [1..5]}, {@code (date("2026-01-01")..date("2026-02-01"))}: literals at both ends and nothing else. */
    private static final Pattern RANGE = Pattern.compile(
            "\\s*[\\[\\](](?<end>[^\\[\\](){}\"]*|\\s*\"[^\"]*\"\\s*|[@ a-z]*\\(?\\s*\"[^\"]*\"\\s*\\)?\\s*)\\.\\."
                    + "(?:[^\\[\\](){}\"]*|\\s*\"[^\"]*\"\\s*|[@ a-z]*\\(?\\s*\"[^\"]*\"\\s*\\)?\\s*)[\\[\\])]\\s*");

    private static final List<FEELFunction> ALL = List.of(
            new Named("now", List.of(), 0, _ -> Evaluation.current().now().atZone(ZoneOffset.UTC)),
            new Named(
                    "today",
                    List.of(),
                    0,
                    _ -> Evaluation.current().now().atZone(ZoneOffset.UTC).toLocalDate()),
            new Named("matches", List.of("input", "pattern", "flags"), 2, Functions::matches),
            new Named("replace", List.of("input", "pattern", "replacement", "flags"), 3, Functions::replace),
            new Named("split", List.of("string", "delimiter"), 2, Functions::split),
            new Charged(DistinctValuesFunction.INSTANCE, Functions::chargeForComparingAll),
            new Charged(UnionFunction.INSTANCE, Functions::chargeForComparingAll),
            new Charged(StringJoinFunction.INSTANCE, Functions::chargeForJoining),
            new Charged(RangeFunction.INSTANCE, Functions::checkRange),
            new Charged(GetValueFunction.INSTANCE, Functions::checkContext),
            new Charged(GetEntriesFunction.INSTANCE, Functions::checkContext),
            new Charged(ContextPutFunction.INSTANCE, Functions::checkContext),
            new Charged(ContextMergeFunction.INSTANCE, Functions::checkContext),
            new Named(DECISION_TABLE, List.of(), 0, _ -> {
                throw new Refused("the function decision table() is not offered: use a DMN decision");
            }));

    static final List<FEELProfile> PROFILES = List.of(new Functions());

    private Functions() {}

    @Override
    public List<FEELFunction> getFEELFunctions() {
        return ALL;
    }

    private static boolean matches(List<@Nullable Object> arguments) {
        return regex("pattern", arguments.get(1), arguments.get(2))
                .containsMatch(new RegexInput(text("input", arguments.get(0))));
    }

    private static String replace(List<@Nullable Object> arguments) {
        var input = text("input", arguments.get(0));
        var replacement = text("replacement", arguments.get(2));
        var flags = arguments.get(3) == null ? "" : text("flags", arguments.get(3));
        Evaluation.current().checkLength((input.length() + 1L) * (replacement.length() + 1L) / 16);
        var regex = regex("pattern", arguments.get(1), flags);
        if (regex.matches(StringView.of(""))) {
            throw new Refused("the pattern of replace() matches the empty string");
        }
        var by = StringView.of(replacement);
        var complaint = flags.contains("q") ? null : Replace.checkReplacement(by);
        if (complaint != null) {
            throw new Refused(complaint);
        }
        try {
            return regex.replace(new RegexInput(input), by).toString();
        } catch (XPathException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> split(List<@Nullable Object> arguments) {
        var text = text("string", arguments.get(0));
        var regex = regex("delimiter", arguments.get(1), null);
        if (text.isEmpty()) {
            return List.of("");
        }
        if (regex.matches(StringView.of(""))) {
            throw new Refused("the delimiter of split() matches the empty string");
        }
        var parts = new ArrayList<String>();
        var tokens = regex.tokenize(new RegexInput(text));
        for (var token = tokens.next(); token != null; token = tokens.next()) {
            parts.add(token.getUnicodeStringValue().toString());
        }
        return parts;
    }

    private static ARegularExpression regex(String name, @Nullable Object pattern, @Nullable Object flags) {
        var text = text(name, pattern);
        Evaluation.current().spend(10 + text.length());
        try {
            return new ARegularExpression(
                    StringView.of(text), flags == null ? "" : text("flags", flags), "XP31", null, SAXON);
        } catch (XPathException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static String text(String name, @Nullable Object argument) {
        if (argument instanceof String text) {
            return text;
        }
        throw new Refused("the argument " + name + " must be a string");
    }

    private static void chargeForComparingAll(List<@Nullable Object> arguments) {
        long size = 0;
        for (var argument : arguments) {
            size += argument instanceof Collection<?> list ? list.size() : 1;
        }
        Evaluation.current().spend(size * size / 16);
    }

    private static void chargeForJoining(List<@Nullable Object> arguments) {
        long length = 0;
        long delimiter = arguments.size() > 1 && arguments.get(1) instanceof String text ? text.length() : 0;
        if (arguments.getFirst() instanceof Collection<?> list) {
            for (var element : list) {
                length += delimiter + (element instanceof String text ? text.length() : 0);
                Evaluation.current().checkLength(length);
            }
        }
    }

    private static void checkRange(List<@Nullable Object> arguments) {
        if (arguments.getFirst() instanceof String text && !RANGE.matcher(text).matches()) {
            throw new Refused("range() takes literals at both ends, such as \"[1..5]\"");
        }
    }

    private static void checkContext(List<@Nullable Object> arguments) {
        if (!Properties.isContext(arguments.getFirst())) {
            throw new Refused("expected a context");
        }
    }

    /** Why a function gives no value. */
    private static final class Refused extends RuntimeException {
        Refused(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private static @Nullable Object guarded(
            EvaluationContext context, String name, java.util.function.Supplier<@Nullable Object> call) {
        String reason;
        try {
            return call.get();
        } catch (Refused e) {
            reason = e.reason();
        } catch (UncheckedXPathException e) {
            reason = "the regular expression is too expensive: " + e.getMessage();
        } catch (StackOverflowError e) {
            throw Evaluation.current().exhausted("a regular expression recurses too deeply");
        }
        context.notifyEvt(() -> new FEELEventBase(Severity.ERROR, name + "(): " + reason, null));
        return null;
    }

    /** A function written here. Arguments that were left out are null. */
    private static final class Named extends BaseFEELFunction {
        private final List<String> parameters;
        private final int required;
        private final Function<List<@Nullable Object>, @Nullable Object> body;

        Named(
                String name,
                List<String> parameters,
                int required,
                Function<List<@Nullable Object>, @Nullable Object> body) {
            super(name);
            this.parameters = parameters;
            this.required = required;
            this.body = body;
        }

        @Override
        public @Nullable Object invokeReflectively(EvaluationContext context, @Nullable Object[] arguments) {
            return guarded(context, getName(), () -> body.apply(inOrder(arguments)));
        }

        private List<@Nullable Object> inOrder(@Nullable Object[] arguments) {
            if (arguments.length < required || arguments.length > parameters.size()) {
                throw new Refused("expected " + parameters + " as arguments");
            }
            var ordered = new ArrayList<@Nullable Object>();
            for (int i = 0; i < parameters.size(); i++) {
                ordered.add(null);
            }
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof NamedParameter named) {
                    int at = parameters.indexOf(named.getName());
                    if (at < 0) {
                        throw new Refused("there is no argument '" + named.getName() + "', only " + parameters);
                    }
                    ordered.set(at, named.getValue());
                } else {
                    ordered.set(i, arguments[i]);
                }
            }
            return ordered;
        }
    }

    /** A function of the library that is checked, and charged for, before it runs. */
    private static final class Charged extends BaseFEELFunction {
        private final BaseFEELFunction function;
        private final java.util.function.Consumer<List<@Nullable Object>> check;

        Charged(BaseFEELFunction function, java.util.function.Consumer<List<@Nullable Object>> check) {
            super(function.getName());
            this.function = function;
            this.check = check;
        }

        @Override
        public @Nullable Object invokeReflectively(EvaluationContext context, @Nullable Object[] arguments) {
            return guarded(context, getName(), () -> {
                var values = new ArrayList<@Nullable Object>();
                Arrays.stream(arguments)
                        .forEach(each -> values.add(each instanceof NamedParameter named ? named.getValue() : each));
                if (!values.isEmpty()) {
                    check.accept(values);
                }
                return function.invokeReflectively(context, arguments);
            });
        }
    }
}
