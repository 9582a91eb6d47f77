package io.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Foreseen.What;
import io.baton.engine.Policy.Act;
import io.baton.engine.Policy.To;
import io.baton.engine.calendar.QuietHours;
import io.baton.engine.calendar.WorkingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A company at its worst: random commands by members, strangers, leavers and systems, clocks that strike late or on a
 * night of daylight saving, people who are away, policies that are replaced in the middle. After each command {@link
 * PromisesKept} checks what Baton promises; in the end nobody acts any more, and what was foreseen must happen. A failure
 * names its seed: {@code -Dseed=N} runs it alone, {@code -Druns=N} runs more.
 */
class CoordinationPropertyTest {

    private static final int COMMANDS = 150;
    private static final int STROKES_MAX = 3_000;
    private static final Actor DIRECTORY = Actor.system("directory");

    /** The nights of daylight saving in Berlin and New York, and a day like any other. */
    private static final List<Instant> STARTS = List.of(
            Instant.parse("2030-03-29T15:00:00Z"),
            Instant.parse("2030-10-25T15:00:00Z"),
            Instant.parse("2030-11-01T15:00:00Z"),
            Instant.parse("2030-06-03T09:00:00Z"));

    private static final List<String> MODELS = List.of("""
            process p due=P4D working policy=chase
            start -> enter -> approve -> pay -> again
            enter: user team=ap due=P1D working takes=PT2H remind=-PT2H,PT0S,PT20H keep
            approve: user team=ap eyes=enter assign=load policy=chase undo=PT40M
            pay: user team=treasury holder=tom due=jit policy=nag escalate=none accept=PT3H takes=PT3H
            again: xor
            again -> enter if 1 = 1
            again -> end default
            """, """
            process p due=P9D
            start -> fork
            fork: and
            fork -> enter -> join
            fork -> approve -> join
            fork -> match -> join
            enter: user team=ap policy=chase undo=PT2H
            late: boundary on=enter timer=PT26H noninterrupting
            late -> end2
            approve: user team=ap eyes=enter policy=nag due=jit takes=PT30H
            match: job type=match party=erp takes=P2D
            join: and
            join -> again
            again: xor
            again -> fork if 1 = 1
            again -> end default
            """, """
            start -> each -> check -> again
            each: user team=ap skill=iban times={3} policy=chase due=PT12H undo=PT5M
            check: user manager=ann policy=nag eyes=each
            again: xor
            again -> each if 1 = 1
            again -> end default
            """);

    static LongStream seeds() {
        var seed = Long.getLong("seed");
        return seed != null ? LongStream.of(seed) : LongStream.range(0, Long.getLong("runs", 300));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thePromisesHoldWhateverIsTried(long seed) {
        try {
            new Company(new Random(seed)).live();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + "\n" + e.getMessage(), e);
        }
    }

    /** One case and everybody around it. */
    private static final class Company {
        private final Random random;
        private final Office office = new Office();
        private final Play play;
        private final PromisesKept promises;
        private final RandomAct acts;
        private final List<String> left = new ArrayList<>();
        private int versions;

        Company(Random random) {
            this.random = random;
            hire();
            newPolicies();
            for (var node : List.of("enter", "approve", "pay", "match", "each", "check")) {
                if (random.nextBoolean()) {
                    office.usual.put(node, Duration.ofMinutes(random.nextInt(4_000)));
                }
            }
            play = new Play(Models.of(twoVersions(MODELS.get(random.nextInt(MODELS.size())))));
            play.now = STARTS.get(random.nextInt(STARTS.size())).plus(Duration.ofMinutes(random.nextInt(1_000)));
            play.roster = office;
            promises = new PromisesKept(play, office);
            acts = new RandomAct(random, play, office);
        }

        /** The second one stands in another order and has a step more, so that every index is another. */
        private static String twoVersions(String text) {
            var lines = text.lines()
                    .filter(line -> !line.startsWith("process "))
                    .toList()
                    .reversed();
            var second = String.join("\n", lines).replace("-> again", "-> extra -> again");
            var header = text.lines()
                    .findFirst()
                    .filter(line -> line.startsWith("process "))
                    .orElse("process p");
            return (text.startsWith("process ") ? "" : "process p\n") + text + header
                    + "\nextra: user team=ap policy=nag\n" + second + "\n";
        }

        private void hire() {
            office.person("cora", null)
                    .person("olga", "cora")
                    .person("lea", "cora")
                    .person("eve", null);
            office.person("tom", "lea").person("ann", "lea", "iban").person("bob", "lea", "iban");
            office.person("dan", "lea", "iban").person("ida", "lea");
            office.team("ap", "lea", "ann", "bob", "dan", "ida").team("treasury", "lea", "tom", "ann");
            office.team("legal", null, "eve").system("erp", "ida");
            for (var person : List.copyOf(office.people.keySet())) {
                office.work.put(person, random.nextInt(20));
                var zone = ZoneId.of(RandomAct.oneOf(
                        random, List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")));
                office.working(person, calendar(zone), quiet(zone));
            }
        }

        private WorkingCalendar calendar(ZoneId zone) {
            return switch (random.nextInt(3)) {
                case 0 -> Roster.ALWAYS;
                case 1 -> WorkingCalendar.weekdays(zone, LocalTime.of(9, 0), LocalTime.of(17, 30));
                default -> WorkingCalendar.weekdays(zone, LocalTime.of(1, 0), LocalTime.of(4, 0));
            };
        }

        private @Nullable QuietHours quiet(ZoneId zone) {
            return switch (random.nextInt(3)) {
                case 0 -> null;
                case 1 -> QuietHours.of(zone, LocalTime.of(19, 0), LocalTime.of(7, 30));
                default ->
                    QuietHours.of(
                            zone,
                            LocalTime.of(1, 30),
                            LocalTime.of(2, 30),
                            WorkingCalendar.weekdays(zone, LocalTime.of(9, 0), LocalTime.of(17, 0)));
            };
        }

        private void newPolicies() {
            versions++;
            for (var key : List.of("chase", "nag")) {
                var list = new ArrayList<Act>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    var to = RandomAct.oneOf(random, List.of(To.values()));
                    list.add(new Act(
                            Duration.ofMinutes((random.nextInt(200) - 60) * 30L),
                            RandomAct.oneOf(random, List.of(Policy.What.values())),
                            to,
                            to == To.PERSON ? RandomAct.oneOf(random, List.of("cora", "eve", "bob")) : null));
                }
                list.sort(Comparator.comparing(Act::offset));
                var acceptBy = random.nextBoolean() ? null : Duration.ofMinutes(30 + random.nextInt(3_000));
                office.policy(new Policy(key, versions, acceptBy, list, random.nextBoolean(), false));
            }
        }

        void live() {
            send(new Command.StartCase(1, null, "olga", new LinkedHashMap<>()), Actor.person("olga"));
            for (int i = 0; i < COMMANDS && play.state.status() == Case.Status.OPEN; i++) {
                timePasses();
                if (random.nextInt(5) > 0) {
                    strikeWhatIsDue();
                }
                somethingElseChanges();
                var act = acts.next();
                send(act.command(), act.actor());
                if (random.nextInt(15) == 0) {
                    promises.ledgerIsWhole(play.now.plus(Duration.ofNanos(random.nextInt(1_000_000_000) * 1_000L)));
                }
            }
            promises.ledgerIsWhole(play.now);
            if (play.state.status() == Case.Status.OPEN) {
                nobodyActs();
                promises.ledgerIsWhole(play.now.plus(Duration.ofDays(3)));
            }
        }

        private void send(Command command, Actor actor) {
            var outcome = play.send(command, actor);
            if (outcome instanceof Outcome.Accepted(var events)) {
                try {
                    promises.told(command);
                    promises.check(events);
                } catch (AssertionError e) {
                    throw new AssertionError(
                            "after %s by %s at %s, which led to %s%n%s"
                                    .formatted(command, actor.id(), play.now, events, e.getMessage()),
                            e);
                }
            }
        }

        private void timePasses() {
            var next = clocks().values().stream().min(Comparator.naturalOrder());
            play.passes(Duration.ofNanos(1_000L * (1 + random.nextInt(1_000_000))));
            switch (random.nextInt(6)) {
                case 0 -> play.passes(Duration.ofMinutes(random.nextInt(3_000)));
                case 1 -> play.passes(Duration.ofSeconds(random.nextInt(7_200)));
                case 2, 3 -> next.filter(at -> at.isAfter(play.now)).ifPresent(at -> play.now = at);
                default -> {}
            }
        }

        private void somethingElseChanges() {
            switch (random.nextInt(40)) {
                case 0 -> newPolicies();
                case 1 -> {
                    var person = acts.someone();
                    var from = play.now.plus(Duration.ofHours(random.nextInt(48)));
                    office.absent(person, from, from.plus(Duration.ofHours(1 + random.nextInt(400))), acts.someone());
                }
                case 2 -> leave(acts.someone());
                case 3 -> {
                    var person = acts.someone();
                    if (random.nextBoolean()) {
                        office.skilled(person, "iban");
                    } else {
                        office.skilled(person);
                    }
                }
                case 4 ->
                    send(
                            new Command.MigrateCase(
                                    1 + random.nextInt(2), 1 + random.nextInt(2), new LinkedHashMap<>()),
                            Actor.person("olga"));
                default -> {}
            }
        }

        /** At times the case is told later than the directory. */
        private void leave(String person) {
            if (left.size() < 4 && !left.contains(person)) {
                left.add(person);
                office.leaves(person);
                if (random.nextBoolean()) {
                    var act = acts.next();
                    send(act.command(), act.actor());
                }
                if (play.state.status() == Case.Status.OPEN) {
                    promises.replaced(person);
                    send(new Command.ReplacePerson(person), DIRECTORY);
                }
            }
        }

        // Clocks

        private Map<Integer, Instant> clocks() {
            var clocks = new LinkedHashMap<Integer, Instant>();
            play.state.clock().ifPresent(at -> clocks.put(0, at));
            for (var step : play.state.steps()) {
                var clock = step.clock();
                if (clock != null) {
                    clocks.put(step.id(), clock);
                }
            }
            return clocks;
        }

        private void strikeWhatIsDue() {
            for (int i = 0; i < STROKES_MAX; i++) {
                var due = clocks().entrySet().stream()
                        .filter(clock -> !clock.getValue().isAfter(play.now))
                        .toList();
                if (due.isEmpty()) {
                    return;
                }
                send(new Command.FireTimer(-due.get(random.nextInt(due.size())).getKey()), Actor.TIMER);
            }
            throw new AssertionError("the clocks strike for ever: " + clocks());
        }

        /** From here on only clocks strike, each at its time; it must come as it was foreseen. */
        private void nobodyActs() {
            strikeWhatIsDue();
            var foreseen = new LinkedHashMap<Integer, List<Foreseen>>();
            for (var step : play.state.steps()) {
                if (step.task() != null) {
                    foreseen.put(step.id(), play.state.ifNobodyActs(step, office, play.now));
                }
            }
            var from = play.journal.size();
            for (int i = 0; !clocks().isEmpty(); i++) {
                assertThat(i).as("strokes until nothing more happens").isLessThan(STROKES_MAX);
                var next = clocks().entrySet().stream()
                        .min(Map.Entry.comparingByValue())
                        .orElseThrow();
                play.now = next.getValue().isAfter(play.now) ? next.getValue() : play.now;
                send(new Command.FireTimer(-next.getKey()), Actor.TIMER);
            }
            promises.allActsAreDone();
            var happened = happened(from);
            foreseen.forEach((step, expected) -> assertThat(happened.getOrDefault(step, List.of()))
                    .as("what happened at step %s, of what was foreseen", step)
                    .isEqualTo(expected));
        }

        /** What happened at each step from this entry of the journal on. */
        private Map<Integer, List<Foreseen>> happened(int from) {
            var happened = new LinkedHashMap<Integer, List<Foreseen>>();
            var givers = new LinkedHashMap<Integer, String>();
            for (int i = 0; i < play.journal.size(); i++) {
                var entry = play.journal.get(i);
                for (var event : entry.events()) {
                    var step = stepOf(event);
                    var seen = seen(entry.at(), event, givers.getOrDefault(step, ""));
                    if (i >= from && step != 0 && seen != null) {
                        happened.computeIfAbsent(step, _ -> new ArrayList<>()).add(seen);
                    }
                    if (event instanceof Event.HandoffOffered offered) {
                        givers.put(offered.step(), offered.from());
                    } else if (event instanceof Event.DecisionMade made) {
                        givers.put(made.step(), made.by());
                    }
                }
            }
            return happened;
        }

        private static int stepOf(Event event) {
            return switch (event) {
                case Event.ReminderSent sent -> sent.step();
                case Event.Escalated escalated -> escalated.step();
                case Event.HandoffOffered offered -> offered.step();
                case Event.HandoffExpired expired -> expired.step();
                case Event.PromiseBroken broken -> broken.step();
                case Event.TaskCompleted completed -> completed.step();
                case Event.IncidentRaised raised -> raised.step();
                default -> 0;
            };
        }

        private @Nullable Foreseen seen(Instant at, Event event, String giver) {
            return switch (event) {
                case Event.ReminderSent sent -> new Foreseen(at, What.REMINDER, sent.to());
                case Event.Escalated escalated -> new Foreseen(at, What.ESCALATION, escalated.to());
                case Event.HandoffOffered offered ->
                    new Foreseen(at, What.REASSIGNMENT, String.valueOf(offered.person()));
                case Event.HandoffExpired _ -> new Foreseen(at, What.OFFER_EXPIRES, giver);
                case Event.TaskCompleted _ -> new Foreseen(at, What.DECISION_TAKES_EFFECT, giver);
                case Event.PromiseBroken _ -> new Foreseen(at, What.PROMISE_IS_BROKEN, play.state.owner());
                case Event.IncidentRaised raised
                when raised.kind() == IncidentKind.OVERDUE -> new Foreseen(at, What.OVERDUE, play.state.owner());
                case Event.IncidentRaised raised
                when raised.kind() == IncidentKind.STALLED -> new Foreseen(at, What.STALLED, play.state.owner());
                default -> null;
            };
        }
    }
}
