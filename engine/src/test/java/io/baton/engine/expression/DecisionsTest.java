package io.baton.engine.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.expression.Decisions.Read;
import io.baton.engine.expression.Expression.Result;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DMN as Baton runs it: decisions from tables and boxed expressions, what is refused, and that none runs away. */
class DecisionsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T23:30:00Z");

    private static String model(String content) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:test">
                %s
                </definitions>
                """.formatted(content);
    }

    private static String input(String name, String type) {
        return """
                <inputData id="in-%1$s" name="%1$s"><variable name="%1$s" typeRef="%2$s"/></inputData>
                """.formatted(name, type);
    }

    private static String decision(String requirements, String logic) {
        var required = new StringBuilder();
        for (var name : requirements.isEmpty() ? List.<String>of() : List.of(requirements.split(" "))) {
            required.append(
                    name.startsWith("fn-")
                            ? "<knowledgeRequirement><requiredKnowledge href=\"#" + name + "\"/></knowledgeRequirement>"
                            : "<informationRequirement><requiredInput href=\"#in-" + name
                                    + "\"/></informationRequirement>");
        }
        return "<decision id=\"d\" name=\"D\"><variable name=\"D\"/>" + required + logic + "</decision>";
    }

    private static String literal(String feel) {
        return "<literalExpression id=\"lit\"><text>" + feel + "</text></literalExpression>";
    }

    private static final String APPROVAL =
            model(input("amount", "number") + input("vendor", "string") + decision("amount vendor", """
                    <decisionTable id="t" hitPolicy="FIRST">
                      <input id="i1"><inputExpression typeRef="number"><text>amount</text></inputExpression></input>
                      <input id="i2"><inputExpression typeRef="string"><text>vendor</text></inputExpression></input>
                      <output id="o1" name="approver" typeRef="string"/>
                      <output id="o2" name="days" typeRef="number"/>
                      <rule id="r1"><inputEntry id="c11"><text>&gt; 1000</text></inputEntry><inputEntry id="c12"><text>-</text></inputEntry>
                        <outputEntry id="c13"><text>"director"</text></outputEntry><outputEntry id="c14"><text>5</text></outputEntry></rule>
                      <rule id="r2"><inputEntry id="c21"><text>[100..1000]</text></inputEntry><inputEntry id="c22"><text>"Acme", "Bolt"</text></inputEntry>
                        <outputEntry id="c23"><text>"lead"</text></outputEntry><outputEntry id="c24"><text>1.0 + 1</text></outputEntry></rule>
                      <rule id="r3"><inputEntry id="c31"><text>&lt; 10</text></inputEntry><inputEntry id="c32"><text>starts with(?, "Z")</text></inputEntry>
                        <outputEntry id="c33"><text>"nobody"</text></outputEntry><outputEntry id="c34"><text>null</text></outputEntry></rule>
                    </decisionTable>
                    """));

    private static Decision decision(String dmn) {
        return switch (Decisions.read(dmn.getBytes(UTF_8))) {
            case Read.Ready(var decisions) ->
                decisions.stream()
                        .filter(each -> each.key().equals("d"))
                        .findFirst()
                        .orElseThrow();
            case Read.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<String> problems(byte[] dmn) {
        return switch (Decisions.read(dmn)) {
            case Read.Ready(var decisions) -> throw new AssertionError("was read: " + decisions);
            case Read.Refused(var problems) ->
                problems.stream().map(Decisions.Problem::toString).toList();
        };
    }

    private static List<String> problems(String dmn) {
        return problems(dmn.getBytes(UTF_8));
    }

    private static @Nullable Object value(Decision decision, Map<String, ? extends @Nullable Object> variables) {
        return switch (decision.evaluate(variables, NOW)) {
            case Result.Value(var value) -> value;
            case Result.Failed(var reason) -> throw new AssertionError(reason);
        };
    }

    private static String failure(Decision decision, Map<String, ? extends @Nullable Object> variables) {
        return switch (decision.evaluate(variables, NOW)) {
            case Result.Value(var value) -> throw new AssertionError("yielded " + value);
            case Result.Failed(var reason) -> reason;
        };
    }

    private static Map<String, @Nullable Object> variables(@Nullable Object... namesAndValues) {
        var variables = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return variables;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5000 | Acme | {approver=director, days=5}",
                "100 | Bolt | {approver=lead, days=2}",
                "100 | Other | null",
                "5 | Zed | {approver=nobody, days=null}",
            })
    void decidesByTable(BigDecimal amount, String vendor, String expected) {
        assertThat(String.valueOf(value(decision(APPROVAL), variables("amount", amount, "vendor", vendor))))
                .isEqualTo(expected);
    }

    @Test
    void takesAMissingVariableAsNull() {
        assertThat(value(decision(APPROVAL), variables("amount", new BigDecimal(5000))))
                .isEqualTo(variables("approver", "director", "days", new BigDecimal(5)));
        assertThat(value(decision(APPROVAL), variables())).isNull();
    }

    @Test
    void failsOnAVariableOfAnotherTypeThanDeclared() {
        assertThat(failure(decision(APPROVAL), variables("amount", "a lot"))).contains("amount");
    }

    @Test
    void readsDatesFromStringsWhereTheModelDeclaresThem() {
        var dmn = model(input("due", "date") + decision("due", literal("due &lt; date(\"2026-02-01\")")));
        assertThat(value(decision(dmn), variables("due", "2026-01-31"))).isEqualTo(true);
        assertThat(failure(decision(dmn), variables("due", "soon"))).contains("due");
    }

    @Test
    void answersNowWithTheInstantItIsGiven() {
        assertThat(value(decision(model(decision("", literal("string(now()) + \" \" + string(today())")))), Map.of()))
                .isEqualTo("2026-03-01T23:30:00Z 2026-03-01");
    }

    @Test
    void executesKnowledgeModelsContextsAndOtherDecisions() {
        var dmn = model(input("amount", "number") + """
                <businessKnowledgeModel id="fn-vat" name="vat"><variable name="vat"/>
                  <encapsulatedLogic kind="FEEL"><formalParameter name="net" typeRef="number"/>
                    <literalExpression><text>net * 0.2</text></literalExpression></encapsulatedLogic>
                </businessKnowledgeModel>
                <decision id="base" name="Base"><variable name="Base"/>
                  <informationRequirement><requiredInput href="#in-amount"/></informationRequirement>
                  <literalExpression><text>amount + 1</text></literalExpression>
                </decision>
                <decision id="d" name="D"><variable name="D"/>
                  <informationRequirement><requiredDecision href="#base"/></informationRequirement>
                  <knowledgeRequirement><requiredKnowledge href="#fn-vat"/></knowledgeRequirement>
                  <context>
                    <contextEntry><variable name="net"/><literalExpression><text>Base</text></literalExpression></contextEntry>
                    <contextEntry><variable name="tax"/><literalExpression><text>vat(net)</text></literalExpression></contextEntry>
                  </context>
                </decision>
                """);
        assertThat(value(decision(dmn), variables("amount", new BigDecimal(99))))
                .isEqualTo(variables("net", new BigDecimal(100), "tax", new BigDecimal(20)));
    }

    @Test
    void filtersListsOfWhateverTheVariablesHold() {
        var dmn = model(input("lines", "Any") + decision("lines", literal("sum(lines[kind = \"a\"].price)")));
        var lines = List.of(
                variables("kind", "a", "price", new BigDecimal(2)),
                variables("kind", "b", "price", new BigDecimal(3)),
                variables("kind", "a", "price", new BigDecimal(5)));
        assertThat(value(decision(dmn), variables("lines", lines))).isEqualTo(new BigDecimal(7));
    }

    @Test
    void collectsAndAddsUp() {
        var dmn = model(input("x", "number") + decision("x", """
                        <decisionTable id="t" hitPolicy="COLLECT" aggregation="SUM">
                          <input id="i"><inputExpression><text>x</text></inputExpression></input><output id="o"/>
                          <rule id="r1"><inputEntry id="a"><text>&gt; 1</text></inputEntry><outputEntry id="b"><text>10</text></outputEntry></rule>
                          <rule id="r2"><inputEntry id="c"><text>&gt; 2</text></inputEntry><outputEntry id="e"><text>x * 2</text></outputEntry></rule>
                        </decisionTable>
                        """));
        assertThat(value(decision(dmn), variables("x", new BigDecimal(3)))).isEqualTo(new BigDecimal(16));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "for i in 1..1000000000 return i",
                "count(for i in 1..100000, j in 1..100000 return i)",
                "{f: function(n) f(n + 1), r: f(1)}.r",
                "{f: function(n) if n &lt; 2 then 1 else f(n - 1) + f(n - 2), r: f(60)}.r",
                "matches(\"b\" + string join(for i in 1..1000 return \"x\"), \"(x*)*[bc]$\")",
                "1 + \"a\"",
            })
    void failsWhatRunsAwayOrErrs(String feel) {
        assertThat(failure(decision(model(decision("", literal(feel)))), Map.of()))
                .isNotBlank();
    }

    @Test
    void failsBoxedLoopsAndRecursionThatRunAway() {
        var dmn = """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20211108/MODEL/" id="m" name="m" namespace="urn:test">
                %s
                </definitions>
                """;
        var loop =
                "<for iteratorVariable=\"i\"><in><literalExpression><text>[1..1000000000]</text></literalExpression></in>"
                        + "<return>%s</return></for>";
        assertThat(failure(decision(dmn.formatted(decision("", loop.formatted(literal("1"))))), Map.of()))
                .contains("steps");
        assertThat(failure(decision(dmn.formatted(decision("", loop.formatted("<list/>")))), Map.of()))
                .contains("steps");
        assertThat(failure(decision(dmn.formatted("""
                                <businessKnowledgeModel id="fn-f" name="f"><variable name="f"/>
                                  <encapsulatedLogic kind="FEEL"><formalParameter name="n" typeRef="number"/>
                                    <literalExpression><text>f(n + 1)</text></literalExpression></encapsulatedLogic>
                                  <knowledgeRequirement><requiredKnowledge href="#fn-f"/></knowledgeRequirement>
                                </businessKnowledgeModel>
                                """ + decision("fn-f", literal("f(1)")))), Map.of()))
                .isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "<import name=\"x\" namespace=\"http://x\" locationURI=\"http://x/y.dmn\" importType=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"/> | import (line 3, column",
                "<businessKnowledgeModel id=\"b\" name=\"b\"><variable name=\"b\"/><encapsulatedLogic kind=\"Java\"><context/></encapsulatedLogic></businessKnowledgeModel> | functions of kind Java are not executed",
                "<businessKnowledgeModel id=\"b\" name=\"b\"><variable name=\"b\"/><encapsulatedLogic kind=\"PMML\"><context/></encapsulatedLogic></businessKnowledgeModel> | functions of kind PMML are not executed",
                "<itemDefinition id=\"i\" name=\"tX\"><typeRef>number</typeRef><allowedValues><text>count(for i in 1..999999999 return i)</text></allowedValues></itemDefinition> | allowed values are literals, ranges and comparisons",
                "<itemDefinition id=\"i\" name=\"tX\" class=\"java.lang.ProcessBuilder\"><typeRef>number</typeRef></itemDefinition> | DMN has no attribute 'class' here",
                "<decision id=\"x\" name=\"X\"><variable name=\"X\"/><literalExpression expressionLanguage=\"http://www.w3.org/xquery\"><text>1</text></literalExpression></decision> | only FEEL is executed",
                "<decision id=\"d\" name=\"X\"><variable name=\"X\"/><literalExpression><text>1</text></literalExpression></decision> | the id 'd' is used twice",
                "<decision id=\"x\" name=\"X\"><variable name=\"X\"/><literalExpression id=\"l\"><text>1 +</text></literalExpression></decision> | l (line 3, column",
                "<decision id=\"x\" name=\"X\"><variable name=\"X\"/><literalExpression id=\"l\"><text>unheard * 2</text></literalExpression></decision> | nothing called 'unheard' is declared",
                "<decision id=\"x\" name=\"X\"><variable name=\"X\"/><literalExpression id=\"l\"><text>function() external {java: {class: \"java.lang.Math\", method signature: \"random()\"}}</text></literalExpression></decision> | external functions are not executed",
                "<decision id=\"x\" name=\"X\"><variable name=\"X\"/><literalExpression id=\"l\"><text>((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))</text></literalExpression></decision> | nests more than 25",
            })
    void refusesWithThePlace(String element, String problem) {
        assertThat(problems(model(element + decision("", literal("1")))))
                .anySatisfy(each -> assertThat(each).contains(problem));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        var dmn = model(
                "<decision id=\"x\" name=\"X\"><variable name=\"X\"/>" + literal("1 +") + "</decision>"
                        + "<decision id=\"y\" name=\"Y\"><variable name=\"Y\"/><literalExpression id=\"m2\"><text>) 2</text></literalExpression></decision>");
        assertThat(problems(dmn)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void readsOtherEncodings() {
        assertThat(Decisions.read(APPROVAL.replace("UTF-8", "UTF-16").getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(Read.Ready.class);
    }

    @Test
    void refusesFilesThatAreNotDecisions() {
        assertThat(problems("")).singleElement().asString().startsWith("file (line 1, column 1): not well-formed XML");
        assertThat(problems("<a/>")).singleElement().asString().contains("expected the definitions of a DMN 1.3");
        assertThat(problems(model(""))).singleElement().asString().contains("the file has no decision");
        assertThat(problems(new byte[6_000_000])).singleElement().asString().contains("more than 5000000");
        assertThat(problems("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"))
                .singleElement()
                .asString()
                .contains("a document type definition is not accepted");
    }

    @Test
    void answersEveryDamagedFileWithAnAnswer() {
        var file = APPROVAL.getBytes(UTF_8);
        var random = new Random(7);
        for (int i = 0; i < 300; i++) {
            var damaged = Arrays.copyOf(file, random.nextInt(4) == 0 ? random.nextInt(file.length) : file.length);
            for (int n = random.nextInt(4); n >= 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(90));
            }
            if (Decisions.read(damaged) instanceof Read.Ready(var decisions)) {
                decisions.forEach(each -> assertThat(each.evaluate(variables("amount", BigDecimal.TEN), NOW))
                        .isNotNull());
            }
        }
    }

    @Test
    void readsTheShippedDecisions() throws IOException {
        var folder = Path.of("../processes");
        try (var files = Files.walk(folder)) {
            var dmn = files.filter(file -> file.toString().endsWith(".dmn")).toList();
            assertThat(dmn).isNotEmpty();
            for (var file : dmn) {
                assertThat(Decisions.read(Files.readAllBytes(file)))
                        .as(file.toString())
                        .isInstanceOf(Read.Ready.class);
            }
        }
    }
}
