package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom what happens concerns. */
class NoticeTest {

    private final Office office = new Office()
            .people("cora", "eve")
            .person("olga", "cora")
            .person("ann", "cora")
            .person("bob", "cora")
            .team("ap", "cora", "ann", "bob");

    private final Play play = play("""
            start -> a -> b
            a: user team=ap
            b: user team=ap
            """);

    private Play play(String model) {
        var started = new Play(Models.of(model));
        started.roster = office;
        started.send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), Actor.person("ann"));
        return started;
    }

    private List<String> told(Command command, String by) {
        var _ = play.state.takeNotices();
        assertThat(play.send(command, Actor.person(by))).isInstanceOf(Outcome.Accepted.class);
        return play.state.takeNotices().stream()
                .map(notice -> notice.to() + " " + notice.reason() + " " + notice.step())
                .toList();
    }

    private int step() {
        return play.state.steps().iterator().next().id();
    }

    private Command offer(String person) {
        return new Command.OfferTask(step(), person, null, "because");
    }

    @Test
    void whatLiesInAQueueConcernsNobody() {
        assertThat(play.state.takeNotices()).isEmpty();
        assertThat(told(new Command.ClaimTask(step()), "ann")).isEmpty();
        assertThat(told(new Command.CompleteTask(step(), new LinkedHashMap<>()), "ann"))
                .as("only ann herself, whom the store leaves out")
                .containsExactly("ann NO_LONGER_NEEDED 2");
    }

    @Test
    void whoIsAskedIsTold_andAgainWhenSomebodyElseIsAskedInstead() {
        var first = step();
        told(new Command.ClaimTask(first), "ann");
        assertThat(told(offer("bob"), "ann")).containsExactly("bob OFFERED " + first);
        assertThat(told(offer("eve"), "ann")).containsExactly("bob NO_LONGER_NEEDED " + first, "eve OFFERED " + first);
        assertThat(told(offer("eve"), "ann")).as("asked anew").containsExactly("eve OFFERED " + first);
        assertThat(told(new Command.WaiveTask(first, "not needed"), "olga"))
                .containsExactly("eve NO_LONGER_NEEDED " + first);
    }

    @Test
    void whoLosesAStepIsTold() {
        told(new Command.ClaimTask(step()), "ann");
        assertThat(told(offer("bob"), "olga"))
                .containsExactly("ann NO_LONGER_NEEDED " + step(), "olga GIVEN " + step(), "bob OFFERED " + step());
    }

    @Test
    void datesAndTheirAnswersAreTold() {
        told(new Command.ClaimTask(step()), "ann");
        var soon = play.now.plus(Duration.ofDays(1));
        assertThat(told(new Command.PromiseDate(step(), soon), "ann")).isEmpty();
        assertThat(told(new Command.PromiseDate(step(), soon.plusSeconds(60)), "ann"))
                .containsExactly("olga PROMISE_CHANGED " + step());
        assertThat(told(new Command.ProposeDate(step(), soon, "holiday"), "ann"))
                .containsExactly("olga DATE_PROPOSED " + step());
        assertThat(told(new Command.AnswerProposal(step(), true), "olga"))
                .containsExactly("ann PROPOSAL_AGREED " + step());
        assertThat(told(new Command.ChangeDue(step(), soon, "the same"), "olga"))
                .isEmpty();
        assertThat(told(new Command.ChangeDue(step(), soon.plusSeconds(1), "another"), "olga"))
                .containsExactly("ann DUE_CHANGED " + step());
        assertThat(told(new Command.PauseCase(soon, "wait", null), "olga")).isEmpty();
        play.passes(Duration.ofHours(1));
        assertThat(told(new Command.ResumeCase(), "olga")).containsExactly("ann DUE_CHANGED " + step());
    }

    @Test
    void whoCanRemoveAnObstacleIsToldOfTheIncident() {
        told(new Command.ClaimTask(step()), "ann");
        assertThat(told(new Command.ReportStuck(step(), Obstacle.OTHER, "no key", "bob"), "ann"))
                .containsExactly("bob INCIDENT " + step());
    }

    @Test
    void ownersAreTold() {
        assertThat(told(new Command.OfferOwnership("cora", "holiday"), "olga"))
                .containsExactly("cora OWNERSHIP_OFFERED 0");
        assertThat(told(new Command.DeclineOwnership("no time"), "cora")).containsExactly("olga OWNERSHIP_DECLINED 0");
        told(new Command.OfferOwnership("cora", "please"), "olga");
        assertThat(told(new Command.AcceptOwnership(), "cora"))
                .containsExactly("olga OWNER_CHANGED 0", "cora OWNER_CHANGED 0");
    }

    @Test
    void aMailOfTheProcessIsANoticeUntilItIsDone() {
        var mailing = play("""
                start -> m
                m: job type=mail
                """);
        assertThat(mailing.state.takeNotices()).containsExactly(new Notice(Notice.Reason.MAIL, 2, ""));
        mailing.send(new Command.FailJob(2, "no", 0), Actor.system("mail"));
        var incident = mailing.state.incidents().iterator().next().id();
        var _ = mailing.state.takeNotices();
        mailing.send(new Command.ResolveIncident(incident), Actor.person("olga"));
        assertThat(mailing.state.takeNotices())
                .as("tried again")
                .containsExactly(new Notice(Notice.Reason.MAIL, 2, ""));
        mailing.send(new Command.CompleteJob(2, new LinkedHashMap<>(Map.of())), Actor.system("mail"));
        assertThat(mailing.state.takeNotices()).isEmpty();
    }
}
