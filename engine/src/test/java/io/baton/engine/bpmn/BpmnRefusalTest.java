package io.baton.engine.bpmn;

import static io.baton.engine.bpmn.Files.DECLARATIONS;
import static io.baton.engine.bpmn.Files.around;
import static io.baton.engine.bpmn.Files.complaints;
import static io.baton.engine.bpmn.Files.definitions;
import static io.baton.engine.bpmn.Files.process;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.xml.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and in which words. Each case is a file with one thing wrong, and all that is said about it. */
class BpmnRefusalTest {

    private static final String TIMER =
            "<b:timerEventDefinition><b:timeDuration>P1D</b:timeDuration></b:timerEventDefinition>";

    private static Arguments refuses(String file, String... complaints) {
        return Arguments.of(file, List.of(complaints));
    }

    /** {@code node} has the id x and stands between start and end. */
    private static Arguments node(String node, String... complaints) {
        return refuses(around(node), complaints);
    }

    private static Arguments beside(String more, String... complaints) {
        return refuses(around("<b:userTask id=\"x\"/>", more), complaints);
    }

    private static String extended(String kind, String attributes, String baton) {
        return "<b:" + kind + " id=\"x\" " + attributes + "><b:extensionElements>" + baton
                + "</b:extensionElements></b:" + kind + ">";
    }

    static Stream<Arguments> elementsNotExecuted() {
        return Stream.of(
                node(
                        "<b:task id=\"x\"/>",
                        "x: a task without a kind is not executed: make it a user, manual, service, … task"),
                node("<b:transaction id=\"x\"/>", "x: transactions are not executed yet"),
                node("<b:adHocSubProcess id=\"x\"/>", "x: ad hoc sub-processes are not executed yet"),
                node("<b:complexGateway id=\"x\"/>", "x: complex gateways are not executed yet"),
                node(
                        "<b:userTask id=\"x\"><b:standardLoopCharacteristics/></b:userTask>",
                        "x: standard loops are not executed: draw the loop with a gateway"),
                node(
                        "<b:userTask id=\"x\"><b:potentialOwner/></b:userTask>",
                        "x: <potentialOwner> is not executed: say who does it with a lane or baton:task"),
                node(
                        "<b:userTask id=\"x\"><b:extensionElements><baton:task undo=\"P2D\"/></b:extensionElements></b:userTask>",
                        "x: undo is a duration such as PT5M, at most a day: 'P2D'"),
                node(
                        extended("userTask", "", "<baton:task takes=\"P2D\"/>"),
                        "x: takes is a duration such as PT4H, in hours of work: 'P2D'"),
                node(
                        extended("userTask", "", "<baton:task takes=\"-PT1H\"/>"),
                        "x: takes is a duration such as PT4H, in hours of work: '-PT1H'"),
                node(
                        extended("userTask", "", "<baton:task due=\"PT8H\" due-in=\"days\"/>"),
                        "x: due-in is working-time, not 'days'"),
                node(
                        extended("userTask", "", "<baton:task due-in=\"working-time\"/>"),
                        "x: due-in says how 'due' counts, which is missing"),
                node(
                        extended("userTask", "", "<baton:task due=\"just-in-time\" due-in=\"working-time\"/>"),
                        "x: due-in counts a duration, which 'just-in-time' is not"),
                node(
                        extended("serviceTask", "", "<baton:job type=\"t\" takes=\"soon\"/>"),
                        "x: takes is a duration such as PT4H or P2D: 'soon'"),
                node(
                        extended("userTask", "", "<baton:approval rule=\"most\" result=\"r\" approvers=\"= [1]\"/>"),
                        "x: rule is sequential, any, majority or all, not 'most'"),
                node("<b:userTask id=\"x\" isForCompensation=\"true\"/>", "x: compensation is not executed yet"),
                node("<b:userTask id=\"x\" startQuantity=\"2\"/>", "x: startQuantity other than 1 is not executed"),
                node("<b:userTask id=\"x\" color=\"red\"/>", "x: <userTask> has no attribute 'color'"),
                node("<b:userTask id=\"x\"><b:thing/></b:userTask>", "x: <thing> is not executed in <userTask>"),
                node(
                        "<b:userTask id=\"x\"><tool:thing/></b:userTask>",
                        "x: 'thing' of another namespace belongs into <extensionElements>"),
                node(
                        "<b:userTask id=\"x\"><b:dataInputAssociation><b:assignment/></b:dataInputAssociation></b:userTask>",
                        "x: data associations that compute are not executed: use baton:input or baton:output"),
                node(
                        "<b:eventBasedGateway id=\"x\" instantiate=\"true\"/>",
                        "x: it cannot start a process: use a message start event",
                        "x: an event-based gateway needs two events or more to choose from",
                        "f2: an event-based gateway leads to intermediate catch events and receive tasks only"),
                node(
                        "<b:receiveTask id=\"x\" messageRef=\"paid\" instantiate=\"true\"/>",
                        "x: it cannot start a process: use a message start event"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:signalEventDefinition/></b:intermediateCatchEvent>",
                        "x: signals are not executed yet"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:conditionalEventDefinition/></b:intermediateCatchEvent>",
                        "x: conditional events are not executed yet"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:linkEventDefinition name=\"l\"/></b:intermediateCatchEvent>",
                        "x: links are not executed yet: draw the sequence flow"),
                node(
                        "<b:intermediateThrowEvent id=\"x\"><b:escalationEventDefinition/></b:intermediateThrowEvent>",
                        "x: escalations are not executed yet"),
                node(
                        "<b:intermediateThrowEvent id=\"x\"><b:compensateEventDefinition/></b:intermediateThrowEvent>",
                        "x: compensation is not executed yet"),
                beside(
                        "<b:boundaryEvent id=\"y\" attachedToRef=\"x\"><b:cancelEventDefinition/></b:boundaryEvent>",
                        "y: cancel events are not executed yet"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:eventDefinitionRef>q</b:eventDefinitionRef></b:intermediateCatchEvent>",
                        "x: shared event definitions are not executed: put the definition into the event"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:messageEventDefinition messageRef=\"paid\"/>" + TIMER
                                + "</b:intermediateCatchEvent>",
                        "x: multiple event definitions in one event are not executed"),
                refuses(
                        definitions("<b:import importType=\"x\"/>" + minimal()),
                        "definitions: imports are not read: put what is needed into the same file"),
                refuses(
                        definitions("<b:extension mustUnderstand=\"true\" definition=\"tool:x\"/>" + minimal()),
                        "definitions: the file asks for an extension to be understood that Baton does not know"));
    }

    private static String minimal() {
        return process(
                "<b:startEvent id=\"s\"/><b:endEvent id=\"e\"/><b:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"e\"/>");
    }

    static Stream<Arguments> otherVendors() {
        return Stream.of(
                node(
                        "<b:serviceTask id=\"x\" camunda:class=\"a.B\"><b:extensionElements><baton:job type=\"t\"/></b:extensionElements></b:serviceTask>",
                        "x: Camunda's 'class' is not executed yet"),
                node(
                        extended("serviceTask", "", "<baton:job type=\"t\"/><zeebe:taskDefinition type=\"t\"/>"),
                        "x: Zeebe's 'taskDefinition' is not executed yet"),
                node(
                        "<b:userTask id=\"x\" flowable:assignee=\"kim\"/>",
                        "x: Flowable's 'assignee' is not executed yet"),
                refuses(
                        around("<b:userTask id=\"x\"/>")
                                .replace("sourceRef=\"x\"", "sourceRef=\"x\" camunda:skip=\"1\""),
                        "f2: Camunda's 'skip' is not executed yet"));
    }

    static Stream<Arguments> batonsOwnElements() {
        return Stream.of(
                beside(
                        "<b:laneSet id=\"ls\"><b:extensionElements><baton:party key=\"a\"/></b:extensionElements></b:laneSet>",
                        "ls: baton:party has no meaning in <laneSet>"),
                node(extended("userTask", "", "<baton:taks form=\"request\"/>"), "x: there is no baton:taks"),
                node(
                        extended("userTask", "", "<baton:task from=\"request\"/>"),
                        "x: baton:task has no attribute 'from'"),
                node(extended("userTask", "", "<baton:task form=\"\"/>"), "x: 'form' of baton:task is empty"),
                node(
                        extended("userTask", "", "<baton:task form=\"nope\"/>"),
                        "x: there is no form 'nope' beside the process"),
                node(extended("userTask", "", "<baton:task/><baton:task/>"), "x: baton:task stands here twice"),
                node(extended("userTask", "", "<baton:task>kim</baton:task>"), "x: baton:task holds attributes only"),
                node(
                        extended("userTask", "", "<baton:task due=\"tomorrow\"/>"),
                        "x: expected an ISO 8601 date-time such as 2030-01-31T09:00:00Z, found 'tomorrow'"),
                node(
                        extended("userTask", "", "<baton:task due=\"P2\"/>"),
                        "x: expected an ISO 8601 duration such as P3DT12H, found 'P2'"),
                node(
                        extended("userTask", "", "<baton:task team=\"Accounts Payable\"/>"),
                        "x: a team's key has small letters, digits and '-': 'Accounts Payable'"),
                node(
                        extended("userTask", "", "<baton:job type=\"t\"/>"),
                        "x: baton:job has no meaning in <userTask>, only baton:task, baton:approval, baton:slots, baton:input, baton:output"),
                node(
                        "<b:userTask id=\"x\" baton:form=\"request\"/>",
                        "x: there is no attribute baton:form: Baton's extensions are elements within <extensionElements>"),
                node(
                        "<b:userTask id=\"x\"><baton:task/></b:userTask>",
                        "x: baton:task belongs into <extensionElements>"),
                node(
                        extended("userTask", "", "<baton:input name=\"a b\" value=\"= 1\"/>"),
                        "x: 'a b' cannot be the name of a variable: letters, digits and '_', at most 100"),
                node(
                        extended("userTask", "", "<baton:input name=\"a\"/>"),
                        "x: baton:input needs the attribute 'value'"),
                node(
                        extended(
                                "userTask",
                                "",
                                "<baton:input name=\"a\" value=\"1\"/><baton:input name=\"a\" value=\"2\"/>"),
                        "x: 'a' is mapped twice"),
                node(
                        "<b:serviceTask id=\"x\"/>",
                        "x: <serviceTask> needs <baton:job type=\"…\"/>: the kind of job its worker takes"),
                node(
                        "<b:sendTask id=\"x\"/>",
                        "x: <sendTask> needs <baton:job type=\"…\"/>: the kind of job its worker takes"),
                node(
                        "<b:intermediateThrowEvent id=\"x\"><b:messageEventDefinition/></b:intermediateThrowEvent>",
                        "x: <intermediateThrowEvent> needs <baton:job type=\"…\"/>: the kind of job its worker takes"),
                node(
                        extended("serviceTask", "", "<baton:job type=\"t\" retries=\"0\"/>"),
                        "x: retries is a number from 1 to 100: '0'"),
                node(
                        "<b:businessRuleTask id=\"x\"/>",
                        "x: <businessRuleTask> needs <baton:decision ref=\"…\" result=\"…\"/> or <baton:job/>"),
                node(
                        extended("businessRuleTask", "", "<baton:decision ref=\"nope\" result=\"r\"/>"),
                        "x: there is no decision 'nope' beside the process"),
                node(
                        extended(
                                "businessRuleTask",
                                "",
                                "<baton:decision ref=\"approval\" result=\"r\"/><baton:job type=\"t\"/>"),
                        "x: it has both baton:decision and baton:job"),
                node("<b:scriptTask id=\"x\"/>", "x: <scriptTask> needs a <script>"),
                node(
                        "<b:scriptTask id=\"x\" scriptFormat=\"groovy\"><b:script>1</b:script></b:scriptTask>",
                        "x: only FEEL is executed, not 'groovy'"),
                refuses(
                        around("<b:userTask id=\"x\"/>")
                                .replace("prefix=\"PRO\"", "prefix=\"PRO\" waiting-cost=\"much\""),
                        "p: 'much' is no cost per day"),
                refuses(
                        around("<b:userTask id=\"x\"/>")
                                .replace("prefix=\"PRO\"", "prefix=\"PRO\" waiting-cost=\"5\" currency=\"Euro\""),
                        "p: a currency has three capital letters: 'Euro'"),
                refuses(
                        around("<b:userTask id=\"x\"/>")
                                .replace("prefix=\"PRO\"", "prefix=\"PRO\" starters=\"sales Legal\""),
                        "p: starters are keys of teams, not 'Legal'"),
                refuses(
                        around("<b:userTask id=\"x\"/>").replace("prefix=\"PRO\"", "prefix=\"PRO\" currency=\"EUR\""),
                        "p: a currency says nothing without waiting-cost"),
                refuses(
                        around("<b:userTask id=\"x\"/>").replace("<baton:case prefix=\"PRO\"/>", ""),
                        "p: the process needs <baton:case prefix=\"…\"/> in its <extensionElements>"),
                refuses(
                        around("<b:userTask id=\"x\"/>").replace("\"PRO\"", "\"pro1\""),
                        "p: the prefix of a process's cases has 2 to 5 capital letters: 'pro1'"));
    }

    @Test
    void refusesTimesThatCannotBeOffered() {
        assertThat(complaints(around(offering("with=\"ann\" lasts=\"PT50M\" into=\"at\""))))
                .containsExactly("x: lasts is whole quarters of an hour such as PT45M, at most PT8H, not 'PT50M'");
        assertThat(complaints(around(offering("with=\"ann\" lasts=\"PT1H\" into=\"a t\""))))
                .containsExactly("x: 'a t' cannot be the name of a variable: letters, digits and '_', at most 100");
        assertThat(complaints(around(offering("with=\"ann\" lasts=\"PT1H\" into=\"at\" capacity=\"0\""))))
                .containsExactly("x: capacity is a number from 1 to 100, not '0'");
        assertThat(complaints(
                        around(offering("with=\"ann\" lasts=\"PT1H\" into=\"at\" notice=\"P9D\" within=\"P5D\""))))
                .containsExactly("x: no time lies after 'notice' and before 'within'");
        assertThat(complaints(around(offering("with=\"ann\" lasts=\"PT1H\" into=\"at\" within=\"soon\""))))
                .containsExactly("x: within is a duration such as P14D, at most P180D, not 'soon'");
        assertThat(complaints(around(offering("with=\"= ann +\" lasts=\"PT1H\" into=\"at\""))))
                .hasSize(1);
        assertThat(complaints(around(offering("lasts=\"PT1H\" into=\"at\""))))
                .containsExactly("x: baton:slots needs the attribute 'with'");
    }

    private static String offering(String attributes) {
        return "<b:userTask id=\"x\"><b:extensionElements><baton:slots " + attributes
                + "/></b:extensionElements></b:userTask>";
    }

    static Stream<Arguments> expressions() {
        return Stream.of(
                node(
                        "<b:scriptTask id=\"x\"><b:script>1 +</b:script></b:scriptTask>",
                        "x: '1 +' is not FEEL: mismatched input '<EOF>' expecting {BooleanLiteral, 'for', 'if', 'some', 'every',"
                                + " 'null', 'undefined', IntegerLiteral, FloatingPointLiteral, StringLiteral, '(', '{', '[', ']', '=',"
                                + " '>', '<', '<=', '>=', '!=', '+', '-', 'not', '@', Identifier} at character 4"),
                node("<b:scriptTask id=\"x\"><b:script> </b:script></b:scriptTask>", "x: <script> is empty"),
                node(
                        extended("userTask", "", "<baton:task due=\"= nextDay(1)\"/>"),
                        "x: 'nextDay(1)' is not FEEL: there is no function 'nextDay' at character 1"),
                node("<b:callActivity id=\"x\"/>", "x: <callActivity> needs calledElement: the key of a process"),
                node("<b:callActivity id=\"x\" calledElement=\"a b\"/>", "x: 'a b' cannot be the key of a process"),
                node(
                        "<b:userTask id=\"x\"><b:multiInstanceLoopCharacteristics/></b:userTask>",
                        "x: a loop needs either <baton:each in=\"= …\"/> or <loopCardinality>"),
                node(
                        "<b:userTask id=\"x\"><b:multiInstanceLoopCharacteristics behavior=\"None\"><b:loopCardinality>2</b:loopCardinality></b:multiInstanceLoopCharacteristics></b:userTask>",
                        "x: events thrown by the instances of a loop are not executed"),
                node(
                        "<b:userTask id=\"x\"><b:multiInstanceLoopCharacteristics><b:loopDataInputRef>d</b:loopDataInputRef><b:loopCardinality>2</b:loopCardinality></b:multiInstanceLoopCharacteristics></b:userTask>",
                        "x: say what is looped over with baton:each"),
                node(
                        "<b:userTask id=\"x\"><b:multiInstanceLoopCharacteristics><b:extensionElements><baton:each as=\"a\" collect=\"b\"/></b:extensionElements><b:loopCardinality>2</b:loopCardinality></b:multiInstanceLoopCharacteristics></b:userTask>",
                        "x: 'as' names the elements of 'in', which is missing",
                        "x: 'collect' and 'into' go together"),
                refuses(
                        around("<b:userTask id=\"x\"/>")
                                .replace(
                                        "targetRef=\"end\"/>",
                                        "targetRef=\"end\"><b:conditionExpression>a</b:conditionExpression></b:sequenceFlow>"),
                        "f2: a condition on the only flow from an activity leaves no other way out"),
                refuses(
                        around("<b:parallelGateway id=\"x\"/>")
                                .replace(
                                        "targetRef=\"end\"/>",
                                        "targetRef=\"end\"><b:conditionExpression>a</b:conditionExpression></b:sequenceFlow>"),
                        "f2: a condition is executed on flows from activities and from exclusive and inclusive gateways only"),
                refuses(
                        around(
                                "<b:userTask id=\"x\" default=\"f2\"/>",
                                "<b:userTask id=\"y\"/><b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"y\"/>"),
                        "f3: the default of 'x' is never taken beside a flow without condition"),
                node("<b:userTask id=\"x\" default=\"f1\"/>", "x: the default 'f1' is no flow that leaves it"),
                refuses(
                        around("<b:exclusiveGateway id=\"x\"/>")
                                .replace(
                                        "targetRef=\"end\"/>",
                                        "targetRef=\"end\"><b:conditionExpression language=\"http://www.w3.org/1999/XPath\">a</b:conditionExpression></b:sequenceFlow>"),
                        "f2: only FEEL is executed, not 'http://www.w3.org/1999/XPath'"));
    }

    static Stream<Arguments> events() {
        return Stream.of(
                node(
                        "<b:intermediateCatchEvent id=\"x\"/>",
                        "x: an intermediate catch event needs a message or a timer"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:messageEventDefinition/></b:intermediateCatchEvent>",
                        "x: it names no message: messageRef is missing"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:messageEventDefinition messageRef=\"nope\"/></b:intermediateCatchEvent>",
                        "x: there is no message 'nope' in the file"),
                node(
                        "<b:receiveTask id=\"x\" messageRef=\"ordered\"/>",
                        "ordered: the message needs <baton:correlation key=\"= …\"/>, to find the case it is for"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:timerEventDefinition/></b:intermediateCatchEvent>",
                        "x: a timer needs exactly one of timeDate, timeDuration and timeCycle"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:timerEventDefinition><b:timeDuration>1 day</b:timeDuration></b:timerEventDefinition></b:intermediateCatchEvent>",
                        "x: expected an ISO 8601 duration such as P3DT12H, found '1 day'"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:timerEventDefinition><b:timeDate>2030-02-31</b:timeDate></b:timerEventDefinition></b:intermediateCatchEvent>",
                        "x: expected an ISO 8601 date-time such as 2030-01-31T09:00:00Z, found '2030-02-31'"),
                node(
                        "<b:intermediateCatchEvent id=\"x\"><b:timerEventDefinition><b:timeCycle>R3/PT1H</b:timeCycle></b:timerEventDefinition></b:intermediateCatchEvent>",
                        "x: this timer fires once: timeCycle repeats only at the start of a process or where nothing is interrupted"),
                beside(
                        "<b:boundaryEvent id=\"y\" attachedToRef=\"x\" cancelActivity=\"false\"><b:timerEventDefinition><b:timeCycle>R0/PT1H</b:timeCycle></b:timerEventDefinition></b:boundaryEvent>",
                        "y: expected an ISO 8601 repeating interval such as R3/PT1H, found 'R0/PT1H'"),
                beside(
                        "<b:boundaryEvent id=\"y\" attachedToRef=\"x\" cancelActivity=\"false\"><b:timerEventDefinition><b:timeCycle>R/PT0S</b:timeCycle></b:timerEventDefinition></b:boundaryEvent>",
                        "y: a timer cannot repeat every 'PT0S'"),
                beside(
                        "<b:boundaryEvent id=\"y\" attachedToRef=\"x\" cancelActivity=\"false\"><b:errorEventDefinition/></b:boundaryEvent>",
                        "y: an error always interrupts: cancelActivity=\"false\" is not possible"),
                beside(
                        "<b:boundaryEvent id=\"y\" attachedToRef=\"x\"/>",
                        "y: a boundary event needs a message, a timer or an error"),
                beside(
                        "<b:boundaryEvent id=\"y\">" + TIMER + "</b:boundaryEvent>",
                        "y: a boundary event needs attachedToRef"),
                beside(
                        "<b:boundaryEvent id=\"y\" attachedToRef=\"nope\">" + TIMER + "</b:boundaryEvent>",
                        "y: attachedToRef: there is no 'nope' in the process"),
                beside(
                        "<b:boundaryEvent id=\"y\" attachedToRef=\"start\">" + TIMER + "</b:boundaryEvent>",
                        "y: a boundary event lies on an activity, which 'start' is not"),
                beside(
                        "<b:startEvent id=\"y\"><b:errorEventDefinition/></b:startEvent><b:sequenceFlow id=\"f3\" sourceRef=\"y\" targetRef=\"x\"/>",
                        "y: an error starts an event sub-process only, not a process"),
                refuses(
                        around("<b:userTask id=\"x\"/>")
                                .replace(
                                        "<b:endEvent id=\"end\"/>",
                                        "<b:endEvent id=\"end\"><b:errorEventDefinition errorRef=\"codeless\"/></b:endEvent>"),
                        "codeless: the error needs an errorCode"),
                refuses(
                        around("<b:userTask id=\"x\"/>")
                                .replace(
                                        "<b:endEvent id=\"end\"/>",
                                        "<b:endEvent id=\"end\"><b:errorEventDefinition/></b:endEvent>"),
                        "end: it names no error: errorRef is missing"),
                node(
                        extended("intermediateCatchEvent", "", "<baton:output name=\"a\" value=\"= b\"/>")
                                .replace("</b:intermediateCatchEvent>", TIMER + "</b:intermediateCatchEvent>"),
                        "x: baton:output has no meaning in <intermediateCatchEvent>, only baton:wait"),
                node(
                        extended("intermediateCatchEvent", "", "<baton:input name=\"a\" value=\"= b\"/>")
                                .replace(
                                        "</b:intermediateCatchEvent>",
                                        "<b:messageEventDefinition messageRef=\"paid\"/></b:intermediateCatchEvent>"),
                        "x: baton:input has no meaning in <intermediateCatchEvent>, only baton:output, baton:wait"));
    }

    private static Arguments sub(String attributes, String inside, String... complaints) {
        return node("<b:subProcess id=\"x\" " + attributes + ">" + inside + "</b:subProcess>", complaints);
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                refuses(
                        definitions("<b:process id=\"p\"/>"),
                        "definitions: no process is executable: set isExecutable=\"true\" on the process to run"),
                refuses(
                        definitions(process("<b:endEvent id=\"e\"/>")),
                        "p: the process has no start event",
                        "e: no flow leads here from a start event"),
                beside("<b:userTask id=\"y\"/>", "y: no flow leads here from a start event"),
                beside(
                        "<b:userTask id=\"x\"/>",
                        "x: the id is already used at line 4, column 1",
                        "x: no flow leads here from a start event"),
                beside(
                        "<b:startEvent id=\"y\"/><b:sequenceFlow id=\"f3\" sourceRef=\"y\" targetRef=\"x\"/>",
                        "y: a process has at most one start event without a message or timer"),
                beside(
                        "<b:startEvent id=\"y\"><b:messageEventDefinition messageRef=\"ordered\"/></b:startEvent>",
                        "y: the start event leads nowhere"),
                beside(
                        "<b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"nope\"/>",
                        "f3: targetRef: there is no flow node 'nope' in the process"),
                beside("<b:sequenceFlow id=\"f3\" targetRef=\"x\"/>", "f3: the sequence flow needs a sourceRef"),
                beside(
                        "<b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"start\"/>",
                        "f3: a flow cannot lead to a start event"),
                beside(
                        "<b:sequenceFlow id=\"f3\" sourceRef=\"end\" targetRef=\"x\"/>",
                        "end: a flow leaves the end event"),
                beside(
                        "<b:boundaryEvent id=\"y\" attachedToRef=\"x\">" + TIMER + "</b:boundaryEvent>"
                                + "<b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"y\"/>",
                        "f3: a flow cannot lead to a boundary event"),
                node(
                        "<b:userTask id=\"x\"><b:outgoing>f1</b:outgoing></b:userTask>",
                        "x: <outgoing> names 'f1', which is not such a flow of it"),
                node(
                        "<b:userTask/>".replace("/>", " name=\"x\"/>"),
                        "p: <userTask> needs an id",
                        "f1: targetRef: there is no flow node 'x' in the process",
                        "start: the start event leads nowhere",
                        "p: no flow leads here from a start event",
                        "f2: sourceRef: there is no flow node 'x' in the process",
                        "end: no flow leads here from a start event"),
                refuses(
                        around(
                                "<b:exclusiveGateway id=\"x\"/>",
                                "<b:endEvent id=\"y\"/><b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"y\"/>"),
                        "f2: each flow from 'x' needs a condition, but for the default",
                        "f3: each flow from 'x' needs a condition, but for the default"),
                refuses(
                        around("<b:exclusiveGateway id=\"x\" default=\"f1\"/>"),
                        "x: the default 'f1' is no flow that leaves it"),
                refuses(
                        around("<b:exclusiveGateway id=\"x\" default=\"f2\"/>")
                                .replace(
                                        "targetRef=\"end\"/>",
                                        "targetRef=\"end\"><b:conditionExpression>a</b:conditionExpression></b:sequenceFlow>"),
                        "f2: the default flow is taken when no other is: it cannot have a condition"),
                beside(
                        "<b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"y\"/><b:parallelGateway id=\"y\"/>",
                        "y: no flow leaves the gateway"),
                sub("", "", "x: a sub-process needs exactly one start event, this has 0"),
                sub(
                        "",
                        "<b:startEvent id=\"s1\">" + TIMER
                                + "</b:startEvent><b:endEvent id=\"e1\"/><b:sequenceFlow id=\"g\" sourceRef=\"s1\" targetRef=\"e1\"/>",
                        "s1: a sub-process begins when it is reached: its start event cannot wait"),
                sub(
                        "",
                        "<b:startEvent id=\"s1\"/><b:sequenceFlow id=\"g\" sourceRef=\"s1\" targetRef=\"end\"/>",
                        "g: a sequence flow cannot cross the border of a sub-process"),
                refuses(
                        around(
                                "<b:userTask id=\"x\"/>",
                                "<b:subProcess id=\"y\" triggeredByEvent=\"true\"><b:startEvent id=\"s1\"/><b:endEvent id=\"e1\"/>"
                                        + "<b:sequenceFlow id=\"g\" sourceRef=\"s1\" targetRef=\"e1\"/></b:subProcess>"),
                        "s1: the start of an event sub-process needs a message, a timer or an error"),
                refuses(
                        around(
                                "<b:userTask id=\"x\"/>",
                                "<b:subProcess id=\"y\" triggeredByEvent=\"true\"><b:startEvent id=\"s1\" isInterrupting=\"false\"><b:errorEventDefinition/></b:startEvent><b:endEvent id=\"e1\"/>"
                                        + "<b:sequenceFlow id=\"g\" sourceRef=\"s1\" targetRef=\"e1\"/></b:subProcess>"
                                        + "<b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"y\"/>"),
                        "y: an event sub-process is set off by its start event: no flow leads to or from it",
                        "s1: an error always interrupts: isInterrupting=\"false\" is not possible"),
                refuses(
                        around(
                                "<b:eventBasedGateway id=\"x\"/>",
                                "<b:intermediateCatchEvent id=\"y\">" + TIMER
                                        + "</b:intermediateCatchEvent><b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"y\"/>"),
                        "f2: an event-based gateway leads to intermediate catch events and receive tasks only"),
                beside(
                        "<b:laneSet id=\"ls\"><b:lane id=\"l1\" name=\"A\"><b:flowNodeRef>nope</b:flowNodeRef></b:lane></b:laneSet>",
                        "l1: there is no flow node 'nope' in the process"),
                beside(
                        "<b:laneSet id=\"ls\"><b:lane id=\"l1\" name=\"A\"><b:flowNodeRef>x</b:flowNodeRef></b:lane><b:lane id=\"l2\" name=\"B\"><b:flowNodeRef>x</b:flowNodeRef></b:lane></b:laneSet>",
                        "l2: 'x' lies in two lanes"),
                beside(
                        "<b:laneSet id=\"ls\"><b:lane id=\"l1\" name=\"财务\"/></b:laneSet>",
                        "l1: no key can be made of the name '财务': give it one with baton:party"),
                beside(
                        "<b:userTask id=\"1 y\"/><b:sequenceFlow id=\"f3\" sourceRef=\"x\" targetRef=\"1 y\"/>",
                        "1 y: an id begins with a letter and has letters, digits, '_', '-' and '.', at most 255"),
                refuses(
                        definitions(
                                "<b:collaboration id=\"c\"><b:participant id=\"pool\" processRef=\"nope\"/></b:collaboration>"
                                        + minimal()),
                        "pool: there is no process 'nope' in the file"),
                refuses("<html/>", "html: expected the definitions of a BPMN 2.0 model, found 'html'"));
    }

    @ParameterizedTest
    @MethodSource({"elementsNotExecuted", "otherVendors", "batonsOwnElements", "expressions", "events", "structure"})
    void refuses(String file, List<String> complaints) {
        assertThat(complaints(file)).containsExactlyInAnyOrderElementsOf(complaints);
    }

    @Test
    void tellsAllThatIsWrongAtOnceInTheOrderOfTheFile() {
        var file = around(
                "<b:serviceTask id=\"x\"/>", "<b:task id=\"y\"/>\n<b:userTask id=\"z\" isForCompensation=\"true\"/>");
        var problems = Files.problems(file.getBytes(UTF_8));
        assertThat(problems).hasSize(5);
        assertThat(problems)
                .isSortedAccordingTo(java.util.Comparator.comparingInt(
                                (BpmnReader.Problem each) -> each.place().line())
                        .thenComparingInt(each -> each.place().column()));
    }

    @Test
    void saysWhere() {
        var problems = Files.problems(around("  <b:serviceTask\n    id=\"x\"/>").getBytes(UTF_8));
        assertThat(problems.getFirst().place()).isEqualTo(new Place(4, 3));
        assertThat(problems.getFirst())
                .hasToString(
                        "x (line 4, column 3): <serviceTask> needs <baton:job type=\"…\"/>: the kind of job its worker takes");
    }

    @Test
    void stopsAtTooManyNodes() {
        var nodes = new ArrayList<String>();
        for (int i = 0; i < 2_100; i++) {
            nodes.add("<b:userTask id=\"t" + i + "\"/>");
        }
        assertThat(complaints(definitions(process(String.join("\n", nodes)) + DECLARATIONS)))
                .containsExactly("p: the process has more than 2000 flow nodes or 5000 sequence flows");
    }
}
