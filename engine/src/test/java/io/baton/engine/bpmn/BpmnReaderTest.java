package io.baton.engine.bpmn;

import static io.baton.engine.bpmn.Files.DECLARATIONS;
import static io.baton.engine.bpmn.Files.around;
import static io.baton.engine.bpmn.Files.definitions;
import static io.baton.engine.bpmn.Files.model;
import static io.baton.engine.bpmn.Files.process;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.bpmn.BpmnReader.Result;
import io.baton.engine.expression.Decision;
import io.baton.engine.expression.Decisions;
import io.baton.engine.model.FlowNode.UserTask;
import io.baton.engine.model.ProcessModel;
import io.baton.engine.xml.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import org.junit.jupiter.api.Test;

/** What is read of a sound file: every element that Baton executes, as text. */
class BpmnReaderTest {

    @Test
    void readsEveryKindOfNode() {
        assertThat(ModelText.of(model(definitions("""
                        <b:collaboration id="c"><b:documentation>d</b:documentation>
                          <b:participant id="pool" name="Purchasing" processRef="p"/>
                          <b:participant id="outside" name="The vendor"/>
                          <b:messageFlow id="mf" sourceRef="pool" targetRef="outside"/>
                        </b:collaboration>
                        <b:process id="p" name="All kinds" isExecutable="true">
                          <b:documentation>Said to people</b:documentation>
                          <b:extensionElements><baton:case prefix="ALL" title='= "Order " + order' owner="p7"/></b:extensionElements>
                          <b:laneSet id="lanes">
                            <b:lane id="l1" name="Accounts payable"><b:flowNodeRef>start</b:flowNodeRef><b:flowNodeRef>ask</b:flowNodeRef>
                              <b:childLaneSet id="inner"><b:lane id="l2" name="Approvers"><b:flowNodeRef>ask</b:flowNodeRef></b:lane></b:childLaneSet></b:lane>
                            <b:lane id="l3" name="Geldgeschäfte"><b:extensionElements><baton:party key="treasury"/></b:extensionElements><b:flowNodeRef>pay</b:flowNodeRef><b:flowNodeRef>sub</b:flowNodeRef></b:lane>
                          </b:laneSet>
                          <b:startEvent id="start" name="Asked"/>
                          <b:startEvent id="by-message"><b:messageEventDefinition messageRef="ordered"/></b:startEvent>
                          <b:startEvent id="by-timer"><b:timerEventDefinition><b:timeCycle>R/P1D</b:timeCycle></b:timerEventDefinition></b:startEvent>
                          <b:userTask id="ask"><b:extensionElements>
                            <baton:task form="request" team="ap" holder="= requester" due="P2D"/>
                            <baton:input name="n" value="= 1 + 1"/><baton:output name="m" value="n * 2"/>
                          </b:extensionElements></b:userTask>
                          <b:manualTask id="stamp" default="f-plain"/>
                          <b:serviceTask id="pay" name="Pay"><b:extensionElements><baton:job type="= kind" retries="5"/></b:extensionElements>
                            <b:multiInstanceLoopCharacteristics isSequential="true"><b:extensionElements><baton:each in="= approvers" as="approver" collect="= ok" into="oks"/></b:extensionElements>
                              <b:completionCondition xsi:type="b:tFormalExpression">numberOfCompletedInstances &gt; 1</b:completionCondition></b:multiInstanceLoopCharacteristics></b:serviceTask>
                          <b:sendTask id="tell" messageRef="ordered"><b:extensionElements><baton:job type="mail"/></b:extensionElements></b:sendTask>
                          <b:businessRuleTask id="decide"><b:extensionElements><baton:decision ref="approval" result="approved"/></b:extensionElements></b:businessRuleTask>
                          <b:businessRuleTask id="judge"><b:extensionElements><baton:job type="rules"/></b:extensionElements></b:businessRuleTask>
                          <b:scriptTask id="count" scriptFormat="feel"><b:extensionElements><baton:result variable="total"/></b:extensionElements><b:script>= sum([1, 2])</b:script></b:scriptTask>
                          <b:receiveTask id="await" messageRef="paid"><b:multiInstanceLoopCharacteristics><b:loopCardinality>3</b:loopCardinality></b:multiInstanceLoopCharacteristics></b:receiveTask>
                          <b:callActivity id="call" calledElement="other"/>
                          <b:callActivity id="call-any" calledElement="= which"/>
                          <b:exclusiveGateway id="which-way" default="f-else"/>
                          <b:inclusiveGateway id="some"/>
                          <b:parallelGateway id="all"/>
                          <b:eventBasedGateway id="first"/>
                          <b:intermediateCatchEvent id="at"><b:timerEventDefinition><b:timeDate>2030-01-31T09:00:00Z</b:timeDate></b:timerEventDefinition></b:intermediateCatchEvent>
                          <b:intermediateCatchEvent id="got"><b:extensionElements><baton:output name="sum" value="= amount + fee"/></b:extensionElements><b:messageEventDefinition messageRef="paid"/></b:intermediateCatchEvent>
                          <b:intermediateThrowEvent id="milestone"/>
                          <b:intermediateThrowEvent id="said"><b:extensionElements><baton:job type="say"/></b:extensionElements><b:messageEventDefinition/></b:intermediateThrowEvent>
                          <b:subProcess id="sub">
                            <b:startEvent id="s-start"/><b:userTask id="s-task"/>
                            <b:boundaryEvent id="s-late" attachedToRef="s-task" cancelActivity="false"><b:timerEventDefinition><b:timeDuration>= wait</b:timeDuration></b:timerEventDefinition></b:boundaryEvent>
                            <b:endEvent id="s-end"><b:errorEventDefinition errorRef="broken"/></b:endEvent>
                            <b:sequenceFlow id="s1" sourceRef="s-start" targetRef="s-task"/><b:sequenceFlow id="s2" sourceRef="s-task" targetRef="s-end"/>
                            <b:subProcess id="e-sub" triggeredByEvent="true"><b:startEvent id="e-start" isInterrupting="false"><b:messageEventDefinition messageRef="paid"/></b:startEvent><b:sequenceFlow id="e1" sourceRef="e-start" targetRef="e-end"/><b:endEvent id="e-end"/></b:subProcess>
                          </b:subProcess>
                          <b:boundaryEvent id="failed" attachedToRef="sub"><b:errorEventDefinition/></b:boundaryEvent>
                          <b:endEvent id="stop"><b:terminateEventDefinition/></b:endEvent>
                          <b:endEvent id="sent"><b:extensionElements><baton:job type="bye" retries="1"/></b:extensionElements><b:messageEventDefinition/></b:endEvent>
                          <b:sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
                          <b:sequenceFlow id="f2" sourceRef="by-message" targetRef="stamp"/>
                          <b:sequenceFlow id="f3" sourceRef="by-timer" targetRef="stamp"/>
                          <b:sequenceFlow id="f4" sourceRef="ask" targetRef="which-way"/>
                          <b:sequenceFlow id="f5" name="yes" sourceRef="which-way" targetRef="pay"><b:conditionExpression xsi:type="b:tFormalExpression">= amount &gt; 10</b:conditionExpression></b:sequenceFlow>
                          <b:sequenceFlow id="f-else" sourceRef="which-way" targetRef="tell"/>
                          <b:sequenceFlow id="f6" sourceRef="pay" targetRef="decide"/>
                          <b:sequenceFlow id="f7" sourceRef="decide" targetRef="judge"/>
                          <b:sequenceFlow id="f8" sourceRef="judge" targetRef="count"/>
                          <b:sequenceFlow id="f9" sourceRef="count" targetRef="await"/>
                          <b:sequenceFlow id="f10" sourceRef="await" targetRef="call"/>
                          <b:sequenceFlow id="f11" sourceRef="call" targetRef="call-any"/>
                          <b:sequenceFlow id="f12" sourceRef="call-any" targetRef="some"/>
                          <b:sequenceFlow id="f13" sourceRef="some" targetRef="all"/>
                          <b:sequenceFlow id="f14" sourceRef="all" targetRef="first"/>
                          <b:sequenceFlow id="f15" sourceRef="first" targetRef="at"/>
                          <b:sequenceFlow id="f16" sourceRef="first" targetRef="got"/>
                          <b:sequenceFlow id="f17" sourceRef="at" targetRef="milestone"/>
                          <b:sequenceFlow id="f18" sourceRef="got" targetRef="said"/>
                          <b:sequenceFlow id="f19" sourceRef="milestone" targetRef="sub"/>
                          <b:sequenceFlow id="f20" sourceRef="sub" targetRef="stop"/>
                          <b:sequenceFlow id="f21" sourceRef="failed" targetRef="sent"/>
                          <b:sequenceFlow id="f-plain" sourceRef="stamp" targetRef="which-way"/>
                          <b:sequenceFlow id="f-red" sourceRef="stamp" targetRef="tell"><b:conditionExpression>red</b:conditionExpression></b:sequenceFlow>
                          <b:textAnnotation id="note"><b:text>n</b:text></b:textAnnotation>
                          <b:association id="as" sourceRef="note" targetRef="ask"/>
                          <b:dataObject id="data"/><b:dataObjectReference id="ref" dataObjectRef="data"/>
                        </b:process>
                        """ + DECLARATIONS)))).isEqualTo("""
                        process p prefix=ALL name=All kinds title={"Order " + order} owner=p7
                        0 StartEvent start name=Asked party=accounts-payable trigger=None interrupting=true
                        1 StartEvent by-message party=purchasing trigger=Message(name=Ordered) interrupting=true
                        2 StartEvent by-timer party=purchasing trigger=Timer(kind=CYCLE value=R/P1D) interrupting=true
                        3 UserTask ask party=approvers activity=Activity(inputs=Mapping(name=n expression={1 + 1}) outputs=Mapping(name=m expression={n * 2})) manual=false assignment=Assignment(form=request team=ap rule=Named(person={requester}) due=At(text=P2D workingTime=false))
                        4 UserTask stamp party=purchasing activity=Activity(defaultFlow=25) manual=true
                        5 JobTask pay name=Pay party=treasury activity=Activity(loop=Loop(sequential=true collection={approvers} elementVariable=approver collect={ok} into=oks completionCondition={numberOfCompletedInstances > 1})) job=Job(type={kind} retries=5)
                        6 JobTask tell party=purchasing job=Job(type=mail retries=3)
                        7 DecisionTask decide party=purchasing decision=approval result=approved
                        8 JobTask judge party=purchasing job=Job(type=rules retries=3)
                        9 ScriptTask count party=purchasing script={sum([1, 2])} result=total
                        10 ReceiveTask await party=purchasing activity=Activity(loop=Loop(sequential=false cardinality={3})) message=Message(name=Paid correlationKey={order})
                        11 CallActivity call party=purchasing calledElement=other
                        12 CallActivity call-any party=purchasing calledElement={which}
                        13 ExclusiveGateway which-way party=purchasing defaultFlow=8
                        14 InclusiveGateway some party=purchasing defaultFlow=-1
                        15 ParallelGateway all party=purchasing
                        16 EventBasedGateway first party=purchasing
                        17 IntermediateCatchEvent at party=purchasing trigger=Timer(kind=DATE value=2030-01-31T09:00:00Z)
                        18 IntermediateCatchEvent got party=purchasing trigger=Message(name=Paid correlationKey={order} outputs=Mapping(name=sum expression={amount + fee}))
                        19 IntermediateThrowEvent milestone party=purchasing
                        20 IntermediateThrowEvent said party=purchasing job=Job(type=say retries=3)
                        21 SubProcess sub party=treasury triggeredByEvent=false
                        22 in 21 StartEvent s-start party=treasury trigger=None interrupting=true
                        23 in 21 UserTask s-task party=treasury manual=false
                        24 in 21 BoundaryEvent s-late party=treasury attachedTo=23 trigger=Timer(kind=DURATION value={wait}) interrupting=false
                        25 in 21 EndEvent s-end party=treasury end=Error(code=BROKEN)
                        26 in 21 SubProcess e-sub party=treasury triggeredByEvent=true
                        27 in 26 StartEvent e-start party=treasury trigger=Message(name=Paid correlationKey={order}) interrupting=false
                        28 in 26 EndEvent e-end party=treasury end=None
                        29 BoundaryEvent failed party=treasury attachedTo=21 trigger=Error interrupting=true
                        30 EndEvent stop party=purchasing end=Terminate
                        31 EndEvent sent party=purchasing end=Message(job=Job(type=bye retries=1))
                        flow 0 s1 s-start -> s-task
                        flow 1 s2 s-task -> s-end
                        flow 2 e1 e-start -> e-end
                        flow 3 f1 start -> ask
                        flow 4 f2 by-message -> stamp
                        flow 5 f3 by-timer -> stamp
                        flow 6 f4 ask -> which-way
                        flow 7 f5 which-way -> pay name=yes if={amount > 10}
                        flow 8 f-else which-way -> tell
                        flow 9 f6 pay -> decide
                        flow 10 f7 decide -> judge
                        flow 11 f8 judge -> count
                        flow 12 f9 count -> await
                        flow 13 f10 await -> call
                        flow 14 f11 call -> call-any
                        flow 15 f12 call-any -> some
                        flow 16 f13 some -> all
                        flow 17 f14 all -> first
                        flow 18 f15 first -> at
                        flow 19 f16 first -> got
                        flow 20 f17 at -> milestone
                        flow 21 f18 got -> said
                        flow 22 f19 milestone -> sub
                        flow 23 f20 sub -> stop
                        flow 24 f21 failed -> sent
                        flow 25 f-plain stamp -> which-way
                        flow 26 f-red stamp -> tell if={red}
                        """);
    }

    @Test
    void readsWhateverPrefixTheFileUses() {
        var file = around("<b:userTask id=\"x\"/>");
        var withoutPrefix = file.replace("<b:", "<").replace("</b:", "</").replace("xmlns:b=", "xmlns=");
        assertThat(ModelText.of(model(withoutPrefix))).isEqualTo(ModelText.of(model(file)));
    }

    @Test
    void readsOtherEncodingsAndAByteOrderMark() {
        var file = around("<b:userTask id=\"x\" name=\"Prüfen\"/>");
        var expected = ModelText.of(model(file));
        for (var encoded : java.util.List.of(
                ("\uFEFF" + file).getBytes(StandardCharsets.UTF_8),
                ("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + file).getBytes(StandardCharsets.UTF_16),
                ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + file).getBytes(StandardCharsets.ISO_8859_1))) {
            assertThat(Files.read(encoded))
                    .isInstanceOfSatisfying(
                            Result.Read.class,
                            read -> assertThat(ModelText.of(read.processes().getFirst()))
                                    .isEqualTo(expected));
        }
    }

    @Test
    void leavesAloneWhatOnlyToolsLookAt() {
        var file = around("<b:userTask id=\"x\" tool:color=\"red\" camunda:modelerTemplate=\"t\"><b:extensionElements>"
                + "<zeebe:properties><zeebe:property name=\"a\" value=\"b\"/></zeebe:properties><tool:shape/>"
                + "</b:extensionElements></b:userTask>");
        assertThat(model(file).node("x")).isInstanceOf(UserTask.class);
    }

    @Test
    void readsEachExecutableProcessOfACollaboration() {
        var file = definitions(process(
                        "<b:startEvent id=\"s\"/><b:endEvent id=\"e\"/><b:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"e\"/>")
                + "<b:process id=\"q\" isExecutable=\"true\"><b:extensionElements><baton:case prefix=\"QQ\"/></b:extensionElements>"
                + "<b:startEvent id=\"s2\"/><b:endEvent id=\"e2\"/><b:sequenceFlow id=\"f2\" sourceRef=\"s2\" targetRef=\"e2\"/></b:process>"
                + "<b:process id=\"drawn\"><b:task id=\"anything\"/><b:complexGateway id=\"at-all\"/></b:process>");
        assertThat(Files.read(file))
                .isInstanceOfSatisfying(
                        Result.Read.class,
                        read -> assertThat(read.processes().stream()
                                        .map(ProcessModel::key)
                                        .toList())
                                .containsExactly("p", "q"));
    }

    @Test
    void saysWhereEachNodeBeginsInTheFile() {
        var model = model(around("\n\n   <b:userTask\n id=\"x\"\n/>"));
        assertThat(model.node("x").element().place()).isEqualTo(new Place(6, 4));
    }

    @Test
    void compilesTheSameFileToTheSameIndexes() {
        var file = around("<b:userTask id=\"x\"/>");
        assertThat(ModelText.of(model(file))).isEqualTo(ModelText.of(model(file)));
    }

    @Test
    void readsTheShippedProcesses() throws IOException {
        int read = 0;
        try (var folders = java.nio.file.Files.list(Path.of("../processes"))) {
            for (var folder : folders.filter(java.nio.file.Files::isDirectory).toList()) {
                var decisions = new LinkedHashMap<String, Decision>();
                var forms = new LinkedHashSet<String>();
                Path bpmn = null;
                try (var files = java.nio.file.Files.list(folder)) {
                    for (var file : files.toList()) {
                        var name = file.getFileName().toString();
                        if (name.endsWith(".dmn")
                                && Decisions.read(java.nio.file.Files.readAllBytes(file))
                                        instanceof Decisions.Read.Ready(var ready)) {
                            ready.forEach(each -> decisions.put(each.key(), each));
                        } else if (name.endsWith(".form")) {
                            forms.add(name.replace(".form", ""));
                        } else if (name.endsWith(".bpmn")) {
                            bpmn = file;
                        }
                    }
                }
                if (bpmn != null) {
                    assertThat(BpmnReader.read(java.nio.file.Files.readAllBytes(bpmn), decisions, forms))
                            .as(bpmn.toString())
                            .isInstanceOf(Result.Read.class);
                    read++;
                }
            }
        }
        assertThat(read).isPositive();
    }
}
