package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is asked and who is told when something is said about a case. */
class CaseRoomTest {

    @Test
    void aQuestionGoesToWhoeverHasTheStepAndTheAudienceIsTold() {
        assertThat(Scenario.play("""
                start -> a -> b
                a: user team=ap
                """, """
                start
                ask a by p7
                claim a by bob
                --
                ask a p7 @ACME by p7
                say a p7 p8 by bob
                say case
                ask case by olga
                ask a p7 by bob
                """)).isEqualTo("""
                > ask a p7 @ACME by p7
                    CommentPosted step=2 comment=c2 author=p7 digest=digest audience=[p7, @ACME] asked=bob
                > say a p7 p8 by bob
                    CommentPosted step=2 comment=c2 author=bob digest=digest audience=[p7, p8]
                > say case
                    CommentPosted step=0 comment=c2 author=ann digest=digest audience=[]
                > ask case by olga
                    CommentPosted step=0 comment=c2 author=olga digest=digest audience=[] asked=olga
                > ask a p7 by bob
                    CommentPosted step=2 comment=c2 author=bob digest=digest audience=[p7] asked=olga
                """);
    }

    @Test
    void whatIsOverCanStillBeTalkedAbout() {
        assertThat(Scenario.play("""
                start -> a -> b
                """, """
                start
                complete a
                --
                ask 2
                ask 99
                complete b
                ask b p7
                unsay c4 by olga
                """)).isEqualTo("""
                > ask 2
                    CommentPosted step=2 comment=c3 author=ann digest=digest audience=[] asked=olga
                > ask 99
                    ! NO_SUCH_STEP: the case has had no step 99
                > complete b
                    TaskClaimed step=3 person=ann
                    TaskCompleted step=3
                    StepLeft step=3
                    CaseCompleted
                > ask b p7
                    CommentPosted step=999 comment=c3 author=ann digest=digest audience=[p7]
                > unsay c4 by olga
                    CommentErased comment=c4 by=olga
                """);
    }

    @Test
    void aCaseThatHasNotStartedHasNoRoom() {
        assertThat(Scenario.play("start -> a", "say case")).isEqualTo("""
                > say case
                    ! NO_SUCH_CASE: there is no such case
                """);
    }

    @Test
    void aTaskThatAsksForItIsDoneOnlyWhenAllIsOpenedAndSigned() {
        assertThat(Scenario.play("""
                start -> a
                a: user opens=terms signs=contract
                """, """
                start contract=f1 terms=[f1,f2]
                attach case f1 p7
                --
                complete a
                sign a f1
                open a f1
                open a f2 by bob
                complete a
                open a f2
                complete a
                sign a f2
                sign a f1
                complete a by bob
                complete a
                """)).isEqualTo("""
                > complete a
                    ! NOT_OPENED: 2 files have to be opened first
                > sign a f1
                    ! NOT_OPENED: 2 files have to be opened first
                > open a f1
                    FileOpened step=2 file=f1 person=ann
                > open a f2 by bob
                    FileOpened step=2 file=f2 person=bob
                > complete a
                    ! NOT_OPENED: a file has to be opened first
                > open a f2
                    FileOpened step=2 file=f2 person=ann
                > complete a
                    ! NOT_SIGNED: the document 'contract' has to be signed first
                > sign a f2
                    ! NOT_ASKED: the task does not ask for a signature under this file
                > sign a f1
                    TaskClaimed step=2 person=ann
                    FileSigned step=2 file=f1 digest=digest person=ann evidence=evidence sealed=sealed
                > complete a by bob
                    ! NOT_THE_HOLDER: the task is held by ann
                > complete a
                    TaskCompleted step=2
                    StepLeft step=2
                    CaseCompleted
                """);
    }
}
