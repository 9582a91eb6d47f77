package io.baton.server.answers;

import io.baton.engine.Obstacle;
import io.baton.engine.Refusal;
import io.baton.engine.Roster;
import io.baton.engine.Slip;
import io.baton.engine.Step;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Person;
import io.baton.server.guest.GuestActs;
import io.baton.server.guest.GuestActs.Grade;
import io.baton.server.guest.GuestActs.OnlyField;
import io.baton.server.guest.GuestActs.Result;
import io.baton.server.replies.Act;
import io.baton.server.replies.Asked;
import io.baton.server.replies.Reply;
import io.baton.server.replies.Wanted;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what a short answer in words asks for, as the person who was asked: by the same acts as their page, so that mail and
 * chat can do no more. The engine decides, as for everybody.
 */
public final class ShortAnswers {

    /** "Thursday" is kept until its last minute. */
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    /** For so long the last answer can be taken back in words, where it can be at all. */
    public static final Duration UNDO_WITHIN = Duration.ofDays(1);

    private final GuestActs acts;
    private final Cases cases;
    private final Tasks tasks;
    private final Supplier<Roster> roster;
    private final Clock clock;

    public ShortAnswers(GuestActs acts, Cases cases, Tasks tasks, Supplier<Roster> roster, Clock clock) {
        this.acts = acts;
        this.cases = cases;
        this.tasks = tasks;
        this.roster = roster;
        this.clock = clock;
    }

    /** What became of it. */
    public sealed interface Done {
        /** {@code day} is the one promised or asked for; {@code undoUntil} is null where it cannot be taken back. */
        record Performed(
                Act act,
                int seq,
                @Nullable LocalDate day,
                @Nullable Instant undoUntil) implements Done {

            /** Its name in the words below {@code acknowledged.} */
            public String word() {
                return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        /** Too much hangs on it for a word, or there is more to fill in, open or sign: by the link. */
        record ByLink() implements Done {}

        /** Nothing waits for them there. */
        record NotTheirs() implements Done {}

        record NotPossible(String why) implements Done {}
    }

    /** What the step allows the person; of a whole case nothing, then every reply is a message. */
    public Asked asked(Scope scope, Person person) {
        var task = task(scope);
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
                        : List.of(Locale.forLanguageTag(person.profile().locale())),
                task == null ? null : wanted(scope));
    }

    private Tasks.@Nullable Task task(Scope scope) {
        return scope.step() == 0
                ? null
                : tasks.find(scope.caseId(), scope.step()).orElse(null);
    }

    /** What the person could best answer in a word. */
    public Answerable answerable(Scope scope) {
        var task = task(scope);
        var grade = acts.grade(scope.person(), scope.caseId(), scope.step(), new io.baton.server.guest.Act.Approve());
        if (task == null || grade.isEmpty()) {
            return Answerable.NOTHING;
        }
        if (grade.get() == Grade.CONFIRM && acts.isDecision(scope.person(), scope.caseId(), scope.step())) {
            return Answerable.DECISION;
        }
        return scope.person().equals(task.offeredPerson()) ? Answerable.OFFER : Answerable.TASK;
    }

    private @Nullable Wanted wanted(Scope scope) {
        if (acts.isDecision(scope.person(), scope.caseId(), scope.step())) {
            return null;
        }
        return only(scope)
                .map(field -> new Wanted(
                        Wanted.Kind.valueOf(field.kind().name()),
                        List.copyOf(field.options().keySet())))
                .orElse(null);
    }

    private Optional<OnlyField> only(Scope scope) {
        return acts.onlyField(scope.person(), scope.caseId(), scope.step());
    }

    /** What may be their answer stands in the form behind the link. */
    public void suggest(Scope scope, Reply.Answer answer) {
        only(scope)
                .ifPresent(field -> acts.suggest(scope.person(), scope.caseId(), scope.step(), fields(field, answer)));
    }

    private static Map<String, List<String>> fields(OnlyField field, Reply.Answer answer) {
        return Map.of(field.key(), List.of(field.options().getOrDefault(answer.value(), answer.value())));
    }

    private Set<Act> possible(Scope scope, Tasks.Task task) {
        var possible = EnumSet.of(Act.PROMISE, Act.PROPOSE, Act.STUCK, Act.PASS, Act.SEND_BACK, Act.UNDO);
        if (acts.isDecision(scope.person(), scope.caseId(), scope.step())) {
            possible.add(Act.APPROVE);
            possible.add(Act.REJECT);
        } else if (scope.person().equals(task.offeredPerson())) {
            // Of a decision "I decline" is the answer no.
            possible.add(Act.ACCEPT);
            possible.add(Act.DECLINE);
        }
        return possible;
    }

    /** On whose clock the person's days are counted. */
    public ZoneId zone(String person) {
        var found = roster.get().person(person);
        return (found == null ? Roster.ALWAYS : found.calendar()).zone();
    }

    /**
     * What an answer did before it was dealt with again: after it the step may be over, so that it could no longer be
     * understood. Empty where nothing was done, or where doing it again is harmless.
     */
    public Optional<Done.Performed> before(Scope scope, Idempotency key) {
        return cases.performed(scope.caseId(), key.key()).flatMap(entry -> {
            var act = switch (entry.command()) {
                case "CompleteTask" -> Act.APPROVE;
                case "ClaimTask" -> Act.ACCEPT;
                case "DeclineTask" -> Act.DECLINE;
                case "OfferTask" -> Act.PASS;
                case "SendBack" -> Act.SEND_BACK;
                default -> null;
            };
            return act == null
                    ? Optional.empty()
                    : Optional.of(new Done.Performed(act, entry.seq(), null, undoUntil(scope, act)));
        });
    }

    /** {@code unsaid} is the reason that the journal has where none was given. */
    public Done perform(Scope scope, Reply reply, String unsaid, @Nullable Idempotency key) {
        var name = reply.act();
        if (name == null) {
            throw new IllegalArgumentException("no act: " + reply);
        }
        var act = act(scope, reply, unsaid);
        if (acts.grade(scope.person(), scope.caseId(), scope.step(), act).orElse(Grade.CONFIRM) == Grade.CODE) {
            return new Done.ByLink();
        }
        return switch (acts.perform(scope.person(), scope.caseId(), scope.step(), act, key)) {
            case Result.Performed done -> new Done.Performed(name, done.seq(), day(reply), undoUntil(scope, name));
            case Result.Refused(var reason, var detail) ->
                reason == Refusal.NOT_OPENED || reason == Refusal.NOT_SIGNED
                        ? new Done.ByLink()
                        : new Done.NotPossible(detail);
            case Result.NotTheirs _ -> new Done.NotTheirs();
            case Result.Wrong _, Result.NotThatSimple _ -> new Done.ByLink();
            case Result.MayNotPassOn(var why) -> new Done.NotPossible("it may not be passed on so: " + why);
        };
    }

    private io.baton.server.guest.Act act(Scope scope, Reply reply, String unsaid) {
        return switch (reply) {
            case Reply.Approve _ -> new io.baton.server.guest.Act.Approve();
            case Reply.Reject(var reason) -> new io.baton.server.guest.Act.Reject(reason);
            case Reply.Accept _ -> new io.baton.server.guest.Act.Accept();
            case Reply.Decline(var reason) -> new io.baton.server.guest.Act.Decline(given(reason, unsaid));
            case Reply.Promise(var day, var time) -> new io.baton.server.guest.Act.Promise(at(scope, day, time));
            case Reply.Propose(var day, var time, var reason) ->
                new io.baton.server.guest.Act.Propose(at(scope, day, time), given(reason, unsaid));
            case Reply.Stuck(var reason) -> new io.baton.server.guest.Act.Stuck(Obstacle.OTHER, reason);
            case Reply.Pass(var address, var reason) ->
                new io.baton.server.guest.Act.PassOn(address, null, given(reason, unsaid));
            case Reply.SendBack(var missing) -> new io.baton.server.guest.Act.SendBack(missing);
            case Reply.Answer answer ->
                new io.baton.server.guest.Act.Answer(
                        only(scope).map(field -> fields(field, answer)).orElse(Map.of()));
            case Reply.Undo _ -> new io.baton.server.guest.Act.TakeBack();
            case Reply.Question _, Reply.Message _, Reply.Automatic _, Reply.Bounce _ ->
                throw new IllegalArgumentException("no act of a step: " + reply);
        };
    }

    /** The engine wants one where people often give none. */
    private static String given(String reason, String unsaid) {
        return reason.isBlank() ? unsaid : reason;
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

    /** A decision as long as the process gives time for it. */
    private @Nullable Instant undoUntil(Scope scope, Act act) {
        return switch (act) {
            case STUCK, PASS -> clock.instant().plus(UNDO_WITHIN);
            case PROMISE, DECLINE, SEND_BACK -> slip(scope).map(Slip::until).orElse(null);
            case APPROVE, REJECT, ANSWER ->
                decision(scope).map(Step.Decision::effectiveAt).orElse(null);
            case ACCEPT, PROPOSE, UNDO -> null;
        };
    }

    private Optional<Slip> slip(Scope scope) {
        return cases.find(scope.caseId())
                .map(cases::state)
                .flatMap(state -> Optional.ofNullable(state.step(scope.step()))
                        .map(step -> state.slip(step, scope.person(), clock.instant())));
    }

    private Optional<Step.Decision> decision(Scope scope) {
        return cases.find(scope.caseId())
                .map(row -> cases.state(row).step(scope.step()))
                .map(Step::task)
                .map(Step.Task::decision);
    }
}
