package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** To whom a step is given, by which rule. */
class AssignmentTest {

    @Test
    void rulesSayWhomTheyChoseAndWhy() {
        var office = Office.ofTwoTeams();
        office.work.put("ann", 9);
        office.work.put("bob", 3);
        office.absent("olga", Instant.parse("2029-12-24T00:00:00Z"), Instant.parse("2030-01-07T00:00:00Z"), "lea");
        assertThat(Scenario.play("""
                start -> fork
                fork: and
                fork -> load
                fork -> skilled
                fork -> boss
                fork -> away
                fork -> nobody
                load: user team=ap assign=load
                skilled: user team=ap skill=iban
                boss: user manager=ann
                away: user holder=olga
                nobody: user team=sales
                """, """
                start
                """, office)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>fork
                    StepPassed step=2 node=fork scope=0
                    FlowTaken scope=0 flow=fork>load
                    StepEntered step=3 node=load scope=0
                    TaskOpened step=3 team=ap
                    HandoffOffered step=3 from=olga person=bob reason=3 open, usually 10
                    FlowTaken scope=0 flow=fork>skilled
                    StepEntered step=4 node=skilled scope=0
                    TaskOpened step=4 team=ap
                    SkillRequired step=4 skill=iban
                    HandoffOffered step=4 from=olga person=ann reason=has the skill 'iban'; 9 open, usually 10
                    FlowTaken scope=0 flow=fork>boss
                    StepEntered step=5 node=boss scope=0
                    TaskOpened step=5
                    HandoffOffered step=5 from=olga person=lea reason=manager of ann
                    FlowTaken scope=0 flow=fork>away
                    StepEntered step=6 node=away scope=0
                    TaskOpened step=6
                    HandoffOffered step=6 from=olga person=lea reason=stands in for olga until 2030-01-07T00:00:00Z
                    FlowTaken scope=0 flow=fork>nobody
                    StepEntered step=7 node=nobody scope=0
                    TaskOpened step=7 team=sales
                    IncidentRaised incident=8 step=7 node=nobody kind=ORPHANED message=Nobody of 'sales' is there to take the step
                """);
    }

    @Test
    void theSkillAskedForFollowsFromTheCase() {
        var model = """
                start -> a
                a: user team=ap skill={needed}
                """;
        assertThat(Scenario.play(model, "start needed=iban", Office.ofTwoTeams()))
                .contains("person=ann reason=has the skill 'iban'");
        assertThat(Scenario.play(model, "start needed=director", Office.ofTwoTeams()))
                .doesNotContain("HandoffOffered");
    }

    @Test
    void theSecondPairOfEyesIsAnother() {
        assertThat(Scenario.play("""
                start -> enter -> approve
                enter: user team=ap
                approve: user team=ap eyes=enter assign=load
                """, """
                start
                complete enter by ann
                --
                claim approve by ann
                offer approve ann by olga
                complete approve by bob
                """, Office.ofTwoTeams())).isEqualTo("""
                > claim approve by ann
                    ! NOT_ASKED: the task is offered to bob
                > offer approve ann by olga
                    ! MAY_NOT_HOLD: ann did 'enter'; the step needs another pair of eyes
                > complete approve by bob
                    HandoffAccepted step=3 person=bob
                    TaskCompleted step=3
                    StepLeft step=3
                    CaseCompleted
                """);
    }

    @Test
    void anotherPairOfEyesIsAskedForWhenTheWorkIsDone() {
        assertThat(Scenario.play("""
                start -> fork
                fork: and
                fork -> enter
                fork -> approve
                enter: user team=ap
                approve: user team=ap eyes=enter
                """, """
                start
                claim approve
                complete enter
                --
                complete approve
                offer approve bob
                complete approve by bob
                """, Office.ofTwoTeams())).isEqualTo("""
                > complete approve
                    ! MAY_NOT_HOLD: ann did 'enter'; the step needs another pair of eyes
                > offer approve bob
                    HandoffOffered step=4 from=ann person=bob reason=because
                > complete approve by bob
                    HandoffAccepted step=4 person=bob
                    TaskCompleted step=4
                    StepLeft step=4
                    CaseCompleted
                """);
    }
}
