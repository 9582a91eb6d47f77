package io.baton.server.mailbox;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Obstacle;
import io.baton.engine.Roster;
import io.baton.server.channel.ReplyTokens.Scope;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Person;
import io.baton.server.replies.Act;
import io.baton.server.replies.Asked;
import io.baton.server.replies.Reply;
import io.baton.server.tasks.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does what a reply asks for, as the person who was asked. The engine decides, as for everybody. */
final class ActByMail {

    /** "Thursday" is kept until its last minute. */
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    /** For so long the last act by mail can be taken back by mail, where it can be at all. */
    private static final Duration UNDO_WITHIN = Duration.ofDays(1);

    private final Tasks tasks;
    private final Mailbox mailbox;
    private final Supplier<Roster> roster;
    private final Clock clock;

    ActByMail(Tasks tasks, Mailbox mailbox, Supplier<Roster> roster, Clock clock) {
        this.tasks = tasks;
        this.mailbox = mailbox;
        this.roster = roster;
        this.clock = clock;
    }

    /** What became of it. */
    sealed interface Done {
        record Performed(Act act, int seq, @Nullable LocalDate day, boolean undoable) implements Done {}

        record NotPossible(String why) implements Done {}
    }

    /** What the step allows the person; of a whole case nothing, then every reply is a message. */
    Asked asked(Scope scope, Person person) {
        var task = scope.step() == 0
                ? null
                : tasks.find(scope.caseId(), scope.step()).orElse(null);
        var zone = zone(person.id());
        return new Asked(
                task == null ? Set.of() : possible(scope, task),
                task == null || task.dueAt() == null
                        ? null
                        : task.dueAt().atZone(zone).toLocalDate(),
                clock.instant(),
                zone,
                person.profile().locale() == null
                        ? List.of()
                        : List.of(Locale.forLanguageTag(person.profile().locale())));
    }

    private Set<Act> possible(Scope scope, Tasks.Task task) {
        var possible = EnumSet.of(Act.PROMISE, Act.PROPOSE, Act.STUCK, Act.SEND_BACK, Act.UNDO);
        if (scope.person().equals(task.offeredPerson())) {
            possible.add(Act.ACCEPT);
            possible.add(Act.DECLINE);
        }
        return possible;
    }

    private ZoneId zone(String person) {
        var found = roster.get().person(person);
        return (found == null ? Roster.ALWAYS : found.calendar()).zone();
    }

    Done perform(Scope scope, Reply reply, Idempotency key) {
        var name = reply.act();
        if (name == null) {
            throw new IllegalArgumentException("no act: " + reply);
        }
        if (reply instanceof Reply.Undo) {
            return undo(scope, key);
        }
        return switch (tasks.perform(scope.caseId(), command(scope, reply), Actor.person(scope.person()), key)) {
            case Answer.Done done -> new Done.Performed(name, done.seq(), day(reply), isUndoable(name));
            case Answer.Refused refused -> new Done.NotPossible(refused.message());
            case Answer.KeyReused _ -> new Done.NotPossible("it was asked before");
        };
    }

    private Command command(Scope scope, Reply reply) {
        int step = scope.step();
        return switch (reply) {
            case Reply.Accept _ -> new Command.ClaimTask(step);
            case Reply.Decline(var reason) -> new Command.DeclineTask(step, given(reason));
            case Reply.Promise(var day, var time) -> new Command.PromiseDate(step, at(scope, day, time));
            case Reply.Propose(var day, var time, var reason) ->
                new Command.ProposeDate(step, at(scope, day, time), given(reason));
            case Reply.Stuck(var reason) -> new Command.ReportStuck(step, Obstacle.OTHER, reason, null);
            case Reply.SendBack(var missing) -> new Command.SendBack(step, missing);
            case Reply.Approve _,
                    Reply.Reject _,
                    Reply.Pass _,
                    Reply.Undo _,
                    Reply.Question _,
                    Reply.Message _,
                    Reply.Automatic _,
                    Reply.Bounce _ -> throw new IllegalArgumentException("no act of a step: " + reply);
        };
    }

    /** The engine wants one where people often give none. */
    private static String given(String reason) {
        return reason.isBlank() ? "by mail" : reason;
    }

    private Instant at(Scope scope, LocalDate day, @Nullable LocalTime time) {
        return day.atTime(time == null ? END_OF_DAY : time)
                .atZone(zone(scope.person()))
                .toInstant();
    }

    private static @Nullable LocalDate day(Reply reply) {
        return switch (reply) {
            case Reply.Promise promise -> promise.day();
            case Reply.Propose propose -> propose.day();
            default -> null;
        };
    }

    // Taking back

    private static boolean isUndoable(Act act) {
        return act == Act.STUCK;
    }

    private Done undo(Scope scope, Idempotency key) {
        var last = mailbox.lastAct(scope.person(), scope.caseId(), scope.step());
        if (last == null || last.at().isBefore(clock.instant().minus(UNDO_WITHIN))) {
            return new Done.NotPossible("there is nothing to take back");
        }
        var command = switch (Act.valueOf(last.act())) {
            case STUCK -> new Command.RemoveObstacle(scope.step());
            case APPROVE, REJECT, ACCEPT, DECLINE, PROMISE, PROPOSE, PASS, SEND_BACK, UNDO -> null;
        };
        if (command == null) {
            return new Done.NotPossible("it cannot be taken back by mail");
        }
        return switch (tasks.perform(scope.caseId(), command, Actor.person(scope.person()), key)) {
            case Answer.Done done -> new Done.Performed(Act.UNDO, done.seq(), null, false);
            case Answer.Refused refused -> new Done.NotPossible(refused.message());
            case Answer.KeyReused _ -> new Done.NotPossible("it was taken back before");
        };
    }
}
