package io.baton.engine;

import static io.baton.engine.Scenario.play;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Jobs: done, failed, retried, incidents, errors; events that send messages. */
class JobTest {

    private static final String JOB = """
            start -> match -> end
            match: job type=three-way-match retries=2
            """;

    @Test
    void isCompleted() {
        assertThat(play(JOB, """
                start
                job match score=5
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>match
                    StepEntered step=2 node=match scope=0
                    JobOpened step=2 type=three-way-match retries=2
                > job match score=5
                    JobCompleted step=2
                    VariablesSet scope=0 variables={score=5}
                    StepLeft step=2
                    FlowTaken scope=0 flow=match>end
                    StepPassed step=3 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void failsUntilNoRetryIsLeftAndThenIsAnIncident() {
        assertThat(play(JOB, """
                start
                fail match timeout
                fail match timeout
                fail match again
                resolve match
                job match
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>match
                    StepEntered step=2 node=match scope=0
                    JobOpened step=2 type=three-way-match retries=2
                > fail match timeout
                    JobFailed step=2 retries=1 message=timeout
                > fail match timeout
                    JobFailed step=2 retries=0 message=timeout
                    IncidentRaised incident=3 step=2 node=match kind=JOB message=timeout
                > fail match again
                    JobFailed step=2 retries=0 message=again
                > resolve match
                    IncidentResolved incident=3
                    JobOpened step=2 type=three-way-match retries=2
                > job match
                    JobCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=match>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void takesTheWorkersWordForTheRetriesLeft() {
        assertThat(play(JOB, """
                start
                fail match hopeless 0
                fail match still
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>match
                    StepEntered step=2 node=match scope=0
                    JobOpened step=2 type=three-way-match retries=2
                > fail match hopeless 0
                    JobFailed step=2 retries=0 message=hopeless
                    IncidentRaised incident=3 step=2 node=match kind=JOB message=hopeless
                > fail match still
                    JobFailed step=2 retries=0 message=still
                """);
    }

    @Test
    void isCompletedDespiteItsIncident() {
        assertThat(play(JOB, """
                start
                fail match hopeless 0
                --
                job match
                job match
                """)).isEqualTo("""
                > job match
                    IncidentResolved incident=3
                    JobCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=match>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                > job match
                    ! NO_SUCH_JOB: no open job 999; it may have been completed
                """);
    }

    @Test
    void throwsAnErrorThatABoundaryEventCatches() {
        assertThat(play("""
                start -> match -> end
                match: job type=m
                bad: boundary on=match error=E1
                bad -> fix
                any: boundary on=match error
                any -> look
                """, """
                start
                --
                throw match E1 why=price
                """)).isEqualTo("""
                > throw match E1 why=price
                    ErrorCaught step=2 code=E1 caughtBy=bad
                    VariablesSet scope=0 variables={why=price}
                    StepTerminated step=2
                    StepPassed step=3 node=bad scope=0
                    FlowTaken scope=0 flow=bad>fix
                    StepEntered step=4 node=fix scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void isCaughtByTheCatchAllOnlyIfNobodyKnowsTheCode() {
        assertThat(play("""
                start -> match -> end
                match: job type=m
                any: boundary on=match error
                any -> look
                bad: boundary on=match error=E1
                bad -> fix
                """, """
                start
                --
                throw match E2
                """)).isEqualTo("""
                > throw match E2
                    ErrorCaught step=2 code=E2 caughtBy=any
                    StepTerminated step=2
                    StepPassed step=3 node=any scope=0
                    FlowTaken scope=0 flow=any>look
                    StepEntered step=4 node=look scope=0
                    TaskOpened step=4
                """);
    }

    @Test
    void isAnIncidentWhenNobodyCatchesItsErrorAndMayBeTriedAgain() {
        assertThat(play(JOB, """
                start
                throw match E9
                throw match E9
                resolve match
                job match
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>match
                    StepEntered step=2 node=match scope=0
                    JobOpened step=2 type=three-way-match retries=2
                > throw match E9
                    IncidentRaised incident=3 step=2 node=match kind=UNCAUGHT_ERROR message=Error 'E9' is not caught
                > throw match E9
                > resolve match
                    IncidentResolved incident=3
                    JobOpened step=2 type=three-way-match retries=2
                > job match
                    JobCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=match>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void needsAType() {
        assertThat(play("""
                start -> a -> end
                a: job type={kind}
                """, """
                start
                set 0 kind=print
                resolve a
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>a
                    StepEntered step=2 node=a scope=0
                    IncidentRaised incident=3 step=2 node=a kind=EXPRESSION message=The job type is empty
                > set 0 kind=print
                    VariablesSet scope=0 variables={kind=print}
                > resolve a
                    IncidentResolved incident=3
                    JobOpened step=2 type=print retries=3
                """);
    }

    @Test
    void sendsAMessageFromAnIntermediateEvent() {
        assertThat(play("""
                start -> tell -> end
                tell: throw type=mail
                """, """
                start
                fail tell bounced 0
                resolve tell
                job tell sent=true
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>tell
                    StepEntered step=2 node=tell scope=0
                    JobOpened step=2 type=mail retries=3
                > fail tell bounced 0
                    JobFailed step=2 retries=0 message=bounced
                    IncidentRaised incident=3 step=2 node=tell kind=JOB message=bounced
                > resolve tell
                    IncidentResolved incident=3
                    JobOpened step=2 type=mail retries=3
                > job tell sent=true
                    JobCompleted step=2
                    VariablesSet scope=0 variables={sent=true}
                    StepLeft step=2
                    FlowTaken scope=0 flow=tell>end
                    StepPassed step=4 node=end scope=0
                    CaseCompleted
                """);
    }

    @Test
    void sendsAMessageAtTheEnd() {
        assertThat(play("""
                start -> tell
                tell: messageend type=mail
                """, """
                start
                job tell sent=true
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>tell
                    StepEntered step=2 node=tell scope=0
                    JobOpened step=2 type=mail retries=3
                > job tell sent=true
                    JobCompleted step=2
                    VariablesSet scope=0 variables={sent=true}
                    StepLeft step=2
                    CaseCompleted
                """);
    }

    @Test
    void aMessageSeesWhatItsEventMapsIn() {
        assertThat(play("""
                start -> ask -> tell
                ask: throw type=mail in.to=vendor
                tell: messageend type=mail in.to=1+"a"
                """, """
                start vendor=v
                job ask
                """)).isEqualTo("""
                > start vendor=v
                    CaseStarted process=1 owner=olga
                    VariablesSet scope=0 variables={vendor=v}
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>ask
                    StepEntered step=2 node=ask scope=0
                    VariablesSet scope=2 variables={to=v}
                    JobOpened step=2 type=mail retries=3
                > job ask
                    JobCompleted step=2
                    StepLeft step=2
                    FlowTaken scope=0 flow=ask>tell
                    StepEntered step=3 node=tell scope=0
                    IncidentRaised incident=4 step=3 node=tell kind=EXPRESSION message='1+"a"' failed: cannot add 1 and a
                """);
    }

    @Test
    void passesAnIntermediateEventWithoutAMessage() {
        assertThat(play("""
                start -> milestone -> end
                milestone: throw
                """, """
                start
                """)).isEqualTo("""
                > start
                    CaseStarted process=1 owner=olga
                    StepPassed step=1 node=start scope=0
                    FlowTaken scope=0 flow=start>milestone
                    StepPassed step=2 node=milestone scope=0
                    FlowTaken scope=0 flow=milestone>end
                    StepPassed step=3 node=end scope=0
                    CaseCompleted
                """);
    }
}
