package io.baton.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.expression.Expression.Result;
import io.baton.engine.expression.Feel.Compiled;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FEEL as Baton runs it: what it yields, what it refuses, and that nothing a modeller writes runs away. */
class FeelTest {

    private static final Instant NOW = Instant.parse("2026-03-01T23:30:00Z");

    private static final SequencedMap<String, @Nullable Object> VARIABLES = variables();

    private static SequencedMap<String, @Nullable Object> variables() {
        var order = new LinkedHashMap<String, @Nullable Object>();
        order.put("total", new BigDecimal("250.00"));
        order.put("currency", "EUR");
        var variables = new LinkedHashMap<String, @Nullable Object>();
        variables.put("amount", new BigDecimal("120.50"));
        variables.put("vendor", "Acme");
        variables.put("approved", true);
        variables.put("nothing", null);
        variables.put("approvers", List.of("p1", "p2", "p3"));
        variables.put("order", order);
        variables.put("due", "2026-04-01");
        variables.put("evil", "x".repeat(5_000));
        return variables;
    }

    private static Result result(String source) {
        return Feel.expression(source).evaluate(VARIABLES, NOW);
    }

    private static @Nullable Object value(String source) {
        return switch (result(source)) {
            case Result.Value(var value) -> value;
            case Result.Failed(var reason) -> throw new AssertionError(source + " failed: " + reason);
        };
    }

    private static String failure(String source) {
        return switch (result(source)) {
            case Result.Value(var value) -> throw new AssertionError(source + " yielded " + value);
            case Result.Failed(var reason) -> reason;
        };
    }

    private static Compiled.Refused refused(String source) {
        return switch (Feel.compile(source)) {
            case Compiled.Ready _ -> throw new AssertionError("compiled: " + source);
            case Compiled.Refused refused -> refused;
        };
    }

    @Nested
    class Yields {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "amount > 100 | true",
                    "order.total > 100 and vendor = \"Acme\" | true",
                    "\"Payment to \" + vendor | Payment to Acme",
                    "amount * 2 | 241",
                    "1.50 | 1.5",
                    "1E2 | 100",
                    "0.0 | 0",
                    "-amount | -120.5",
                    "1 / 3 | 0.3333333333333333333333333333333333",
                    "count(approvers) | 3",
                    "approvers[2] | p2",
                    "approvers[item != \"p2\"] | [p1, p3]",
                    "if approved then \"yes\" else \"no\" | yes",
                    "for i in 1..3 return i * i | [1, 4, 9]",
                    "for i in 3..1 return i | [3, 2, 1]",
                    "for x in [1,2], y in [10,20] return x + y | [11, 21, 12, 22]",
                    "for i in 1..5 return if i = 1 then 1 else i * partial[-1] | [1, 2, 6, 24, 120]",
                    "some a in approvers satisfies a = \"p3\" | true",
                    "every a in approvers satisfies a = \"p3\" | false",
                    "amount in (100..200) | true",
                    "amount in (< 100, > 200) | false",
                    "{a: 1, b: a + 1} | {a=1, b=2}",
                    "{f: function(x) x + 1, r: f(2)}.r | 3",
                    "string length(evil) | 5000",
                    "matches(vendor, \"^A.*e$\") | true",
                    "replace(vendor, \"[cm]+\", \"-\") | A-e",
                    "replace(\"a.b\", \".\", \"x\", \"q\") | axb",
                    "split(\"a;b;;c\", \";\") | [a, b, , c]",
                    "split(\"\", \";\") | []",
                    "string join(approvers, \", \") | p1, p2, p3",
                    "distinct values([1, 2, 1]) | [1, 2]",
                    "union([1,2],[2,3]) | [1, 2, 3]",
                    "5 in range(\"[1..10]\") | true",
                    "date(\"2026-01-05\") in range(\"[date(\\\"2026-01-01\\\")..date(\\\"2026-02-01\\\")]\") | true",
                    "date(due) | 2026-04-01",
                    "date(due) - date(\"2026-03-30\") | P2D",
                    "duration(\"P1Y2M\") | P1Y2M",
                    "date and time(\"2026-03-01T10:00:00\") | 2026-03-01T10:00:00",
                    "date and time(\"2026-03-01T10:00:00@Europe/Paris\") | 2026-03-01T10:00:00+01:00",
                    "time(\"10:00:00\") | 10:00:00",
                    "amount instance of number | true",
                    "10 ** 3 | 1000",
                    "get value(order, \"currency\") | EUR",
                    "[1, [2, null]] | [1, [2, null]]",
                })
        void whatFeelSays(String source, String expected) {
            assertThat(String.valueOf(value(source))).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "missing",
                    "nothing",
                    "missing.deeper",
                    "order.nope.deeper",
                    "vendor.nope",
                    "amount + missing",
                    "missing > 5",
                    "nothing > 5",
                    "approvers[9]",
                    "not(missing)",
                    "for x in missing return x"
                })
        void nullForWhatIsNotThere(String source) {
            assertThat(value(source)).isNull();
        }

        /** The library would call these methods. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "vendor.class",
                    "vendor.class.classLoader.name",
                    "vendor.length",
                    "vendor.wait",
                    "amount.class",
                    "count.class.protectionDomain.codeSource.location",
                    "{f: function() 1}.f.class",
                    "(vendor + \"x\").class",
                    "[vendor, vendor][2].bytes",
                    "order.total.class",
                    "approvers[length() > 1].class[1].name[1]",
                    "date(due).class",
                    "(now() - now()).class"
                })
        void nullWhereAPropertyWouldBeAJavaMethod(String source) {
            assertThat(value(source)).isIn((Object) null, Arrays.asList((Object) null));
        }

        @Test
        void nothingForNamesThatAreJavaMethodsOfAFilteredElement() {
            assertThat(value("approvers[length > 1]")).isEqualTo(List.of());
            assertThat(value("approvers[class != null]")).isEqualTo(List.of());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "date(due).year | 2026",
                    "duration(\"P1DT2H\").hours | 2",
                    "[1..5].end | 5",
                    "[{a: {b: 1}}, {a: {b: 2}}].a.b | [1, 2]",
                    "order[total > 100].currency | [EUR]",
                    "[{a: 1}, {a: 2}][a = 2].a | [2]",
                    "[1, 2, 3][-1] | 3",
                    "[1, 2, 3][0] | null",
                    "get entries({a: 1})[1].key | a",
                    "context put({a: 1}, \"b\", 2).b | 2",
                    "context merge([{a: 1}, {b: 2}]).b | 2",
                })
        void propertiesThatFeelKnows(String source, String expected) {
            assertThat(String.valueOf(value(source))).isEqualTo(expected);
        }

        @Test
        void equalNumbersAsEqualObjects() {
            assertThat(value("1.10 + 0.90")).isEqualTo(value("2")).isEqualTo(new BigDecimal("2"));
        }

        @Test
        void theInstantItIsGivenInUtcInsteadOfTheClock() {
            assertThat(value("now()")).isEqualTo("2026-03-01T23:30:00Z");
            assertThat(value("today()")).isEqualTo("2026-03-01");
            assertThat(value("now() + duration(\"P1D\")")).isEqualTo("2026-03-02T23:30:00Z");
            assertThat(value("{d: today()}.d")).isEqualTo("2026-03-01");
        }

        @Test
        void theSameFromManyThreadsAtOnce() throws Exception {
            var expression = Feel.expression("sum(for i in 1..n return i) + count(approvers)");
            var wrong = new java.util.concurrent.ConcurrentLinkedQueue<String>();
            var threads = new ArrayList<Thread>();
            for (int n = 1; n <= 8; n++) {
                var variables = new LinkedHashMap<String, @Nullable Object>(VARIABLES);
                variables.put("n", new BigDecimal(n));
                var expected = new Result.Value(new BigDecimal(n * (n + 1) / 2 + 3));
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 200; i++) {
                        var actual = expression.evaluate(variables, NOW);
                        if (!actual.equals(expected)) {
                            wrong.add(actual + " instead of " + expected);
                        }
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Nested
    class Fails {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "1 + \"a\" | '1 + \"a\"' has no result for a number and a string",
                    "vendor > 5 | 'vendor > 5' has no result for a string and a number",
                    "order * 2 | 'order * 2' has no result for a context and a number",
                    "1 / 0 | divides by zero",
                    "-vendor | ",
                    "upper case(missing) | cannot be null",
                    "contains(vendor, 5) | Unable to find function 'contains",
                    "date(\"x\") | date()",
                    "number(\"x\") | number",
                    "@\"foo\" | Malformed at-literal",
                    "matches(\"a\", \"[\") | matches(): ",
                    "replace(\"a\", \"a*\", \"b\") | matches the empty string",
                    "split(\"a\", 5) | the argument delimiter must be a string",
                    "[1..3] | the result is a range",
                    "function(x) x | the result is a function",
                    "count | the result is a function",
                    "some x in [1,2] satisfies x | ClassCastException",
                    "get value(count, \"class\") | get value(): expected a context",
                    "get entries(vendor) | get entries(): expected a context",
                    "matches(\"a\", \"a\", \"') or doc('file:///etc/passwd') or matches('a','a','\") | matches(): ",
                    "date(due).hour | 'date(due).hour'",
                    "{f: decision table, r: f(1)}.r | decision table",
                    "1E999999999 | digits",
                })
        void whereFeelHasNoAnswer(String source, String reason) {
            assertThat(failure(source)).contains(reason == null ? "" : reason);
        }

        @Test
        void notForWhatAFilterSkips() {
            assertThat(value("[1, \"a\", 3][item > 2]")).isEqualTo(List.of(new BigDecimal(3)));
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "1 + | 1 | 4 | mismatched input",
                    "order total > 5 | 1 | 7 | no viable alternative",
                    "\"abc | 1 | 1 | extraneous input",
                    "sumup(1) | 1 | 1 | there is no function 'sumup'",
                    "1 + frobnicate(2) | 1 | 5 | there is no function 'frobnicate'",
                })
        void whatIsNotFeelWithThePlace(String source, int line, int column, String reason) {
            var refused = refused(source);
            assertThat(refused.reason()).contains(reason == null ? "" : reason);
            assertThat(List.of(refused.line(), refused.column())).isEqualTo(List.of(line, column));
        }

        @Test
        void anEmptyExpression() {
            assertThat(refused("").reason()).contains("mismatched input");
            assertThat(refused("  \n ").reason()).contains("mismatched input");
        }

        @Test
        void thePlaceOnALaterLine() {
            var refused = refused("1 +\n  2 +\n  )");
            assertThat(refused.line()).isEqualTo(3);
            assertThat(refused.column()).isEqualTo(3);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "function(x) external {java: {class: \"java.lang.Math\", method signature: \"abs(int)\"}}",
                    "{f: function(x) external {java: {class: \"java.lang.Math\", method signature: \"abs(int)\"}}, r: f(-1)}.r",
                    "[1,2][(function() external {java: {class: \"java.lang.System\", method signature: \"exit(int)\"}})()]",
                })
        void javaFunctions(String source) {
            assertThat(refused(source).reason()).contains("external functions are not executed");
        }

        @Test
        void decisionTablesBuiltFromStringsWhichCouldHoldJava() {
            assertThat(refused(
                                    "decision table(outputs: \"o\", input expression list: [], input values list: null,"
                                            + " output values: null, rule list: [[\"1\"]], hit policy: \"U\", default output value: null)")
                            .reason())
                    .contains("decision table() is not offered");
        }

        @Test
        void rangesThatAreMoreThanLiterals() {
            assertThat(failure("range(\"[date([sum([1])][1])..2]\")")).contains("range() takes literals");
            assertThat(failure("range(\"[1..function() external {java:{}}]\")")).contains("range() takes literals");
        }

        @Test
        void sourcesThatAreTooLongOrNestTooDeeply() {
            assertThat(refused("1" + "+1".repeat(5_000)).reason()).contains("more than 10000");
            assertThat(refused("1" + "+1".repeat(1_000)).reason()).contains("more than 600 words");
            assertThat(refused("a" + ".b".repeat(20)).reason()).contains("a path of more than 12");
            for (var source : List.of(
                    "(".repeat(60) + "1" + ")".repeat(60),
                    "[".repeat(9_000),
                    "not(".repeat(20) + "true" + ")".repeat(20),
                    "for i in ".repeat(20) + "x" + " return 1".repeat(20),
                    "for i in a, j in b return ".repeat(20) + "1",
                    "function(x) ".repeat(20) + "1",
                    "1 in ".repeat(30) + "1",
                    "if true then 1 else ".repeat(50) + "1")) {
                assertThat(refused(source).reason()).contains("nests more than 25");
            }
        }

        @Test
        void notALongListOfOrdinaryExpressions() {
            var entries = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                entries.add(
                        "e" + i + ": if amount > " + i + " then sum(for a in [1] return (a + 1) * 2) else order.total");
            }
            assertThat(Feel.compile("{" + String.join(", ", entries) + "}")).isInstanceOf(Compiled.Ready.class);
        }
    }

    /** Each of these would take minutes, gigabytes or the whole stack if it were let. */
    @Nested
    class Stops {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "for i in 1..1000000000 return i",
                    "for i in 1..1000000000 return 1",
                    "count(for i in 1..1000000000 return null)",
                    "for i in 1..100000, j in 1..100000 return i",
                    "for i in 1..10000 return for j in 1..10000 return j",
                    "for d in date(\"0001-01-01\")..date(\"999999-01-01\") return d",
                    "some x in (for i in 1..1000000000 return i) satisfies x < 0",
                    "every x in [1..1000000000] satisfies x in [1..1000000000] and (for i in 1..999999999 return i) = []",
                    "{f: function(n) f(n + 1), r: f(1)}.r",
                    "{f: function(n) if n <= 1 then 1 else f(n - 1) + f(n - 2), r: f(50)}.r",
                    "for i in 1..60 return if i = 1 then \"xxxxxxxxxxxxxxxx\" else partial[-1] + partial[-1]",
                    "for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
                    "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]",
                    "{a: for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]], r: a = a}.r",
                    "string(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])",
                    "replace(evil, \"x\", evil)",
                    "string join(for i in 1..1000 return evil, evil)",
                    "count(distinct values(for i in 1..20000 return i))",
                    "matches(\"b\" + evil, \"(x*)*[bc]$\")",
                    "matches(\"b\" + evil, \"x*x*x*x*x*x*[bc]$\")",
                    "replace(\"ab\" + evil, \"(x|xx)+[bc]$\", \"\")",
                    "count(split(\"a\" + evil, \"(x|x?)+[ab]$\"))",
                    "10 ** 100000000",
                    "floor(1E6000 ** 1000)",
                    "[1,2,3][{f: function() f(), r: f()}.r]",
                    "sort([3,2,1], function(a, b) {f: function() f(), r: f()}.r)",
                    "for i in 1..30 return sort(for k in 1..3000 return k * 7919, function(x, y) modulo(x, 997) > modulo(y, 997))",
                })
        void whatRunsAway(String source) {
            assertThat(failure(source)).isNotBlank();
        }

        /** Each alone is within its limit. */
        @Test
        void whatTheExpressionsOfOneCommandTakeTogether() {
            var expression = Feel.expression("count(for i in 1..60000 return i)");

            var results = Budget.share(() -> Budget.share(() -> IntStream.range(0, 100)
                    .mapToObj(_ -> expression.evaluate(VARIABLES, NOW))
                    .toList()));

            assertThat(results).startsWith(new Expression.Result.Value(BigDecimal.valueOf(60_000)));
            assertThat(results)
                    .endsWith(new Expression.Result.Failed(
                            "stopped: the expressions of one command did not finish within 3000000 steps together"));
            assertThat(Budget.share(() -> expression.evaluate(VARIABLES, NOW))).isEqualTo(results.getFirst());
        }

        @Test
        void withAReasonThatNamesTheLimit() {
            assertThat(failure("for i in 1..1000000000 return i"))
                    .isEqualTo("stopped: it did not finish within 1000000 steps");
            assertThat(failure("{f: function(n) f(n + 1), r: f(1)}.r"))
                    .isEqualTo("stopped: it nests or recurses more than 400 levels deep");
            assertThat(failure("replace(evil, \"x\", evil)"))
                    .isEqualTo("stopped: it makes a string longer than 1000000 characters");
        }

        @Test
        void atTheSameStepEveryTime() {
            var outcomes =
                    Arrays.asList(31_000, 32_000, 33_000, 33_100, 33_200, 33_300, 33_333, 33_400, 40_000).stream()
                            .map(n ->
                                    result("count(for i in 1.." + n + " return i * 2 + i) > 0") instanceof Result.Value)
                            .toList();
            for (int i = 0; i < 3; i++) {
                assertThat(
                                Arrays.asList(31_000, 32_000, 33_000, 33_100, 33_200, 33_300, 33_333, 33_400, 40_000)
                                        .stream()
                                        .map(n -> result("count(for i in 1.." + n + " return i * 2 + i) > 0")
                                                instanceof Result.Value)
                                        .toList())
                        .isEqualTo(outcomes);
            }
        }

        @Test
        void notWhatIsOrdinarilyLarge() {
            var lines = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < 2_000; i++) {
                lines.add(Map.of("price", new BigDecimal(i), "kind", i % 2 == 0 ? "a" : "b"));
            }
            var result = Feel.expression("sum(for line in lines[kind = \"a\"] return line.price * 1.2)")
                    .evaluate(Map.of("lines", lines), NOW);
            assertThat(result).isEqualTo(new Result.Value(new BigDecimal("1198800")));
        }
    }
}
